import asyncio

LINKS = {
    "/": ["/blog", "/shop"],
    "/blog": ["/", "/blog/1", "/blog/2"],
    "/shop": ["/cart", "/blog/1"],
    "/blog/1": [], "/blog/2": ["/shop"], "/cart": ["/"],
}


async def worker(frontier, depth):
    while True:
        page = await frontier.get()
        for link in LINKS[page]:
            if link not in depth:
                depth[link] = depth[page] + 1
                frontier.put_nowait(link)
        await asyncio.sleep(0)
        frontier.task_done()


async def main():
    frontier, depth = asyncio.Queue(), {"/": 0}
    frontier.put_nowait("/")
    crew = [asyncio.create_task(worker(frontier, depth)) for _ in range(2)]
    await frontier.join()
    for task in crew:
        task.cancel()
    print(await asyncio.gather(*crew, return_exceptions=True))
    for page in sorted(depth, key=lambda p: (depth[p], p)):
        print(depth[page], page)
    gate = asyncio.Semaphore(2)
    async with gate:
        print("locked with one place left:", gate.locked())


asyncio.run(main())
