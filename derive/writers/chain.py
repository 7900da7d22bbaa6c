"""How a displayed chain is broken into lines: before a relation sign, and only if it is too wide."""

from __future__ import annotations

from derive.core import Step
from derive.formula import show, show_chain
from derive.writers.formula_width import formula_width

WIDEST = 88.0
"""Of one displayed line, in characters of running text."""
WIDEST_LEFT = 30.0
"""A left side wider than this stands on a line of its own."""


def links(step: Step) -> tuple[str, ...]:
    """``a``, ``= b``, ``\\le c`` of the chain as displayed; the whole formula if it is no single chain."""
    if show_chain(step.claims) != step.formula:  # type: ignore[arg-type]
        return (step.formula,)
    left = show(step.claims[0].lhs)
    pieces, done = [left], left
    for position in range(1, len(step.claims) + 1):
        text = show_chain(step.claims[:position])  # type: ignore[arg-type]
        if not text.startswith(done) or text[len(done) :].startswith(","):
            return (step.formula,)
        pieces.append(text[len(done) :].strip())
        done = text
    return tuple(pieces)


def displayed(step: Step) -> str:
    """The formula as LaTeX for a display, aligned over several lines where it is wide."""
    if formula_width(step.formula) <= WIDEST:
        return step.formula
    pieces = links(step)
    if len(pieces) < 2:
        return step.formula
    return "\\begin{aligned} " + " \\\\ ".join(_lines(pieces)) + " \\end{aligned}"


def _lines(pieces: tuple[str, ...]) -> list[str]:
    """The left side shares a line with the first relation unless it is wide itself."""
    left, *rest = pieces
    if formula_width(left) > WIDEST_LEFT:
        return [f"& {left}", *(f"&\\quad {piece}" for piece in rest)]
    first, *others = rest
    return [f"{left} &{first}", *(f"&{piece}" for piece in others)]
