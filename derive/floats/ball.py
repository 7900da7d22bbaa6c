"""A floating-point value with a bound on its error, and the arithmetic that carries the bound along.

Running error analysis: N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., SIAM 2002, section 3.3
(the idea), 3.1 (gamma_n), 3.5 (products of matrices), 3.6 (complex arithmetic).

Arrays carry the points of a batch on their leading axis, so that one operation serves all points: a scalar has the shape
``(points,)`` or ``()``, a matrix ``(points, rows, columns)``. A Python ``int`` is exact and common to all points. A value
that is not defined at a point is NaN there, and NaN spreads: what needs it is not defined either.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

UNIT = 2.0**-53
"""The unit roundoff of double precision."""
TINY = 2.0**-1074
"""The smallest positive double: what underflow may lose in one operation."""
SMALL = 2.0**-900
"""Below this, underflow is looked into."""
FUNCTION_ULPS = 8.0
"""Error in units of roundoff granted to one call of exp, log, sin, ... (NumPy documents at most 4 ulps = 8 units)."""


class NoNumericForm(Exception):
    """A term that floating point cannot stand for; the message is the reason, a phrase for the reader."""


class Undefined(Exception):
    """The whole batch is outside the domain: an index out of range, say. Undefinedness at single points is NaN."""


@dataclass(frozen=True, slots=True)
class Ball:
    """``|true value - value| <= error``, entry by entry. ``kind`` is scalar, matrix or identity; an identity stands for
    ``value`` (a scalar) times the identity matrix of whatever size fits. ``error`` is the float 0.0 when exact."""

    value: Any
    error: Any = 0.0
    kind: str = "scalar"


UNDEFINED = Ball(np.float64("nan"), np.float64("nan"))


# ----------------------------------------------------------------------------------------------------- small questions


def exact(ball: Ball) -> bool:
    """Whether the error is known to be zero at every point."""
    return type(ball.error) is float and ball.error == 0.0


def is_complex(value: Any) -> bool:
    """Whether a value is of a complex type (not whether its imaginary part is zero)."""
    return isinstance(value, complex) or getattr(getattr(value, "dtype", None), "kind", "") == "c"


def rounding(value: Any, units: float = 1.0) -> Any:
    """What one rounded operation with this result may lose; complex products and quotients lose at most 8 units."""
    return abs(value) * (units * UNIT * (8.0 if is_complex(value) else 1.0)) + TINY


def _product_rounding(value: Any, x: Any, y: Any) -> Any:
    """The same for a product whose factors have the magnitudes x and y (errors included). It is exact when a factor is 0:
    zeros by structure are told from zeros by underflow."""
    error = rounding(value)
    return error if np.all(value) else np.where((x == 0) | (y == 0), 0.0, error)


def gamma(n: int) -> float:
    """Higham's gamma_n = n u / (1 - n u)."""
    return n * UNIT / (1.0 - n * UNIT)


def spread(value: Any) -> Any:
    """A scalar of each point, shaped to multiply the matrix of that point."""
    return value[..., None, None] if getattr(value, "ndim", 0) else value


def floating(ball: Ball) -> Ball:
    """The same ball with an ``int`` turned into a double."""
    if not isinstance(ball.value, int):
        return ball
    if ball.value.bit_length() > 1023:
        return Ball(UNDEFINED.value, UNDEFINED.error, ball.kind)
    value = np.float64(ball.value)
    return Ball(value, 0.0 if int(value) == ball.value else rounding(value), ball.kind)


def rational(q: Fraction) -> Ball:
    """The double next to an exact rational."""
    if q.denominator == 1:
        return Ball(int(q))
    try:
        value = np.float64(q.numerator / q.denominator)
    except OverflowError:
        return UNDEFINED
    return Ball(value, 0.0 if Fraction(float(value)) == q else rounding(value))


def size_of(ball: Ball) -> tuple[int, int]:
    """Rows and columns of a matrix ball."""
    rows, columns = ball.value.shape[-2:]
    return int(rows), int(columns)


def matrix(value: Any, error: Any = 0.0) -> Ball:
    """A matrix ball; one that is 1 by 1 acts as a scalar."""
    if value.shape[-2:] == (1, 1):
        return Ball(value[..., 0, 0], error if isinstance(error, float) else error[..., 0, 0])
    return Ball(value, error, "matrix")


def full(ball: Ball, size: tuple[int, int]) -> Ball:
    """An identity written out at a size, and the number 0 as a zero matrix. Raises NoNumericForm where none fits."""
    if ball.kind == "matrix":
        return ball
    if ball.kind == "identity" and size[0] == size[1]:
        ball, eye = floating(ball), np.eye(size[0])
        return Ball(spread(ball.value) * eye, ball.error if exact(ball) else spread(ball.error) * eye, "matrix")
    if ball.kind == "scalar" and isinstance(ball.value, int) and ball.value == 0:
        return Ball(np.zeros(size), 0.0, "matrix")
    raise NoNumericForm("a number stands where a matrix is needed")


def aligned(a: Ball, b: Ball) -> tuple[Ball, Ball]:
    """Both balls in one kind, so that they can be added or compared."""
    if a.kind == b.kind:
        if a.kind == "matrix" and size_of(a) != size_of(b):
            raise NoNumericForm(f"the shapes {size_of(a)} and {size_of(b)} do not fit")
        return a, b
    if "matrix" in (a.kind, b.kind):
        size = size_of(a if a.kind == "matrix" else b)
        return full(a, size), full(b, size)
    for ball, other in ((a, b), (b, a)):
        if ball.kind == "scalar" and isinstance(ball.value, int) and ball.value == 0:
            return (Ball(0, 0.0, "identity"), other) if ball is a else (other, Ball(0, 0.0, "identity"))
    raise NoNumericForm("a number stands where a matrix is needed")


# ---------------------------------------------------------------------------------------------------------- arithmetic


def add(a: Ball, b: Ball) -> Ball:
    """``a + b``: the errors add up, and the sum is rounded once. Adding an exact 0 rounds nothing; a sum never
    underflows inexactly."""
    for zero, other in ((a, b), (b, a)):
        if isinstance(zero.value, int) and zero.value == 0:
            return other if zero.kind == "scalar" else aligned(other, zero)[0]
    a, b = aligned(a, b)
    if isinstance(a.value, int) and isinstance(b.value, int):
        return Ball(a.value + b.value, 0.0, a.kind)
    a, b = floating(a), floating(b)
    value = a.value + b.value
    return Ball(value, a.error + b.error + abs(value) * UNIT, a.kind)


def neg(a: Ball) -> Ball:
    """``-a``, exact."""
    return Ball(-a.value, a.error, a.kind)


def mul(a: Ball, b: Ball) -> Ball:
    """``a b``: numbers with anything, matrices in this order."""
    if a.kind == "matrix" and b.kind == "matrix":
        return matmul(a, b)
    if isinstance(a.value, int) and isinstance(b.value, int):
        if a.value.bit_length() + b.value.bit_length() > 4096:
            raise Undefined("an integer of more than 4096 bits")
        return Ball(a.value * b.value, 0.0, "scalar" if a.kind == b.kind == "scalar" else "identity")
    kind = "matrix" if "matrix" in (a.kind, b.kind) else "scalar" if a.kind == b.kind == "scalar" else "identity"
    # An exact 1 or 0 in front of something rounds nothing; NaN stays NaN.
    for unit, other in ((a, b), (b, a)):
        if isinstance(unit.value, int) and unit.value == 1:
            return Ball(other.value, other.error, kind)
        if isinstance(unit.value, int) and unit.value == 0:
            return Ball(other.value * 0.0, 0.0, kind)
    a, b = floating(a), floating(b)
    x, ex = (spread(a.value), spread(a.error)) if kind == "matrix" and a.kind != "matrix" else (a.value, a.error)
    y, ey = (spread(b.value), spread(b.error)) if kind == "matrix" and b.kind != "matrix" else (b.value, b.error)
    value = x * y
    error = _product_rounding(value, abs(x) + ex, abs(y) + ey)
    if not exact(a):
        error = error + ex * (abs(y) + ey)
    if not exact(b):
        error = error + abs(x) * ey
    return Ball(value, error, kind)


def matmul(a: Ball, b: Ball) -> Ball:
    """A product of matrices: |error| <= gamma_n |A||B| plus the errors of the factors (Higham, (3.13))."""
    inner = size_of(a)[1]
    if inner != size_of(b)[0]:
        raise NoNumericForm(f"the shapes {size_of(a)} and {size_of(b)} do not fit")
    value = a.value @ b.value
    x, y = abs(a.value), abs(b.value)
    # A complex product costs at most gamma_(n+2) with a factor 2 (Higham, section 3.6).
    factor = 2.0 * gamma(inner + 2) if is_complex(value) else gamma(inner)
    size = x @ y
    error = factor * size + inner * TINY
    if (size < SMALL).any():
        # Sums of products that all have a factor 0 are exact.
        filled = (abs(a.value) + a.error != 0).astype(float) @ (abs(b.value) + b.error != 0).astype(float)
        error = np.where(filled == 0, 0.0, error)
    if not exact(b):
        error = error + x @ b.error
        y = y + b.error
    if not exact(a):
        error = error + a.error @ y
    return matrix(value, error)


def div(a: Ball, b: Ball) -> Ball:
    """``a / b`` for a scalar b; not defined where b may be 0."""
    if b.kind != "scalar":
        raise NoNumericForm("a division by a matrix")
    if isinstance(b.value, int) and b.value == 0:
        raise Undefined("a division by zero")
    if isinstance(a.value, int) and isinstance(b.value, int) and a.value % b.value == 0:
        return Ball(a.value // b.value, 0.0, a.kind)
    a, b = floating(a), floating(b)
    y, ey = (spread(b.value), spread(b.error)) if a.kind == "matrix" else (b.value, b.error)
    room = abs(y) - ey
    room = np.where(room > 0, room, np.nan)
    value = a.value / np.where(np.isnan(room), np.nan, y)
    error = _product_rounding(value, abs(a.value) + a.error, 1.0)
    if not exact(a) or not exact(b):
        error = error + (a.error + abs(value) * ey) / room
    return Ball(value, error, a.kind)


def transpose(a: Ball) -> Ball:
    """The transpose; a scalar and an identity are their own."""
    if a.kind != "matrix":
        return a
    return Ball(np.swapaxes(a.value, -1, -2), a.error if exact(a) else np.swapaxes(a.error, -1, -2), "matrix")
