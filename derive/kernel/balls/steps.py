"""Functions with steps and corners: floor, ceiling, largest and smallest of real numbers."""

from __future__ import annotations

from flint import arb, fmpq

from derive.kernel.balls.limits import Unclear, Undefined
from derive.kernel.balls.values import Scalar, rounded


def floor(x: Scalar) -> Scalar:
    if isinstance(x, fmpq):
        return fmpq(x.floor())
    whole = _real(x).floor().unique_fmpz()
    if whole is None:
        raise Unclear("the floor of a number that may be whole")
    return fmpq(whole)


def ceiling(x: Scalar) -> Scalar:
    if isinstance(x, fmpq):
        return fmpq(x.ceil())
    whole = _real(x).ceil().unique_fmpz()
    if whole is None:
        raise Unclear("the ceiling of a number that may be whole")
    return fmpq(whole)


def largest(x: Scalar, y: Scalar) -> Scalar:
    if isinstance(x, fmpq) and isinstance(y, fmpq):
        return max(x, y)
    return _real(x).max(_real(y))


def smallest(x: Scalar, y: Scalar) -> Scalar:
    if isinstance(x, fmpq) and isinstance(y, fmpq):
        return min(x, y)
    return _real(x).min(_real(y))


def _real(x: Scalar) -> arb:
    ball = rounded(x)
    if not isinstance(ball, arb):
        raise Undefined("an order among numbers that may be complex")
    return ball
