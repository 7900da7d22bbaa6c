"""Floating-point arithmetic on exact rationals: round to nearest, ties to even, gradual underflow, infinities and NaN.

IEEE 754 defines each operation as the exact one followed by rounding; so does this module, for any format. Finite numbers are
Fractions; infinities and NaN are the Python floats of that name. (A zero has no sign here.)
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf, isnan, nan

Number = Fraction | float


@dataclass(frozen=True, slots=True)
class Format:
    """``precision`` bits of the significand; normal numbers from 2^low to below 2^(high + 1)."""

    name: str
    precision: int
    low: int
    high: int

    @property
    def tiny(self) -> int:
        """The smallest positive number is 2 to this exponent."""
        return self.low - self.precision + 1

    @property
    def largest(self) -> Fraction:
        return (2 - Fraction(2) ** (1 - self.precision)) * Fraction(2) ** self.high


KNOWN = {
    "double": Format("double", 53, -1022, 1023),
    "single": Format("single", 24, -126, 127),
    "half": Format("half", 11, -14, 15),
    "bfloat16": Format("bfloat16", 8, -126, 127),
}


def binary_exponent(x: Fraction) -> int:
    """The e with 2^e <= |x| < 2^(e+1)."""
    e = abs(x).numerator.bit_length() - x.denominator.bit_length()
    return e if Fraction(2) ** e <= abs(x) else e - 1


def spacing(x: Fraction, form: Format) -> Fraction:
    """The distance of neighbouring numbers of the format in the binade of x, away from 0."""
    exponent = max(binary_exponent(x), form.low) if x else form.low
    return Fraction(2) ** (exponent - form.precision + 1)


def rounded(x: Fraction, form: Format) -> Number:
    """The nearest number of the format, of two the even one; an infinity from half a unit beyond the largest on."""
    if x == 0:
        return Fraction(0)
    step = spacing(x, form)
    y = round(x / step) * step  # Fractions round half to even
    if abs(y) > form.largest:
        return inf if y > 0 else -inf
    return y


def added(x: Number, y: Number, form: Format) -> Number:
    if isinstance(x, Fraction) and isinstance(y, Fraction):
        return rounded(x + y, form)
    return _sign(x) + _sign(y)


def multiplied(x: Number, y: Number, form: Format) -> Number:
    if isinstance(x, Fraction) and isinstance(y, Fraction):
        return rounded(x * y, form)
    return _sign(x) * _sign(y)


def _sign(x: Number) -> float:
    """An infinity or NaN as it is, of a finite number only the sign: all that matters beside an infinity."""
    return float((x > 0) - (x < 0)) if isinstance(x, Fraction) else x


def text(x: Number) -> str | None:
    """LaTeX of what is no finite number; None for a finite one."""
    if isinstance(x, Fraction):
        return None
    return r"\text{NaN}" if isnan(x) else r"\infty" if x > 0 else r"-\infty"


NOT_A_NUMBER = nan
