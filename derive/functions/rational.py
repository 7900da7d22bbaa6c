"""A term in x as a quotient of two polynomials with rational coefficients, where it is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq, fmpq_poly

from derive.core import Term
from derive.kernel.terms import rational_value

LARGEST_DEGREE = 48


@dataclass(frozen=True, slots=True)
class Quotient:
    """``above / below`` in lowest terms, ``below`` with leading coefficient 1."""

    above: fmpq_poly
    below: fmpq_poly


class _Not(Exception):
    """Not rational, or of too large a degree."""


def quotient_of(term: Term) -> Quotient | None:
    """None for what is no rational function of x, or one of a degree above ``LARGEST_DEGREE``. Not defined anywhere: None."""
    try:
        above, below = _pair(term)
    except (_Not, ZeroDivisionError):
        return None
    return reduced(above, below)


def reduced(above: fmpq_poly, below: fmpq_poly) -> Quotient:
    common = above.gcd(below)
    above, below = above // common, below // common
    lead = below[below.degree()]
    return Quotient(above / lead, below / lead)


Pair = tuple[fmpq_poly, fmpq_poly]


def _pair(term: Term) -> Pair:
    value = rational_value(term)
    if value is not None:
        return fmpq_poly([fmpq(value.numerator, value.denominator)]), fmpq_poly([1])
    if term.head == "symbol":
        return fmpq_poly([0, 1]), fmpq_poly([1])
    if term.head == "pow":
        return _power(term)
    if term.head == "neg":
        above, below = _pair(term.args[0])
        return -above, below
    if term.head not in ("add", "mul", "div"):
        raise _Not
    return _bounded(_combined(term.head, [_pair(part) for part in term.args]))


def _combined(head: str, parts: Sequence[Pair]) -> Pair:
    above, below = parts[0]
    for over, under in parts[1:]:
        if head == "add":
            above, below = above * under + over * below, below * under
        elif head == "mul":
            above, below = above * over, below * under
        else:
            if over.degree() < 0:
                raise _Not
            above, below = above * under, below * over
    return above, below


def _power(term: Term) -> Pair:
    exponent = rational_value(term.args[1])
    if exponent is None or exponent.denominator != 1:
        raise _Not
    above, below = _pair(term.args[0])
    n = int(exponent)
    if max(above.degree(), below.degree(), 0) * abs(n) > LARGEST_DEGREE:
        raise _Not
    if n < 0:
        if above.degree() < 0:
            raise _Not
        above, below = below, above
    return above ** abs(n), below ** abs(n)


def _bounded(pair: Pair) -> Pair:
    if max(pair[0].degree(), pair[1].degree()) > LARGEST_DEGREE:
        raise _Not
    return pair
