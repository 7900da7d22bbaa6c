"""Integrals of products of sines over as many powers of x: ``int_0^infinity sin(x)/x = pi/2``, and of Borwein's integrals.

``sine_product_integral``: for a_0, ..., a_n > 0 the integral of prod sin(a_k x)/x over x > 0 is pi/2 / (2^n n!) times the sum, over all
signs s_1, ..., s_n, of s_1 ... s_n b^n sgn(b) with b = a_0 + s_1 a_1 + ... + s_n a_n; twice that over the line, for the product is even.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import factorial, prod

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.path import MINUS_INFINITY
from derive.kernel.terms import (
    INFINITY,
    ZERO,
    free_letters,
    linear_in,
    mul,
    number,
    power,
    rational_value,
    substitute,
    symbol,
)

MOST_SINES = 12
PI = Term("constant", (), "pi")


class _NoProduct(Exception):
    """Not a product of sines over powers of the letter."""


def product_of_sines(term: Term, facts: Facts) -> Term | None:
    """The value of the integral, or None where it is no such product over the half line or the line."""
    body, letter, lower, upper = term.args
    if upper != INFINITY or lower not in (ZERO, MINUS_INFINITY):
        return None
    name = str(letter.value)
    sines: list[Term] = []
    scale: list[Term] = []
    try:
        degree = sum(_sorted(factor, exponent, name, sines, scale) for factor, exponent in _factors(body, 1))
    except _NoProduct:
        return None
    if not sines or degree != -len(sines) or len(sines) > MOST_SINES:
        return None
    value = _value(sines, facts)
    if value is None or not all(facts.nonzero(divisor) for divisor in _divisors(scale)):
        return None
    return mul(*scale, value) if lower == ZERO else mul(number(2), *scale, value)


def _factors(term: Term, exponent: int) -> Iterator[tuple[Term, int]]:
    """The factors with whole exponents; a product between numerals is written out."""
    if term.head == "mul":
        for arg in term.args:
            yield from _factors(arg, exponent)
    elif term.head == "div":
        yield from _factors(term.args[0], exponent)
        yield from _factors(term.args[1], -exponent)
    elif term.head == "neg":
        yield number(-1), 1
        yield from _factors(term.args[0], exponent)
    elif term.head == "pow" and (k := rational_value(term.args[1])) is not None and k.denominator == 1:
        if abs(k) > MOST_SINES:
            raise _NoProduct
        yield from _factors(term.args[0], exponent * int(k))
    elif term.head == "prod":
        yield from _written_out(term, exponent)
    else:
        yield term, exponent


def _written_out(term: Term, exponent: int) -> Iterator[tuple[Term, int]]:
    body, letter, *ends = term.args
    first, last = (rational_value(end) for end in ends)
    if first is None or last is None or first.denominator * last.denominator != 1 or last - first >= MOST_SINES:
        raise _NoProduct
    for k in range(int(first), int(last) + 1):
        yield from _factors(substitute(body, str(letter.value), number(k)), exponent)


def _sorted(factor: Term, exponent: int, name: str, sines: list[Term], scale: list[Term]) -> int:
    """The degree of the factor in the letter itself; its frequency goes to ``sines``, what is free of the letter to ``scale``. Raises
    _NoProduct."""
    if name not in free_letters(factor):
        scale.append(power(factor, number(exponent)) if exponent != 1 else factor)
        return 0
    inside = factor.args[0] if factor.head == "sin" else factor
    slope = linear_in(inside, name)
    if slope is None or name in free_letters(slope) or not _through_zero(inside, name):
        raise _NoProduct
    if factor.head == "sin":
        if exponent < 1:
            raise _NoProduct
        sines += [slope] * exponent
        return 0
    if factor == symbol(name):
        return exponent
    scale.append(power(slope, number(exponent)))
    return exponent


def _through_zero(term: Term, name: str) -> bool:
    """A product with the letter as one factor, or a quotient of such by what is free of it."""
    if term.head == "mul":
        inside = [arg for arg in term.args if name in free_letters(arg)]
        return len(inside) == 1 and _through_zero(inside[0], name)
    if term.head in ("div", "neg"):
        return all(name not in free_letters(arg) for arg in term.args[1:]) and _through_zero(term.args[0], name)
    return term == symbol(name)


def _divisors(scale: list[Term]) -> Iterator[Term]:
    return (part.args[0] for part in scale if part.head == "pow" and (rational_value(part.args[1]) or 0) < 0)


def _value(sines: list[Term], facts: Facts) -> Term | None:
    """For numbers, or for one positive frequency throughout. The sine is odd."""
    from derive.kernel.balls import exact

    values = [exact(slope, {}) if not free_letters(slope) else None for slope in sines]
    numbers = [q for q in values if isinstance(q, Fraction) and q]
    if len(numbers) == len(sines):
        sign = prod(1 if q > 0 else -1 for q in numbers)
        return mul(number(sign * _share([abs(q) for q in numbers])), PI)
    if len(set(sines)) > 1 or not facts.positive(sines[0]):
        return None
    share = mul(number(_share([Fraction(1)] * len(sines))), PI)
    return share if len(sines) == 1 else mul(share, power(sines[0], number(len(sines) - 1)))


def _share(a: list[Fraction]) -> Fraction:
    """The integral over pi."""
    first, *rest = a
    n = len(rest)
    total = Fraction(0)
    for signs in product((1, -1), repeat=n):
        b = first + sum((s * q for s, q in zip(signs, rest, strict=True)), Fraction(0))
        total += Fraction(prod(signs)) * b**n * ((b > 0) - (b < 0))
    return total / Fraction(2 ** (n + 1) * factorial(n))
