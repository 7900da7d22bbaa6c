"""A theorem of the closed list."""

from __future__ import annotations

from derive.core import Citation, Claim
from derive.kernel.axioms import AXIOMS
from derive.kernel.facts import Facts
from derive.kernel.rules.basis import Basis
from derive.kernel.verdict import NotAdmitted


def citation(claim: Claim, evidence: Citation, facts: Facts) -> Basis:
    """An instance of a theorem of the closed list, all its hypotheses checked."""
    axiom = AXIOMS.get(evidence.axiom)
    if axiom is None:
        raise NotAdmitted(f"no theorem named {evidence.axiom}")
    if not axiom.applies(claim, facts):
        raise NotAdmitted(f"the claim is not an instance of {evidence.axiom} with its hypotheses met")
    return Basis(f"by {evidence.axiom}, hypotheses checked", frozenset(["flint", f"axiom:{evidence.axiom}"]))
