"""Isolation level `none`: one subprocess per run, in a folder and a process group of its own, for trusted code.

It holds the limits of time and of output and no other, and `isolation` says so.
"""

import asyncio
import errno
import functools
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import structlog

from snakepen.environments.environment import Environment
from snakepen.errors import FieldProblem, InvalidRequest, Unavailable
from snakepen.executor import PROGRAM_NAME, Isolation, RunSpec
from snakepen.runner.parts import program_text
from snakepen.runs.child import Child, ChildListener, Command, spawn
from snakepen.runs.workspace import Workspaces

_ISOLATION: Final = Isolation(
    level="none",
    layers={
        "time": "on",
        "output": "on",
        "namespaces": "off",
        "filesystem": "off",
        "network": "off",
        "system_calls": "off",
        "landlock": "off",
        "memory": "off",
        "cpu": "off",
        "processes": "off",
        "disk": "off",
        "open_files": "off",
    },
)

log = structlog.get_logger()


class PlainHost:
    """See Host."""

    def __init__(self, environment: Environment, workspaces: Workspaces, *, running: int) -> None:
        self._environment = environment
        self._workspaces = workspaces
        # One thread waits for each run's process; a few more start processes and remove folders.
        self._threads = ThreadPoolExecutor(running + 4, thread_name_prefix="plain-run")

    @property
    def isolation(self) -> Isolation:
        return _ISOLATION

    @property
    def environment_name(self) -> str:
        return self._environment.name

    def problem(self) -> str | None:
        return self._environment.problem()

    async def start(self, run_id: str, spec: RunSpec, listener: ChildListener) -> Child:
        starting = asyncio.create_task(self._start(run_id, spec, listener))
        try:
            return await asyncio.shield(starting)
        except asyncio.CancelledError:
            # It is quick, and must not be left half done: the child is handed over to be ended.
            return await starting

    async def _start(self, run_id: str, spec: RunSpec, listener: ChildListener) -> Child:
        if spec.terminal is not None and sys.platform == "win32":
            raise InvalidRequest((FieldProblem("terminal", "is not available on Windows: leave it null"),))
        if spec.display and sys.platform == "win32":
            raise InvalidRequest((FieldProblem("display", "is not available on Windows: leave it false"),))
        loop = asyncio.get_running_loop()
        create = self._workspaces.create
        folder = await loop.run_in_executor(self._threads, create, run_id, spec.code, spec.files)
        command = Command(
            argv=[str(self._environment.python), str(folder / PROGRAM_NAME), *spec.args],
            folder=folder,
            env=clean_environment(self._environment, folder) | dict(spec.env),
            terminal=spec.terminal,
            showing_program=_showing_program() if spec.display else None,
        )
        try:
            return await spawn(command, listener, self._threads)
        except OSError as error:
            if error.errno == errno.E2BIG:
                problem = "is too long, together with env, for this system to start a program with"
                raise InvalidRequest((FieldProblem("args", problem),)) from error
            log.warning("spawn_failed", run=run_id, error=str(error))
            reason = error.strerror or "unknown reason"
            raise Unavailable(f"The system cannot start a program now ({reason}): try again in a moment.") from error

    async def clear(self, run_id: str) -> None:
        await asyncio.get_running_loop().run_in_executor(self._threads, self._workspaces.remove, run_id)

    async def close(self) -> None:
        self._threads.shutdown()
        self._workspaces.close()


@functools.cache
def _showing_program() -> str:
    return program_text()


def clean_environment(environment: Environment, folder: Path) -> dict[str, str]:
    """What every program starts with: nothing of the server's."""
    clean = {"LANG": "C.UTF-8", "HOME": str(folder)}
    if sys.platform == "win32":
        # Python does not start without the first; tempfile looks at the second.
        clean |= {"SYSTEMROOT": os.environ.get("SYSTEMROOT", r"C:\Windows"), "TEMP": str(folder)}
        clean["PATH"] = os.pathsep.join([str(environment.python.parent), rf"{clean['SYSTEMROOT']}\System32"])
    else:
        clean["PATH"] = f"{environment.python.parent}:/usr/local/bin:/usr/bin:/bin"
    return clean
