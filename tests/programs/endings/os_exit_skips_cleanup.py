import atexit
import os
import sys

atexit.register(print, "atexit never runs")


class Guard:
    def __enter__(self):
        print("locked")
        return self

    def __exit__(self, *exc):
        print("unlocked")


with Guard():
    print("flushed line", flush=True)
    sys.stderr.write("last words\n")
    sys.stdout.write("this stays in the buffer\n")
    try:
        os._exit(42)
    finally:
        print("not printed either")
