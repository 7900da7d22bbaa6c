"""Inequalities between integrals over one range: look for a proof of the same relation between the integrands."""

from __future__ import annotations

from collections.abc import Iterator

from derive.checkers import bounding, normalise, taking_apart
from derive.core import Claim, Evidence, Hints, Pointwise
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import facts_of
from derive.kernel.normal import NoNormalForm
from derive.kernel.rules.pointwise import of_integrands
from derive.kernel.verdict import NotAdmitted

PROVES = (
    r"\int_0^2 e^{-x^2} \, dx \le \int_0^2 1 \, dx",
    r"\int_0^1 e^{x^2} \, dx \ge \int_0^1 1 \, dx",
)
DECLINES = (
    r"\int_0^2 e^{-x^2} \, dx \ge \int_0^2 1 \, dx",
    r"\int_2^0 e^{-x^2} \, dx \le \int_2^0 1 \, dx",
)


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Only inequalities between integrals."""
    if claim.relation not in ("<=", ">=") or "integral" not in (claim.lhs.head, claim.rhs.head):
        return
    try:
        inner = of_integrands(claim, facts_of(claim.scope).assuming(visible_conditions(claim)))
    except (NotAdmitted, NoNormalForm):
        return
    for checker in (normalise, taking_apart, bounding):
        for evidence in checker.find(inner, hints):
            yield Pointwise(evidence)
