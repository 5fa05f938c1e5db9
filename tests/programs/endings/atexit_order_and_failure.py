import atexit


@atexit.register
def registered_first():
    print("1: runs last")


def farewell(name, *, mark="."):
    print(f"2: goodbye {name}{mark}")


class Broken:
    def __repr__(self):
        return "<broken handler>"

    def __call__(self):
        print("3: about to break")
        raise LookupError("no such handler")


atexit.register(farewell, "Ada", mark="!")
atexit.register(Broken())
atexit.register(print, "never printed")
atexit.unregister(print)
atexit.register(farewell, "Grace")
print("main done")
raise SystemExit(5)
