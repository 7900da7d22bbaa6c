"""An inequality whose difference is a sum of squared norms."""

from __future__ import annotations

from derive.core import Claim, SquaredNorms, Term
from derive.kernel.facts import Facts
from derive.kernel.gradient import without_gradients
from derive.kernel.heads import ShapeError, is_complex, shape_of
from derive.kernel.rules.basis import ORDER, Basis
from derive.kernel.rules.equality import equal
from derive.kernel.sameness import same_matrix
from derive.kernel.terms import add, mul, number, power, sub
from derive.kernel.verdict import NotAdmitted

NORMS = ("norm", "frobenius")


def squared_norms(claim: Claim, evidence: SquaredNorms, facts: Facts) -> Basis:
    """high - low = sum of c_k |x_k|^2 with c_k >= 0, for real vectors or matrices x_k (the Frobenius norm). Refused for a strict
    inequality unless one of the squares is certainly not 0."""
    if claim.relation not in ORDER:
        raise NotAdmitted("squared norms show an inequality")
    strict = claim.relation in ("<", ">")
    if strict and not any(facts.positive(c) and _is_not_zero(x, facts) for c, x in evidence.parts):
        raise NotAdmitted("no square is certainly different from 0")
    if not evidence.parts or not all(facts.non_negative(coefficient) for coefficient, _ in evidence.parts):
        raise NotAdmitted("a coefficient that may be negative")
    squares = [_times_square(coefficient, x, claim) for coefficient, x in evidence.parts]
    high, low = (claim.lhs, claim.rhs) if claim.relation in (">", ">=") else (claim.rhs, claim.lhs)
    if high.head in NORMS and low.head in NORMS:  # both are >= 0: compare their squares
        high, low = power(high, number(2)), power(low, number(2))
    difference = without_gradients(sub(high, low), facts)
    found = equal(Claim(difference, "=", add(*squares), claim.scope), facts)
    if found is None:
        raise NotAdmitted("the difference of the sides is not that sum of squared norms")
    return Basis("the difference of the sides is a sum of squared norms", found.trust, found.visible)


def _is_not_zero(x: Term, facts: Facts) -> bool:
    """x = u or x = M u for a vector u != 0 and an M with det M != 0 or det(M^T M) != 0, which the facts know."""
    vectors = [term.args[0] for term in facts.non_zero if term.head == "norm"]
    matrices = [term.args[0] for term in facts.non_zero if term.head == "det"]
    matrices += [m.args[1] for m in matrices if _is_gram(m)]
    candidates = [*vectors, *(mul(m, u) for m in matrices for u in vectors)]
    return any(_fits(x, c, facts) and same_matrix(x, c, facts) for c in candidates)


def _is_gram(term: Term) -> bool:
    return term.head == "mul" and len(term.args) == 2 and term.args[0] == Term("transpose", (term.args[1],))


def _fits(x: Term, candidate: Term, facts: Facts) -> bool:
    try:
        return bool(shape_of(add(x, candidate), facts.scope))
    except ShapeError:
        return False


def _times_square(coefficient: Term, x: Term, claim: Claim) -> Term:
    try:
        sizes = shape_of(x, claim.scope)
    except ShapeError as misfit:
        raise NotAdmitted(str(misfit)) from None
    if is_complex(x, claim.scope) or not sizes:
        raise NotAdmitted("a square of something that is no real vector or matrix")
    square = power(Term("norm" if sizes[1] == 1 else "frobenius", (x,)), number(2))
    return square if coefficient == number(1) else mul(coefficient, square)
