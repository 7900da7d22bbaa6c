"""Both sides to normal form: the zero test for equations, the sign of the difference for inequalities."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Claim, Evidence, Hints, Normal
from derive.kernel.terms import heads

PROVES = (r"(a + b)^2 = a^2 + 2 a b + b^2", r"x^2 + 1 > 0")
DECLINES = (r"(a + b)^2 = a^2 + b^2", r"x > 0")


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Worth trying for every order relation and equation; limits have their own rung."""
    almost_sure = claim.lhs.head == "probability" and "limit" in heads(claim.lhs)
    if claim.relation in ("=", "<", "<=", ">", ">=") and claim.lhs.head != "limit" and not almost_sure:
        yield Normal()
