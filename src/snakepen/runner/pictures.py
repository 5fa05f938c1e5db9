"""Pillow's images, as PNGs that a page can draw: of a mode that PNG has, and no larger than anybody sees.

Portable, see `display.py`.
"""

from __future__ import annotations

import io
import sys

from snakepen.runner.own_builtins import keep_own_builtins

keep_own_builtins(globals())

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    Bundle = dict[str, str | bytes]

# Whoever draws one has four bytes of memory for each.
_MOST_PIXELS: Final = 16 << 20
# Less than one thing may have; no PNG of so many pixels has more.
_MOST_BYTES: Final = 6 << 20
_SURELY_FITS: Final = 1 << 20
_SHADES: Final = ("F", "I", "I;16L", "I;16N")
_COLOURS: Final = {"PA": "RGBA", "La": "LA", "RGBa": "RGBA", "RGBX": "RGB", "YCbCr": "RGB", "LAB": "RGB", "HSV": "RGB"}


def image_bundle(value: object) -> Bundle | None:
    """Of an image that is not shown as well by what it says of itself; None of anything else."""
    image: Any = value
    if not isinstance(value, getattr(sys.modules.get("PIL.Image"), "Image", ())):
        return None
    width, height = image.size
    if not width or not height or (width * height <= _SURELY_FITS and image.mode not in (*_SHADES, *_COLOURS)):
        return None
    text = f"<{type(value).__module__}.{type(value).__name__} image mode={image.mode} size={width}x{height}>"
    if width * height > _MOST_PIXELS:
        image = _smaller(image, (_MOST_PIXELS / (width * height)) ** 0.5)
    if image.mode in _SHADES:
        image = image.convert("I").convert("F") if image.mode != "F" else image
        least, most = image.getextrema()
        text += f", black is {least:g}, white is {most:g}"
        scale = 255 / (most - least) if most > least else 0.0
        image = image.point(lambda shade: shade * scale - least * scale).convert("L")
    elif image.mode in _COLOURS:
        image = image.convert(_COLOURS[image.mode])
    elif image.mode == "CMYK":  # a large one, else its JPEG is shown
        image = image.convert("RGB")
    data = _png(image)
    while len(data) > _MOST_BYTES:
        image = _smaller(image, 0.7)
        data = _png(image)
    if image.size != (width, height):
        text += ", drawn as {}x{}".format(*image.size)
    return {"image/png": data, "text/plain": text}


def _smaller(image: Any, by: float) -> Any:  # noqa: ANN401  -- Pillow is the program's
    return image.resize([max(1, int(side * by)) for side in image.size])


def _png(image: Any) -> bytes:  # noqa: ANN401  -- as above
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=1)
    return file.getvalue()
