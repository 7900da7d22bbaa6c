"""Modulus, roots and logarithm of a number, with their domains.

Real: ``log u`` needs u > 0, ``sqrt u`` needs u >= 0, an odd root takes all u. Complex: principal branches.
"""

from __future__ import annotations

from typing import cast

from flint import acb, arb, fmpq

from derive.kernel.balls.limits import FREE_BITS, LARGEST_EXPONENT, Unclear, Undefined
from derive.kernel.balls.values import Gauss, Scalar, is_zero, rounded


def absolute(x: Scalar) -> fmpq | arb:
    if isinstance(x, Gauss):
        square = x.re * x.re + x.im * x.im
        return cast(fmpq | arb, square_root(square))
    return cast(fmpq | arb, abs(x))


def squared_modulus(x: Scalar) -> fmpq | arb:
    """|x|^2."""
    if isinstance(x, Gauss):
        return x.re * x.re + x.im * x.im
    return x * x if isinstance(x, fmpq) else abs(x) ** 2


def square_root(x: Scalar) -> Scalar:
    if isinstance(x, fmpq):
        if x < 0:
            raise Undefined("the square root of a negative number")
        root = exact_root(x, 2)
        return arb(x).sqrt() if root is None else root
    if isinstance(x, arb):
        require_sign(x >= 0, x < 0, "a square root")
        return x.sqrt()
    return rounded(x).sqrt()


def exact_root(x: fmpq, k: int) -> fmpq | None:
    """The k-th root of x >= 0 if it is rational."""
    parts = [part.root(k) for part in (x.numerator, x.denominator)]
    exact_ones = all(root**k == part for root, part in zip(parts, (x.numerator, x.denominator), strict=True))
    return fmpq(*parts) if exact_ones else None


def require_sign(certain: bool, contrary: bool, what: str) -> None:
    if contrary:
        raise Undefined(f"{what} outside its domain")
    if not certain:
        raise Unclear(f"{what} of a number whose sign is not certain")


def kth_root(x: Scalar, k: int) -> Scalar:
    """The k-th root, k >= 1. Real: even k needs x >= 0, odd k takes all x. Complex: the principal one.

    Of what is written with i and may be a negative number, as the sine of 4 is in normal forms, an odd root is either."""
    if not 1 <= k <= LARGEST_EXPONENT:
        raise Undefined(f"a root of order {k}")
    if isinstance(x, acb) and k % 2 and x.imag.contains(0) and not x.real > 0:
        size = arb(0, abs(x).root(k).abs_upper())
        return acb(size, size)
    if isinstance(x, Gauss | acb):
        return cast(acb, rounded(x)).root(k)
    if k % 2 == 0:
        require_sign(bool(x >= 0), bool(x < 0), "an even root")
    elif x < 0:
        return -kth_root(-x, k)
    if isinstance(x, fmpq):
        root = exact_root(x, k) if k <= FREE_BITS else None
        return arb(x).root(k) if root is None else root
    # An odd root is increasing: between 0 balls reach to the root of the largest modulus on either side.
    return x.root(k) if x >= 0 else arb(0, x.abs_upper().root(k).abs_upper())


def logarithm(x: Scalar) -> Scalar:
    if isinstance(x, fmpq | arb):
        require_sign(bool(x > 0), bool(x <= 0), "a logarithm")
        return fmpq(0) if isinstance(x, fmpq) and x == 1 else rounded(x).log()
    if is_zero(x):
        raise Undefined("the logarithm of 0")
    return rounded(x).log()
