"""A child process and its end, whatever comes at the same moment."""

import asyncio
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

from snakepen.executor import Shown, SignalName, Stream
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
