"""What fake runs of more than one file of tests do."""

from snakepen.executor import Stream
from tests.support.fake_executor import Stage


async def sleeps(stage: Stage) -> int:
    await stage.write(Stream.STDOUT, b"asleep\n")
    await stage.sleep_for_ever()
    return 0


async def much(stage: Stage) -> int:
    for _ in range(64):
        await stage.write(Stream.STDOUT, "é".encode() * 32768)
    return 0


async def floods(stage: Stage) -> int:
    while True:
        await stage.write(Stream.STDOUT, b"x" * 65536)
