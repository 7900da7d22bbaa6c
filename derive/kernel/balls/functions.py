"""Rules for arithmetic and for functions of one value: each evaluates its arguments and applies an operation."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from flint import acb, arb, fmpq, fmpz

from derive.core import Declaration, Relation, Scope, Term
from derive.kernel.balls.arithmetic import divide
from derive.kernel.balls.limits import LARGEST_ARGUMENT, LARGEST_EXACT_FACTORIAL, Undefined
from derive.kernel.balls.place import Place, Rule, integer_of, scalar_of, settled, value_of
from derive.kernel.balls.powers import integer_power, matrix_power, scalar_power
from derive.kernel.balls.roots import kth_root
from derive.kernel.balls.values import Gauss, Multiple, Quantity, Scalar, rounded
from derive.kernel.terms import free_letters, heads, number, subterms, symbol

if TYPE_CHECKING:
    from derive.kernel.facts import Facts


def fold(operation: Callable[[Quantity, Quantity], Quantity]) -> Rule:
    def rule(term: Term, place: Place) -> Quantity:
        if not term.args:
            raise Undefined(f"{term.head} of nothing")
        total = value_of(term.args[0], place)
        for arg in term.args[1:]:
            total = settled(operation(total, value_of(arg, place)), place)
        return total

    return rule


def of_matrix(operation: Callable[[Quantity], Quantity]) -> Rule:
    return lambda term, place: operation(value_of(term.args[0], place))


def of_number(operation: Callable[[Scalar], Scalar]) -> Rule:
    return lambda term, place: operation(scalar_of(term.args[0], place))


def measured(operation: Callable[[Quantity, Place], Scalar]) -> Rule:
    return lambda term, place: operation(value_of(term.args[0], place), place)


def extremum(choose: Callable[[Scalar, Scalar], Scalar]) -> Rule:
    def rule(term: Term, place: Place) -> Quantity:
        found = scalar_of(term.args[0], place)
        for arg in term.args[1:]:
            found = choose(found, scalar_of(arg, place))
        return found

    return rule


def function(name: str, at_zero: int) -> Rule:
    """A function that Arb knows; its value at 0 is the one exact value."""

    def rule(term: Term, place: Place) -> Quantity:
        x = scalar_of(term.args[0], place)
        if isinstance(x, fmpq) and x == 0:
            return fmpq(at_zero)
        return cast(arb | acb, getattr(rounded(x), name)())

    return rule


def quotient(term: Term, place: Place) -> Quantity:
    return divide(value_of(term.args[0], place), value_of(term.args[1], place))


def power(term: Term, place: Place) -> Quantity:
    base, exponent = value_of(term.args[0], place), scalar_of(term.args[1], place)
    if isinstance(base, Scalar):
        return scalar_power(base, exponent)
    if not isinstance(exponent, fmpq) or exponent.denominator != 1:
        raise Undefined("a power of a matrix that is not an integer")
    m = int(exponent.numerator)
    return Multiple(integer_power(base.factor, m)) if isinstance(base, Multiple) else matrix_power(base, m, place)


def root_of(term: Term, place: Place) -> Quantity:
    return kth_root(scalar_of(term.args[0], place), integer_of(term.args[1], place))


def factorial(term: Term, place: Place) -> Quantity:
    n = _natural(term.args[0], place)
    return fmpq(math.factorial(n)) if n <= LARGEST_EXACT_FACTORIAL else arb(n).fac()


def binomial(term: Term, place: Place) -> Quantity:
    n, k = (_natural(arg, place) for arg in term.args)
    return fmpq(fmpz.bin_uiui(n, k)) if k <= n else fmpq(0)


def _natural(term: Term, place: Place) -> int:
    n = integer_of(term, place)
    if not 0 <= n <= LARGEST_ARGUMENT:
        raise Undefined(f"the argument {n} of a factorial or binomial")
    return n


def derivative(term: Term, place: Place) -> Quantity:
    """By the rules of calculus, where the body itself is defined."""
    from derive.kernel.differentiate import differentiate
    from derive.kernel.normal import NoNormalForm

    body, letter = term.args
    scalar_of(body, place)
    for part in subterms(body):
        if part.head in ("abs", "max", "min") and any(_is_complex_at(arg, place) for arg in part.args):
            raise Undefined(f"the derivative of {part.head} of what may be complex")
    try:
        slope = differentiate(body, letter, facts_at(body, place))
    except NoNormalForm as refusal:
        raise Undefined(str(refusal)) from None
    return value_of(slope, place)


def _is_complex_at(term: Term, place: Place) -> bool:
    """The value may differ from a real number; so may that of a term under a binder, whose letter has no value here."""
    bound = free_letters(term) - set(place.letters) - set(place.bound)
    return bool(bound) or isinstance(scalar_of(term, place), Gauss | acb)


def facts_at(body: Term, place: Place) -> Facts | None:
    """For a body with an integral: that the letters have the values that they have here."""
    from derive.kernel.facts import facts_of

    if "integral" not in heads(body):
        return None
    given = {name: x for name in free_letters(body) if isinstance(x := _exact_value(name, place), fmpq)}
    hypotheses = tuple(Relation(symbol(name), "=", number(_fraction(x))) for name, x in given.items())
    return facts_of(Scope(tuple(Declaration(name) for name in given), hypotheses))


def _exact_value(name: str, place: Place) -> Quantity | None:
    return (
        place.bound.get(name)
        if name in place.bound
        else scalar_of(symbol(name), place)
        if _is_number(name, place)
        else None
    )


def _is_number(name: str, place: Place) -> bool:
    return isinstance(place.letters.get(name), Fraction)


def _fraction(x: fmpq) -> Fraction:
    return Fraction(int(x.numerator), int(x.denominator))


def refused(reason: str) -> Rule:
    def rule(term: Term, place: Place) -> Quantity:
        raise Undefined(reason)

    return rule
