import sys

class Lease:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("releasing", self.name)
        if self.name == "printer":
            raise OSError(5, "device would not let go")

def release_loudly(unraisable):
    print(f"hooked: {unraisable.exc_type.__name__}: {unraisable.exc_value}", file=sys.stderr)

a, b = Lease("scanner"), Lease("printer")
sys.unraisablehook = release_loudly
del a
b = None
sys.unraisablehook = sys.__unraisablehook__

class Closer:
    def close(self):
        raise RuntimeError("generator refused to close")

def stubborn():
    try:
        yield 1
    finally:
        Closer().close()

try:
    g = stubborn()
    next(g)
    g.close()
except RuntimeError as exc:
    print("caught:", exc)
final = Lease("modem")
print("end of program")
