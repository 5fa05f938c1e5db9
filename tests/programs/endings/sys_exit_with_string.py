# snakepen: {"args": ["--count", "3", "café"]}
import sys

USAGE = "usage: main.py FILE [FILE ...]\n\nerror: unknown option {!r} — try --help"


def main(argv):
    files = []
    for arg in argv:
        if arg.startswith("-"):
            sys.exit(USAGE.format(arg))
        files.append(arg)
    print(files)


try:
    main(sys.argv[1:])
except SystemExit as stop:
    print("code is", type(stop.code).__name__)
    raise
finally:
    print("cleaning up")
