"""A figure as matplotlib draws it: panels side by side, the labels at the ends of curves kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.core import Figure, Panel
from derive.figures.arranging import arranged, separated
from derive.figures.marks import put
from derive.figures.scales import bounded, prepared, words
from derive.figures.style import HEIGHT, WIDTH, Palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing
    from matplotlib.text import Annotation


def drawn(figure: Figure, palette: Palette, *, paper: bool = False) -> Drawing:
    """Without pyplot: nothing is left behind."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Drawing

    drawing = Drawing(figsize=_size(figure), facecolor=palette.paper if paper else "none")
    FigureCanvasAgg(drawing)
    panels, ends = [], []
    for position, panel in enumerate(figure.panels):
        panels.append(drawing.add_subplot(1, len(figure.panels), position + 1))
        ends.append(_panel(panels[-1], panel, palette))
    for _ in range(2):  # ticks and labels change with the size of the panels
        arranged(panels)
        for labels in ends:
            separated(labels)
    return drawing


def _size(figure: Figure) -> tuple[float, float]:
    square = len(figure.panels) == 1 and figure.panels[0].equal
    return (0.75 * WIDTH if square else WIDTH, HEIGHT if len(figure.panels) < 3 else 0.8 * HEIGHT)


def _panel(axes: Axes, panel: Panel, palette: Palette) -> list[Annotation]:
    axes.set_facecolor("none")
    prepared(axes, panel)
    labels = [
        label for mark in panel.marks if (label := put(axes, mark, palette, (panel.y.low, panel.y.high))) is not None
    ]
    bounded(axes, panel)
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
