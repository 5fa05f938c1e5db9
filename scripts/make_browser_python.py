"""Collect what Python in the browser is made of: Pyodide's own files, the packages that are shipped, and facts of both.

Written below `web/`, where the build of the page takes them from; nothing of it is committed. Run by `make`.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from email.parser import HeaderParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "web"
PYODIDE = WEB / "node_modules" / "pyodide"
REQUIREMENTS = ROOT / "requirements" / "browser.txt"
FACTS = WEB / "python" / "facts.json"
SHIPPED = ("pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
# Zip files made of the same content are the same: the earliest time that they know.
EPOCH = (1980, 1, 1, 0, 0, 0)


def main(uv: str) -> None:
    version = json.loads((PYODIDE / "package.json").read_text())["version"]
    content = hashlib.sha256(version.encode() + REQUIREMENTS.read_bytes() + Path(__file__).read_bytes())
    build = f"{version}-{content.hexdigest()[:12]}"
    assets = WEB / "public" / "assets"
    shutil.rmtree(assets, ignore_errors=True)
    place = assets / f"python-{build}"
    place.mkdir(parents=True)
    for name in SHIPPED[:-1]:
        shutil.copy(PYODIDE / name, place / name)
    (place / "pyodide-lock.json").write_text(json.dumps(without_packages()))
    with tempfile.TemporaryDirectory() as temporary:
        packages = pack(Path(temporary), uv, place)
    facts = {"build": build, "packages": packages, **look(place, packages)}
    FACTS.parent.mkdir(exist_ok=True)
    FACTS.write_text(json.dumps(facts, indent=1) + "\n")


def without_packages() -> object:
    """Pyodide's list of what it can fetch, of which nothing is shipped: it must not try."""
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text())
    return {**lock, "packages": {}}


def pack(folder: Path, uv: str, place: Path) -> list[dict[str, object]]:
    """An archive of each package, without what only an installer wants."""
    command = [uv, "pip", "install", "--quiet", "--python", sys.executable, "--target", str(folder), "--no-deps"]
    options = ["--require-hashes", "--only-binary", ":all:", "--python-version", "3.13", "-r", str(REQUIREMENTS)]
    subprocess.run([*command, *options], check=True)
    packages = []
    for info in sorted(folder.glob("*.dist-info")):
        metadata = HeaderParser().parsestr((info / "METADATA").read_text("utf-8"))
        files = sorted(line.rsplit(",", 2)[0] for line in (info / "RECORD").read_text("utf-8").splitlines())
        files = [name for name in files if not name.startswith(("..", "bin/")) and "__pycache__" not in name]
        wheel = (info / "WHEEL").read_text("utf-8")
        assert "Root-Is-Purelib: true" in wheel, f"{info.name} is not pure Python"
        archive = f"{name_of(metadata['Name'])}-{metadata['Version']}.zip"
        with zipfile.ZipFile(place / archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
            for name in files:
                packed.writestr(zipfile.ZipInfo(name, EPOCH), (folder / name).read_bytes(), zipfile.ZIP_DEFLATED)
        needs = [
            name_of(re.split(r"[ ;<>=!~\[(]", requirement, maxsplit=1)[0])
            for requirement in metadata.get_all("Requires-Dist") or []
            if "extra ==" not in requirement
        ]
        modules = {name.split("/")[0].removesuffix(".py") for name in files if name.endswith(".py")}
        packages.append(
            {
                "name": name_of(metadata["Name"]),
                "version": metadata["Version"],
                "modules": sorted(modules),
                "archive": archive,
                "needs": needs,
            }
        )
    names = {package["name"] for package in packages}
    for package in packages:
        package["needs"] = sorted(names.intersection(package["needs"]))  # type: ignore[call-overload]
    return packages


def name_of(name: str) -> str:
    """Normalized, as the specification of package names has it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def look(place: Path, packages: list[dict[str, object]]) -> dict[str, object]:
    """Start it, and have it say what can be imported; that each package can is tried."""
    script = WEB / "scripts" / "look_at_python.mjs"
    archives = [str(package["archive"]) for package in packages]
    modules = [module for package in packages for module in package["modules"]]  # type: ignore[attr-defined]
    told = json.dumps({"place": f"{place}/", "archives": archives, "modules": modules})
    done = subprocess.run(["node", str(script)], input=told, capture_output=True, text=True, check=False, cwd=WEB)
    if done.returncode != 0:
        # The line that failed may be all of Pyodide, which is one line.
        words = "\n".join(line[:300] for line in done.stderr.splitlines()[-20:])
        sys.exit(f"Python for the browser did not start:\n{words}")
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main(sys.argv[1])
