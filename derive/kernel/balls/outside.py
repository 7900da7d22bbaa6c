"""Between the plain numbers of ``core`` and the values computed with: exact values in, exact values and balls out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from flint import acb, acb_mat, fmpq

from derive.core import Complex, Matrix, Value
from derive.kernel.balls.limits import EXACT_BITS, Undefined
from derive.kernel.balls.matrices import assembled
from derive.kernel.balls.values import Gauss, Multiple, Quantity, Scalar, ball_of, rows_of


@dataclass(frozen=True, slots=True)
class BallMatrix:
    """A matrix of complex balls. Where ``factor`` is given there are no rows: that multiple of the identity, of any
    size."""

    rows: tuple[tuple[acb, ...], ...]
    factor: acb | None = None


Ball = acb | BallMatrix
"""Real numbers have an imaginary part that is exactly 0."""


def rational(x: Fraction | int) -> fmpq:
    q = x if isinstance(x, Fraction) else Fraction(x)
    if max(q.numerator.bit_length(), q.denominator.bit_length()) > EXACT_BITS:
        raise Undefined("a number of too many digits")
    return fmpq(q.numerator, q.denominator)


def given_value(value: Value) -> Quantity:
    """A value of the point."""
    if isinstance(value, Fraction | int):
        return rational(value)
    if isinstance(value, Complex):
        return Gauss(rational(value.re), rational(value.im))
    if isinstance(value, Matrix):
        return assembled([[cast(Scalar, given_value(entry)) for entry in row] for row in value.rows])
    raise Undefined(f"a {type(value).__name__} stands where a value is needed")


def _fraction(x: fmpq) -> Fraction:
    return Fraction(int(x.numerator), int(x.denominator))


def plain(x: fmpq | Gauss) -> Fraction | Complex:
    return _fraction(x) if isinstance(x, fmpq) else Complex(_fraction(x.re), _fraction(x.im))


def enclosing(value: Quantity) -> Ball:
    """A value as whoever asked for a ball gets it."""
    if isinstance(value, Multiple):
        return BallMatrix((), ball_of(value.factor))
    if isinstance(value, Scalar):
        return ball_of(value)
    return BallMatrix(tuple(tuple(ball_of(x) for x in row) for row in rows_of(value)))


def quantity_of(ball: Ball) -> Quantity:
    """What ``enclosing`` gave away, taken back."""
    if isinstance(ball, acb):
        return ball
    return Multiple(ball.factor) if ball.factor is not None else acb_mat([list(row) for row in ball.rows])
