# snakepen: {"stdin": "12 3\n7 0\n", "files": {"kitchen/__init__.py": "from .oven import portion\n\n__all__ = ['portion']\n", "kitchen/oven.py": "class OvenError(Exception):\n    pass\n\n\ndef portion(grams, people):\n    try:\n        return grams / people\n    except ZeroDivisionError as err:\n        raise OvenError(f'nobody to feed with {grams} g') from err\n"}}
import atexit
import sys

import kitchen

served = []


@atexit.register
def goodbye():
    print("served", served)


def main():
    for line in sys.stdin:
        grams, people = map(int, line.split())
        served.append(kitchen.portion(grams, people))
        print(f"{grams} g for {people}: {served[-1]:g} g each")


print("package exports", kitchen.__all__)
main()
