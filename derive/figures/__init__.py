"""Draws figures, with matplotlib: the same bytes on every machine, legible in grey, on light and on dark paper.

matplotlib (the extra ``plot``) is imported when something is drawn; ``available`` says without importing it whether it is there.
"""

from __future__ import annotations

from importlib.util import find_spec

from derive.core import Figure
from derive.extras import need

__all__ = ["available", "pdf", "svg", "variables", "web"]


def available() -> bool:
    """Whether figures can be drawn here."""
    return find_spec("matplotlib") is not None


def svg(figure: Figure, *, dark: bool = False, paper: bool = False) -> str:
    """The picture as an ``<svg>`` element, which may stand in a file of its own or in a web page: text as outlines, identifiers that
    begin with the key of the figure (and ``-dark``), ``role="img"`` with the alternative text. The ground is transparent, for a light page or,
    with ``dark``, a dark one; with ``paper`` it is painted. Raises InputError without matplotlib."""
    need("plot", "matplotlib")
    from io import StringIO

    from derive.figures.cleaning import cleaned
    from derive.figures.drawing import drawn
    from derive.figures.style import DARK, LIGHT, styled

    palette = DARK if dark else LIGHT
    with styled(), StringIO() as file:
        drawn(figure, palette, paper=paper).savefig(file, format="svg", metadata=NO_METADATA)
        return cleaned(file.getvalue(), f"{figure.key}{'-dark' if dark else ''}", figure.alt)


def web(figure: Figure) -> str:
    """The picture for a web page: its colours are variables of CSS, which ``variables`` sets, so that it follows the page from light to
    dark. Raises InputError without matplotlib."""
    from derive.figures.style import LIGHT
    from derive.figures.theming import themed

    return themed(svg(figure), LIGHT)


def variables(*, dark: bool = False) -> str:
    """CSS that sets the colours of pictures made by ``web``."""
    from derive.figures.style import DARK, LIGHT
    from derive.figures.theming import declared

    return declared(DARK if dark else LIGHT)


def pdf(figure: Figure) -> bytes:
    """The picture as one page, for LaTeX. Raises InputError without matplotlib."""
    need("plot", "matplotlib")
    from io import BytesIO

    from derive.figures.drawing import drawn
    from derive.figures.style import LIGHT, styled

    nothing = dict.fromkeys(("Creator", "Producer", "CreationDate"))
    with styled(), BytesIO() as file:
        drawn(figure, LIGHT).savefig(file, format="pdf", metadata=nothing)
        return file.getvalue()


NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
