"""Axes: their scales, their ticks, their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil, floor, isfinite, log, log10
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


def bounded(axes: Axes, panel: Panel, ticks: int) -> None:
    """Limits and ticks, when all is drawn; so many ticks at most on the horizontal axis. An axis without a label is that of the panel before."""
    axes.set_xlim(*_ends(axes.get_xlim(), panel.x))
    axes.set_ylim(*_ends(axes.get_ylim(), panel.y))
    for name, axis, meant, most in (("x", axes.xaxis, panel.x, ticks), ("y", axes.yaxis, panel.y, TICKS)):
        _ticks(axis, meant, most, whole=_whole(values(panel.marks, name)))
    axes.tick_params(labelleft=bool(panel.y.label))


def _ends(found: tuple[float, float], axis: Axis) -> tuple[float, float]:
    return found[0] if axis.low is None else axis.low, found[1] if axis.high is None else axis.high


def _scale(axes: Axes, name: str, axis: Axis) -> None:
    put: Any = axes.set_xscale if name == "x" else axes.set_yscale
    if axis.scale in ("log10", "log2"):
        put("log", base=10 if axis.scale == "log10" else 2)
    elif axis.scale == "symlog":
        put("symlog", linthresh=axis.linear)


def _ticks(axis: Any, meant: Axis, most: int, *, whole: bool) -> None:
    from matplotlib import ticker

    if meant.scale == "linear":
        axis.set_major_locator(ticker.MaxNLocator(most - 1, steps=[1, 2, 2.5, 5, 10], integer=whole))
        return
    if meant.scale == "symlog":
        axis.set_major_locator(ticker.SymmetricalLogLocator(linthresh=meant.linear, base=10))
    else:
        base = 10 if meant.scale == "log10" else 2
        low, high = axis.get_view_interval()
        places = powers(low, high, base)
        axis.set_major_locator(ticker.FixedLocator(places or _between_powers(low, high)))
        if not places:
            axis.set_major_formatter(ticker.FuncFormatter(lambda value, _: f"{value:g}"))
    axis.set_minor_locator(ticker.NullLocator())


def powers(low: float, high: float, base: int) -> list[float]:
    """Powers of the base from low to high, at most TICKS of them, 1 among them where it is in range; none where fewer than two are."""
    first, last = ceil(log(low, base) - 1e-9), floor(log(high, base) + 1e-9)
    stride = max(1, ceil((last - first + 1) / TICKS))
    found = [float(base) ** k for k in range(first, last + 1) if k % stride == 0]
    return found if len(found) > 2 or (base == 2 and len(found) > 1) else []


def _between_powers(low: float, high: float) -> list[float]:
    """1, 2 and 5 times powers of ten: for a range of less than two decades."""
    exponents = range(floor(log10(low)) - 1, ceil(log10(high)) + 1)
    return [m * 10.0**k for k in exponents for m in (1, 2, 5) if low <= m * 10.0**k <= high]


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
