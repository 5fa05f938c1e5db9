"""Many callers at once, on the server's own event loop: each gets his own answer, whole, and nothing of another's."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.support.client import Api
from tests.support.servers import served_process
from tests.support.waiting import wait_until

pytestmark = pytest.mark.slow

CALLERS = 10
RUNS = 40
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

        with ThreadPoolExecutor(CALLERS) as pool:
            wrong = [line for lines in pool.map(caller, range(CALLERS)) for line in lines]
        assert wrong == []
        descriptors = Path(f"/proc/{process.pid}/fd")
        if descriptors.is_dir():
            # What an idle server has: its streams, the event loop's own, the listener, the lock.
            wait_until(lambda: len(list(descriptors.iterdir())) <= 24)
