"""Standard output of every command: where it cannot be written, a sentence and an exit code and no traceback."""

import os
from typing import Any, NoReturn, TextIO

from snakepen.cli.exit_codes import NOBODY_READS
from snakepen.errors import SetupError


class Output:
    """The stream, but for how it fails: at once, where typer and rich would have their own ways."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  -- whatever a stream has
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Raises SetupError; or SystemExit, where nobody reads any more."""
        if text == "":  # typer finds out by it what the stream takes, and swallows what that fails with
            return 0
        try:
            return self._stream.write(text)
        except OSError as error:
            self._fail(error)

    def flush(self) -> None:
        """Raises as `write` does."""
        try:
            self._stream.flush()
        except OSError as error:
            self._fail(error)

    def _fail(self, error: OSError) -> NoReturn:
        # What is left in its buffer is tried again at the end, and would fail once more.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)
        if isinstance(error, BrokenPipeError):
            raise SystemExit(NOBODY_READS) from None
        raise SetupError(f"Standard output cannot be written: {error.strerror}.") from error
