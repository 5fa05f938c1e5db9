"""Matplotlib's figures: each open one is shown by `plt.show()`, or when the program has ended.

Matplotlib's own backends without a window, one of which it falls back to where there is no screen, draw and show
nothing, and say nothing of that. Here their managers show. A program that brings a backend of its own is left alone.

A figure that stays open (`show(block=False)`, `show()` after `ion()`, `plt.pause()`, its own `show()`) is as in a
window: what is shown of it later takes the place of what was. Portable, see `display.py`.
"""

from __future__ import annotations

import _thread
import io
import itertools
import sys
import time
from _weakref import ref

from snakepen.runner.own_builtins import keep_own_builtins
from snakepen.runner.reports import pass_on, report
from snakepen.runner.texts import joined

keep_own_builtins(globals())

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType
    from typing import Any, Final

    Bundle = dict[str, str | bytes]
    # With a display_id, and the one of what it takes the place of.
    Show = Callable[[Bundle, str | None, str | None], None]

_BACKENDS: Final = ("agg", "cairo", "pdf", "pgf", "ps", "svg")
# Twice what notebooks draw at, for screens with small pixels; the PNG says so, and is as large as it was meant to be.
_DPI: Final = 144
# To draw one takes four bytes of memory for each, twice.
_MOST_PIXELS: Final = 16 << 20
# The same and more than what it stands for may take; so often it is drawn to be less. Dots that are all different have
# four bytes each, and a half of them is left each time.
_MOST_BYTES: Final = 7 << 20
_MOST_TRIES: Final = 6
# Inches by which what lies around a small figure may be larger than twice that.
_MOST_BESIDE: Final = 6.0
_MOST_AXES: Final = 6
_MOST_NAMES: Final = 10
_MOST_CHARACTERS: Final = 100
_KINDS: Final = {"Line2D": "Lines", "BarContainer": "Bars", "PathCollection": "Points", "ErrorbarContainer": "Lines"}
_MOST_DEEP: Final = 4
# What an animation may take of a run's time is one part in so many and one.
_REST: Final = 4
# From what shows a manager to `plt.pause()`: there are two frames between, in versions with decorators more.
_MOST_FRAMES: Final = 6


class _Known:
    """What of one figure has been shown."""

    def __init__(self, figure: object) -> None:
        self.figure = ref(figure)
        self.picture: int | None = None
        self.display_id: str | None = None
        """Of what is there and can be updated."""
        self.axes: list[ref[Any]] = []
        """Those that it had then: a figure that was emptied and drawn anew has others."""
        self.waits = False
        """It was to be updated, too soon after the last time."""


class Figures:
    """What of a program's figures has been shown."""

    def __init__(self, show: Show, is_child: Callable[[], bool]) -> None:
        self._show = show
        self._is_child = is_child
        self._lock = _thread.RLock()
        self._known: list[_Known] = []
        self._ids = 0
        self._rests_until = 0.0

    def change_managers(self, manager_class: type) -> None:
        """Of backends without a window: `plt.show()` calls this for each figure, and closing one calls the other."""
        original_show: Callable[[object], object] = vars(manager_class)["show"]
        original_destroy: Callable[[object], object] = vars(manager_class)["destroy"]

        def show(manager: Any) -> object:  # noqa: ANN401  -- matplotlib is the program's
            if self._leaves_alone():
                return original_show(manager)
            caller = sys._getframe(1)
            block: object = caller.f_locals.get("block")
            if block is False or (block is None and _is_interactive()):
                self._show_and_keep(manager.canvas.figure, pauses=_is_pause(caller))
            else:
                self._show_and_close(manager)
            return None

        def destroy(manager: Any) -> object:  # noqa: ANN401  -- as above
            if not self._leaves_alone():
                self._show_what_waits(manager.canvas.figure)
            return original_destroy(manager)

        manager_class.show, manager_class.destroy = show, destroy  # type: ignore[attr-defined]  # see above

    def change_figures(self, figure_class: type) -> None:
        """A figure's own `show()` does not close it."""
        original: Callable[..., object] = vars(figure_class)["show"]

        def show(figure: Any, warn: bool = True) -> object:  # noqa: ANN401  -- matplotlib is the program's
            manager = figure.canvas.manager
            base = getattr(sys.modules.get("matplotlib.backend_bases"), "FigureManagerBase", None)
            if type(manager) is not base or self._leaves_alone():
                return original(figure, warn)
            self._show_and_keep(figure, pauses=False)
            return None

        figure_class.show = show  # type: ignore[attr-defined]  # see above

    def _leaves_alone(self) -> bool:
        """Whether somebody else sees to it; asked when there is a figure, and so a backend."""
        matplotlib: Any = sys.modules.get("matplotlib")
        name = str(matplotlib.rcParams["backend"]).lower().removeprefix("module://matplotlib.backends.backend_")
        return self._is_child() or name not in _BACKENDS

    def bundle(self, figure: object) -> Bundle | None:
        """If it is one: its picture and what stands for that; counted as shown."""
        module = sys.modules.get("matplotlib.figure")
        if module is None or not isinstance(figure, module.Figure):
            return None
        if self._is_child():
            return _bundle(figure)  # whoever held the lock is not there
        with self._lock:
            bundle = _bundle(figure)
            known = self._known_of(figure)
            known.picture, known.waits = hash(bundle["image/png"]), False
            return bundle

    def show_open(self) -> None:
        """When the program has ended: all that it left open. An empty one is what `savefig()` makes after `show()`."""
        helpers: Any = sys.modules.get("matplotlib._pylab_helpers")
        managers = [] if helpers is None else list(helpers.Gcf.get_all_fig_managers())
        if not managers or self._leaves_alone():
            return
        for manager in managers:
            if not _is_empty(manager.canvas.figure):
                with self._lock:
                    shown = self._changed(manager.canvas.figure)
                self._show_it(shown)

    def show_what_waits(self) -> None:
        """Of those that stay open."""
        for known in list(self._known):
            figure = known.figure()
            if figure is not None:
                self._show_what_waits(figure)

    def _show_and_close(self, manager: Any) -> None:  # noqa: ANN401  -- as above
        """In one step: another thread may be about to do the same."""
        figures: Any = sys.modules["matplotlib._pylab_helpers"].Gcf
        with self._lock:
            if figures.figs.get(manager.num) is not manager:
                return
            shown = self._changed(manager.canvas.figure)
            figures.destroy(manager)
        self._show_it(shown)

    def _show_and_keep(self, figure: Any, *, pauses: bool) -> None:  # noqa: ANN401  -- as above
        with self._lock:
            known = self._known_of(figure)
            if pauses:  # whatever it is now, it is the next picture of the same
                known.axes = _axes_of(figure)
            if known.display_id is not None and known.axes == _axes_of(figure) and time.monotonic() < self._rests_until:
                known.waits = True
                return
            shown = self._changed(figure, stays=True)
        self._show_it(shown)

    def _show_what_waits(self, figure: Any) -> None:  # noqa: ANN401  -- as above
        """Before it is closed, or looked at for long."""
        with self._lock:
            waits = any(known.waits for known in self._known if known.figure() is figure)
            shown = self._changed(figure) if waits and not _is_empty(figure) else None
        self._show_it(shown)

    def _show_it(self, shown: tuple[Bundle, str | None, str | None] | None) -> None:
        if shown is not None:
            self._show(*shown)

    def _known_of(self, figure: object) -> _Known:
        self._known = [known for known in self._known if known.figure() is not None]
        for known in self._known:
            if known.figure() is figure:
                return known
        self._known.append(_Known(figure))
        return self._known[-1]

    def _changed(self, figure: Any, *, stays: bool = False) -> tuple[Bundle, str | None, str | None] | None:  # noqa: ANN401  -- as above
        """What to show; None when it was shown just so before, or cannot be drawn: then the exception is printed."""
        began = time.monotonic()
        known = self._known_of(figure)
        try:
            bundle = _bundle(figure)
        except Exception as error:
            report(error)
            return None
        now = time.monotonic()
        self._rests_until = now + _REST * (now - began)
        before, known.picture = known.picture, hash(bundle["image/png"])
        axes_before, known.axes = known.axes, _axes_of(figure)
        known.waits = False
        if known.picture == before:
            return None
        if known.display_id is not None and known.axes == axes_before:
            return bundle, None, known.display_id
        if not stays:
            return bundle, None, None
        self._ids += 1
        known.display_id = f"matplotlib-{self._ids}"
        return bundle, known.display_id, None


def _is_interactive() -> bool:
    """Then `plt.show()` does not wait, and what it has shown is drawn on."""
    return bool(sys.modules["matplotlib"].is_interactive())


def _is_pause(frame: FrameType | None) -> bool:
    for _ in range(_MOST_FRAMES):
        if frame is None:
            return False
        if frame.f_code.co_name == "pause" and frame.f_globals.get("__name__") == "matplotlib.pyplot":
            return True
        frame = frame.f_back
    return False


def _is_empty(figure: Any) -> bool:  # noqa: ANN401  -- matplotlib is the program's
    """Nothing is in it but its background."""
    return len(figure.get_children()) <= 1


def _axes_of(figure: Any) -> list[ref[Any]]:  # noqa: ANN401  -- as above
    return [ref(one) for one in figure.axes]


def is_drawing(value: object, deep: int = 0) -> bool:
    """Whether it is what a drawing function returns, which shows as part of its figure: nobody asked to read it."""
    module = sys.modules.get("matplotlib.artist")
    if module is None:
        return False
    if isinstance(value, module.Artist):
        return not isinstance(value, sys.modules["matplotlib.figure"].Figure)
    if type(value).__module__ == "matplotlib.container":
        return True
    if isinstance(value, list | tuple):
        return bool(value) and deep < _MOST_DEEP and is_drawing(value[-1], deep + 1)
    if type(value) is dict:
        return bool(value) and deep < _MOST_DEEP and is_drawing(next(reversed(value.values())), deep + 1)
    array: Any = value
    kind = type(value)
    if kind.__module__.partition(".")[0] == "pandas" and kind.__name__ in ("Series", "DataFrame"):
        array, kind = array.iloc[:1].to_numpy(), sys.modules["numpy"].ndarray
    if kind.__module__ == "numpy" and str(getattr(array, "dtype", None)) == "object":
        return bool(array.size and deep < _MOST_DEEP and is_drawing(array.flat[0], deep + 1))
    return False


def _bundle(figure: Any) -> Bundle:  # noqa: ANN401  -- matplotlib is the program's
    return {"image/png": _png(figure), "text/plain": _alternative(figure)}


def _png(figure: Any) -> bytes:  # noqa: ANN401  -- as above
    """With what lies around its edges, such as a legend; without that, where it is far away or cannot be drawn."""
    try:
        box = _tight_box(figure)
        if box is not None:
            return _drawn(figure, box)
    except Exception as error:
        pass_on(error)  # else it is told when it comes again
    return _drawn(figure, figure.bbox_inches)


def _tight_box(figure: Any) -> Any:  # noqa: ANN401  -- as above
    """In inches; None when nobody means it. A text that was put beside the axes by mistake may lie a mile away."""
    width, height = figure.get_size_inches()
    dpi = figure.dpi
    figure.dpi = _dpi(figure, width, height)
    try:
        _draw(figure.draw_without_rendering)  # an animation begins by this, and shows its first frame
        box = figure.get_tightbbox()
    finally:
        figure.dpi = dpi
    most = [max(2 * side, side + _MOST_BESIDE) for side in (width, height)]
    # What is no number is not less.
    if 0 < box.width <= most[0] and 0 < box.height <= most[1]:
        return box.padded(sys.modules["matplotlib"].rcParams["savefig.pad_inches"])
    return None


def _dpi(figure: Any, width: float, height: float) -> float:  # noqa: ANN401  -- as above
    return float(min(max(_DPI, figure.dpi), (_MOST_PIXELS / (width * height)) ** 0.5))


def _drawn(figure: Any, box: Any) -> bytes:  # noqa: ANN401  -- as above
    """What of it lies in the box; with fewer dots, where they would be more than can be sent."""
    dpi = _dpi(figure, max(box.width, figure.bbox_inches.width), max(box.height, figure.bbox_inches.height))
    for _ in range(_MOST_TRIES):
        file = io.BytesIO()
        # Without the version of matplotlib, which is written by default.
        _draw(figure.savefig, fname=file, format="png", dpi=dpi, bbox_inches=box, metadata={"Software": None})
        if len(file.getbuffer()) <= _MOST_BYTES:
            break
        dpi *= 0.7
    return file.getvalue()


def _draw(draw: Callable[..., object], **how: object) -> None:
    """From one line: what Python warns of, as of letters that a font has not, it says once of each line."""
    draw(**how)


def _alternative(figure: Any) -> str:  # noqa: ANN401  -- as above
    """What it is for who does not see it: from titles, the names of axes, and the legend."""
    number = getattr(figure, "number", None)
    name = "Figure" if number is None else f"Figure {number}"
    axes = figure.axes
    titles = [f"{_short([title])}." for title in itertools.islice(_titles(figure), _MOST_NAMES)]
    parts = [*titles, *[_of_axes(one) for one in axes[:_MOST_AXES]]]
    if len(axes) > _MOST_AXES:
        parts.append(f"{len(axes) - _MOST_AXES} more axes.")
    return " ".join([f"{name}:", *filter(None, parts)]) if any(parts) else f"{name}."


def _titles(figure: Any) -> Iterator[str]:  # noqa: ANN401  -- as above
    """Its own, and those of the figures that it is made of."""
    title = getattr(figure, "_suptitle", None)
    if title is not None and title.get_text():
        yield title.get_text()
    for part in getattr(figure, "subfigs", ()):
        yield from _titles(part)


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
