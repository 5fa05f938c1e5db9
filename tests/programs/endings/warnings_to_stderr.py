import warnings


class SlowPathWarning(UserWarning):
    pass


def lookup(key):
    warnings.warn(f"slow lookup of {key!r}", SlowPathWarning, stacklevel=2)
    return key.upper()


def old_lookup(key):
    warnings.warn("old_lookup() is deprecated, use lookup()", DeprecationWarning, stacklevel=2)
    return lookup(key)


for key in ("a", "a", "b"):
    print(lookup(key))
print(old_lookup("c"))

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    old_lookup("d")
print([w.category.__name__ for w in caught], caught[0].lineno)

warnings.filterwarnings("error", category=SlowPathWarning)
lookup("boom")
