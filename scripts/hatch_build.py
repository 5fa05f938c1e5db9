"""Has the page built before a wheel or an sdist is packed; an sdist has it, so that a wheel of it needs no Node."""

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PageHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own parameter says nothing here
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if version == "editable" or (root / "src" / "snakepen" / "static" / "index.html").exists():
            return
        subprocess.run(["make", "page"], cwd=root, check=True)
