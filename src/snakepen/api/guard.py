"""Who may talk to this server at all: Host, Origin and token, checked before anything is read.

A page of another site can make a browser send requests here, also to loopback, also with a name of its own that
resolves to 127.0.0.1 (DNS rebinding). So `Host` must be a name of ours, and `Origin`, which browsers always send
with such requests, must be ours or listed.
"""

import base64
import binascii
import hmac
import ipaddress
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from snakepen.api.refusals import refusal_response
from snakepen.errors import Forbidden, Unauthorized

LIVE_PROTOCOL: Final = "snakepen"
"""The subprotocol of our WebSocket, which a client may name and need not."""
# A page can give a WebSocket no header but the list of its subprotocols; Kubernetes takes tokens in the same way.
_TOKEN_PROTOCOL: Final = f"{LIVE_PROTOCOL}.token."

_DEFAULT_PORTS = {"http": "80", "https": "443"}


class HostAndOrigin:
    """ASGI middleware: 403 for a name that is not ours and for a page that is not ours."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str], origins: Iterable[str], any_address: bool) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._origins = frozenset(origins)
        self._any_address = any_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                out = MutableHeaders(scope=message)
                out.setdefault("X-Content-Type-Options", "nosniff")
                out.setdefault("Cache-Control", "no-store")
            await send(message)

        refusal = self._judge(Headers(scope=scope), scope)
        app = self._app if refusal is None else refusal_response(refusal)
        await app(scope, receive, send_guarded)

    def _judge(self, headers: Headers, scope: Scope) -> Forbidden | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._is_ours(hosts[0], scope):
            return Forbidden(
                "This server does not answer to that Host: use http://127.0.0.1 or http://localhost with its port, or "
                "let its operator add the name to allowed_hosts."
            )
        origins = headers.getlist("origin")
        if origins and not (len(origins) == 1 and self._may_call(origins[0], hosts[0])):
            return Forbidden(
                "Pages of that Origin may not call this server: let its operator add it to allowed_origins."
            )
        return None

    def _is_ours(self, host: str, scope: Scope) -> bool:
        name = _name_of(host)
        if name is None:
            return False
        if name == "localhost" or name in self._hosts:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        if address.is_loopback:
            return True
        # An address cannot be rebound as a name can: where others may connect, the one they did connect to is ours.
        server = scope.get("server")
        return self._any_address and server is not None and _reached(server[0]) == str(address)

    def _may_call(self, origin: str, host: str) -> bool:
        origin = origin.lower()
        if origin in self._origins:
            return True
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        if parts.scheme not in _DEFAULT_PORTS:
            return False
        port = _DEFAULT_PORTS[parts.scheme]
        return _with_port(parts.netloc, port) == _with_port(host.lower(), port)


class Token:
    """ASGI middleware: 401 under /api without `Authorization: Bearer` and the token, or a WebSocket's own way."""

    def __init__(self, app: ASGIApp, *, token: str) -> None:
        self._app = app
        self._expected = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        guarded = scope["type"] in ("http", "websocket") and scope["path"].startswith("/api")
        if guarded and not hmac.compare_digest(_presented(scope), self._expected):
            refusal = Unauthorized("This server needs its token: send the header 'Authorization: Bearer TOKEN'.")
            response = refusal_response(refusal)
            response.headers["WWW-Authenticate"] = "Bearer"
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _presented(scope: Scope) -> bytes:
    kind, _, secret = Headers(scope=scope).get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return secret.strip().encode()
    for protocol in scope.get("subprotocols", ()):
        if protocol.startswith(_TOKEN_PROTOCOL):
            packed = protocol.removeprefix(_TOKEN_PROTOCOL)
            try:
                return base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
            except (binascii.Error, ValueError):
                break
    return b""


def _name_of(host: str) -> str | None:
    """The name in a Host header, without port and brackets, or None when it is none."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises when it is no port
    except ValueError:
        return None
    return parts.hostname if parts.netloc == host and not parts.path and "@" not in host else None


def _reached(address: str) -> str:
    """The address of a socket as people write it: one that listens on all addresses, as `::`, has those of IPv4 within
    IPv6 (ipv6(7))."""
    return address.removeprefix("::ffff:") if "." in address else address


def _with_port(netloc: str, default: str) -> str:
    return netloc if netloc.rpartition(":")[2].isdigit() and not netloc.endswith("]") else f"{netloc}:{default}"
