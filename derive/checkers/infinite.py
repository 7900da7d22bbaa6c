"""Points at which an expectation is infinite: moment generating functions beyond their domain."""

from __future__ import annotations

from collections.abc import Iterator

from derive.checkers.sampling import sample
from derive.core import Claim, Evidence, Hints, Infinite
from derive.kernel.terms import heads

POINTS = 48
LAWS = ("gaussian", "exponential", "geometric", "laplace")

DECLINES = (r"a < a + 1",)


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """For claims with an expectation of an exponential or a power on one side, of a letter whose tails are not light."""
    sides = [side for side in (claim.lhs, claim.rhs) if side.head == "expect" and heads(side) & {"exp", "pow"}]
    if sides and any(d.law is not None and d.law.name in LAWS for d in claim.scope.declarations):
        for point in sample(claim.scope, POINTS):
            yield Infinite(point)
