"""A countdown timer."""

import time

SECONDS = 5


def clock(seconds):
    """Return 75 seconds as 1:15."""
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes}:{seconds:02}"


def main():
    # To aim at an end time, and not to sleep a second each time, keeps the clock right.
    end = time.monotonic() + SECONDS
    for left in range(SECONDS, 0, -1):
        print(clock(left), flush=True)
        time.sleep(max(0, end - (left - 1) - time.monotonic()))
    print("Time is up!")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("Stopped.")
