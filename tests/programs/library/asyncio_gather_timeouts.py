import asyncio


async def brew(drink, seconds):
    await asyncio.sleep(seconds)
    if drink == "decaf":
        raise RuntimeError("we do not serve that")
    return f"{drink} ready"


async def main():
    results = await asyncio.gather(brew("latte", 0.02), brew("espresso", 0), brew("mocha", 0.01))
    print(results)

    mixed = await asyncio.gather(brew("tea", 0), brew("decaf", 0), return_exceptions=True)
    for item in mixed:
        print(type(item).__name__, item)

    try:
        await asyncio.wait_for(brew("cold brew", 60), timeout=0.01)
    except asyncio.TimeoutError:
        print("gave up on the cold brew")

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(brew("flat white", 30))
            group.create_task(brew("decaf", 0))
    except* RuntimeError as several:
        print("group failed:", [str(e) for e in several.exceptions])

    task = asyncio.create_task(brew("pot of coffee", 30))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled:", task.cancelled())


asyncio.run(main())
