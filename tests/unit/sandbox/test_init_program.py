"""PID 1 of a sandbox: it starts, waits, and has nothing."""

import os
import platform
import signal
import sys
from pathlib import Path

import pytest
from tests.support.waiting import wait_until

if sys.platform != "linux":
    pytest.skip("sandboxes are Linux's", allow_module_level=True)
assert sys.platform == "linux"

from snakepen.sandbox.init_program import init_program


def test_it_waits_until_it_is_killed_and_has_no_memory_to_speak_of(tmp_path: Path) -> None:
    program = tmp_path / "init"
    program.write_bytes(init_program(platform.machine()))
    program.chmod(0o555)
    pid = os.posix_spawn(program, ["init"], {})
    try:
        stat = Path(f"/proc/{pid}/stat")
        wait_until(lambda: stat.read_text().rpartition(")")[2].split()[0] == "S")
        status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        assert int(status["VmRSS"].split()[0]) <= 64
    finally:
        os.kill(pid, signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


def test_there_is_one_for_each_architecture_and_a_sentence_for_others() -> None:
    assert init_program("x86_64")[18:20] == b"\x3e\x00"  # elf(5), e_machine
    assert init_program("aarch64")[18:20] == b"\xb7\x00"
    with pytest.raises(OSError, match="riscv64"):
        init_program("riscv64")
