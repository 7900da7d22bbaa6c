"""Each kind of mark, drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Labels:
    """Words that may have to make room for each other: at the ends of curves, where curves leave the panel, at points."""

    ends: list[Annotation] = field(default_factory=list)
    exits: list[Annotation] = field(default_factory=list)
    points: list[Annotation] = field(default_factory=list)


def put(axes: Axes, mark: Mark, palette: Palette, limits: tuple[float | None, float | None], labels: Labels) -> None:
    """Draw the mark and note its labels. ``limits`` are those of the vertical axis: a curve that leaves the panel has its label
    where it is last seen."""
    if isinstance(mark, Curve):
        _curve(axes, mark, palette, limits, labels)
    elif isinstance(mark, Points):
        _points(axes, mark, palette, labels)
    elif isinstance(mark, Band):
        _band(axes, mark, palette)
    elif isinstance(mark, Histogram):
        _histogram(axes, mark, palette)
    else:
        said(axes, mark.text, (mark.x, mark.y), mark.side, palette.ink)


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


def _curve(
    axes: Axes, curve: Curve, palette: Palette, limits: tuple[float | None, float | None], labels: Labels
) -> None:
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
        return
    ink = palette.ink if curve.weight == "faint" else colour
    if curve.at is not None:
        said(axes, curve.label, (curve.x[curve.at], curve.y[curve.at]), curve.side, ink)
        return
    place = max((i for i, y in enumerate(curve.y) if _between(y, limits)), default=len(curve.y) - 1)
    whole = place == len(curve.y) - 1
    made = said(axes, curve.label, (curve.x[place], curve.y[place]), "right" if whole else "corner", ink)
    (labels.ends if whole else labels.exits).append(made)


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


def _points(axes: Axes, points: Points, palette: Palette, labels: Labels) -> None:
    colour = palette.shade(points.shade)
    style = _marker(points.marker, colour, palette) | {"markersize": 4.2}
    axes.plot(points.x, points.y, linestyle="none", **style, zorder=3)
    for x, y, text in zip(points.x, points.y, points.labels, strict=False):
        labels.points.append(said(axes, text, (x, y), "above", palette.ink))
    if points.label:
        said(axes, points.label, (points.x[-1], points.y[-1]), "corner", colour)


def _band(axes: Axes, band: Band, palette: Palette) -> None:
    colour = palette.shade(band.shade)
    opacity = 0.5 if band.strong else 0.16
    axes.fill_between(
        band.x,
        band.low,
        band.high,
        facecolor="none" if band.hatched else (colour, opacity),
        edgecolor=colour if band.hatched else "none",
        hatch="//////" if band.hatched else None,
        linewidth=0,
        zorder=0.5,
    )
    if band.label:
        said(axes, band.label, (band.x[0], band.high[0]), "inside", palette.ink)


def _histogram(axes: Axes, histogram: Histogram, palette: Palette) -> None:
    colour = palette.shade(histogram.shade)
    hatch = "////" if histogram.hatched else None
    face = "none" if histogram.hatched else (colour, 0.25)
    axes.stairs(
        histogram.heights, histogram.edges, fill=True, facecolor=face, edgecolor=colour, hatch=hatch, linewidth=0.8
    )
    if histogram.label:
        top = max(range(len(histogram.heights)), key=lambda place: histogram.heights[place])
        middle = (histogram.edges[top] + histogram.edges[top + 1]) / 2
        said(axes, histogram.label, (middle, histogram.heights[top]), "above", colour)
