"""Axes: their scales, their ticks, their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isfinite
from typing import TYPE_CHECKING, Any

from derive.core import Axis, Band, Curve, Histogram, Mark, Panel, Points

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TICKS = 6


def prepared(axes: Axes, panel: Panel) -> None:
    """Scales and labels, before anything is drawn."""
    for name, axis in (("x", panel.x), ("y", panel.y)):
        _scale(axes, name, axis)
    axes.set_xlabel(words(panel.x.label))
    axes.set_ylabel(words(panel.y.label))


def bounded(axes: Axes, panel: Panel) -> None:
    """Limits and ticks, when all is drawn."""
    axes.set_xlim(*_ends(axes.get_xlim(), panel.x))
    axes.set_ylim(*_ends(axes.get_ylim(), panel.y))
    for name, axis, meant in (("x", axes.xaxis, panel.x), ("y", axes.yaxis, panel.y)):
        _ticks(axis, meant, whole=_whole(values(panel.marks, name)))


def _ends(found: tuple[float, float], axis: Axis) -> tuple[float, float]:
    return found[0] if axis.low is None else axis.low, found[1] if axis.high is None else axis.high


def _scale(axes: Axes, name: str, axis: Axis) -> None:
    put: Any = axes.set_xscale if name == "x" else axes.set_yscale
    if axis.scale in ("log10", "log2"):
        put("log", base=10 if axis.scale == "log10" else 2)
    elif axis.scale == "symlog":
        put("symlog", linthresh=axis.linear)


def _ticks(axis: Any, meant: Axis, *, whole: bool) -> None:
    from matplotlib import ticker

    if meant.scale == "linear":
        axis.set_major_locator(ticker.MaxNLocator(TICKS - 1, steps=[1, 2, 2.5, 5, 10], integer=whole))
    elif meant.scale == "log2":
        axis.set_major_locator(ticker.LogLocator(2, numticks=TICKS + 2))
        axis.set_minor_locator(ticker.NullLocator())
    elif meant.scale == "log10":
        axis.set_major_locator(ticker.LogLocator(10, numticks=TICKS))
        axis.set_minor_locator(ticker.NullLocator())
    else:
        axis.set_major_locator(ticker.SymmetricalLogLocator(linthresh=meant.linear, base=10))
        axis.set_minor_locator(ticker.NullLocator())


def values(marks: Iterable[Mark], name: str) -> Iterator[float]:
    """What the marks have on one axis."""
    for mark in marks:
        if isinstance(mark, Curve | Points):
            yield from getattr(mark, name)
        elif isinstance(mark, Band):
            yield from (mark.x if name == "x" else (*mark.low, *mark.high))
        elif isinstance(mark, Histogram):
            yield from (mark.edges if name == "x" else mark.heights)


def _whole(numbers: Iterable[float]) -> bool:
    """Counts have no tick between two of them."""
    return all(isfinite(number) and number == int(number) for number in numbers)


_MATHTEXT = {
    r"\lvert": "|",
    r"\rvert": "|",
    r"\lVert": r"\Vert",
    r"\rVert": r"\Vert",
    r"\top": "T",
    r"\tfrac": r"\frac",
}


def words(text: str) -> str:
    """Text with ``$...$`` as matplotlib's mathtext knows it."""
    for name, known in _MATHTEXT.items():
        text = text.replace(name, known)
    return text
