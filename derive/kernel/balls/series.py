"""Infinite sums that converge absolutely: a partial sum, and a rigorous bound of the tail."""

from __future__ import annotations

from typing import cast

from flint import acb, arb, fmpq

from derive.core import Term
from derive.kernel.balls.growth import Ray, above, tail
from derive.kernel.balls.limits import Undefined
from derive.kernel.balls.place import Place, integer_of, scalar_of
from derive.kernel.balls.values import Gauss, Quantity

FIRST_TERMS = 24
MOST_TERMS = 400
TERMS_OF_SLOW_ONES = 96


def infinite_sum(term: Term, place: Place) -> Quantity:
    """The limit of the partial sums. Raises Undefined where absolute convergence is not certain."""
    body, letter, lower, _ = term.args
    first = integer_of(lower, place)
    end, rest = _cut(body, str(letter.value), first, place)
    place.budget.spend_terms(end - first)
    total: arb | acb = arb(0)
    for k in range(first, end):
        value = scalar_of(body, place.bind(str(letter.value), fmpq(k)))
        total = total + (value.ball() if isinstance(value, Gauss) else value)
    error = arb(0, rest)
    return cast(Quantity, total + (acb(error, error) if isinstance(total, acb) else error))


def _cut(body: Term, name: str, first: int, place: Place) -> tuple[int, arb]:
    """Where the tail begins, and a bound of it: small for the precision asked for, or as small as patience allows."""
    best: tuple[int, arb] | None = None
    size, failure = FIRST_TERMS, ""
    while size <= MOST_TERMS:
        end = max(first, 1) + size
        try:
            growth = above(body, Ray(name, end, place))
            found = tail(growth, end)
        except Undefined as problem:
            found, failure = None, f": {problem}"
        if found is not None and found.is_finite():
            best = (end, found)
            if found < arb(2) ** -place.bits or (growth.q == 1 and size >= TERMS_OF_SLOW_ONES):
                break
        size *= 2
    if best is None:
        raise Undefined(f"an infinite sum of which absolute convergence is not certain{failure}")
    return best
