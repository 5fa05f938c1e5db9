"""The command line as a whole."""

import subprocess
import sys

HEAVY = {"fastapi", "uvicorn", "pydantic_ai", "snakepen.codegen"}


def test_what_takes_long_to_import_is_imported_by_the_command_that_needs_it() -> None:
    code = f"import sys, snakepen.cli.main\nprint({HEAVY} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
