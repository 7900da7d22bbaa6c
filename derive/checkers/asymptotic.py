"""Limits at infinity: prove the claimed value, or another one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.core import Asymptotic, Claim, Evidence, Hints, OtherValue, Relation
from derive.kernel.balls import Undefined, holds
from derive.kernel.normal import NoNormalForm
from derive.kernel.ratio import TooLarge
from derive.kernel.terms import INFINITY, number, rational_value

PROVES = (r"\lim_{t \to \infty} \left(\frac{1}{2}\right)^{t} = 0",)
DECLINES = (r"\lim_{t \to \infty} \left(\frac{1}{2}\right)^{t} = 1",)

SIMPLE = (INFINITY, *(number(Fraction(p, q)) for q in (1, 2, 3) for p in (0, 1, -1, 2, -2)))


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Only equations whose left side is a limit."""
    if claim.lhs.head != "limit" or claim.relation != "=":
        return
    yield Asymptotic()
    for value in SIMPLE:
        if value != claim.rhs and _different(value, claim):
            yield OtherValue(value)


def _different(value: object, claim: Claim) -> bool:
    if INFINITY in (value, claim.rhs):
        return True
    own = rational_value(claim.rhs)
    try:
        other = Relation(claim.rhs, "!=", value)  # type: ignore[arg-type]
        return own is not None or holds(other, {}) is True
    except (Undefined, NoNormalForm, TooLarge):
        return False
