"""Theorems of the closed list: the one that the author names, else each whose shape could fit."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Citation, Claim, Evidence, Hints
from derive.kernel import AXIOMS
from derive.kernel.terms import heads

HEADS = {
    "norm": ("operator_norm", "normal_norm"),
    "spectral_radius": ("spectral_mapping", "similarity", "radius_below_norm"),
    "abs": ("entry_bound",),
    "probability": ("markov", "strong_law", "summable_expectation", "additivity"),
    "sum": ("vandermonde", "additivity"),
    "binomial": ("vandermonde",),
    "expect": ("jensen_log",),
    "limit": ("powers_vanish",),
}
"""Which theorems speak of a claim whose left side has this head."""

AVERAGES = {"expect", "variance", "covariance", "probability"}
MEANS = ("chebyshev", "jensen", "cauchy_schwarz_mean", "mean_order")
"""Theorems that speak of a weak inequality between averages."""

CLASSICAL = {
    "convex_jensen": {"apply"},
    "convex_tangent": {"prime"},
    "convex_slope": {"prime"},
    "cauchy_schwarz_sum": {"sum"},
    "weighted_means": {"pow"},
    "means_of_many": {"prod"},
    "young": {"pow"},
    "powers_of_sums": {"pow"},
}
"""Theorems that speak of a weak inequality in which one of these heads occurs."""


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    if hints.axiom is not None:
        yield Citation(hints.axiom)
    means = MEANS if claim.relation in ("<=", ">=") and heads(claim.lhs, claim.rhs) & AVERAGES else ()
    met = heads(claim.lhs, claim.rhs) if claim.relation in ("<=", ">=") else frozenset()
    classical = [name for name, needed in CLASSICAL.items() if needed & met]
    for name in (*HEADS.get(claim.lhs.head, ()), *means, *classical):
        if name != hints.axiom and name in AXIOMS:
            yield Citation(name)
