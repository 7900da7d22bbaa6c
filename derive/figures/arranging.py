"""Room for what stands around the panels, and between labels at the ends of curves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.text import Annotation

APART = 1.1
"""Lines of text at the ends of curves: their distance, in heights of a line."""
COLUMN = 0.25
"""Labels of curves that leave the panel within that share of its width stand in one column."""
EDGE = 0.04
BETWEEN = 0.16
"""Inches."""


def arranged(panels: Sequence[Axes], renderer: RendererBase) -> None:
    """Side by side, as large as their words leave room for."""
    figure = panels[0].figure
    width, height = figure.bbox.width, figure.bbox.height
    edge, between = EDGE * figure.dpi, BETWEEN * figure.dpi
    around = [_overhang(axes, renderer) for axes in panels]
    bottom = edge + max(low for _, low, _, _ in around)
    top = height - edge - max(high for _, _, _, high in around)
    taken = sum(left + right for left, _, right, _ in around) + 2 * edge + between * (len(panels) - 1)
    own = (width - taken) / len(panels)
    x = edge
    for axes, (left, _, right, _) in zip(panels, around, strict=True):
        x += left
        axes.set_position((x / width, bottom / height, own / width, (top - bottom) / height))
        x += own + right + between


def _overhang(axes: Axes, renderer: RendererBase) -> tuple[float, float, float, float]:
    """Left, below, right, above: how far words stick out, in pixels."""
    axes.apply_aspect()
    whole, inner = axes.get_tightbbox(renderer), axes.bbox
    assert whole is not None
    ends = (inner.x0 - whole.x0, inner.y0 - whole.y0, whole.x1 - inner.x1, whole.y1 - inner.y1)
    left, below, right, above = (max(0.0, float(end)) for end in ends)
    return left, below, right, above


def separated(labels: Sequence[Annotation], renderer: RendererBase) -> None:
    """Push labels apart, in their order from below."""
    if len(labels) < 2:
        return
    scale = labels[0].figure.dpi / 72
    boxes = [label.get_window_extent(renderer) for label in labels]
    order = sorted(range(len(labels)), key=lambda i: (boxes[i].y0 + boxes[i].y1, i))
    places = [(boxes[i].y0 + boxes[i].y1) / 2 for i in order]
    for i, old, new in zip(order, places, spread(places, max(box.height for box in boxes) * APART), strict=True):
        x, offset = labels[i].xyann
        labels[i].xyann = (x, offset + (new - old) / scale)


def stacked(labels: Sequence[Annotation], renderer: RendererBase) -> None:
    """Labels of curves that leave the panel near each other: in one column beside the last of them, its own lowest."""
    if not labels:
        return
    axes, scale = labels[0].axes, labels[0].figure.dpi / 72
    assert axes is not None
    columns: list[list[Annotation]] = []
    for label in sorted(labels, key=lambda label: -label.xy[0]):
        if columns and _x_on_screen(columns[-1][0]) - _x_on_screen(label) < COLUMN * axes.bbox.width:
            columns[-1].append(label)
        else:
            columns.append([label])
    for first, *others in columns:
        height = first.get_window_extent(renderer).height * APART / scale
        for k, label in enumerate(others, 1):
            (x, y), (own_x, own_y) = (axes.transData.transform(a.xy) for a in (first, label))
            aside, above = first.xyann
            label.xyann = (aside + (x - own_x) / scale, above + (y - own_y) / scale + k * height)


def _x_on_screen(label: Annotation) -> float:
    assert label.axes is not None
    return float(label.axes.transData.transform(label.xy)[0])


def turned(labels: Sequence[Annotation], renderer: RendererBase) -> None:
    """A label that covers one before it goes below its point."""
    for k, label in enumerate(labels):
        if any(label.get_window_extent(renderer).overlaps(other.get_window_extent(renderer)) for other in labels[:k]):
            label.xyann = (label.xyann[0], -label.xyann[1])
            label.set_verticalalignment("top")


def spread(places: Sequence[float], least: float) -> list[float]:
    """Rising places with at least that distance, moved as little as may be: runs that touch are centred where they belong."""
    groups: list[list[float]] = []
    for place in places:
        groups.append([place])
        while len(groups) > 1 and _too_close(groups[-2], groups[-1], least):
            last = groups.pop()
            groups[-1] += last
    return [_middle(group) + least * (k - (len(group) - 1) / 2) for group in groups for k in range(len(group))]


def _too_close(below: Sequence[float], above: Sequence[float], least: float) -> bool:
    return _middle(above) - _middle(below) < least * (len(above) + len(below)) / 2


def _middle(group: Sequence[float]) -> float:
    return sum(group) / len(group)
