"""Many callers at once, on the server's own event loop: each gets his own answer, whole, and nothing of another's."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.support.census import HostCensus, assert_nothing_more
from tests.support.client import Api
from tests.support.processes import Family
from tests.support.servers import served_process
from tests.support.waiting import wait_until

pytestmark = pytest.mark.slow

CALLERS = 10
RUNS = 10
ROUNDS = 3
CODE = "import sys\nprint(sys.argv[1])\nprint(sys.argv[1], file=sys.stderr)\nprint(sys.stdin.read(), end='')"
# As many blank runners as are kept in any case, and never more, however many are asked for: so at rest the server holds
# as much after a round as before it.
READY = 2
NO_MORE = {"SNAKEPEN_POOL__READY": f"{READY}", "SNAKEPEN_POOL__MEMORY_BYTES": f"{32 << 20}"}


def test_every_caller_gets_his_own_answer_and_no_descriptor_is_left() -> None:
    with served_process(env=NO_MORE, all_kinds=True) as (url, process):

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

        # The first round opens what is opened once.
        assert everybody() == []
        before = at_rest(process.pid)
        for _ in range(ROUNDS):
            assert everybody() == []
            assert_nothing_more(before, process.pid)


def at_rest(server: int) -> HostCensus:
    if sys.platform == "linux":
        from snakepen.sandbox.kinds import KINDS

        wait_until(lambda: Family.of(server).is_at_rest(READY * len(KINDS)))
    return HostCensus.calm(server)
