"""How this topic writes a clipped number, a column, a gradient; and the exact arithmetic behind its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from derive.authoring import explicit, rational
from derive.core import Matrix

PASCANU = "Pascanu, Mikolov and Bengio (2013), Algorithm 1"
BOOK = "Deep Learning (2016), section 10.11.1"
LESSWRONG = "LessWrong post on vanishing and exploding gradients, on clipping"


def column(entries: Sequence[Fraction]) -> str:
    """LaTeX of an exact column vector."""
    return explicit([[entry] for entry in entries])


def entries_of(gradient: Matrix) -> tuple[Fraction, ...]:
    """The entries of a real column."""
    return tuple(Fraction(str(row[0])) for row in gradient.rows)


def row(entries: Sequence[Fraction]) -> str:
    """The entries as the option is written."""
    return f"[{', '.join(map(str, entries))}]"


def clip(number: Fraction, threshold: Fraction) -> Fraction:
    """The nearest number in [-threshold, threshold]."""
    return max(-threshold, min(threshold, number))


def clipped(inner: str, threshold: str = "v") -> str:
    """LaTeX of a number clipped to [-threshold, threshold]."""
    return rf"\max(-{threshold}, \min({threshold}, {inner}))"


def thresholded(inner: str, threshold: Fraction) -> str:
    return clipped(inner, rational(threshold))
