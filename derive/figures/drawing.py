"""A figure as matplotlib draws it: panels side by side, the labels at the ends of curves kept apart."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from derive.core import Figure, Panel
from derive.figures.arranging import arranged, separated, stacked, turned
from derive.figures.marks import Labels, put
from derive.figures.scales import TICKS, bounded, prepared, words
from derive.figures.style import HEIGHT, WIDTH, Palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing


def drawn(figure: Figure, palette: Palette, *, paper: bool = False) -> Drawing:
    """Without pyplot: nothing is left behind."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
    from matplotlib.figure import Figure as Drawing

    drawing = Drawing(figsize=_size(figure), dpi=72, facecolor=palette.paper if paper else "none")
    FigureCanvasSVG(drawing)
    # words are measured as they will be drawn: what was found for a formula once is then known
    renderer = RendererSVG(*drawing.bbox.size, StringIO(), image_dpi=72)  # type: ignore[no-untyped-call]
    panels = [drawing.add_subplot(1, len(figure.panels), k) for k in range(1, len(figure.panels) + 1)]
    ticks = TICKS if len(panels) < 3 else TICKS - 2
    labels = [_panel(axes, panel, palette, ticks) for axes, panel in zip(panels, figure.panels, strict=True)]
    for _ in range(2):  # ticks and labels change with the size of the panels
        arranged(panels, renderer)
        for found in labels:
            separated(found.ends, renderer)
            stacked(found.exits, renderer)
    for found in labels:
        turned(found.points, renderer)
    return drawing


def _size(figure: Figure) -> tuple[float, float]:
    square = len(figure.panels) == 1 and figure.panels[0].equal
    return (0.75 * WIDTH if square else WIDTH, HEIGHT if len(figure.panels) < 3 else 0.8 * HEIGHT)


def _panel(axes: Axes, panel: Panel, palette: Palette, ticks: int) -> Labels:
    axes.set_facecolor("none")
    prepared(axes, panel)
    labels = Labels()
    for mark in panel.marks:
        put(axes, mark, palette, (panel.y.low, panel.y.high), labels)
    bounded(axes, panel, ticks)
    if panel.title:
        axes.set_title(words(panel.title), loc="left")
    if panel.equal:
        axes.set_aspect("equal", adjustable="box")
    for spine in axes.spines.values():
        spine.set_color(palette.ink)
    axes.tick_params(colors=palette.ink, which="both")
    for text in (axes.xaxis.label, axes.yaxis.label, axes.title, axes._left_title):  # type: ignore[attr-defined]
        text.set_color(palette.ink)
    return labels
