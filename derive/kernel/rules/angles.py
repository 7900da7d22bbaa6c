"""Arctangents and arcsines of numbers: an angle below one turn whose exponential is 1 is 0."""

from __future__ import annotations

from math import lcm

from derive.core import Angles, Claim, Relation, Term
from derive.kernel.balls import holds
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, Normaliser, exponential, with_normaliser
from derive.kernel.rules.basis import Basis, basis_of
from derive.kernel.terms import ONE, free_letters, mul, number, sub
from derive.kernel.verdict import NotAdmitted

LARGEST_DENOMINATOR = 1000


def angles(claim: Claim, evidence: Angles, facts: Facts) -> Basis:
    """v = 0 if exp(i N v) = 1 for an integer N >= 1 and |N v| < 6 < 2 pi, v real. Refused where letters are free."""
    if claim.relation != "=" or free_letters(claim.lhs) | free_letters(claim.rhs):
        raise NotAdmitted("not an equation between numbers")
    difference = sub(claim.lhs, claim.rhs)
    if facts.kind(difference) == "complex":
        raise NotAdmitted("an angle that may be complex")
    return with_normaliser(facts, lambda normaliser: _no_turn(normaliser, difference))


def _no_turn(normaliser: Normaliser, difference: Term) -> Basis:
    v = normaliser.value(difference)
    n = lcm(*(coefficient.denominator for _, coefficient in normaliser.monomials(v)))
    if n > LARGEST_DENOMINATOR:
        raise NoNormalForm("an angle with a large denominator")
    turn = normaliser.reduce(exponential(normaliser, normaliser.imaginary_unit() * normaliser.constant(n) * v))
    scaled = Term("abs", (mul(number(n), difference),))
    if holds(Relation(scaled, "<", number(6)), {}) is not True:
        raise NotAdmitted("the difference is not certainly below one turn")
    if turn.constant() != 1 and holds(Relation(normaliser.ratio_term(turn), "=", ONE), {}) is not True:
        raise NotAdmitted("the exponential of the difference is not certainly 1")
    return basis_of(normaliser, "the difference of the sides is an angle below one turn whose cosine is 1 and sine 0")
