"""A theorem of the closed list."""

from __future__ import annotations

from dataclasses import replace

from derive.core import Citation, Claim, Term
from derive.kernel.axioms import AXIOMS
from derive.kernel.facts import Facts
from derive.kernel.rules.basis import Basis
from derive.kernel.terms import heads, subterms
from derive.kernel.verdict import NotAdmitted

NORMS = ("norm", "frobenius")


def citation(claim: Claim, evidence: Citation, facts: Facts) -> Basis:
    """An instance of a theorem of the closed list, all its hypotheses checked."""
    axiom = AXIOMS.get(evidence.axiom)
    if axiom is None:
        raise NotAdmitted(f"no theorem named {evidence.axiom}")
    plain = without_turned_norms(claim)
    if not (axiom.applies(claim, facts) or (plain != claim and axiom.applies(plain, facts))):
        raise NotAdmitted(f"the claim is not an instance of {evidence.axiom} with its hypotheses met")
    turned = {"axiom:norm_invariance"} if _has_turned_norm(claim) else set[str]()
    return Basis(f"by {evidence.axiom}, hypotheses checked", frozenset({"flint", f"axiom:{evidence.axiom}"} | turned))


def without_turned_norms(claim: Claim) -> Claim:
    """The norm of a transpose is the norm of what is transposed."""
    return replace(claim, lhs=_without_turns(claim.lhs), rhs=_without_turns(claim.rhs))


def _without_turns(term: Term) -> Term:
    if not term.args:
        return term
    args = tuple(map(_without_turns, term.args))
    turned = term.head in NORMS and args[0].head == "transpose"
    return Term(term.head, (args[0].args[0], *args[1:]) if turned else args, term.value)


def _has_turned_norm(claim: Claim) -> bool:
    norms = (part for side in (claim.lhs, claim.rhs) for part in subterms(side) if part.head in NORMS)
    return any("transpose" in heads(part) for part in norms)
