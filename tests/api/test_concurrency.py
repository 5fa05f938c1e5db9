"""Many callers at once, on the server's own event loop: each gets his own answer, whole, and nothing of another's."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.support.client import Api
from tests.support.servers import served_process
from tests.support.waiting import settled

pytestmark = pytest.mark.slow

CALLERS = 10
RUNS = 10
ROUNDS = 4
CODE = "import sys\nprint(sys.argv[1])\nprint(sys.argv[1], file=sys.stderr)\nprint(sys.stdin.read(), end='')"


def test_every_caller_gets_his_own_answer_and_no_descriptor_is_left() -> None:
    with served_process() as (url, process):

        def caller(number: int) -> list[str]:
            wrong = []
            with Api(url) as api:
                for run in range(RUNS):
                    name = f"{number}-{run}-" + "x" * 200
                    answer = api.run(CODE, args=[name], stdin=name)
                    if (answer["output"], answer["error"], answer["return_code"]) != (
                        f"{name}\n{name}",
                        f"{name}\n",
                        0,
                    ):
                        wrong.append(
                            f"{name[:10]}: {answer['status']} {answer['output'][:80]!r} {answer['error'][:80]!r}"
                        )
            return wrong

        def everybody() -> list[str]:
            with ThreadPoolExecutor(CALLERS) as pool:
                return [line for lines in pool.map(caller, range(CALLERS)) for line in lines]

        descriptors = Path(f"/proc/{process.pid}/fd")
        open_after = []
        for _ in range(ROUNDS):
            assert everybody() == []
            if not descriptors.is_dir():
                return
            open_after.append(settled(lambda: len(list(descriptors.iterdir()))))
        # The first rounds may still add runners that are kept ready; a leak would go on.
        assert open_after[-1] <= open_after[-2], open_after
