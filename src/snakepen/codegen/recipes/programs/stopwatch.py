"""A stopwatch with laps: Enter takes a lap, "quit" stops."""

import time


def clock(seconds):
    """Return 75.25 seconds as 01:15.25."""
    minutes, seconds = divmod(seconds, 60)
    return f"{int(minutes):02}:{seconds:05.2f}"


def main():
    input("Press Enter to start. ")
    start = last = time.perf_counter()
    laps = []
    while True:
        text = input("Enter: next lap. quit: stop. ").strip().lower()
        now = time.perf_counter()
        laps.append(now - last)
        last = now
        print(f"Lap {len(laps)}: {clock(laps[-1])}   in all {clock(now - start)}")
        if text:
            break
    print(f"Fastest {clock(min(laps))}, slowest {clock(max(laps))}, ", end="")
    print(f"average {clock(sum(laps) / len(laps))}")


if __name__ == "__main__":
    try:
        main()
    except (EOFError, KeyboardInterrupt):
        print("\nStopped.")
