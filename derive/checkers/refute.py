"""Look for exact admissible points at which the claim fails, and offer the simplest of the first few."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from derive.checkers.sampling import sample
from derive.core import Claim, Counterexample, Evidence, Hints, Point
from derive.kernel import NotAdmitted
from derive.kernel.balls import Undefined, approximates, holds
from derive.kernel.balls.limits import MOST_BITS
from derive.kernel.points import grounded
from derive.kernel.terms import has_series, heads

POINTS = 48
POINTS_WITH_BRANCHES = 192
"""For complex letters: a principal branch shows itself at few points, some of them on the cut."""
POINTS_OF_SERIES = 12
"""Each of them takes hundreds of terms."""
SCREEN_BITS = 128
SIMPLE = tuple(Fraction(q) for q in (1, 2, -1, -2, 0, 3, -3))
COMPARED = 8
"""So many failing points are found before the simplest is chosen."""

REFUTES = (r"(a + b)^2 = a^2 + b^2", r"\sqrt{x^2} = x")
DECLINES = (r"(a + b)^2 = a^2 + 2 a b + b^2",)


SOON = 8
"""Points that are tried before anything dear is: most false claims fail at them."""


def find_soon(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """The simplest failing one of the first few points."""
    if heads(claim.lhs, claim.rhs) & {"limit"} or claim.relation in ("~", "O"):
        return
    failing = [point for point in sample(claim.scope, SOON) if fails_at(claim, point)]
    if failing:
        yield Counterexample(shrunk(claim, min(failing, key=_length)))


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    if heads(claim.lhs, claim.rhs) & {"limit"} or claim.relation in ("~", "O"):
        return
    complex_letter = any(d.domain == "complex" and not d.shape for d in claim.scope.declarations)
    count = POINTS_WITH_BRANCHES if complex_letter else POINTS
    points = sample(claim.scope, POINTS_OF_SERIES if has_series(claim.lhs, claim.rhs) else count)
    failing = (point for point in points if fails_at(claim, point))
    for point in sorted(islice(failing, COMPARED), key=_length):
        yield Counterexample(shrunk(claim, point))


def shrunk(claim: Claim, point: Point) -> Point:
    """Replace one number after the other by a simpler one while the claim still fails."""
    for position, (name, value) in enumerate(point):
        for simpler in (
            SIMPLE[: SIMPLE.index(value)] if value in SIMPLE else SIMPLE if isinstance(value, Fraction) else ()
        ):
            candidate = (*point[:position], (name, simpler), *point[position + 1 :])
            if fails_at(claim, candidate):
                point = candidate
                break
    return point


def _length(point: Point) -> int:
    """How much there is to write down: the simplest counterexample is shown."""
    return len(str(point))


def fails_at(claim: Claim, point: Point) -> bool:
    """A cheap screen at low precision; the kernel decides."""
    try:
        relation, env = grounded(claim, point)
        if claim.relation == "~~":
            return approximates(relation.lhs, relation.rhs, env) is False
        # That the sides of a strict inequality are equal may take the height of an algebraic number.
        return holds(relation, env, MOST_BITS if claim.relation in ("<", ">", "!=") else SCREEN_BITS) is False
    except (NotAdmitted, Undefined):
        return False
