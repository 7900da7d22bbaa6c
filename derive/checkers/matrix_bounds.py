"""Inequalities between norms, traces and bilinear forms: the theorems of the closed list that could fit."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Citation, Claim, Evidence, Hints
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
    if claim.relation == "=":
        if "norm" in found:
            yield Citation("gram_norm")
        return
    for name in NAMES:
        yield Citation(name)
