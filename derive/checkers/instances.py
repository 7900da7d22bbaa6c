"""Limits with parameters: look for numbers to put in for these, so that the limit is another one or none."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.checkers.sampling import sample
from derive.core import Claim, Evidence, Function, Hints, NoSuchLimit, Point, RefutedInstance
from derive.kernel.terms import free_letters, heads, letters_of

POINTS = 10

REFUTES = (r"\lim_{t \to \infty} x^t = 0",)
DECLINES = (r"\lim_{t \to \infty} \left(1 + \frac{x}{t}\right)^t = e^x",)


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Equations between a limit and what has no limit in it."""
    if claim.relation != "=" or "limit" not in (claim.lhs.head, claim.rhs.head):
        return
    letters = (free_letters(claim.lhs) | free_letters(claim.rhs)).union(*map(letters_of, claim.scope.hypotheses))
    if not letters or "index" in heads(claim.lhs, claim.rhs):
        return
    met = set[Point]()
    for drawn in sample(claim.scope, POINTS):
        point = tuple(
            (name, value) for name, value in drawn if name in letters and isinstance(value, Fraction | Function)
        )
        if len(point) == len(letters) and point not in met:
            met.add(point)
            rest = tuple((name, value) for name, value in drawn if name not in letters)
            yield RefutedInstance(point, NoSuchLimit(), rest)
