"""A program in a sandbox, from its runner's first word to its end: what a run asks of it, and what it says.

See Child. What it says is listened to by the rules of `runner/frames.py`; how it ended is the trusted side's to say
(`sandboxed.py`).
"""

import asyncio
import functools
import os
import signal
import socket
import sys
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from typing import Final

assert sys.platform == "linux"

import structlog

from snakepen.executor import Resources, RunSpec, SignalName, TerminalSize
from snakepen.limits import Limits
from snakepen.runner.frames import BEGUN, TAKEN, TERMINAL, read_fault, read_goodbye, read_hint, take_descriptors
from snakepen.runner.showing import SHOW
from snakepen.runs.child import KILLED, ChildListener, Exit
from snakepen.runs.lookout import Lookout
from snakepen.runs.meter import GroupMeter, Meter, ProcessMeter
from snakepen.runs.pool import Pool
from snakepen.runs.remains import Remains, remains_of_sandbox
from snakepen.runs.runners import Ended, Runner
from snakepen.runs.shown import FRAME_BYTES, REST_SECONDS, Shows, heard
from snakepen.runs.streams import Pipes, Streams, Terminal
from snakepen.wire.run import RunLimit

log = structlog.get_logger()

_SIGXCPU: Final = -24
# How long a zygote has to report the end of a runner that was killed; it takes a hundredth of that.
_REPORT_SECONDS: Final = 1.0
# A word of a runner is at most this long; a longer one is cut, and no word of ours.
_WORD_BYTES: Final = 2048
# A program may hint as often as it likes, and show more than it may: so many words are read in one go (what the socket
# holds), the last hint counts, and then for so long none is read, so that the program waits. By then its prompt, which
# it writes after the hint, has come as well.
_WORDS_AT_ONCE: Final = 512
_TERMINAL_SIDES: Final = 2
# Before the program begins: a terminal, and that it begins.
_FIRST_WORDS: Final = 2
_LOST: Final = "The sandbox of this program was lost while it ran. This is our fault: send it again."


class SandboxChild:
    """See Child."""

    def __init__(
        self, pool: Pool, runner: Runner, spec: RunSpec, meter: Meter, lookers: Executor, listener: ChildListener
    ) -> None:
        """`lookers`: threads for looks of the meter that may take long."""
        self._pool = pool
        self._runner = runner
        self._limits = spec.limits
        self._listener = listener
        self._loop = asyncio.get_running_loop()
        self.exited: asyncio.Future[Exit] = self._loop.create_future()
        self._limit: RunLimit | None = None
        self._meter = meter
        runner.on_end = self._on_end
        assert runner.control is not None
        self._control = runner.control
        self._streams: Streams | None = None
        """A terminal comes when the program begins."""
        self._size: TerminalSize | None = None
        """What is asked of its terminal before that is there."""
        self._ends = 0
        """Of input, that are given before the terminal is there."""
        self._streams_settled: asyncio.Future[None] = self._loop.create_future()
        self._waiting: list[Callable[[], None]] = []
        """What is asked of the program before it has begun."""
        self._shows = Shows(listener, self._catch_up, self._control.send) if spec.display else None
        self._word_bytes = FRAME_BYTES if spec.display else _WORD_BYTES
        self._listening = True
        self._hears = False
        self.has_begun = False
        """By the runner's own word, which can be believed: the program's first byte comes after it."""
        self._prompt: str | None = None
        self._rest_timer: asyncio.TimerHandle | None = None
        self._lookout = Lookout(meter, lookers, self._is_over)
        self._report_timer: asyncio.TimerHandle | None = None
        listener.child_started(self)
        try:
            self._follow()
            if spec.terminal is None:
                self._streams = self._pipes()
                self._streams_settled.set_result(None)
        except OSError as error:  # epoll_ctl(2), ENOSPC: this user watches as much as it may
            self._stop_listening()
            self._lose(f"it cannot be listened to: {error}")

    def _pipes(self) -> Pipes:
        runner = self._runner
        assert runner.stdin is not None
        assert runner.stdout is not None
        assert runner.stderr is not None
        ours = runner.stdin, runner.stdout, runner.stderr
        runner.stdin = runner.stdout = runner.stderr = None  # whether it can have them or not, it closes them
        return Pipes(*ours, self._listener.child_said)

    async def send(self, data: bytes) -> None:
        await asyncio.shield(self._streams_settled)
        if self._streams is not None:
            await self._streams.send(data)

    def send_eof(self) -> None:
        if self._streams is not None:
            self._streams.send_eof()
        else:
            self._ends += 1

    def resize(self, size: TerminalSize) -> None:
        if self._streams is not None:
            self._streams.resize(size)
        else:
            self._size = size

    def signal(self, name: SignalName) -> None:
        if not self.has_begun:
            self._waiting.append(functools.partial(self.signal, name))
        elif name is not SignalName.SIGINT or self._streams is None or not self._streams.interrupt():
            self._runner.signal(signal.Signals[name])

    def pause(self) -> None:
        for each in (self._streams, self._shows):
            if each is not None:
                each.pause()
        self._follow()

    def resume(self) -> None:
        for each in (self._streams, self._shows):
            if each is not None:
                each.resume()
        self._follow()

    def _catch_up(self) -> None:
        if self._streams is not None:
            self._streams.catch_up()

    def kill(self) -> None:
        self._runner.kill()
        self._lookout.end()
        self._report_timer = self._report_timer or self._loop.call_later(_REPORT_SECONDS, self._give_up_waiting)

    def _give_up_waiting(self) -> None:
        """Nobody reports its end, but SIGKILL has been sent, and nothing outlives that."""
        resources = self._meter.resources() or Resources(None, None, whole=False)
        self._settle(Exit(KILLED, resources, limit=self._limit or self._memory_limit()))

    def remains(self) -> Remains | None:
        return remains_of_sandbox(self._runner.disk, self._runner.init)

    async def end(self) -> None:
        self._lookout.end()
        for timer in (self._report_timer, self._rest_timer):
            if timer is not None:
                timer.cancel()
        self._runner.kill()
        if self._listening and self._shows is not None:
            self._shows.drain(self._receive)
        self._stop_listening()
        if not self._streams_settled.done():
            self._streams_settled.set_result(None)
        if self._streams is not None:
            self._streams.drain()
        self._pool.put_away(self._runner)

    def _is_over(self, limit: RunLimit) -> None:
        self._limit = limit
        self.kill()

    def _hear(self) -> None:
        """What the program's process says: its first word is still ours; then come hints, what it shows, a goodbye."""
        if not self.has_begun:
            self._hear_first_word()
            return
        is_too_much = False
        for _ in range(_WORDS_AT_ONCE):
            try:
                said = heard(self._receive)
            except BlockingIOError:
                break
            except OSError:
                said = b""
            prompt = read_hint(said)
            if prompt is not None:
                self._prompt = prompt
            elif self._shows is None or not said.startswith(SHOW):
                self._hear_goodbye(said)
                return
            else:
                is_too_much |= not self._shows.hear(said)
                if self._shows.given_up:
                    self._stop_listening()
                    return
                if self._shows.paused or len(said) > _WORD_BYTES:
                    break  # others have their turn; there may be more
        if self._prompt is not None or is_too_much:
            self._rest_timer = self._loop.call_later(REST_SECONDS, self._rested)
            self._follow()

    def _receive(self) -> bytes:
        return self._control.recv(self._word_bytes)

    def _hear_first_word(self) -> None:
        try:
            said, descriptors, _, _ = socket.recv_fds(self._control, _WORD_BYTES, _TERMINAL_SIDES)
        except BlockingIOError:
            return
        except OSError:
            said, descriptors = b"", []
        if said == TERMINAL and len(descriptors) == _TERMINAL_SIDES and self._streams is None:
            self._take_terminal(*descriptors)
            return
        if said == BEGUN and self._streams is not None and not descriptors:
            self.has_begun = True
            waiting, self._waiting = self._waiting, []
            for ask in waiting:
                ask()
            return
        for descriptor in descriptors:
            os.close(descriptor)
        self._stop_listening()
        if said:  # else it died, and its zygote tells how
            # What does not arrive whole was cut because we may open no more files (recvmsg(2), MSG_CTRUNC).
            self._lose(read_fault(said) or "its terminal did not arrive, or it spoke out of turn")

    def _take_terminal(self, ours: int, theirs: int) -> None:
        take_descriptors(self._control, False)
        try:
            self._streams = Terminal(ours, theirs, self._listener.child_said)
        except OSError as error:
            self._stop_listening()
            self._lose(f"its terminal: {error}")
            return
        if self._size is not None:  # before the program can look
            self._streams.resize(self._size)
        for _ in range(self._ends):  # before what was given after them
            self._streams.send_eof()
        self._streams_settled.set_result(None)
        with suppress(OSError):  # it died, and its zygote tells how
            self._control.send(TAKEN)

    def _lose(self, problem: str) -> None:
        log.error("runner_fault", problem=problem)
        self._settle(Exit(KILLED, Resources(None, None, whole=False), fault=_LOST))

    def _hear_goodbye(self, said: bytes) -> None:
        self._stop_listening()
        exit_code = read_goodbye(said)
        if exit_code is not None:
            resources = self._meter.resources()
            if resources is not None:  # else its zygote, which has seen its end, will tell
                self._settle(Exit(exit_code, resources, limit=self._limit or self._memory_limit()))

    def _rested(self) -> None:
        self._rest_timer = None
        prompt, self._prompt = self._prompt, None
        self._follow()
        if prompt is not None:
            self._listener.child_asked(prompt)

    def _stop_listening(self) -> None:
        self._listening = False
        self._follow()

    def _follow(self) -> None:
        """Let the event loop look at its socket, or not any more."""
        hears = self._listening and self._rest_timer is None and not (self._shows and self._shows.paused)
        if hears is self._hears:
            return
        if hears:
            self._loop.add_reader(self._control.fileno(), self._hear)
        else:
            self._loop.remove_reader(self._control.fileno())
        self._hears = hears

    def _on_end(self, ended: Ended | None) -> None:
        for _ in range(_FIRST_WORDS):  # which it may have said, and nobody has read yet
            if self._hears and not self.has_begun:
                self._hear_first_word()
        if self.exited.done():
            return
        if ended is None:
            self._settle(Exit(KILLED, Resources(None, None, whole=False), fault=_LOST))
            return
        resources = self._meter.resources_after(ended.cpu_seconds, ended.peak_bytes)
        limit = self._limit or self._memory_limit()
        if limit is None and ended.return_code in (KILLED, _SIGXCPU):
            used = resources.cpu_seconds or 0.0
            limit = RunLimit.CPU_SECONDS if used >= self._limits.cpu_seconds else None
        if limit is None and not (self.has_begun or self._runner.killed):
            self._lose(f"it ended with {ended.return_code} before the program began")
        self._settle(Exit(ended.return_code, resources, limit=limit))

    def _memory_limit(self) -> RunLimit | None:
        return RunLimit.MEMORY_BYTES if self._meter.ran_out_of_memory() else None

    def _settle(self, exit_: Exit) -> None:
        if not self.exited.done():
            self.exited.set_result(exit_)


def meter_of(runner: Runner, limits: Limits) -> Meter:
    """Who counts what its run uses: control groups where there are any. Raises OSError when it is gone."""
    if runner.group is not None:
        return GroupMeter(runner.group, limits)
    assert runner.process is not None
    assert runner.blank is not None
    return ProcessMeter(runner.process, runner.init, runner.disk, limits, runner.blank)
