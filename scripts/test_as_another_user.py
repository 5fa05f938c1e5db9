"""The hostile programs a second time, against a server of an ordinary user's, when the tests were run by root.

What root's server and an ordinary user's do to make a sandbox differs: other identities, other control groups, other
rights. An installation of its own is made for it in a folder that everybody may read, with the system's Python.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

USER = 65534
PYTHON = "/usr/bin/python3"
ROOT = Path(__file__).resolve().parents[1]
# The controls are an ordinary user's in the first run as well.
TESTS = ("tests/hostile", "-q", "-k", "not where", "-p", "no:cacheprovider")


def main(uv: Sequence[str], options: Sequence[str]) -> int:
    if sys.platform != "linux" or os.getuid() != 0:
        return 0
    probe = "import sys, venv; sys.exit(sys.version_info < (3, 11))"
    if subprocess.run([PYTHON, "-c", probe], check=False, stderr=subprocess.DEVNULL).returncode:
        print(f"The hostile programs were not run as an ordinary user: {PYTHON} is older than 3.11, or not there.")
        return int(os.environ.get("SNAKEPEN_MUST_SANDBOX") == "1")
    folder = Path(tempfile.mkdtemp(prefix="snakepen-another-user-", dir="/var/tmp"))
    try:
        print(f"The hostile programs once more, as user {USER}")
        folder.chmod(0o755)
        return run_tests(install(folder, uv), folder, options)
    finally:
        shutil.rmtree(folder)


def install(folder: Path, uv: Sequence[str]) -> Path:
    """The sources as git knows them, with what they need; the interpreter to run them with."""
    source = folder / "source"
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout.decode()
    for name in filter(None, files.split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, source / name)
    python = folder / "venv" / "bin" / "python"
    # Copies, not links: what is read as another user must not be shared with root's cache.
    env = os.environ | {"UV_LINK_MODE": "copy"}
    uv = [str(ROOT / uv[0]), *uv[1:]]
    install = [*uv, "pip", "install", "--quiet", "--python", str(python)]
    locked = [word for name in ("bootstrap", "runtime", "dev") for word in ("-r", f"requirements/{name}.txt")]
    for command in (
        [*uv, "venv", "--quiet", "--python", PYTHON, str(folder / "venv")],
        [*install, "--require-hashes", *locked],
        [*install, "--no-deps", "--no-build-isolation", "--editable", "."],
        [str(python.with_name("snakepen")), "environment", "make"],
        [str(python), "-m", "compileall", "-q", "src"],  # else each launcher would: it knows of no other place for them
    ):
        subprocess.run(command, cwd=source, env=env | {"SNAKEPEN_DATA_DIR": str(folder / "data")}, check=True)
    return python


def run_tests(python: Path, folder: Path, options: Sequence[str]) -> int:
    home = folder / "home"
    home.mkdir()
    os.chown(home, USER, USER)
    env = {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        # Who runs the tests may not write beside what is installed, and of that most is never imported.
        "PYTHONPYCACHEPREFIX": str(home / "bytecode"),
        "SNAKEPEN_DATA_DIR": str(folder / "data"),
        "TMPDIR": str(home),
    }
    if "SNAKEPEN_MUST_SANDBOX" in os.environ:
        env["SNAKEPEN_MUST_SANDBOX"] = os.environ["SNAKEPEN_MUST_SANDBOX"]
    command = [str(python), "-m", "pytest", *TESTS, *options]
    return subprocess.run(
        command, cwd=folder / "source", env=env, user=USER, group=USER, extra_groups=[], check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].split(), sys.argv[2:]))
