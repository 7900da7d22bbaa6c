"""Theorems of the closed list: the one that the author names, else each whose shape could fit."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Citation, Claim, Evidence, Hints
from derive.kernel import AXIOMS

HEADS = {
    "norm": ("operator_norm", "normal_norm"),
    "spectral_radius": ("spectral_mapping", "similarity", "radius_below_norm"),
    "abs": ("entry_bound",),
    "probability": ("markov", "strong_law", "summable_expectation"),
    "expect": ("jensen_log",),
}
"""Which theorems speak of a claim whose left side has this head."""


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    if hints.axiom is not None:
        yield Citation(hints.axiom)
    for name in HEADS.get(claim.lhs.head, ()):
        if name != hints.axiom and name in AXIOMS:
            yield Citation(name)
