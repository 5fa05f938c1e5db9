"""The processes that make empty sandboxes: what is asked of them, and what they have made.

They are the launcher's children. One that ends is replaced, and what it was making is asked of another; what it has
made lives on, as the launcher's.
"""

import asyncio
import os
import socket
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

assert sys.platform == "linux"

import structlog

from snakepen.runs.launcher import MOST_UNANSWERED, Channel
from snakepen.runs.retry import Retry
from snakepen.runs.runners import Runner
from snakepen.sandbox.protocol import Frame, Kind

log = structlog.get_logger()

# Each waits more than it works.
_MAKERS: Final = 2


@dataclass(frozen=True, slots=True)
class _Maker:
    channel: Channel
    making: set[int]


class Makers:
    """Belongs to the event loop of its pool, which asks it to keep sandboxes and is told when there is another one."""

    def __init__(
        self,
        numbers: Iterator[int],
        *,
        ask: Callable[[], None],
        made: Callable[[], None],
        failed: Callable[[str], None],
    ) -> None:
        """`ask` has the launcher make a maker; `failed` is told why a sandbox could not be made."""
        self._numbers = numbers
        self._ask = ask
        self._made = made
        self._failed = failed
        self._makers: list[_Maker] = []
        self._asked = 0
        self._resizing: dict[int, asyncio.Future[None]] = {}
        self._can_ask = False
        self.spares: deque[Runner] = deque()
        """Sandboxes that are empty, and nobody's."""
        self.replacing = Retry(self._complete)

    @property
    def making(self) -> int:
        """So many sandboxes are on their way."""
        return sum(len(maker.making) for maker in self._makers)

    def open(self) -> None:
        """The launcher is up."""
        self._can_ask = True
        self._complete()

    def _complete(self) -> None:
        while self._can_ask and len(self._makers) + self._asked < _MAKERS:
            self._asked += 1
            self._ask()

    def forget(self) -> list[Runner]:
        """The launcher is gone, and they with it; the sandboxes that were nobody's, to be buried."""
        self._can_ask = False
        left = list(self.spares)
        self.spares.clear()
        for maker in self._makers:
            maker.channel.close()
        self._makers.clear()
        self._asked = 0
        self._give_up_resizing("the launcher is gone")
        return left

    def add(self, end: socket.socket) -> None:
        """One that was asked for: our end of its channel."""
        try:
            channel = Channel(
                end, lambda frame, descriptors: self._hear(maker, frame, descriptors), lambda: self._lose(maker)
            )
        except OSError as error:
            self.not_added(error.errno or 0)
            return
        maker = _Maker(channel, set())
        self._makers.append(maker)
        self._asked -= 1

    def not_added(self, error: int) -> None:
        """One that was asked for could not be had."""
        self._asked -= 1
        self.replacing.failed(f"no maker of sandboxes: {os.strerror(error)}")

    def keep(self, count: int) -> None:
        """Ask for what is missing until there are so many spares, those on their way included; or for as much of it as
        makers are asked for at once. `made` is called with each that comes."""
        for _ in range(count - len(self.spares) - self.making):
            maker = self._idlest()
            if maker is None or len(maker.making) >= MOST_UNANSWERED:
                return
            number = next(self._numbers)
            maker.making.add(number)
            maker.channel.send(Frame(Kind.SANDBOX, number))

    def _idlest(self) -> _Maker | None:
        return min(self._makers, key=lambda maker: len(maker.making), default=None)

    async def resize(self, runner: Runner, size_bytes: int) -> None:
        """Give a sandbox's disk another size, while it is still empty. Raises OSError."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._resizing[runner.number] = done
        try:
            maker = self._idlest()
            if maker is None:
                raise ConnectionResetError("nobody is there to do it")
            maker.channel.send(Frame(Kind.RESIZE, runner.number, size_bytes), [runner.disk])
            await done
        finally:
            self._resizing.pop(runner.number, None)

    def _hear(self, maker: _Maker, frame: Frame, descriptors: Sequence[int]) -> None:
        match frame.kind:
            case Kind.SANDBOX:
                maker.making.discard(frame.number)
                init, disk, *rules = descriptors
                self.spares.append(Runner(frame.number, init, disk, rules[0] if rules else None))
                self._made()
            case Kind.RESIZED | Kind.FAILED | Kind.LOST:
                self._answered(maker, frame)
            case _:
                log.error("unexpected_frame", kind=frame.kind.name)

    def _answered(self, maker: _Maker, frame: Frame) -> None:
        resizing = self._resizing.get(frame.number)
        if resizing is not None and not resizing.done():
            if frame.kind is Kind.RESIZED:
                resizing.set_result(None)
            else:
                resizing.set_exception(OSError(frame.a, os.strerror(frame.a)))
        elif frame.number in maker.making:
            maker.making.discard(frame.number)
            if frame.kind is Kind.LOST:
                maker.channel.send(Frame(Kind.LOST, frame.number))
            self._failed(f"no sandbox: {os.strerror(frame.a)}")

    def _lose(self, maker: _Maker) -> None:
        self._makers.remove(maker)
        self._give_up_resizing("the maker is gone")
        self.replacing.failed("a maker of sandboxes ended")

    def _give_up_resizing(self, why: str) -> None:
        for resizing in self._resizing.values():
            if not resizing.done():
                resizing.set_exception(ConnectionResetError(why))
