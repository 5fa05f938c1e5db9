"""How servers of models are talked to: nothing goes where it was not meant to go, and nothing comes without a bound.

It takes a tenth of a second to import, and so nobody imports it at the start.
"""

from collections.abc import AsyncIterator
from typing import Final

import httpx2

from snakepen.codegen.endpoints import Endpoint

_CONNECT_SECONDS: Final = 5.0


def new_client(endpoint: Endpoint, *, seconds: float, most_bytes: int) -> httpx2.AsyncClient:
    """A client for one endpoint: `seconds` until it says something, `most_bytes` of each answer."""

    async def bound(response: httpx2.Response) -> None:
        if "content-encoding" in response.headers:
            await response.aclose()
            raise httpx2.DecodingError("nobody asked for that", request=response.request)
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Bounded(response.stream, most_bytes)

    return httpx2.AsyncClient(
        trust_env=not endpoint.is_local,  # a proxy that the environment names is for what is elsewhere
        # Authorities are read from disk, which takes long, and are of no use without TLS.
        verify=endpoint.url is None or endpoint.url.startswith("https:"),
        follow_redirects=False,  # a key goes where it was meant to go
        timeout=httpx2.Timeout(seconds, connect=min(seconds, _CONNECT_SECONDS)),
        headers={"Accept-Encoding": "identity"},  # a little of what is compressed can be very much
        event_hooks={"response": [bound]},
    )


class _Bounded(httpx2.AsyncByteStream):
    """An answer that breaks off where it gets too long: what reads it would keep all of a line, or of a thought."""

    def __init__(self, stream: httpx2.AsyncByteStream, most_bytes: int) -> None:
        self._stream = stream
        self._left = most_bytes

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            self._left -= len(chunk)
            if self._left < 0:
                raise httpx2.ReadError("too long")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()
