import functools


def retry(times, *, on=(Exception,), default=None):
    def wrap(func):
        @functools.wraps(func)
        def inner(*args, **kwargs):
            for attempt in range(1, times + 1):
                try:
                    return func(*args, **kwargs)
                except on as exc:
                    print(f"  attempt {attempt}/{times} of {func.__name__}: {exc!r}")
            return default
        inner.attempts = times
        return inner
    return wrap


replies = iter([ConnectionError("refused"), TimeoutError(110, "timed out"), "200 OK"])


@retry(3, on=(OSError,))
def fetch(url):
    """Pretend to fetch a page."""
    reply = next(replies)
    if isinstance(reply, Exception):
        raise reply
    return f"{url} -> {reply}"


@retry(2, on=(ValueError,), default=-1)
def parse(text):
    return int(text)


print(fetch("http://example.test/"))
print(parse("12"), parse("twelve"))
print(fetch.__name__, fetch.__doc__, fetch.attempts, sep=" | ")
