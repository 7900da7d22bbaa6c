"""Functions of one scalar, each with its error bound: how far the function moves when its argument moves by the error,
plus what its own rounding loses. Real arguments follow the real definitions, complex ones the principal branches."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from derive.floats.ball import (
    FUNCTION_ULPS,
    UNDEFINED,
    UNIT,
    Ball,
    NoNumericForm,
    Undefined,
    add,
    div,
    exact,
    floating,
    is_complex,
    mul,
    neg,
    rounding,
)


def _scalar(a: Ball, name: str) -> Ball:
    if a.kind != "scalar":
        raise NoNumericForm(f"{name} of a matrix")
    return floating(a)


def _real(a: Ball, name: str) -> Ball:
    a = _scalar(a, name)
    if is_complex(a.value):
        raise NoNumericForm(f"{name} of a complex number")
    return a


def _finish(value: Any, moved: Any) -> Ball:
    return Ball(value, moved + rounding(value, FUNCTION_ULPS))


def exp(a: Ball) -> Ball:
    """|e^(x+h) - e^x| <= |e^x| (e^|h| - 1)."""
    if isinstance(a.value, int) and a.value == 0:
        return Ball(1)
    a = _scalar(a, "exp")
    value = np.exp(a.value)
    return _finish(value, abs(value) * np.expm1(a.error))


def log(a: Ball) -> Ball:
    """|log(x+h) - log x| <= -log(1 - |h|/|x|). Real: x > 0. Complex: x off the cut by more than its error."""
    if isinstance(a.value, int) and a.value == 1:
        return Ball(0)
    a = _scalar(a, "log")
    size = abs(a.value)
    if is_complex(a.value):
        # The cut is the half-line of negative reals; a point whose disc meets it has no one value.
        inside = (size > a.error) & ((a.value.real > a.error) | (abs(a.value.imag) > a.error))
    else:
        inside = a.value > a.error
    value = np.log(np.where(inside, a.value, np.nan))
    return _finish(value, -np.log1p(-a.error / np.where(inside, size, np.nan)))


def sqrt(a: Ball) -> Ball:
    """|sqrt(x+h) - sqrt x| <= |h| / sqrt x, and at most sqrt|h|."""
    if isinstance(a.value, int) and a.value >= 0 and math.isqrt(a.value) ** 2 == a.value:
        return Ball(math.isqrt(a.value))
    a = _scalar(a, "sqrt")
    if is_complex(a.value):
        return exp(mul(Ball(np.float64(0.5)), log(a)))
    value = np.sqrt(np.where(a.value + a.error >= 0, np.maximum(a.value, 0.0), np.nan))
    if exact(a):
        return Ball(value, rounding(value))
    reach = np.sqrt(a.error + abs(np.minimum(a.value, 0.0)))
    moved = np.where(value > reach, a.error / np.where(value > 0, value, 1.0), reach)
    return Ball(value, moved + rounding(value))


def root(a: Ball, k: int) -> Ball:
    """The real k-th root (odd k: of every real number; even k: of x >= 0), the principal one of a complex number."""
    if k <= 0:
        raise Undefined("a root of order below one")
    if k == 1:
        return a
    if k == 2:
        return sqrt(a)
    a = _scalar(a, "a root")
    if is_complex(a.value):
        return exp(div(log(a), Ball(k)))
    size = abs(a.value)
    bad = (a.value < -a.error) if k % 2 == 0 else np.isnan(a.value)
    value = np.where(bad, np.nan, np.sign(a.value) * size ** (1.0 / k))
    # 1/k is itself rounded: x^(1/k) moves by |log x| u relatively.
    own = abs(value) * abs(np.log(np.where(size > 0, size, 1.0))) * UNIT
    if exact(a):
        return _finish(value, own)
    far = 2.0 * (size + a.error) ** (1.0 / k)
    near = abs(value) * np.expm1(-np.log1p(-a.error / np.where(size > a.error, size, np.inf)) / k)
    return _finish(value, own + np.where(size > 2 * a.error, near, far))


def absolute(a: Ball) -> Ball:
    """|x|: moves at most as much as x."""
    if isinstance(a.value, int) and a.kind == "scalar":
        return Ball(abs(a.value))
    a = _scalar(a, "the absolute value")
    value = abs(a.value)
    return Ball(value, a.error + rounding(value, 4.0) if is_complex(a.value) else a.error)


def _circular(function: Callable[[Any], Any], name: str) -> Callable[[Ball], Ball]:
    def rule(a: Ball) -> Ball:
        a = _scalar(a, name)
        slope = np.cosh(abs(a.value.imag) + a.error) if is_complex(a.value) else 1.0
        return _finish(function(a.value), a.error * slope)

    return rule


sin = _circular(np.sin, "sin")
cos = _circular(np.cos, "cos")


def tan(a: Ball) -> Ball:
    """sin / cos: not defined where the cosine may vanish."""
    return div(sin(a), cos(a))


def _hyperbolic(function: Callable[[Any], Any], name: str) -> Callable[[Ball], Ball]:
    def rule(a: Ball) -> Ball:
        a = _scalar(a, name)
        return _finish(function(a.value), a.error * np.cosh(abs(a.value.real) + a.error))

    return rule


sinh = _hyperbolic(np.sinh, "sinh")
cosh = _hyperbolic(np.cosh, "cosh")


def tanh(a: Ball) -> Ball:
    """The slope 1 - tanh^2 is at most 1."""
    a = _real(a, "tanh")
    return _finish(np.tanh(a.value), a.error)


def arctan(a: Ball) -> Ball:
    """The slope 1/(1 + x^2) is at most 1."""
    a = _real(a, "arctan")
    return _finish(np.arctan(a.value), a.error)


# -------------------------------------------------------------------------------------------------------------- powers


def integer_power(a: Ball, n: int) -> Ball:
    """a^n of a scalar: |(x+h)^n - x^n| <= (|x|+|h|)^n - |x|^n. 0^0 = 1; a negative power of 0 is not defined."""
    if n == 0:
        return Ball(1)
    if n == 1:
        return a
    if n < 0:
        return div(Ball(1), integer_power(a, -n))
    if isinstance(a.value, int):
        if a.value.bit_length() * n > 4096:
            return UNDEFINED
        return Ball(a.value**n)
    size = abs(a.value)
    value = a.value**n
    # A real power is one library call; NumPy forms small complex powers by repeated products.
    own = rounding(value, FUNCTION_ULPS if not is_complex(value) else 2.0 * n)
    own = own if np.all(value) else np.where(size + a.error == 0, 0.0, own)
    if exact(a):
        return Ball(value, own)
    grown = size**n * np.expm1(n * np.log1p(a.error / np.where(size > 0, size, 1.0)))
    return Ball(value, own + np.where(size > 0, grown, a.error**n))


def power(a: Ball, b: Ball) -> Ball:
    """a^b = exp(b log a) for an exponent that is not an exact integer. Real: a > 0, or a = 0 < b."""
    if b.kind != "scalar" or a.kind != "scalar":
        raise NoNumericForm("a matrix in a power that is not an integer power")
    a, b = floating(a), floating(b)
    if is_complex(a.value) or is_complex(b.value):
        return exp(mul(b, log(a)))
    logarithm = log(a)
    value = np.where(np.isnan(logarithm.value), np.nan, np.where(a.value > 0, a.value, 1.0) ** b.value)
    exponent = abs(b.value) * logarithm.error + (
        0.0 if exact(b) else (abs(logarithm.value) + logarithm.error) * b.error
    )
    if exact(a):
        exponent = np.zeros_like(value) if exact(b) else abs(logarithm.value) * b.error
        zero = (a.value == 0) & (b.value - b.error > 0)
        value = np.where(zero, 0.0, value)
        exponent = np.where(zero, 0.0, exponent)
    return Ball(value, rounding(value, FUNCTION_ULPS) + abs(value) * np.expm1(exponent))


# ------------------------------------------------------------------------------------------------------- combinatorics


def factorial(a: Ball) -> Ball:
    """n! of an exact integer n >= 0."""
    if not isinstance(a.value, int):
        raise NoNumericForm("a factorial of something that is not an integer")
    if a.value < 0 or a.value > 400:
        raise Undefined("a factorial out of range")
    return Ball(math.factorial(a.value))


def binomial(n: Ball, k: Ball) -> Ball:
    """n (n-1) ... (n-k+1) / k! for an exact integer k >= 0."""
    if not isinstance(k.value, int):
        raise NoNumericForm("a binomial coefficient whose lower entry is not an integer")
    if k.value < 0 or k.value > 400:
        raise Undefined("a binomial coefficient out of range")
    if isinstance(n.value, int) and n.value >= 0:
        return Ball(math.comb(n.value, k.value))
    product = Ball(1)
    for j in range(k.value):
        product = mul(product, add(n, neg(Ball(j))))
    return div(product, factorial(k))
