"""A child process and its end, whatever comes at the same moment."""

import asyncio
import errno
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.support.processes import all_processes
from tests.support.waiting import wait_until

if sys.platform == "win32":
    pytest.skip("pipes and signals are POSIX's", allow_module_level=True)
assert sys.platform != "win32"

from snakepen.executor import Shown, SignalName, Stream, TerminalSize
from snakepen.runs.child import Command
from snakepen.runs.child_posix import PosixChild


class Silent:
    def child_started(self, child: Any) -> None: ...
    def child_said(self, stream: Stream, data: bytes) -> None: ...
    def child_asked(self, prompt: str) -> None: ...
    def child_showed(self, shown: Shown | None) -> None: ...


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells that it has ended")
async def test_a_signal_for_a_child_that_has_just_ended_takes_nothing_of_its_end(tmp_path: Path) -> None:
    command = Command((sys.executable, "-c", "raise SystemExit(7)"), tmp_path, {})
    with ThreadPoolExecutor(1) as threads:
        child = await PosixChild.spawn(command, Silent(), threads)
        # The loop is held meanwhile: it has not heard of the end.
        wait_until(lambda: all_processes()[child._process.pid].is_zombie)
        child.signal(SignalName.SIGTERM)
        async with asyncio.timeout(30):
            assert (await child.exited).return_code == 7
        await child.end()


@pytest.mark.parametrize("terminal", [None, TerminalSize(columns=80, rows=24)], ids=["pipes", "terminal"])
async def test_a_child_that_cannot_be_listened_to_is_ended_and_not_said_to_have_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, terminal: TerminalSize | None
) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(asyncio.get_running_loop(), "add_reader", refuse)
    command = Command((sys.executable, "-c", "import time; time.sleep(600)"), tmp_path, {}, terminal=terminal)
    with ThreadPoolExecutor(1) as threads:
        child = await PosixChild.spawn(command, Silent(), threads)
        async with asyncio.timeout(30):
            assert (await child.exited).fault is not None
            await child.end()
