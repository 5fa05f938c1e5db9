class Moody(Exception):
    def __str__(self):
        raise TypeError("I will not explain myself")


class MultiLine(Exception):
    pass


try:
    raise MultiLine("first line\nsecond line\n\tindented third\x07 bell")
except MultiLine as exc:
    print(repr(exc))
    raise Moody("ignored") from exc
