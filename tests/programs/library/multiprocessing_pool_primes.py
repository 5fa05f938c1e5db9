import multiprocessing as mp


def count_primes(bounds):
    low, high = bounds
    found = 0
    for n in range(max(low, 2), high):
        if all(n % d for d in range(2, int(n ** 0.5) + 1)):
            found += 1
    return found


def fail(n):
    if n == 2:
        raise ValueError(f"cannot digest {n}")
    return n


if __name__ == "__main__":
    context = mp.get_context("fork")
    ranges = [(start, start + 2500) for start in range(0, 10_000, 2500)]
    with context.Pool(2) as pool:
        counts = pool.map(count_primes, ranges)
        for (low, high), n in zip(ranges, counts):
            print(f"{low:>5}..{high - 1:<5} {n} primes")
        print("total", sum(counts))
        print(pool.starmap(pow, [(2, 10), (3, 4), (7, 2)]))
        try:
            pool.map(fail, range(4))
        except ValueError as err:
            print("worker said:", err)
