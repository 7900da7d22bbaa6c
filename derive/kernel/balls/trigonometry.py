"""Reciprocals and inverses of the circular functions, with their domains."""

from __future__ import annotations

from typing import cast

from flint import acb, arb, fmpq

from derive.kernel.balls.limits import Unclear, Undefined
from derive.kernel.balls.values import Scalar, rounded


def _reciprocal(x: arb | acb) -> Scalar:
    """Overlap with 0 is left to a higher precision; the result would not be finite."""
    if x.contains(0):
        raise Unclear("a divisor that is not certainly different from 0")
    return cast(Scalar, 1 / x)


def secant(x: Scalar) -> Scalar:
    return fmpq(1) if isinstance(x, fmpq) and x == 0 else _reciprocal(rounded(x).cos())


def cosecant(x: Scalar) -> Scalar:
    if isinstance(x, fmpq) and x == 0:
        raise Undefined("the cosecant of 0")
    return _reciprocal(rounded(x).sin())


def cotangent(x: Scalar) -> Scalar:
    if isinstance(x, fmpq) and x == 0:
        raise Undefined("the cotangent of 0")
    ball = rounded(x)
    return cast(Scalar, ball.cos() * cast(arb, _reciprocal(ball.sin())))


def arcsine(x: Scalar) -> Scalar:
    if isinstance(x, fmpq) and x == 0:
        return fmpq(0)
    return cast(Scalar, _inside(x).asin())


def arccosine(x: Scalar) -> Scalar:
    if isinstance(x, fmpq) and x == 1:
        return fmpq(0)
    return cast(Scalar, _inside(x).acos())


def _inside(x: Scalar) -> arb:
    """Real and in [-1, 1]. Raises Undefined outside, and for what may be complex."""
    if not isinstance(x, fmpq | arb):
        raise Undefined("an inverse circular function of a number that may be complex")
    if x > 1 or x < -1:
        raise Undefined("an inverse circular function outside [-1, 1]")
    if not (x <= 1 and x >= -1):
        raise Unclear("an inverse circular function at the end of its domain")
    return cast(arb, rounded(x))
