"""An environment on disk: where it lives, whether it is whole, what it holds.

`<data folder>/environments/<name>-<key>/` is one build of an environment. Its key is made from the locked
requirements and the interpreter that it stands on, so a new lock or a new Python is a new build, and a build is
never changed. `snakepen-environment.json` in it is written last: a folder without it is a build that was cut off.
"""

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

STANDARD: Final = "standard"
MANIFEST_NAME: Final = "snakepen-environment.json"
_MANIFEST_FORMAT: Final = 2


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build holds, as found when it was made."""

    python: str
    """The version, such as 3.11.7."""
    packages: Mapping[str, str]
    """Distribution to version."""
    modules: frozenset[str]
    """Top-level names that can be imported besides the standard library."""

    def to_json(self) -> str:
        return json.dumps(
            {
                "format": _MANIFEST_FORMAT,
                "python": self.python,
                "packages": dict(self.packages),
                "modules": sorted(self.modules),
            },
            indent=1,
        )

    @classmethod
    def read(cls, folder: Path) -> "Manifest | None":
        """The manifest of a whole build, or None."""
        try:
            given = json.loads((folder / MANIFEST_NAME).read_text("utf-8"))
            if given["format"] != _MANIFEST_FORMAT:
                return None
            return cls(given["python"], given["packages"], frozenset(given["modules"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None


@dataclass(frozen=True, slots=True)
class Environment:
    """One build, made or not yet."""

    name: str
    folder: Path
    manifest: Manifest | None

    @property
    def python(self) -> Path:
        """The interpreter that programs run on."""
        if sys.platform == "win32":
            return self.folder / "Scripts" / "python.exe"
        return self.folder / "bin" / "python"

    @property
    def launcher_python(self) -> Path:
        """The interpreter that the sandbox's launcher starts with: a copy, with nothing but the standard library.

        A copy and not a link, so that a permission can be given to this path and to no other interpreter (AppArmor).
        """
        return self.folder / "launcher" / "bin" / "python"

    def problem(self) -> str | None:
        """Why programs cannot run in it, in one sentence, or None. Looks at the disk each time: it is one stat(2)."""
        if self.manifest is None:
            return f"The environment '{self.name}' is not there: make it with 'snakepen environment make'."
        if not self.python.exists():
            return f"The environment '{self.name}' is damaged: make it again with 'snakepen environment remake'."
        return None


def base_python() -> Path:
    """The interpreter that environments stand on: the one below the server's own virtual environment."""
    return Path(getattr(sys, "_base_executable", None) or sys.executable).resolve()


def requirements_text(name: str) -> str:
    """The locked requirements of an environment, as shipped."""
    return resources.files(__package__).joinpath(f"{name}.txt").read_text("utf-8")


def builds_folder(data_dir: Path) -> Path:
    """Where all builds are."""
    return data_dir / "environments"


def find_environment(data_dir: Path, name: str = STANDARD) -> Environment:
    """The build that belongs to this version of Snakepen and this Python, made or not yet."""
    identity = "\n".join([str(_MANIFEST_FORMAT), sys.version, str(base_python()), requirements_text(name)])
    key = hashlib.sha256(identity.encode()).hexdigest()[:16]
    folder = builds_folder(data_dir) / f"{name}-{key}"
    return Environment(name, folder, Manifest.read(folder))


def list_builds(data_dir: Path, name: str = STANDARD) -> list[Environment]:
    """Every build of an environment that is on disk, whole or not."""
    folders = sorted(builds_folder(data_dir).glob(f"{name}-*"))
    return [Environment(name, folder, Manifest.read(folder)) for folder in folders if folder.is_dir()]
