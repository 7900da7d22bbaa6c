"""Points at the corners of a domain: one letter is 0 and the others are what they were, also where random points never come.

``\\sqrt{x y} \\sqrt{y}`` keeps x positive wherever y > 0; at y = 0 nothing is asked of x. What agrees at every random point may fail there.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from derive.checkers.refute import fails_at
from derive.checkers.sampling import sample
from derive.core import Claim, Point
from derive.kernel.terms import free_letters

TRIES = 8
"""Sampled points whose letters are set to 0 one after the other."""


def failing_corner(claim: Claim) -> Point | None:
    """The first corner at which the claim certainly fails."""
    return next((point for point in corners(claim) if fails_at(claim, point)), None)


def corners(claim: Claim) -> Iterator[Point]:
    """The points; equations tie letters, so that there are none under them."""
    if any(one.relation == "=" for one in claim.scope.hypotheses):
        return
    letters = free_letters(claim.lhs) | free_letters(claim.rhs)
    for point in islice(sample(claim.scope, 3 * TRIES), TRIES):
        for name, value in point:
            if name in letters and isinstance(value, Fraction) and value:
                yield tuple((one, Fraction(0) if one == name else told) for one, told in point)


__all__ = ["corners", "failing_corner"]
