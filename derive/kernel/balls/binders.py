"""Rules for what runs over a range of integers: sums, products, diagonals."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from derive.core import Family, Matrix, Term
from derive.kernel.balls.arithmetic import add, multiply
from derive.kernel.balls.matrices import diagonal_matrix
from derive.kernel.balls.place import Place, integer_of, settled, value_of
from derive.kernel.balls.series import infinite_sum
from derive.kernel.balls.values import Multiple, Quantity, as_scalar
from derive.kernel.terms import INFINITY

DRAWN_COST = 20
"""A term of a sum inside an expectation is paid for as so many: there is one for each outcome."""


def sum_over_range(term: Term, place: Place) -> Quantity:
    if term.args[3] == INFINITY:
        return infinite_sum(term, place)
    total: Quantity = fmpq(0)
    for value in values_over_range(term, place):
        total = settled(add(total, value), place)
    return total


def product_over_range(term: Term, place: Place) -> Quantity:
    total: Quantity | None = None
    for value in values_over_range(term, place):
        total = value if total is None else settled(multiply(total, value), place)
    if total is None:
        return Multiple(fmpq(1)) if _is_matrix(term.args[0], place) else fmpq(1)
    return total


def _is_matrix(term: Term, place: Place) -> bool:
    """By its looks, for a product without factors, whose value is then the identity."""
    if term.head in ("symbol", "index"):
        value = place.letters.get(str((term.args[0] if term.args else term).value))
        member = value.members[0] if isinstance(value, Family) and value.members else value
        return isinstance(member, Matrix) and (term.head == "symbol" or isinstance(value, Family))
    if term.head in ("add", "neg", "mul", "pow", "div"):
        return any(_is_matrix(arg, place) for arg in (term.args if term.head in ("add", "mul") else term.args[:1]))
    if term.head in ("expect", "sum", "prod"):
        return _is_matrix(term.args[0], place)
    return term.head in ("matrix", "row", "identity", "diagonal", "diagonal_family", "transpose")


def diagonal_family(term: Term, place: Place) -> Quantity:
    return diagonal_matrix([as_scalar(value) for value in values_over_range(term, place)])


def values_over_range(term: Term, place: Place) -> Iterator[Quantity]:
    """The body at each value of the bound letter; none where the upper bound lies below the lower one."""
    body, letter, lower, upper = term.args
    first, last = integer_of(lower, place), integer_of(upper, place)
    place.budget.spend_terms(max(0, last - first + 1) * (1 if place.draws is None else DRAWN_COST))
    for k in range(first, last + 1):
        yield value_of(body, place.bind(str(letter.value), fmpq(k)))
