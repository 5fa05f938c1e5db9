"""What ends a run of the benchmark before it has its figures."""


class BenchError(Exception):
    """One sentence that says what went wrong; no figure is printed after it."""
