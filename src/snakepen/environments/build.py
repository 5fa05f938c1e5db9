"""Making an environment with uv: from locked wheels, by hash, no build code; whole or not at all."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from uv import find_uv_bin

from snakepen.environments.environment import (
    MANIFEST_NAME,
    Environment,
    Manifest,
    base_python,
    list_builds,
    requirements_text,
)
from snakepen.environments.uses import unused
from snakepen.errors import SetupError

Say = Callable[[str], None]

# Another process that makes the same environment gets this long before we say that we wait no more.
_LOCK_SECONDS: Final = 900.0
_UV_SECONDS: Final = 1800.0

# Run by the new environment's own interpreter: what it holds, as JSON. `-I` keeps this folder and the user's
# packages out of the answer.
_INVENTORY: Final = """
import importlib.metadata as metadata, json, platform
print(json.dumps({
    "python": platform.python_version(),
    "packages": {d.metadata["Name"]: d.version for d in metadata.distributions()},
    "modules": sorted(metadata.packages_distributions()),
}))
"""


def make_environment(environment: Environment, *, wheels: Path | None, say: Say) -> Environment:
    """The environment, made if it is not there yet. Raises SetupError with what to do."""
    folder = environment.folder
    if wheels is not None and not wheels.is_dir():
        raise SetupError(f"The folder of wheels {wheels} does not exist.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(f"{folder}.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            say(f"Another Snakepen makes the environment '{environment.name}'; waiting for it.")
            lock.acquire(timeout=_LOCK_SECONDS)
        try:
            manifest = Manifest.read(folder) or _make(environment, wheels, say)
        finally:
            lock.release()
    except Timeout as error:
        raise SetupError(
            f"Another process has been making the environment '{environment.name}' for too long: end it and try again."
        ) from error
    except subprocess.SubprocessError as error:
        raise SetupError(
            f"The environment '{environment.name}' was made, but its interpreter does not start ({base_python()}): "
            "is that Python complete?"
        ) from error
    except OSError as error:
        raise SetupError(
            f"The environment '{environment.name}' cannot be written to {folder} ({error.strerror or error}): "
            "choose another folder with SNAKEPEN_DATA_DIR."
        ) from error
    return Environment(environment.name, folder, manifest)


def remove_builds(data_dir: Path, name: str) -> None:
    """Remove every build of an environment, or none when one of them is in use. Raises SetupError."""
    with ExitStack() as nobody:
        builds = list_builds(data_dir, name)
        for build in builds:
            try:
                nobody.enter_context(unused(build.folder))
            except OSError as error:
                raise _cannot_be_removed(build, error) from error
        for build in builds:
            try:
                with FileLock(f"{build.folder}.lock"):
                    shutil.rmtree(build.folder)
            except OSError as error:
                raise _cannot_be_removed(build, error) from error


def _cannot_be_removed(build: Environment, error: OSError) -> SetupError:
    return SetupError(
        f"The environment in {build.folder} cannot be removed ({error.strerror or error}): remove that folder."
    )


def _make(environment: Environment, wheels: Path | None, say: Say) -> Manifest:
    folder = environment.folder
    say(f"Making the environment '{environment.name}' in {folder} (once; about 450 MB on disk).")
    if folder.exists():
        shutil.rmtree(folder)  # a build that was cut off
    try:
        _uv("venv", "--quiet", "--python", str(base_python()), str(folder))
        with tempfile.TemporaryDirectory(prefix="snakepen-lock-") as scratch:
            requirements = Path(scratch, "requirements.txt")
            requirements.write_text(requirements_text(environment.name), "utf-8")
            source = [] if wheels is None else ["--offline", "--no-index", "--find-links", str(wheels.resolve())]
            _uv(
                *("pip", "install", "--python", str(environment.python), "--requirement", str(requirements)),
                *("--require-hashes", "--only-binary", ":all:", *source),
            )
        _compile(environment)
        if sys.platform == "linux":
            _make_launcher(environment.launcher_python)
        manifest = _inventory(environment.python)
        partial = folder / f"{MANIFEST_NAME}.partial"
        partial.write_text(manifest.to_json(), "utf-8")
        partial.replace(folder / MANIFEST_NAME)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    say(f"The environment '{environment.name}' is ready: {len(manifest.packages)} packages.")
    return manifest


def _compile(environment: Environment) -> None:
    """To bytecode, once for all programs, which may not write there: but not the packages' own tests, two fifths of it.

    By the new interpreter, which runs no line of a package meanwhile (`-S`). A file that cannot be compiled, as a
    template of code, is not: that is no fault.
    """
    tests = r"site-packages[/\\](.*[/\\])?tests[/\\]"
    options = ("-I", "-S", "-m", "compileall", "-qq", "-j", "0", "-x", tests)
    subprocess.run(  # noqa: S603  -- the interpreter just made, and a module of its library
        [str(environment.python), *options, str(environment.folder)],
        stdin=subprocess.DEVNULL,
        timeout=_UV_SECONDS,
        check=False,
    )


def _make_launcher(python: Path) -> None:
    """A virtual environment without a site-packages folder: no package, and no `.pth` line, is ever run there."""
    python.parent.mkdir(parents=True)
    shutil.copy2(base_python(), python)
    home = f"home = {base_python().parent}\ninclude-system-site-packages = false\n"
    (python.parents[1] / "pyvenv.cfg").write_text(home, "utf-8")


def _uv(*arguments: str) -> None:
    """Run uv; its progress goes where ours goes, to standard error."""
    command = [find_uv_bin(), *arguments]
    env = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME")}
    try:
        done = subprocess.run(  # noqa: S603  -- our own uv, with arguments of our own
            command, env=env, stdin=subprocess.DEVNULL, stdout=sys.stderr, timeout=_UV_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise SetupError(
            "The packages could not be fetched in half an hour: look at the network, then try again."
        ) from error
    if done.returncode != 0:
        raise SetupError(
            "The environment could not be made; uv says why above. Without network, give a folder that holds its "
            "wheels: snakepen environment make --wheels FOLDER"
        )


def _inventory(python: Path) -> Manifest:
    done = subprocess.run(  # noqa: S603  -- the interpreter just made, and a program of our own
        [str(python), "-I", "-c", _INVENTORY],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        timeout=60,
        check=True,
    )
    found = json.loads(done.stdout)
    return Manifest(found["python"], found["packages"], frozenset(found["modules"]))
