"""Powers of numbers and of matrices.

Real ``u^a`` needs u > 0, or u = 0 < a, or an integer a; 0^0 = 1. Complex: the principal branch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flint import arb, fmpq, fmpq_mat

from derive.kernel.balls.arithmetic import multiply
from derive.kernel.balls.limits import EXACT_BITS, LARGEST_EXPONENT, Undefined
from derive.kernel.balls.matrices import diagonal_matrix, inverse_of, matrix_ball, matrix_bits, square_size
from derive.kernel.balls.place import Place, settled
from derive.kernel.balls.roots import exact_root, require_sign
from derive.kernel.balls.values import Gauss, GaussMatrix, Grid, Quantity, Scalar, bits_of, is_zero, rounded, size_of

ALWAYS_EXACT = 64
POWER_BITS = 30_000
"""Bits of all entries together, beyond which a power above ALWAYS_EXACT is computed with balls."""


def scalar_power(base: Scalar, exponent: Scalar) -> Scalar:
    if isinstance(exponent, fmpq) and exponent.denominator == 1:
        return integer_power(base, int(exponent.numerator))
    if isinstance(base, fmpq | arb):
        if is_zero(base) and isinstance(exponent, fmpq | arb):
            require_sign(bool(exponent > 0), bool(exponent <= 0), "a power of 0")
            return fmpq(0)
        require_sign(bool(base > 0), bool(base < 0), "a power that is not an integer")
        if isinstance(base, fmpq) and isinstance(exponent, fmpq):
            return _rational_power(base, exponent)
    if is_zero(base):
        raise Undefined("a complex power of 0")
    return cast(Scalar, rounded(base) ** rounded(exponent))


def _rational_power(base: fmpq, exponent: fmpq) -> Scalar:
    """u^(p/q) for u > 0: exact if the q-th root is."""
    root = exact_root(base, int(exponent.denominator)) if exponent.denominator <= 64 else None
    return cast(Scalar, arb(base) ** exponent) if root is None else integer_power(root, int(exponent.numerator))


def integer_power(base: Scalar, m: int) -> Scalar:
    if m == 0:
        return fmpq(1)
    if m < 0 and is_zero(base):
        raise Undefined("a negative power of 0")
    if isinstance(base, fmpq):
        bits = bits_of(base)
        if bits == 1:  # 0, 1 or -1
            return base if m % 2 else base * base
        if bits * abs(m) <= EXACT_BITS:
            return base**m
    if abs(m) > LARGEST_EXPONENT:
        raise Undefined(f"an exponent beyond {LARGEST_EXPONENT}")
    if isinstance(base, Gauss) and max(bits_of(base.re), bits_of(base.im)) * abs(m) <= EXACT_BITS // 4:
        return cast(Scalar, _repeated(multiply, base if m > 0 else base.inverse(), abs(m)))
    ball = rounded(base)
    result = ball**m
    if m > 0 and not result.is_finite():
        # Arb gives up on balls centred at 0.
        return cast(Scalar, _repeated(multiply, ball, m))
    return result


def matrix_power(a: Grid, m: int, place: Place) -> Quantity:
    d = square_size(a, "a power")
    if abs(m) > LARGEST_EXPONENT:
        raise Undefined(f"an exponent beyond {LARGEST_EXPONENT}")
    if m == 0:
        return diagonal_matrix([fmpq(1)] * d)
    base: Quantity = settled(inverse_of(a), place) if m < 0 else a
    if abs(m) <= ALWAYS_EXACT:
        return _repeated(lambda x, y: settled(multiply(x, y), place), base, abs(m))
    return _repeated(lambda x, y: settled(_lightened(multiply(x, y)), place), base, abs(m))


def _lightened(x: Quantity) -> Quantity:
    """A high power whose exact entries have grown long goes on as a ball."""
    if isinstance(x, fmpq_mat | GaussMatrix):
        rows, columns = size_of(x)
        return matrix_ball(x) if matrix_bits(x) * rows * columns > POWER_BITS else x
    return x


def _repeated(product: Callable[[Quantity, Quantity], Quantity], base: Quantity, m: int) -> Quantity:
    """The m-th power, m >= 1, by repeated squaring."""
    result: Quantity | None = None
    while True:
        if m & 1:
            result = base if result is None else product(result, base)
        m >>= 1
        if not m:
            return cast(Quantity, result)
        base = product(base, base)
