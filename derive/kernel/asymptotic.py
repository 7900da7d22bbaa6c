"""Limits at infinity of sums of products of powers and exponentials.

The body is brought to normal form; every monomial is ``constant * t^a * b_1^{t} b_2^{t} ...``. A monomial with all bases at
most 1 in modulus and one of them below 1 tends to 0, whatever a is (n^a q^n -> 0 for |q| < 1). Quotients are divided by their
dominating monomial first; numerical bases are compared with balls, symbolic ones by the declared facts.
"""

from __future__ import annotations

from flint import fmpq_mpoly

from derive.core import Declaration, Relation, Term
from derive.kernel.balls import Undefined, holds
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.terms import INFINITY, ZERO, add, free_letters, linear_in, mul, number, symbol

Phase = tuple[tuple[int, int], ...]
Growth = tuple[Term, int, Phase]
"""(logarithm of the modulus of the base per unit of t, exponent of t, generators that may oscillate)."""


def limit_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio | Term:
    """The limit of ``limit(body, t, infinity)``: a quotient, or INFINITY. Raises NoNormalForm."""
    body, variable, point = term.args
    if point != INFINITY:
        raise NoNormalForm("only limits at infinity have a rule")
    name = str(variable.value)
    value = normaliser.reduce(normaliser.value(body, facts))
    value = _limits_inside(normaliser, value, name, facts)
    return _limit_of_quotient(normaliser, value, name, facts)


def _depends(normaliser: Normaliser, position: int, name: str) -> bool:
    return name in free_letters(normaliser.generators[position].term)


def _limits_inside(normaliser: Normaliser, value: Ratio, name: str, facts: Facts) -> Ratio:
    """exp(m) with m -> m0 finite: exp is continuous, so the generator may be replaced by exp(m0)."""
    for position, generator in enumerate(list(normaliser.generators)):
        used = max(value.num.degrees()[position], value.den.degrees()[position]) > 0
        if generator.tag != "exp" or not used or not _depends(normaliser, position, name):
            continue
        argument = generator.term.args[0]
        if linear_in(argument, name) is not None:
            continue
        inner = limit_value(normaliser, Term("limit", (argument, Term("symbol", (), name), INFINITY)), facts)
        if not isinstance(inner, Ratio):
            raise NoNormalForm("an exponential whose exponent tends to infinity faster than linearly")
        value = _replace(normaliser, value, position, normaliser.exp(inner))
    return normaliser.reduce(value)


def _replace(normaliser: Normaliser, value: Ratio, position: int, by: Ratio) -> Ratio:
    parts = []
    for polynomial in (value.num, value.den):
        total = normaliser.constant(0)
        for exponents, coefficient in polynomial.to_dict().items():
            rest = (*exponents[:position], 0, *exponents[position + 1 :])
            piece = Ratio(normaliser.ring.from_dict({rest: coefficient}), normaliser.ring.constant(1))
            total += piece * by ** int(exponents[position])
        parts.append(total)
    return parts[0] / parts[1]


def _limit_of_quotient(normaliser: Normaliser, value: Ratio, name: str, facts: Facts) -> Ratio | Term:
    if value.is_zero:
        return value
    tops, bottoms = (_split(normaliser, part, name) for part in (value.num, value.den))
    lead, lead_growth = _dominant(normaliser, bottoms, facts)
    total, infinite = normaliser.constant(0), []
    for coefficient, growth in tops:
        order = _order(growth, lead_growth, facts)
        if order >= 0 and growth[2] != lead_growth[2]:
            raise NoNormalForm("a part that may oscillate without dying out")
        if order == 0:
            total += coefficient / lead
        elif order > 0:
            infinite.append(coefficient / lead)
    if not infinite:
        return normaliser.reduce(total)
    if len(infinite) == 1 and facts.positive(normaliser.ratio_term(normaliser.reduce(infinite[0]))):
        return INFINITY
    raise NoNormalForm("several parts grow without bound")


def _split(normaliser: Normaliser, polynomial: fmpq_mpoly, name: str) -> list[tuple[Ratio, Growth]]:
    """Monomials as (coefficient free of t, growth)."""
    pieces: dict[Growth, Ratio] = {}
    for exponents, coefficient in polynomial.to_dict().items():
        inside = {i: int(d) for i, d in enumerate(exponents) if d and _depends(normaliser, i, name)}
        free = tuple(0 if i in inside else int(d) for i, d in enumerate(exponents))
        piece = Ratio(normaliser.ring.from_dict({free: coefficient}), normaliser.ring.constant(1))
        growth = _growth_of_monomial(normaliser, inside, name)
        pieces[growth] = pieces[growth] + piece if growth in pieces else piece
    return [(coefficient, growth) for growth, coefficient in pieces.items()]


def _growth_of_monomial(normaliser: Normaliser, inside: dict[int, int], name: str) -> Growth:
    logs, degree, phase = [], 0, []
    for position, exponent in inside.items():
        log_base, power_of_t = _growth_of(normaliser, position, name)
        degree += power_of_t * exponent
        if log_base != ZERO:
            logs.append(mul(number(exponent), log_base))
        if normaliser.generators[position].tag == "pow":
            phase.append((position, exponent))
    return (add(*logs) if logs else ZERO), degree, tuple(phase)


def _growth_of(normaliser: Normaliser, position: int, name: str) -> tuple[Term, int]:
    generator = normaliser.generators[position]
    term = generator.term
    if term == Term("symbol", (), name):
        return ZERO, 1
    if generator.tag == "exp" and generator.real:
        slope = linear_in(term.args[0], name)
        if slope is not None:
            return slope, 0
    if generator.tag == "pow":
        base, exponent = term.args
        slope = linear_in(exponent, name)
        if slope is not None and name not in free_letters(base):
            return mul(slope, Term("log", (Term("abs", (base,)),))), 0  # u = 0 counts as log|u| = -infinity
    raise NoNormalForm(f"the growth of {term.head} with {name} is not known")


def _dominant(
    normaliser: Normaliser, pieces: list[tuple[Ratio, Growth]], facts: Facts
) -> tuple[Ratio, Growth]:
    """The part that outgrows all others, its coefficient proved different from 0."""
    for coefficient, growth in pieces:
        if facts.nonzero(normaliser.ratio_term(coefficient)) and all(
            _order(other, growth, facts) < 0 for _, other in pieces if other != growth
        ):
            return coefficient, growth
    raise NoNormalForm("no part of the denominator dominates")


def _order(growth: Growth, other: Growth, facts: Facts) -> int:
    """Of the quotient: -1 tends to 0; 0 bounded modulus; 1 grows without bound. Raises NoNormalForm when it cannot be told."""
    sign = _sign(add(growth[0], Term("neg", (other[0],))), facts)
    if sign != 0:
        return sign
    degree = growth[1] - other[1]
    return (degree > 0) - (degree < 0)


def _sign(rate: Term, facts: Facts) -> int:
    if not free_letters(rate):
        for relation, sign in (("<", -1), (">", 1)):
            try:
                if holds(Relation(rate, relation, ZERO), {}) is True:
                    return sign
            except Undefined:
                break
    if _vanishes(rate, facts):
        return 0
    if facts.positive(rate):
        return 1
    if facts.positive(Term("neg", (rate,))):
        return -1
    raise NoNormalForm("a rate of growth whose sign is not known")


def _vanishes(rate: Term, facts: Facts) -> bool:
    from derive.kernel.normal import with_normaliser

    return with_normaliser(facts, lambda normaliser: normaliser.reduce(normaliser.value(rate)).is_zero)


def facts_for_large(limit: Term, facts: Facts) -> Facts:
    """The variable of a limit at infinity, as large as one likes; an integer where it is declared one."""
    name = str(limit.args[1].value)
    declared = facts.declaration(name)
    domain = declared.domain if declared is not None else "real"
    letter = symbol(name)
    return facts.extended(Declaration(name, domain), (Relation(letter, ">=", number(5)),))
