def risky():
    try:
        print("about to fail")
        raise MemoryError("pretend we ran out")
    finally:
        print("finally wins")
        raise SystemExit(17)


def outer():
    try:
        risky()
    except Exception as exc:
        print("never caught here", exc)
    else:
        print("nor here")
    finally:
        print("outer finally")


outer()
