"""Integrals over a range that a substitution turns round: int_a^b f = int_a^b (f(x) - f(g(x)) g'(x))/2 for g that falls from b to a.

``int_0^{pi/2} sin/(sin + cos)`` with g = pi/2 - x, ``int_0^1 ln(1 + x)/(1 + x^2)`` with g = (1 - x)/(1 + x). Refused: integrands that
are not continuous on the closed range, infinite ranges, maps whose slope is not known to be continuous and never positive there.
"""

from __future__ import annotations

from dataclasses import replace

from derive.core import Claim, Reflected, Relation, Term
from derive.kernel.differentiate import differentiate
from derive.kernel.facts import Facts
from derive.kernel.normal import Normaliser, with_normaliser
from derive.kernel.path import MINUS_INFINITY, continuous_around, throughout, with_letter
from derive.kernel.primitive import NOT_INSIDE, by_primitive, fresh_letter
from derive.kernel.rules.basis import ORDER, Basis
from derive.kernel.rules.equality import equal
from derive.kernel.rules.sign import sign
from derive.kernel.terms import (
    BINDERS,
    INFINITY,
    ZERO,
    free_letters,
    heads,
    letters_of,
    mul,
    number,
    sub,
    substitute,
    symbol,
)
from derive.kernel.verdict import NotAdmitted

HALF = Term("div", (number(1), number(2)))


def reflected(claim: Claim, evidence: Reflected, facts: Facts) -> Basis:
    """The claim with the value of its one integral, F(b) - F(a) for an antiderivative F of the mean with the reflected integrand."""
    if claim.relation != "=" and claim.relation not in ORDER:
        raise NotAdmitted("neither an equation nor an inequality")
    integral = the_integral(claim)
    value = by_primitive(integral_of_mean(integral, evidence.map, facts), evidence.primitive, facts)
    lhs, rhs = (_put(side, integral, value) for side in (claim.lhs, claim.rhs))
    found = replace(claim, lhs=lhs, rhs=rhs)
    basis = equal(found, facts) if claim.relation == "=" else sign(found, facts)
    if basis is None:
        raise NotAdmitted("with the value of the integral, the two sides do not reach the same normal form")
    return replace(
        basis, why=f"by a substitution that turns the range round, and the mean of both integrals; then {basis.why}"
    )


def the_integral(claim: Claim) -> Term:
    """The one integral of the claim, under no binder. Raises NotAdmitted."""
    found = {part for side in (claim.lhs, claim.rhs) for part in _outside_binders(side) if part.head == "integral"}
    if len(found) != 1:
        raise NotAdmitted("not one integral")
    integral = found.pop()
    name = str(integral.args[1].value)
    if any(name in letters_of(hypothesis) for hypothesis in claim.scope.hypotheses):
        raise NotAdmitted(f"a hypothesis speaks of {name}, over which is integrated")
    return integral


def integral_of_mean(integral: Term, map_: Term, facts: Facts) -> Term:
    """The integral of (f(x) - f(g(x)) g'(x))/2, which is the same. ``map_`` is g in the letter of the integral. Raises NotAdmitted or
    NoNormalForm."""
    body, letter, lower, upper = integral.args
    name = str(letter.value)
    if (
        heads(body, map_) & NOT_INSIDE
        or {lower, upper} & {INFINITY, MINUS_INFINITY}
        or heads(lower, upper) & NOT_INSIDE
    ):
        raise NotAdmitted("an integrand that is not worked out, or an infinite range")
    if name in free_letters(lower) | free_letters(upper):
        raise NotAdmitted("an integral whose end speaks of its letter")
    x = fresh_letter(name, facts, body, map_, lower, upper)
    body, g = (substitute(part, name, symbol(x)) for part in (body, map_))
    inside = with_letter(x, lower, upper, facts)
    if inside.kind(body) == "complex" or inside.kind(g) == "complex":
        raise NotAdmitted("an integral of complex numbers")
    _require_turned(g, x, lower, upper, facts)
    continuous_around(body, x, lower, upper, facts)
    slope = differentiate(g, x, inside)
    mean = mul(HALF, sub(body, mul(substitute(body, x, g), slope)))
    return Term("integral", (substitute(mean, x, letter), letter, lower, upper))


def _require_turned(g: Term, x: str, lower: Term, upper: Term, facts: Facts) -> None:
    """g(lower) = upper, g(upper) = lower, and g falls with a continuous slope where lower <= upper. Raises NotAdmitted."""
    if not (facts.at_least(upper, lower) or facts.at_least(lower, upper)):
        raise NotAdmitted("the order of the ends is not known")
    slope = differentiate(g, x, with_letter(x, lower, upper, facts))
    for term in (g, slope):
        continuous_around(term, x, lower, upper, facts)
    if not throughout(Relation(slope, "<=", ZERO), x, lower, upper, facts):
        raise NotAdmitted("the map is not shown to fall")
    for at, end in ((lower, upper), (upper, lower)):
        value = substitute(g, x, at)

        def same(normaliser: Normaliser, value: Term = value, end: Term = end) -> bool:
            difference = normaliser.reduce(normaliser.value(value) - normaliser.value(end))
            return difference.is_zero and not normaliser.visible

        if not with_normaliser(facts, same):
            raise NotAdmitted("the map does not exchange the ends")


def _outside_binders(term: Term) -> list[Term]:
    """The parts that stand under no binder, integrals as a whole. Raises NotAdmitted for integrals under others."""
    if term.head == "integral":
        return [term]
    if term.head in BINDERS and "integral" in heads(term):
        raise NotAdmitted(f"an integral inside a {term.head}")
    return [term, *(part for arg in term.args for part in _outside_binders(arg))]


def _put(term: Term, integral: Term, value: Term) -> Term:
    if term == integral:
        return value
    return replace(term, args=tuple(_put(arg, integral, value) for arg in term.args)) if term.args else term
