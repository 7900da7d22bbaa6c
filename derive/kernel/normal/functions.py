"""Functions of scalars: sine and cosine through exp(iu), factorials and binomials by their recursion, others as atoms."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import factorial

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.normal.exponentials import exponential, logarithm
from derive.kernel.normal.powers import lower_bound
from derive.kernel.normal.radicals import absolute_value, radical
from derive.kernel.normal.ring import NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio, TooLarge
from derive.kernel.terms import rational_value, sub

EXPAND_LIMIT = 60
"""A sum or product between numerals is written out up to this many terms."""


def function_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    if term.head == "abs" and facts.kind(term.args[0]) != "complex":
        if facts.non_negative(term.args[0]):
            return normaliser.value(term.args[0], facts)
        if facts.non_negative(Term("neg", term.args)):
            return -normaliser.value(term.args[0], facts)
    argument = normaliser.value(term.args[0], facts)
    if term.head == "exp":
        return exponential(normaliser, argument)
    if term.head == "log":
        if facts.kind(term.args[0]) == "complex":
            return opaque_value(normaliser, term, facts)
        return logarithm(normaliser, argument, facts)
    if term.head == "abs":
        if facts.kind(term.args[0]) != "complex" and not _written_in_reals(normaliser, argument):
            return _real_absolute(normaliser, argument)
        return absolute_value(normaliser, argument, facts)
    degree = Fraction(2) if term.head == "sqrt" else rational_value(term.args[1])
    if facts.kind(term.args[0]) == "complex":
        raise NoNormalForm("a root of a complex number")
    if degree is None or degree < 1 or degree.denominator != 1:
        raise NoNormalForm("a root whose order is not a positive integer")
    return radical(normaliser, argument, int(degree), facts, term.args[0])


def _written_in_reals(normaliser: Normaliser, value: Ratio) -> bool:
    return normaliser.is_real(value.num) and normaliser.is_real(value.den)


def _real_absolute(normaliser: Normaliser, argument: Ratio) -> Ratio:
    """|u| for a real u that is written with i, as sin x is: |u|^2 = u^2 holds, |u| = |f||g| for its factors helps nobody."""
    argument = normaliser.reduce(argument)
    if argument.is_zero:
        return argument
    argument = -argument if normaliser.leading_is_negative(argument) else argument
    atom = Term("abs", (normaliser.ratio_term(argument),))
    return normaliser.generator(("abs", normaliser.key(argument)), "abs", atom, True, (), (2, argument * argument))


def circular_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    """sin, cos and their quotients through exp(iu); sinh, cosh, tanh through exp(u)."""
    circular = not term.head.endswith("h")
    unit = normaliser.imaginary_unit() if circular else normaliser.constant(1)
    plus = exponential(normaliser, unit * normaliser.value(term.args[0], facts))
    odd = (plus - plus.inverse()) / (normaliser.constant(2) * unit)
    even = (plus + plus.inverse()) / normaliser.constant(2)
    return QUOTIENTS[term.head.removesuffix("h")](odd, even)


QUOTIENTS: dict[str, Callable[[Ratio, Ratio], Ratio]] = {
    "sin": lambda odd, even: odd,
    "cos": lambda odd, even: even,
    "tan": lambda odd, even: odd / even,
    "cot": lambda odd, even: even / odd,
    "sec": lambda odd, even: even.inverse(),
    "csc": lambda odd, even: odd.inverse(),
}
"""Of the odd and the even function, sine and cosine."""


def factorial_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    """(s + c)! from (s - L)!, L the best proved lower bound of the symbolic part s."""
    argument = normaliser.reduce(normaliser.value(term.args[0], facts))
    constant = argument.constant()
    if constant is not None:
        if constant.denominator != 1 or not 0 <= constant <= 1000:
            raise TooLarge(f"factorial of {constant}")
        return normaliser.constant(factorial(int(constant)))
    offset = next((q for m, q in normaliser.monomials(argument) if m.constant() is not None), Fraction(0))
    symbolic = argument - normaliser.constant(offset)
    bound = lower_bound(normaliser, symbolic, facts)
    if bound is None or offset.denominator != 1:
        return opaque_value(normaliser, term, facts)
    lowest = symbolic - normaliser.constant(bound)
    key = ("factorial", normaliser.key(lowest))
    total = normaliser.generator(key, "factorial", Term("factorial", (normaliser.ratio_term(lowest),)), True)
    steps = int(offset) + bound
    for j in range(1, steps + 1):
        total *= lowest + normaliser.constant(j)
    for j in range(steps, 0):
        total = total / (lowest + normaliser.constant(j + 1))
    return total


def binomial_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    upper, lower = term.args
    numeral = rational_value(lower)
    if numeral is not None and numeral.denominator == 1 and 0 <= numeral <= EXPAND_LIMIT:
        base, total = normaliser.value(upper, facts), normaliser.constant(1)
        for j in range(int(numeral)):
            total *= (base - normaliser.constant(j)) / normaliser.constant(j + 1)
        return total
    if facts.kind(upper) == facts.kind(lower) == "integer" and facts.positive(sub(lower, upper)):
        return normaliser.constant(0)  # where defined: upper >= 0
    if not (facts.non_negative(lower) and facts.at_least(upper, lower)):
        return opaque_value(normaliser, term, facts)
    parts = [
        factorial_value(normaliser, Term("factorial", (part,)), facts) for part in (upper, lower, sub(upper, lower))
    ]
    return parts[0] / (parts[1] * parts[2])


def opaque_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    """An atom of which only the value of its arguments is known."""
    named = term.head in ("apply", "prime", "index")
    first = term.args[0].value if named else ""
    inner = term.args[1:] if named else term.args
    keys = [normaliser.key(normaliser.value(arg, facts)) for arg in inner]
    return normaliser.generator((term.head, str(first), *keys), term.head, term, facts.kind(term) != "complex")


def index_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    from derive.kernel.recurrence import unroll

    unrolled = unroll(term, facts)
    return normaliser.value(unrolled, facts) if unrolled is not None else opaque_value(normaliser, term, facts)
