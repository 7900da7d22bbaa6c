"""How figures look: one family of letters, few thin lines, colours that differ in lightness, too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

WIDTH = 5.5
"""Inches."""
HEIGHT = 3.0
SMALL = 9.0
"""Points, of words in the picture; a handout is set in 10 or 11."""


@dataclass(frozen=True, slots=True)
class Palette:
    """``ink`` for axes and words, ``faint`` for lines that only guide the eye, ``shades`` for what is shown."""

    ink: str
    faint: str
    paper: str
    shades: tuple[str, ...]

    def shade(self, number: int) -> str:
        return self.shades[number % len(self.shades)]


LIGHT = Palette("#1c1c1c", "#8c8c8c", "#ffffff", ("#17477a", "#c4481a", "#2e8b6f", "#8a5fa8", "#a87b00"))
DARK = Palette("#e8e6e1", "#8f8d89", "#16181c", ("#8fbdec", "#ff9d6e", "#72d3b3", "#cda8e8", "#ecc75f"))

RULES: dict[str, object] = {
    "font.family": "STIXGeneral",
    "mathtext.fontset": "stix",
    "font.size": SMALL,
    "axes.labelsize": SMALL,
    "axes.titlesize": SMALL,
    "xtick.labelsize": SMALL - 0.5,
    "ytick.labelsize": SMALL - 0.5,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 3,
    "ytick.major.size": 3,
    "xtick.minor.size": 1.5,
    "ytick.minor.size": 1.5,
    "xtick.minor.width": 0.4,
    "ytick.minor.width": 0.4,
    "lines.linewidth": 1.4,
    "lines.dash_capstyle": "butt",
    "lines.solid_capstyle": "round",
    "hatch.linewidth": 0.4,
    "path.simplify": True,
    "path.simplify_threshold": 0.2,
    "svg.fonttype": "path",
    "svg.hashsalt": "derive",
    "pdf.fonttype": 42,
}
"""On top of matplotlib's own defaults: what stands in somebody's matplotlibrc makes no difference."""


@contextmanager
def styled() -> Iterator[None]:
    """matplotlib's settings are global: they are ours inside, and what they were outside."""
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(RULES)  # type: ignore[arg-type] # its keys are typed one by one
        yield
