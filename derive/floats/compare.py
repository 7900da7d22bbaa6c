"""Does a relation hold at each point of a batch, as far as floating point can see?"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from derive.core import Relation, Term
from derive.floats.ball import TINY, Ball, NoNumericForm, aligned, floating, is_complex
from derive.floats.environment import Env
from derive.floats.evaluate import evaluate

SAFETY = 2.0
"""The bounds are themselves computed in floating point, and second-order terms are dropped in a few of them."""
RESOLUTION = 1e-3
"""A point counts only if its bound is below this share of both sides: a larger one would certify anything."""
ZERO_RESOLUTION = (1e-200, 1e-9)
"""Two sides that are both zero within their errors count if the errors are below 1e-9 (points are of the order of one), and
not so small that the zeros may come from underflow."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """At each point: the violation, what rounding (and a numeral's last digit) excuse, and whether the point counts."""

    error: Any
    bound: Any
    counts: Any


def compare(relation: Relation, env: Env, points: int) -> Comparison:
    """The comparison at all points of a batch. Raises NoNumericForm, Undefined."""
    if relation.relation == "~":
        raise NoNumericForm("an asymptotic relation")
    lhs, rhs = aligned(evaluate(relation.lhs, env), evaluate(relation.rhs, env))
    if isinstance(lhs.value, int) and isinstance(rhs.value, int):
        # Exact, and of any size: only the sign of the difference matters.
        sign = (lhs.value > rhs.value) - (lhs.value < rhs.value)
        if relation.relation != "~~":
            lhs, rhs = Ball(sign, 0.0, lhs.kind), Ball(0, 0.0, lhs.kind)
    lhs, rhs = floating(lhs), floating(rhs)
    slack = numeral_slack(relation.rhs, env) if relation.relation == "~~" else 0.0
    axes = (-2, -1) if lhs.kind == "matrix" else ()
    gap = lhs.value - rhs.value
    bound = SAFETY * (lhs.error + rhs.error)
    size = abs(lhs.value).max(axis=axes) + abs(rhs.value).max(axis=axes) if axes else abs(lhs.value) + abs(rhs.value)
    counts = _resolved(lhs, rhs, np.max(bound + 0.0 * abs(gap), axis=axes) if axes else bound, size, axes)
    error, fit = _violation(relation.relation, gap, bound, axes)
    if relation.relation == "!=":
        bound = np.min(bound + 0.0 * abs(gap), axis=axes) if axes else bound
    bound = bound + slack
    error, bound = np.broadcast_arrays(error, bound)
    if axes and error.ndim >= 2 and relation.relation != "!=":
        error, bound = _worst_entry(error, bound)
    counts = counts & fit & np.isfinite(error) & np.isfinite(bound)
    return Comparison(*(np.broadcast_to(part, (points,)) for part in (error, bound, counts)))


def _resolved(lhs: Ball, rhs: Ball, bound: Any, size: Any, axes: tuple[int, ...]) -> Any:
    zero = (abs(lhs.value) <= SAFETY * lhs.error) & (abs(rhs.value) <= SAFETY * rhs.error)
    zero = zero.all(axis=axes) if axes else zero
    low, high = ZERO_RESOLUTION
    return (bound <= RESOLUTION * size) | (zero & ((bound == 0) | ((bound >= low) & (bound <= high))))


def _violation(relation: str, gap: Any, bound: Any, axes: tuple[int, ...]) -> tuple[Any, Any]:
    """How far the relation is violated, and whether floats can tell. A strict relation is told only off equality; exact
    equality violates it, which the smallest positive number stands for."""
    if relation in ("=", "~~"):
        return abs(gap), np.True_
    if relation == "!=":
        differs, equal = abs(gap) > bound, (gap == 0) & (bound == 0)
        differs, equal = (differs.any(axis=axes), equal.all(axis=axes)) if axes else (differs, equal)
        return np.where(equal, TINY, 0.0), differs | equal
    if axes:
        raise NoNumericForm("an order between matrices")
    if is_complex(gap):
        real = abs(gap.imag) <= bound
        gap = gap.real
    else:
        real = np.True_
    over = gap if relation in ("<", "<=") else -gap
    violation = np.maximum(over, 0.0)
    if relation in ("<=", ">="):
        return violation, real
    equal = (gap == 0) & (bound == 0)
    return np.where(equal, TINY, violation), real & ((abs(gap) > bound) | equal)


def _worst_entry(error: Any, bound: Any) -> tuple[Any, Any]:
    """The entry with the largest error for its bound, of each matrix."""
    flat = (*error.shape[:-2], error.shape[-2] * error.shape[-1])
    error, bound = error.reshape(flat), bound.reshape(flat)
    place = np.argmax(ratio(error, bound), axis=-1)[..., None]
    return (np.take_along_axis(part, place, axis=-1)[..., 0] for part in (error, bound))  # type: ignore[return-value]


def ratio(error: Any, bound: Any) -> Any:
    """error / bound, with 0/0 = 0; a NaN counts as the worst."""
    safe = np.where(bound > 0, bound, 1.0)
    return np.where(error == 0, 0.0, np.where(bound > 0, error / safe, np.inf))


# ------------------------------------------------------------------------------------------------------------ numerals


def numeral_slack(term: Term, env: Env) -> Any:
    """Half a unit of the last digit of a numeral, entry by entry. Raises NoNumericForm for what is no numeral."""
    if term.head == "matrix":
        slack = np.array([[numeral_slack(entry, env) for entry in row.args] for row in term.args])
        return slack[0, 0] if slack.shape == (1, 1) else slack
    return float(_half_unit(term))


def _half_unit(term: Term) -> Fraction:
    args = term.args
    if term.head == "decimal":
        return Fraction(1, 2) * Fraction(10) ** -len(str(term.value).partition(".")[2])
    if term.head == "number":
        return Fraction(1, 2)
    if term.head == "neg":
        return _half_unit(args[0])
    if term.head == "add":
        return sum((_half_unit(arg) for arg in args), Fraction(0))
    if term.head == "mul" and len(args) == 2:
        if args[1] == Term("constant", value="i"):
            return _half_unit(args[0])
        if args[1].head == "pow" and args[1].args[0] == Term("number", value=Fraction(10)):
            return _half_unit(args[0]) * Fraction(10) ** _exponent(args[1].args[1])
    raise NoNumericForm("an approximation to something that is not a decimal numeral")


def _exponent(term: Term) -> int:
    if term.head == "neg":
        return -_exponent(term.args[0])
    if term.head == "number" and abs(int(Fraction(term.value or 0))) < 400:
        return int(Fraction(term.value or 0))
    raise NoNumericForm("a power of ten whose exponent is not an integer")
