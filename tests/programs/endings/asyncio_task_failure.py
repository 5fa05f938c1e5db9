import asyncio


class Abort(Exception):
    pass


async def worker(n):
    await asyncio.sleep(0)
    if n == 2:
        raise Abort(f"worker {n} gave up")
    print("worker", n, "done")
    return n


async def main():
    tasks = [asyncio.create_task(worker(n)) for n in range(4)]
    try:
        for task in tasks:
            print("result", await task)
    finally:
        print([t.done() for t in tasks])


asyncio.run(main())
