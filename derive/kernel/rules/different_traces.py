"""Matrices that differ because their traces do: ``U U^T`` is not the identity where U has fewer columns than rows."""

from __future__ import annotations

from derive.core import Claim, DifferentTraces, Term
from derive.kernel.facts import Facts
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.inner import shown
from derive.kernel.terms import number, symbol
from derive.kernel.verdict import NotAdmitted
from derive.kernel.words import ANY, is_matrix, shape

IDENTITY = Term("identity")


def different_traces(claim: Claim, evidence: DifferentTraces, facts: Facts) -> Basis:
    """tr A < tr B or tr A > tr B for square matrices of one size."""
    traces = claim_of_traces(claim, evidence.relation, facts)
    basis = shown(traces, evidence.proof)
    return Basis(f"their traces differ: {basis.why}", basis.trust, basis.visible)


def claim_of_traces(claim: Claim, relation: str, facts: Facts) -> Claim:
    """The relation between the traces of the sides. Raises NotAdmitted."""
    if claim.relation != "!=" or relation not in ("<", ">"):
        raise NotAdmitted("not a claim that two matrices differ")
    if not (is_matrix(claim.lhs, facts) and is_matrix(claim.rhs, facts)):
        raise NotAdmitted("traces are of matrices")
    sizes = {size for side in (claim.lhs, claim.rhs) if (size := shape(side, facts)) != ANY}
    if len(sizes) != 1 or (size := next(iter(sizes))) is None or size[0] != size[1]:
        raise NotAdmitted("the matrices are not square of one size")
    lhs, rhs = (_trace(side, str(size[0])) for side in (claim.lhs, claim.rhs))
    return Claim(lhs, relation, rhs, claim.scope)


def _trace(side: Term, size: str) -> Term:
    """Of an identity, its size."""
    if side == IDENTITY:
        return number(int(size)) if size.isdigit() else symbol(size)
    return Term("trace", (side,))
