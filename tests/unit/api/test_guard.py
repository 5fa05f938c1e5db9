"""Host where a socket cannot show it: an address that others reach."""

import pytest
from starlette.datastructures import Headers

from snakepen.api.guard import HostAndOrigin


async def nothing(*_: object) -> None: ...


@pytest.mark.parametrize(
    ("any_address", "host", "reached", "ours"),
    [
        (True, "192.0.2.7:3001", "192.0.2.7", True),
        (True, "[2001:db8::7]", "2001:db8::7", True),
        (True, "192.0.2.7", "::ffff:192.0.2.7", True),
        (True, "192.0.2.8", "::ffff:192.0.2.7", False),
        (True, "192.0.2.8", "192.0.2.7", False),
        (True, "name.example", "192.0.2.7", False),
        (False, "192.0.2.7", "192.0.2.7", False),
    ],
)
def test_the_address_that_was_reached_is_ours_where_others_may_connect(
    any_address: bool, host: str, reached: str, ours: bool
) -> None:
    guard = HostAndOrigin(nothing, hosts=(), origins=(), any_address=any_address)
    scope = {"type": "http", "server": (reached, 3001)}
    assert (guard._judge(Headers({"host": host}), scope) is None) is ours
