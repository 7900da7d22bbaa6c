"""Pictures in files of their own, beside a page whose format cannot hold them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derive.core import Figure
    from derive.report import Report
    from derive.writers.layout import Layout

SUFFIXES = {"md": "svg", "tex": "pdf"}
"""Of the files beside a page in these formats."""
SHOWING = frozenset({"md", "tex", "html", "pdf", "slides", "ipynb"})
"""Formats that show pictures."""
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
"""What LaTeX takes as a name of a file without more ado."""


def with_pictures(layout: Layout, format: str, target: Path | None) -> Layout:
    """The layout of a page in a file: it refers to pictures beside it, where matplotlib is there to draw them."""
    from derive.figures import available

    stem = target.stem if target is not None and format in SUFFIXES and available() else ""
    return replace(layout, pictures=stem if format == "md" or _PLAIN_NAME.fullmatch(stem) else "")


def pictures(report: Report, layout: Layout, format: str) -> dict[str, bytes]:
    """Name and content of each file that the page refers to."""
    if not layout.pictures or format not in SUFFIXES:
        return {}
    from derive.figures import pdf, svg

    return {
        f"{layout.pictures}-{figure.key}.{SUFFIXES[format]}": svg(figure, paper=True).encode()
        if format == "md"
        else pdf(figure)
        for figure in figures_of(report, layout)
    }


def figures_of(report: Report, layout: Layout) -> tuple[Figure, ...]:
    """Those of the sections that are shown."""
    from derive.core import Figure
    from derive.writers.selection import selected

    blocks = (block for section in selected(report, layout.sections).sections for block in section.blocks)
    return tuple(block for block in blocks if isinstance(block, Figure))


def left_out(report: Report, layout: Layout, format: str) -> str:
    """What to say where the page would show pictures and matplotlib is missing; empty where nothing is."""
    return undrawn() if format in SHOWING and figures_of(report, layout) else ""


def undrawn() -> str:
    """What to say where matplotlib is missing; empty where it is there."""
    from derive.extras import hint
    from derive.figures import available

    return "" if available() else f"figures are described, not drawn; {hint('plot')}"
