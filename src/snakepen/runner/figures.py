"""Matplotlib's figures: each open one is shown by `plt.show()`, or when the program has ended.

The backend that matplotlib falls back to where there is no screen draws and shows nothing, and says nothing of that.
Here its managers show. A program that chose a backend itself is left alone. Portable, see `display.py`.
"""

from __future__ import annotations

import io
import sys
from _weakref import ref

from snakepen.runner.bundles import report
from snakepen.runner.texts import joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, Final

    Show = Callable[[dict[str, str | bytes]], None]

# Twice what notebooks draw at, for screens with small pixels; the PNG says so, and is as large as it was meant to be.
_DPI: Final = 144
# To draw one takes four bytes of memory for each, twice.
_MOST_PIXELS: Final = 16 << 20
_MOST_AXES: Final = 6
_MOST_NAMES: Final = 10
_MOST_CHARACTERS: Final = 100
_KINDS: Final = {"Line2D": "Lines", "BarContainer": "Bars", "PathCollection": "Points", "ErrorbarContainer": "Lines"}
_MOST_DEEP: Final = 4


class Figures:
    """What of a program's figures has been shown."""

    def __init__(self, show: Show, is_child: Callable[[], bool], headless_backend: str | None) -> None:
        self._show = show
        self._is_child = is_child
        self._headless_backend = headless_backend
        self._shown: list[tuple[ref[Any], int]] = []

    def change_managers(self, manager_class: type) -> None:
        """Of backends without a window: `plt.show()` calls this for each figure."""
        original: Callable[[object], object] = vars(manager_class)["show"]

        def show(manager: Any) -> object:  # noqa: ANN401  -- matplotlib is the program's
            if self._is_child() or not self._is_headless():
                return original(manager)
            # plt.pause() and show(block=False): the program goes on drawing into it.
            if sys._getframe(1).f_locals.get("block") is not False:
                self.show_if_new(manager.canvas.figure)
                sys.modules["matplotlib._pylab_helpers"].Gcf.destroy(manager)
            return None

        manager_class.show = show  # type: ignore[attr-defined]  # see above

    def change_figures(self, figure_class: type) -> None:
        """A figure's own `show()` does not close it."""
        original: Callable[..., object] = vars(figure_class)["show"]

        def show(figure: Any, warn: bool = True) -> object:  # noqa: ANN401  -- matplotlib is the program's
            manager = figure.canvas.manager
            base = getattr(sys.modules.get("matplotlib.backend_bases"), "FigureManagerBase", None)
            if type(manager) is not base or self._is_child() or not self._is_headless():
                return original(figure, warn)
            self.show_if_new(figure)
            return None

        figure_class.show = show  # type: ignore[attr-defined]  # see above

    def _is_headless(self) -> bool:
        """Whether matplotlib itself, or our host, found the backend: it writes down there what it fell back to."""
        matplotlib: Any = sys.modules.get("matplotlib")
        if self._headless_backend is not None:
            return bool(matplotlib.rcParams["backend"].lower() == self._headless_backend)
        return bool(matplotlib.rcParamsOrig["backend"] == "agg")

    def bundle(self, figure: object) -> dict[str, str | bytes] | None:
        """If it is one: its picture and what stands for that; counted as shown."""
        module = sys.modules.get("matplotlib.figure")
        if module is None or not isinstance(figure, module.Figure):
            return None
        picture = _png(figure)
        self._shown = [known for known in self._shown if known[0]() not in (None, figure)]
        self._shown.append((ref(figure), hash(picture)))
        return {"image/png": picture, "text/plain": _alternative(figure)}

    def show_if_new(self, figure: object) -> None:
        """Unless it was shown just so before. Of one that cannot be drawn the exception is printed."""
        before = [known[1] for known in self._shown if known[0]() is figure]
        try:
            bundle = self.bundle(figure)
        except Exception as error:
            report(error)
            return
        if bundle is not None and hash(bundle["image/png"]) not in before:
            self._show(bundle)

    def show_open(self) -> None:
        """When the program has ended: all that it left open."""
        helpers: Any = sys.modules.get("matplotlib._pylab_helpers")
        if helpers is None or self._is_child() or not self._is_headless():
            return
        for manager in list(helpers.Gcf.get_all_fig_managers()):
            self.show_if_new(manager.canvas.figure)


def is_drawing(value: object, deep: int = 0) -> bool:
    """Whether it is what a drawing function returns, which shows as part of its figure: nobody asked to read it."""
    module = sys.modules.get("matplotlib.artist")
    if module is None:
        return False
    if isinstance(value, module.Artist):
        return not isinstance(value, sys.modules["matplotlib.figure"].Figure)
    if isinstance(value, list | tuple):
        if type(value).__module__ == "matplotlib.container":
            return True
        return bool(value) and deep < _MOST_DEEP and is_drawing(value[-1], deep + 1)
    if type(value) is dict:
        return bool(value) and deep < _MOST_DEEP and is_drawing(next(reversed(value.values())), deep + 1)
    kind = type(value)
    if kind.__module__ == "numpy" and str(getattr(value, "dtype", None)) == "object":
        array: Any = value
        return bool(array.size and deep < _MOST_DEEP and is_drawing(array.flat[0], deep + 1))
    return False


def _png(figure: Any) -> bytes:  # noqa: ANN401  -- matplotlib is the program's
    file = io.BytesIO()
    width, height = figure.get_size_inches()
    dpi = min(max(_DPI, figure.dpi), (_MOST_PIXELS / (width * height)) ** 0.5)
    # Without the version of matplotlib, which is written by default.
    figure.savefig(file, format="png", dpi=dpi, bbox_inches="tight", metadata={"Software": None})
    return file.getvalue()


def _alternative(figure: Any) -> str:  # noqa: ANN401  -- as above
    """What it is for who does not see it: from titles, the names of axes, and the legend."""
    number = getattr(figure, "number", None)
    name = "Figure" if number is None else f"Figure {number}"
    title = getattr(figure, "_suptitle", None)
    axes = figure.axes
    parts = [_of_axes(one) for one in axes[:_MOST_AXES]]
    if title is not None and title.get_text():
        parts.insert(0, f"{_short([title.get_text()])}.")
    if len(axes) > _MOST_AXES:
        parts.append(f"{len(axes) - _MOST_AXES} more axes.")
    return " ".join([f"{name}:", *filter(None, parts)]) if any(parts) else f"{name}."


def _of_axes(axes: Any) -> str:  # noqa: ANN401  -- as above
    titles = [_short([axes.get_title(loc=place)]) for place in ("center", "left", "right")]
    sentences = [title for title in titles if title]
    labels = [("x", axes.get_xlabel()), ("y", axes.get_ylabel())]
    if hasattr(axes, "get_zlabel"):
        labels.append(("z", axes.get_zlabel()))
    named = [f"{axis}: {_short([label])}" for axis, label in labels if label]
    if named:
        sentences.append(", ".join(named))
    kinds: dict[str, list[str]] = {}
    for handle, label in zip(*axes.get_legend_handles_labels(), strict=False):
        kinds.setdefault(_KINDS.get(type(handle).__name__, "Shown"), []).append(str(label))
    sentences += [f"{kind}: {_short(names)}" for kind, names in kinds.items()]
    return " ".join(f"{sentence}." for sentence in sentences)


def _short(names: Iterable[str]) -> str:
    return joined(names, most=_MOST_NAMES, characters=_MOST_CHARACTERS)
