"""Inequalities between norms, traces and bilinear forms: the theorems of the closed list that could fit."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Citation, Claim, Evidence, Hints
from derive.kernel import AXIOMS, NotAdmitted
from derive.kernel.facts import Facts, facts_of
from derive.kernel.normal import NoNormalForm
from derive.kernel.ratio import TooLarge
from derive.kernel.rules.citation import without_turned_norms
from derive.kernel.terms import heads

NAMES = (
    "cauchy_schwarz",
    "triangle_inequality",
    "norm_comparison",
    "frobenius_product",
    "bilinear_bound",
    "trace_bound",
)


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Only claims with a norm or a trace in them, of the relations that the theorems state."""
    if claim.relation not in ("<=", ">=", "="):
        return
    found = heads(claim.lhs, claim.rhs)
    if not found & {"norm", "frobenius", "norm_p", "trace", "transpose", "inner"}:
        return
    names = NAMES if claim.relation != "=" else ("gram_norm",) if "norm" in found else ()
    facts = facts_of(claim.scope)
    yield from (Citation(name) for name in names if _fits(name, claim, facts))


def _fits(name: str, claim: Claim, facts: Facts) -> bool:
    try:
        plain = without_turned_norms(claim)
        return AXIOMS[name].applies(claim, facts) or (plain != claim and AXIOMS[name].applies(plain, facts))
    except (NoNormalForm, NotAdmitted, TooLarge):
        return False
