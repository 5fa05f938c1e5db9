import sys
import traceback


def friendly(kind, value, tb):
    frames = traceback.extract_tb(tb)
    print("Oops! Something went wrong:", file=sys.stderr)
    for frame in frames:
        print(f"  {frame.name} (line {frame.lineno}): {frame.line}", file=sys.stderr)
    print(f"  => {''.join(traceback.format_exception_only(kind, value)).strip()}", file=sys.stderr)
    if kind is AttributeError:
        raise NotImplementedError("the hook itself is unfinished")


sys.excepthook = friendly


def shout(text):
    return text.upper() + "!"


print(shout("hello"))
print(shout(None))
