"""A digital clock that ticks for some seconds."""

import time
from datetime import datetime

SECONDS = 5


def main():
    now = datetime.now().astimezone()
    print(f"{now:%A, %d %B %Y}, time zone {now:%Z}")
    for left in range(SECONDS, 0, -1):
        print(f"{datetime.now():%H:%M:%S}", flush=True)
        if left > 1:
            # On to the next whole second, and not a second each time, keeps it right.
            time.sleep(1.001 - time.time() % 1)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("Stopped.")
