"""Where a term is evaluated, and what one evaluation may spend; the walk from a term to its rule.

A rule computes the value of a term of one head at a place; ``value_of`` finds the rule in the table that the place
carries and passes on only what is finite and not too large.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn, cast

from flint import acb, acb_mat, arb, arb_mat, fmpq

from derive.core import Term, Value
from derive.kernel.balls.limits import (
    EXACT_BITS,
    FREE_BITS,
    LARGEST_GRID,
    LARGEST_SUM,
    MATRIX_BITS,
    WORK_BITS,
    Unclear,
    Undefined,
)
from derive.kernel.balls.matrices import matrix_ball, matrix_bits
from derive.kernel.balls.values import Gauss, Grid, Multiple, Quantity, Scalar, as_scalar, bits_of, size_of
from derive.kernel.budget import spend

Env = Mapping[str, Value]


class Here(dict[str, Value]):
    """The values of letters at one point, which do not change, and what terms come to there: ``known`` remembers a term with the
    bits that it was computed with, for the search, the kernel and the reader ask one after the other."""

    __slots__ = ("known",)

    def __init__(self, values: Env) -> None:
        super().__init__(values)
        self.known: dict[tuple[Term, int], Quantity] = {}

    def __setitem__(self, name: str, value: Value) -> NoReturn:
        raise TypeError("the values at a point do not change")


@dataclass(slots=True)
class Budget:
    """What one evaluation may still spend: terms of sums and products, atoms of expectations, bits of exact numbers."""

    terms: int = LARGEST_SUM
    atoms: int = LARGEST_GRID
    work: int = WORK_BITS

    def spend_terms(self, count: int) -> None:
        self.terms -= count
        if self.terms < 0:
            raise Undefined(f"sums and products of more than {LARGEST_SUM} terms")

    def spend_atom(self) -> None:
        self.atoms -= 1
        if self.atoms < 0:
            raise Undefined(f"an expectation over more than {LARGEST_GRID} points")


Key = tuple[str, int | None]
"""A random letter, or a member of a random family."""

Rule = Callable[[Term, "Place"], Quantity]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a term is evaluated: the rules, the letters, the bound ones, and inside an expectation the atoms drawn
    so far."""

    rules: Mapping[str, Rule]
    letters: Env
    budget: Budget
    bits: int
    bound: dict[str, Quantity] = field(default_factory=dict)
    draws: dict[Key, fmpq] | None = None
    known: dict[str, Quantity] = field(default_factory=dict)

    def bind(self, name: str, value: Quantity) -> Place:
        bound = {**self.bound, name: value}
        return Place(self.rules, self.letters, self.budget, self.bits, bound, self.draws, self.known)

    def draw(self, atoms: Draws) -> Place:
        draws = {**(self.draws or {}), **dict(atoms)}
        return Place(self.rules, self.letters, self.budget, self.bits, self.bound, draws, self.known)


Draws = tuple[tuple[Key, fmpq], ...]
"""One outcome: the atoms of the coordinates that are drawn together."""


class Undrawn(Exception):
    """An expectation met a random coordinate that has no atom yet; each of its outcomes has a probability."""

    def __init__(self, key: Key, outcomes: tuple[tuple[Draws, fmpq], ...]) -> None:
        super().__init__(key)
        self.key, self.outcomes = key, outcomes


def value_of(term: Term, place: Place) -> Quantity:
    """The value of a term of any head. Raises Undefined, and Undrawn for a random letter without an atom."""
    spend()
    rule = place.rules.get(term.head)
    if rule is None:
        raise Undefined(f"the head {term.head} is not known")
    found = rule(term, place)
    return found if type(found) is fmpq and found.height_bits() <= FREE_BITS else settled(found, place)


def scalar_of(term: Term, place: Place) -> Scalar:
    return as_scalar(value_of(term, place))


def integer_of(term: Term, place: Place) -> int:
    """An index, a bound or an order: certainly an integer."""
    value = scalar_of(term, place)
    if not isinstance(value, fmpq) or value.denominator != 1:
        raise Undefined("an index or a bound that is not an exact integer")
    return int(value.numerator)


def settled(x: Quantity, place: Place) -> Quantity:
    """A result that may be passed on: a finite ball, or an exact value that is not too large (else its ball)."""
    if type(x) is arb:
        if not x.is_finite():
            raise Unclear("a value that is not certainly finite")
        return x
    if isinstance(x, fmpq):
        return x if _affordable(bits_of(x), place) else arb(x)
    if isinstance(x, arb | acb):
        if not x.is_finite():
            raise Unclear("a value that is not certainly finite")
        return x
    if isinstance(x, Gauss):
        return x if _affordable(max(bits_of(x.re), bits_of(x.im)), place) else x.ball()
    if isinstance(x, Multiple):
        return Multiple(cast(Scalar, settled(x.factor, place)))
    return _settled_matrix(x, place)


def _affordable(bits: int, place: Place) -> bool:
    if bits > FREE_BITS:
        place.budget.work -= bits
    return bits <= FREE_BITS or (bits <= EXACT_BITS and place.budget.work >= 0)


def _settled_matrix(x: Grid, place: Place) -> Grid:
    if isinstance(x, arb_mat | acb_mat):
        if not all(entry.is_finite() for entry in x.entries()):
            raise Unclear("a matrix with an entry that is not certainly finite")
        return x
    bits = matrix_bits(x)
    rows, columns = size_of(x)
    small = bits <= EXACT_BITS and bits * rows * columns <= MATRIX_BITS
    return x if small and _affordable(bits, place) else matrix_ball(x)
