"""What is said where programs run without isolation."""

import getpass
import os
import sys

import typer

_NO_ISOLATION = """\
Isolation is off. Every program {whose} runs as you, {user}, and can do whatever you can do:
read and change your files, use your network, start processes that stay. Only the limits of time and of
output hold. {advice}"""


def warn_who_serves() -> None:
    """Before a server takes programs."""
    _warn("that is sent here", "Serve only code that you trust, and only to people that you trust.")


def warn_who_runs() -> None:
    """Before one runs, where it was not the command line that took the isolation away: that may be long forgotten."""
    _warn("that you run here", "Run only code that you trust.")


def _warn(whose: str, advice: str) -> None:
    typer.echo(_NO_ISOLATION.format(whose=whose, user=_user(), advice=advice), err=True)


def _user() -> str:
    if sys.platform != "win32":
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            return f"user {os.getuid()}"
    return getpass.getuser()
