import contextlib


@contextlib.contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    except KeyError as err:
        print(f"  handled missing {err}")
    finally:
        print(f"</{name}>")


with tag("html"), tag("body") as body:
    print("  inside", body)
    {}["title"]
with contextlib.ExitStack() as stack:
    names = [stack.enter_context(tag(n)) for n in ("ul", "li")]
    stack.callback(print, "cleaning up")
    print("  entered", names)


class Door(contextlib.ContextDecorator):
    def __enter__(self):
        print("open", end=" ")

    def __exit__(self, kind, value, trace):
        print("shut" if kind is None else f"slammed by {kind.__name__}")
        return kind is OSError


@Door()
def walk(error=None):
    if error:
        raise error


walk()
walk(OSError("draught"))
