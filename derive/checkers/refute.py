"""Look for an exact admissible point at which the claim fails: simple points first, so that the first hit is simple."""

from __future__ import annotations

from collections.abc import Iterator

from derive.checkers.sampling import sample
from derive.core import Claim, Counterexample, Evidence, Hints, Point
from derive.kernel import NotAdmitted
from derive.kernel.balls import Undefined, approximates, holds
from derive.kernel.points import grounded
from derive.kernel.terms import heads

POINTS = 48
SCREEN_BITS = 128

PROVES = ()
DECLINES = (r"(a + b)^2 = a^2 + 2 a b + b^2",)


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    if heads(claim.lhs, claim.rhs) & {"limit"} or claim.relation in ("~", "O"):
        return
    for point in sample(claim.scope, POINTS):
        if fails_at(claim, point):
            yield Counterexample(point)


def fails_at(claim: Claim, point: Point) -> bool:
    """A cheap screen at low precision; the kernel decides."""
    try:
        relation, env = grounded(claim, point)
        if claim.relation == "~~":
            return approximates(relation.lhs, relation.rhs, env) is False
        return holds(relation, env, SCREEN_BITS) is False
    except (NotAdmitted, Undefined):
        return False
