"""Functions with steps and corners, of real numbers: floor and ceiling, the larger and the smaller of two."""

from __future__ import annotations

from fractions import Fraction

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.normal.powers import whole_monomial
from derive.kernel.normal.ring import NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.terms import number, sub

STEPS = range(-4, 5)
"""Between these integers a known value of a floor is looked for."""


def floor_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    """floor(u + m) = floor(u) + m for what is visibly an integer; ceil(u) = -floor(-u)."""
    if facts.kind(term.args[0]) == "complex":
        raise NoNormalForm(f"the {term.head} of a number that may be complex")
    argument = normaliser.value(term.args[0], facts)
    return _floor(normaliser, argument, facts) if term.head == "floor" else -_floor(normaliser, -argument, facts)


def _floor(normaliser: Normaliser, argument: Ratio, facts: Facts) -> Ratio:
    whole, rest = normaliser.constant(0), normaliser.constant(0)
    for monomial, coefficient in normaliser.monomials(argument):
        part = Fraction(0)
        if monomial.constant() is not None:
            part = Fraction(coefficient.numerator // coefficient.denominator)
        elif coefficient.denominator == 1 and whole_monomial(normaliser, monomial, facts):
            part = coefficient
        whole += monomial * normaliser.constant(part)
        rest += monomial * normaliser.constant(coefficient - part)
    if (rest := normaliser.reduce(rest)).is_zero:
        return whole
    inner = normaliser.ratio_term(rest)
    for m in STEPS:
        below, above = sub(inner, number(m)), sub(number(m + 1), inner)
        if facts.positive(above):
            if facts.non_negative(below):
                return whole + normaliser.constant(m)
            break
    return whole + normaliser.generator(("floor", normaliser.key(rest)), "floor", Term("floor", (inner,)), True)


def extremum_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    """max(a, b) = (a + b + |a - b|) / 2, min(a, b) = (a + b - |a - b|) / 2, for real numbers."""
    if any(facts.kind(arg) == "complex" for arg in term.args):
        raise NoNormalForm(f"the {term.head} of numbers that may be complex")
    sign = normaliser.constant(1 if term.head == "max" else -1)
    found, value = term.args[0], normaliser.value(term.args[0], facts)
    for arg in term.args[1:]:
        gap = normaliser.value(Term("abs", (sub(found, arg),)), facts)
        value = (value + normaliser.value(arg, facts) + sign * gap) / normaliser.constant(2)
        found = Term(term.head, (found, arg))
    return value
