"""What a blank runner holds, and that a program finds the pages copied that it writes to."""

import re
import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("sandboxes are Linux's", allow_module_level=True)
assert sys.platform == "linux"

from tests.support.sandboxes import sandboxes

from snakepen.sandbox.kinds import KINDS

pytestmark = [pytest.mark.slow]

# Not what was rehearsed, but like it.
LIKELY = {
    "bare": "import string\nwords = sorted('some words of no meaning'.split(), key=len)\n"
    "class Word:\n    def __init__(self, text): self.text = text\n"
    "print([Word(word).text for word in words], len(string.ascii_letters))",
    "library": "import csv, io, statistics\nrows = list(csv.reader(io.StringIO('a,1\\nb,2\\n')))\n"
    "print(statistics.mean(float(row[1]) for row in rows))",
    "data": "import pandas as pd\nframe = pd.DataFrame({'city': ['Oslo', 'Lima', 'Oslo'], 'count': [3, 1, 4]})\n"
    "frame['double'] = frame['count'] * 2\nprint(frame.groupby('city', as_index=False)[['double']].sum())",
}
MOST_FAULTS = {"bare": 70, "library": 150, "data": 700}  # without any foresight: 250 to 400, and 2,500


def private_bytes(pid: int) -> int:
    """proc_pid_smaps(5)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if re.match("Private_(Clean|Dirty):", line))


async def test_blank_runners_hold_no_more_than_they_are_counted_as_and_have_copied_what_programs_write_to() -> None:
    async with sandboxes(ready=1, kinds=[kind.name for kind in KINDS]) as pen:
        await pen.serves()
        await pen.settled()
        held = sorted(private_bytes(runner.pid) for runner in pen.family.runners)
        counted = sorted(kind.blank_bytes for kind in KINDS)
        assert all(here <= most for here, most in zip(held, counted, strict=True)), (held, counted)
        for kind in KINDS:
            seen = await pen.run(
                "import resource\nbefore = resource.getrusage(resource.RUSAGE_SELF).ru_minflt\n"
                f"{LIKELY[kind.name]}\n"
                "print('faults', resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)"
            )
            assert seen.finished.return_code == 0, seen.stderr
            assert int(seen.stdout.split()[-1]) < MOST_FAULTS[kind.name], (kind.name, seen.stdout)
            await pen.settled()
