import asyncio
from contextlib import asynccontextmanager

async def ticker(name, n):
    try:
        for i in range(n):
            yield f"{name}{i}"
            await asyncio.sleep(0)
    finally:
        print(f"{name} closed")

@asynccontextmanager
async def channel(size):
    queue = asyncio.Queue(size)
    print("open")
    yield queue
    print("left over:", queue.qsize())

async def produce(queue):
    async for item in ticker("p", 4):
        await queue.put(item)
    await queue.put(None)

async def consume(queue):
    got = []
    while (item := await queue.get()) is not None:
        got.append(item.upper())
    return got

async def main():
    print([x async for x in ticker("a", 3)], await anext(aiter(ticker("z", 1)), "none"))
    async with channel(2) as queue:
        _, got = await asyncio.gather(produce(queue), consume(queue))
        print(got)
    results = await asyncio.gather(asyncio.sleep(0, "ok"), asyncio.to_thread(divmod, 1, 0), return_exceptions=True)
    print(results)

asyncio.run(main())
