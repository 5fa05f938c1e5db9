"""From a value to its bundle: the same thing in each media type that it can be had in.

A value is asked what IPython asks (IPython.core.formatters): `_repr_mimebundle_`, then each `_repr_*_`, and `repr` for
the text, which is always there. An exception in one of these is printed, and the rest goes on. Portable, see
`display.py`.
"""

from __future__ import annotations

import binascii
import sys
from _collections_abc import Mapping

from snakepen.runner.own_builtins import keep_own_builtins
from snakepen.runner.pictures import image_bundle
from snakepen.runner.reports import pass_on, report
from snakepen.runner.tables import frame_of, table, with_readable_cells
from snakepen.runner.texts import Printer, cut, json_text, plain

keep_own_builtins(globals())

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, Final

    Bundle = dict[str, str | bytes]
    # What may know one; None when it does not.
    Find = Callable[[object], Bundle | None]

MEDIA_TYPES: Final = (
    "text/plain",
    "text/html",
    "text/markdown",
    "text/latex",
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "application/json",
    "application/vnd.dataresource+json",
    "application/vnd.plotly.v1+json",
)
"""All that can be shown. Images but SVG are bytes, everything else is text."""

_BYTES: Final = ("image/png", "image/jpeg")
_METHODS: Final = {
    "_repr_html_": "text/html",
    "_repr_markdown_": "text/markdown",
    "_repr_latex_": "text/latex",
    "_repr_svg_": "image/svg+xml",
    "_repr_png_": "image/png",
    "_repr_jpeg_": "image/jpeg",
    "_repr_json_": "application/json",
}
_PLOTLY: Final = "application/vnd.plotly.v1+json"
_TABLE: Final = "application/vnd.dataresource+json"
_NO_METHOD: Final = "_ipython_canary_method_should_not_exist_"


def bundle_of(value: object, known: Find) -> Bundle:
    """`known` is asked first."""
    bundle: Bundle = {}
    for find in (known, _of_library, _of_methods):
        try:
            found = find(value)
        except Exception as error:
            report(error)
            continue
        if found is not None:
            bundle = found
            break
    if "text/plain" not in bundle:
        bundle["text/plain"] = _text(value)
    return bundle


def raw_bundle(value: object) -> Bundle:
    """From one that the program made itself."""
    if not isinstance(value, dict):
        raise TypeError(f"display: raw=True needs bundles, {{media type: data}}, not {type(value).__name__}")
    return {kind: data for kind, given in value.items() for data in _checked(kind, given)}


def _of_library(value: object) -> Bundle | None:
    """What is not asked of the value itself, because better can be had."""
    if frame_of(value) is not None:
        return _of_frame(value)
    plotly = sys.modules.get("plotly.basedatatypes")
    if isinstance(value, getattr(plotly, "BaseFigure", ())):
        figure: Any = value
        title = figure.layout.title.text
        text = f"Interactive figure: {title}." if title else "Interactive figure."
        return {"text/plain": text, "text/html": figure.to_html(), _PLOTLY: figure.to_json()}
    return image_bundle(value)


def _of_frame(value: object) -> Bundle:
    """All of it, or as much as can be had when a cell cannot be written down."""
    makers: dict[str, Callable[[object], object]] = {
        "text/plain": lambda one: cut(repr(one)),
        "text/html": lambda one: frame_of(one)._repr_html_(),
        _TABLE: lambda one: table(frame_of(one)),
    }
    try:
        return {kind: data for kind, make in makers.items() for data in _checked(kind, make(value))}
    except Exception as error:
        report(error)
    readable = with_readable_cells(value)
    bundle: Bundle = {}
    for kind, make in makers.items():
        try:
            for data in _checked(kind, make(readable)):
                bundle[kind] = data
        except Exception as error:
            report(error)
    return bundle


def _of_methods(value: object) -> Bundle:
    bundle: Bundle = {}
    for given in _asked(value, "_repr_mimebundle_", include=None, exclude=None):
        try:
            if not isinstance(given, Mapping):
                raise TypeError(f"_repr_mimebundle_ returned {type(given).__name__}, which is no {{media type: data}}")
            bundle |= {kind: data for kind, item in given.items() for data in _checked(kind, item)}
        except Exception as error:
            report(error)
    for method, kind in _METHODS.items():
        # One picture of one thing is enough.
        if kind not in bundle and not (kind == "image/jpeg" and "image/png" in bundle):
            for item in _asked(value, method):
                for data in _checked(kind, item):
                    bundle[kind] = data
    return bundle


def _asked(value: object, name: str, **arguments: None) -> Iterator[object]:
    """What such a method of it returns, without metadata; nothing when there is none, or nothing comes of it."""
    try:
        # A class has these for its instances; and there are objects that have any method one asks for.
        if isinstance(value, type) or getattr(value, _NO_METHOD, None) is not None:
            return
        method = getattr(value, name, None)
        found = method(**arguments) if callable(method) else None
        if isinstance(found, tuple) and len(found) == 2:
            found = found[0]
    except Exception as error:
        report(error)
        return
    if found is not None:
        yield found


def _checked(kind: object, data: object) -> Iterator[str | bytes]:
    """The data as it is sent; nothing when it is not of a kind that can be shown, or not what that kind is made of."""
    if data is None or kind not in MEDIA_TYPES:
        return
    if kind in _BYTES:
        if isinstance(data, bytes | bytearray | memoryview):
            yield bytes(data)
        elif isinstance(data, str):  # base64, as notebooks have it
            try:
                yield binascii.a2b_base64(data)
            except ValueError as error:
                report(error)
    elif isinstance(data, str):
        yield data
    elif str(kind).endswith("json"):
        try:
            yield json_text(data)
        except Exception as error:
            report(error)


def _text(value: object) -> str:
    """Its text, whatever its `repr` does."""
    try:
        pretty = None if isinstance(value, type) else getattr(type(value), "_repr_pretty_", None)
        if callable(pretty) and getattr(value, _NO_METHOD, None) is None:
            printer = Printer()
            pretty(value, printer, False)
            return cut(str(printer))
    except Exception as error:
        pass_on(error)  # else it wants a printer that can do more: its `repr` is plain enough
    try:
        return plain(value)
    except Exception as error:
        report(error)
        return object.__repr__(value)
