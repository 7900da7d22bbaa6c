"""Inequalities between sums over one range: look for a proof of the same relation between the terms."""

from __future__ import annotations

from collections.abc import Iterator

from derive.checkers import normalise, taking_apart
from derive.core import Claim, Evidence, Hints, Termwise
from derive.kernel.facts import facts_of
from derive.kernel.rules.termwise import of_terms
from derive.kernel.terms import heads
from derive.kernel.verdict import NotAdmitted

PROVES = (
    r"\sum_{i=1}^{t} \min(x, i) \le \sum_{i=1}^{t} i",
    r"\sum_{i=1}^{t} i x \ge -\sum_{i=1}^{t} i \lvert x \rvert",
)
DECLINES = (
    r"\sum_{i=1}^{t} \min(x, i) \le \sum_{i=1}^{t+1} x",
    r"\sum_{i=1}^{t} \lvert x \rvert \le \sum_{i=1}^{t} x",
)


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Only inequalities with a sum in them."""
    if claim.relation not in ("<", "<=", ">", ">=") or "sum" not in heads(claim.lhs, claim.rhs):
        return
    try:
        inner = of_terms(claim, facts_of(claim.scope))
    except NotAdmitted:
        return
    for checker in (normalise, taking_apart):
        for evidence in checker.find(inner, hints):
            yield Termwise(evidence)
