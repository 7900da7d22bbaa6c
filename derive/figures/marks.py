"""Each kind of mark, drawn."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from derive.core import Band, Curve, Histogram, Mark, Points
from derive.figures.scales import words
from derive.figures.style import Palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

DASHES: dict[str, Any] = {
    "solid": "-",
    "dashed": (0, (5, 2)),
    "dotted": (0, (1, 1.6)),
    "dashdot": (0, (6, 1.6, 1, 1.6)),
}
WEIGHTS = {"strong": 2.0, "plain": 1.3, "faint": 0.7}
MARKERS = {"disc": "o", "circle": "o", "square": "s", "diamond": "D", "triangle": "^", "cross": "x", "plus": "+"}
HOLLOW = ("circle",)
SIDES: dict[str, tuple[tuple[float, float], str, str]] = {
    "above": ((0, 4), "center", "bottom"),
    "below": ((0, -4), "center", "top"),
    "left": ((-5, 0), "right", "center"),
    "right": ((5, 0), "left", "center"),
    "inside": ((5, -4), "left", "top"),
    "corner": ((4, 3), "left", "bottom"),
    "at": ((0, 0), "center", "center"),
}


def put(axes: Axes, mark: Mark, palette: Palette, limits: tuple[float | None, float | None]) -> Annotation | None:
    """Draw the mark; what is returned is a label at the right end of a curve, which may have to make room for others. ``limits``
    are those of the vertical axis: a curve that leaves the panel has its label where it is last seen."""
    if isinstance(mark, Curve):
        return _curve(axes, mark, palette, limits)
    if isinstance(mark, Points):
        _points(axes, mark, palette)
    elif isinstance(mark, Band):
        _band(axes, mark, palette)
    elif isinstance(mark, Histogram):
        _histogram(axes, mark, palette)
    else:
        said(axes, mark.text, (mark.x, mark.y), mark.side, palette.ink)
    return None


def said(axes: Axes, text: str, at: tuple[float, float], side: str, colour: str) -> Annotation:
    """Words at a point."""
    offset, horizontal, vertical = SIDES[side]
    return axes.annotate(
        words(text),
        at,
        xytext=offset,
        textcoords="offset points",
        ha=horizontal,
        va=vertical,
        color=colour,
        annotation_clip=False,
    )


def _curve(axes: Axes, curve: Curve, palette: Palette, limits: tuple[float | None, float | None]) -> Annotation | None:
    colour = palette.faint if curve.weight == "faint" else palette.shade(curve.shade)
    axes.plot(
        curve.x,
        curve.y,
        linestyle=DASHES[curve.style],
        linewidth=WEIGHTS[curve.weight],
        color=colour,
        drawstyle="steps-post" if curve.steps else "default",
        **_marker(curve.marker, colour, palette),
    )
    if not curve.label:
        return None
    ink = palette.ink if curve.weight == "faint" else colour
    if curve.at is not None:
        said(axes, curve.label, (curve.x[curve.at], curve.y[curve.at]), "above", ink)
        return None
    place = max((i for i, y in enumerate(curve.y) if _between(y, limits)), default=len(curve.y) - 1)
    whole = place == len(curve.y) - 1
    made = said(axes, curve.label, (curve.x[place], curve.y[place]), "right" if whole else "corner", ink)
    return made if whole else None


def _between(y: float, limits: tuple[float | None, float | None]) -> bool:
    low, high = limits
    return isfinite(y) and (low is None or y >= low) and (high is None or y <= high)


def _marker(name: str, colour: str, palette: Palette) -> dict[str, Any]:
    if not name:
        return {}
    face = palette.paper if name in HOLLOW else colour
    return {
        "marker": MARKERS[name],
        "markersize": 3.2,
        "markerfacecolor": face,
        "markeredgecolor": colour,
        "markeredgewidth": 0.9,
    }


def _points(axes: Axes, points: Points, palette: Palette) -> None:
    colour = palette.shade(points.shade)
    style = _marker(points.marker, colour, palette) | {"markersize": 4.2}
    axes.plot(points.x, points.y, linestyle="none", **style, zorder=3)
    for x, y, text in zip(points.x, points.y, points.labels, strict=False):
        said(axes, text, (x, y), "above", palette.ink)
    if points.label:
        said(axes, points.label, (points.x[-1], points.y[-1]), "right", colour)


def _band(axes: Axes, band: Band, palette: Palette) -> None:
    colour = palette.shade(band.shade)
    axes.fill_between(
        band.x,
        band.low,
        band.high,
        facecolor=(colour, 0.16),
        edgecolor=(colour, 0.55) if band.hatched else "none",
        hatch="////" if band.hatched else None,
        linewidth=0,
        zorder=0.5,
    )
    if band.label:
        said(axes, band.label, (band.x[0], band.high[0]), "inside", palette.ink)


def _histogram(axes: Axes, histogram: Histogram, palette: Palette) -> None:
    colour = palette.shade(histogram.shade)
    axes.stairs(
        histogram.heights, histogram.edges, fill=True, facecolor=(colour, 0.25), edgecolor=colour, linewidth=0.8
    )
    if histogram.label:
        top = max(range(len(histogram.heights)), key=lambda place: histogram.heights[place])
        middle = (histogram.edges[top] + histogram.edges[top + 1]) / 2
        said(axes, histogram.label, (middle, histogram.heights[top]), "above", colour)
