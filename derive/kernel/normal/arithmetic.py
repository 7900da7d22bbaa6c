"""Leaves and the four operations."""

from __future__ import annotations

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.normal.exponentials import exponential
from derive.kernel.normal.ring import NoNormalForm, Normaliser
from derive.kernel.plain_numbers import made_of_numbers
from derive.kernel.ratio import Ratio
from derive.kernel.terms import rational_value


def leaf_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    value = rational_value(term)
    if value is not None:
        return normaliser.constant(value)
    if term.head == "constant":
        return _named_constant(normaliser, term)
    declaration = facts.declaration(str(term.value))
    if declaration is not None and (set(declaration.shape) - {1} or declaration.family or declaration.function):
        raise NoNormalForm(f"{declaration.name} stands where a number is expected")
    defined = facts.definition(str(term.value))
    if defined is not None:
        return normaliser.value(defined, facts)
    return normaliser.generator(("symbol", str(term.value)), "symbol", term, facts.kind(term) != "complex")


def _named_constant(normaliser: Normaliser, term: Term) -> Ratio:
    if term.value == "i":
        return normaliser.imaginary_unit()
    if term.value == "e":
        return exponential(normaliser, normaliser.constant(1))
    if term.value == "infinity":
        raise NoNormalForm("infinity is not a number")
    return normaliser.generator(("constant", str(term.value)), "symbol", term, True)


def add_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    total = normaliser.value(term.args[0], facts)
    for arg in term.args[1:]:
        total += normaliser.value(arg, facts)
    return total


def neg_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    return -normaliser.value(term.args[0], facts)


def mul_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    if not made_of_numbers(term, facts):
        from derive.kernel.words import is_matrix, scalar_value

        if any(is_matrix(arg, facts) for arg in term.args):
            return scalar_value(normaliser, term, facts)
    total = normaliser.value(term.args[0], facts)
    for arg in term.args[1:]:
        total *= normaliser.value(arg, facts)
    return total


def div_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    top, bottom = normaliser.value(term.args[0], facts), normaliser.reduce(normaliser.value(term.args[1], facts))
    if bottom.is_zero:
        raise ZeroDivisionError("a divisor is identically zero")
    return top / bottom
