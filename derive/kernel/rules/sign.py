"""An inequality by the sign of the difference: by its structure, or by the signs of its irreducible factors."""

from __future__ import annotations

from derive.core import Claim, Term
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import Facts
from derive.kernel.gradient import without_gradients
from derive.kernel.normal import Normaliser, with_normaliser
from derive.kernel.rules.basis import Basis, basis_of
from derive.kernel.terms import has_series, heads, sub
from derive.kernel.verdict import NotAdmitted
from derive.kernel.words import is_matrix

MAY_NOT_EXIST = {"limit", "expect", "expect_given", "variance", "covariance", "integral"}
"""Heads whose value must be shown to exist, which a sign by structure does not do."""


def sign(claim: Claim, facts: Facts) -> Basis:
    """The difference of the sides has the sign that the relation asks for."""
    high, low = (claim.lhs, claim.rhs) if claim.relation in (">", ">=") else (claim.rhs, claim.lhs)
    strict = claim.relation in ("<", ">")
    high, low = without_gradients(high, facts), without_gradients(low, facts)
    if is_matrix(claim.lhs, facts) or is_matrix(claim.rhs, facts):
        raise NotAdmitted("matrices are not ordered")
    if has_series(claim.lhs, claim.rhs):
        raise NotAdmitted("the convergence of a series is not settled")
    uncertain = heads(claim.lhs, claim.rhs) & MAY_NOT_EXIST
    if not uncertain and (facts.positive(sub(high, low)) if strict else facts.non_negative(sub(high, low))):
        return Basis("the difference of the sides has that sign by the declarations")
    return with_normaliser(facts, lambda normaliser: _sign_of_normal_form(normaliser, high, low, strict, facts))


def _sign_of_normal_form(normaliser: Normaliser, high: Term, low: Term, strict: bool, facts: Facts) -> Basis:
    """The sign from the irreducible factors of the difference, all of them real: a square is >= 0 for real numbers only.

    A condition that only the normal form asks for is not assumed: the relation may fail just where it does not hold.
    """
    content, found = normaliser.factors(normaliser.value(high) - normaliser.value(low))
    if not all(normaliser.is_real(factor) for factor, _ in found):
        raise NotAdmitted("a factor of the difference is not written in real numbers")
    if any(relation not in visible_conditions(Claim(high, ">", low, facts.scope)) for relation in normaliser.visible):
        raise NotAdmitted("the sign is known under a further condition only")
    if content == 0:
        if strict:
            raise NotAdmitted("the sides are equal")
        return basis_of(normaliser, "both sides have the same normal form")
    sign = 1 if content > 0 else -1
    for factor, multiplicity in found:
        term = normaliser.term(factor)
        if multiplicity % 2 == 0:
            if strict and multiplicity > 0 and not facts.nonzero(term):  # a divisor does not vanish
                raise NotAdmitted("a factor may vanish")
            continue
        if facts.positive(term) if strict else facts.non_negative(term):
            continue
        negated = Term("neg", (term,))
        if facts.positive(negated) if strict else facts.non_negative(negated):
            sign = -sign
            continue
        raise NotAdmitted("the sign of a factor of the difference is not known")
    if sign < 0:
        raise NotAdmitted("the difference has the other sign")
    return basis_of(normaliser, "every factor of the difference has a sign by the declarations")
