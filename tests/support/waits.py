"""Programs that say when they are where they are to be interrupted."""

from typing import Final

# Says "[there]" when what follows it waits for something, which a program cannot say itself: a signal that comes
# between its prompt and its read is only seen when the read is over, in any Python.
WAITS: Final = """
import os, sys, threading, time
def tell(is_there):
    looks = 0
    while looks < 20:
        time.sleep(0.001)
        looks = looks + 1 if is_there() else 0
    os.write(1, b'[there]')
def is_asleep():
    with open(f'/proc/self/task/{os.getpid()}/stat') as stat:
        return stat.read().rpartition(')')[2].split()[0] == 'S'
threading.Thread(target=tell, args=(is_asleep,), daemon=True).start()
"""
