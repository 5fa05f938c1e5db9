"""Rows 70 to 72: what a program tries to reach by a network. It has one of its own, with a loopback and nothing else."""

import asyncio
import socket
import sys
from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
from tests.hostile.test_reach import HEAD, outcomes
from tests.support.sandboxes import Sandboxes
from tests.support.servers import served
from tests.support.throwaway import unheld

from snakepen.wire.run import RunStatus

assert sys.platform == "linux"

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

ATTEMPTS = """def connect(host, port, kind=socket.SOCK_STREAM):
    family = socket.AF_INET6 if ':' in host else socket.AF_INET
    with socket.socket(family, kind) as s:
        s.settimeout(3)
        s.connect((host, port))
        if kind == socket.SOCK_DGRAM:
            s.send(b'x')
for host in ('127.0.0.1', '::1', '0.0.0.0', '127.1.2.3', '::ffff:127.0.0.1', HOST_ADDRESS):
    attempt(f'the server at {host}', connect, host, PORT)
for host in ('169.254.169.254', '169.254.170.2', 'fd00:ec2::254', '100.100.100.200', '192.0.2.1', '10.0.0.1', '2001:db8::1', '8.8.8.8'):
    attempt(f'tcp to {host}', connect, host, 80)
    attempt(f'udp to {host}', connect, host, 53, socket.SOCK_DGRAM)
attempt('a name', socket.gethostbyname, 'example.org')
attempt('ping', lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM, 1).sendto(bytes([8, 0, 0, 0, 0, 0, 0, 0]), ('8.8.8.8', 1)))
attempt('interfaces', lambda: [n for _, n in socket.if_nameindex() if n != 'lo'][0])
def broadcast():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        s.sendto(b'x', ('255.255.255.255', 9))
attempt('a broadcast', broadcast)
attempt('a multicast', lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('224.0.0.1', 9)))
for path in ('/var/run/docker.sock', '/run/dbus/system_bus_socket', '/run/systemd/private', '/tmp/.X11-unix/X0', '/run/snapd.socket', '/run/containerd/containerd.sock'):
    attempt('a socket at ' + path, lambda path=path: socket.socket(socket.AF_UNIX).connect(path))
attempt('an abstract socket', lambda: socket.socket(socket.AF_UNIX).connect(ABSTRACT))
"""

# In a throw-away namespace: the same addresses, on its own loopback, and somebody who answers at each.
EVERYWHERE = """
import threading
def answer(family, host, port):
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(50)
    threading.Thread(target=lambda: [listening.accept() for _ in iter(int, 1)], daemon=True).start()
    return listening.getsockname()[1]
PORT = answer(socket.AF_INET, '0.0.0.0', 0)
answer(socket.AF_INET6, '::1', PORT)
answer(socket.AF_INET, '0.0.0.0', 80)
control = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for n, host in enumerate(('169.254.169.254', '169.254.170.2', '100.100.100.200', '192.0.2.1', '10.0.0.1', '8.8.8.8')):
    address = struct.pack('=HH4s8x', socket.AF_INET, 0, socket.inet_aton(host))
    fcntl.ioctl(control, 0x8916, struct.pack('16s16s8x', b'lo:%d' % n, address))  # SIOCSIFADDR
HOST_ADDRESS = '192.0.2.1'
abstract = socket.socket(socket.AF_UNIX); abstract.bind(ABSTRACT); abstract.listen()
"""
WORKS = [
    *(
        f"the_server_at_{host}"
        for host in ("127.0.0.1", "::1", "0.0.0.0", "127.1.2.3", "::ffff:127.0.0.1", "192.0.2.1")
    ),
    *(
        f"{way}_to_{host}"
        for way in ("tcp", "udp")
        for host in ("169.254.169.254", "169.254.170.2", "192.0.2.1", "10.0.0.1", "8.8.8.8")
    ),
    "an_abstract_socket",
]
ABSTRACT = "\0snakepen-hostile-suite"


@pytest.fixture(scope="module")
def neighbours() -> Iterator[int]:
    """A real server on the loopback of the host, and an abstract socket of the host's: its port."""
    with served() as url, socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind(ABSTRACT)
        abstract.listen()
        port = urlparse(url).port
        assert port is not None
        yield port


def host_address() -> str:
    """One that this machine has beside the loopback, if any: nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(asking.getsockname()[0])


async def test_no_network_can_be_reached(pen: Sandboxes, neighbours: int) -> None:
    given = f"PORT, HOST_ADDRESS, ABSTRACT = {neighbours}, {host_address()!r}, {ABSTRACT!r}\n"
    seen = await pen.run(HEAD + given + ATTEMPTS, wall_seconds=60)
    assert (seen.finished.status, seen.finished.return_code, seen.stderr) == (RunStatus.COMPLETED, 0, b"")
    said = seen.stdout.decode()
    assert "got" not in outcomes(said).values(), said
    assert len(outcomes(said)) > 30


async def test_it_can_where_somebody_answers() -> None:
    seen = await asyncio.to_thread(unheld, f"{HEAD}ABSTRACT = {ABSTRACT!r}\n{EVERYWHERE}{ATTEMPTS}")
    tried = outcomes(seen.stdout)
    assert {name: tried.get(name) for name in WORKS} == dict.fromkeys(WORKS, "got"), seen.stdout


assert sys.platform == "linux"
