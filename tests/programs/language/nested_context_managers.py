from contextlib import ExitStack, contextmanager, suppress, redirect_stdout
import io


@contextmanager
def section(name, depth=[0]):
    print("  " * depth[0] + f"<{name}>")
    depth[0] += 1
    try:
        yield name.upper()
    except LookupError as exc:
        print("  " * depth[0] + f"swallowed {type(exc).__name__}: {exc}")
    finally:
        depth[0] -= 1
        print("  " * depth[0] + f"</{name}>")


with section("html"), section("body") as shout:
    print(shout)
    with section("ul"):
        print({}["missing"])
    print("still going")

with ExitStack() as stack:
    for tag in "abc":
        stack.enter_context(section(tag))
    stack.callback(print, "callback runs first")
    stack.push(lambda *exc: print("saw", exc[0]))

buffer = io.StringIO()
with redirect_stdout(buffer), suppress(ZeroDivisionError):
    print("captured")
    1 / 0
print("buffer:", repr(buffer.getvalue()))
