import subprocess
import sys

for code in (0, 1, 255, 256, 257, -1, 1000, True, 2.5, ""):
    child = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.exit({code!r})"], capture_output=True, text=True
    )
    print(f"sys.exit({code!r}) -> {child.returncode} {child.stderr!r}")

sys.exit(256 + 7)
