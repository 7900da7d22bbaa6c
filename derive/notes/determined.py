"""Letters whose values a claim knows, since its hypotheses define them by numbers: words about such letters restrict nothing."""

from __future__ import annotations

from derive.core import Claim
from derive.kernel.terms import free_letters


def determined(claim: Claim) -> frozenset[str]:
    """The letters that equations for them lead back to numbers and to explicit vectors and matrices of numbers."""
    rules = {
        str(one.lhs.value): free_letters(one.rhs)
        for one in claim.scope.hypotheses
        if one.relation == "=" and one.lhs.head == "symbol"
    }
    known = frozenset[str]()
    while (more := known | {name for name, letters in rules.items() if letters <= known}) != known:
        known = more
    return known


__all__ = ["determined"]
