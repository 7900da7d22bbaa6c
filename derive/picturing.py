"""Words for giving a figure its data: exact and enclosed numbers as floats, places on an axis, numbers in a sentence."""

from __future__ import annotations

from fractions import Fraction
from math import floor, inf, isfinite, log10

from flint import arb, fmpq

SMALLEST, LARGEST = 1e-300, 1e300


def drawn(x: arb | Fraction | float) -> float:
    """A number for a picture: the middle of a ball, and at most LARGEST in modulus."""
    if isinstance(x, Fraction):
        x = arb(fmpq(x.numerator, x.denominator))
    value = float(x.mid()) if isinstance(x, arb) else x
    return max(-LARGEST, min(LARGEST, value))


def drawn_size(x: arb | Fraction | float) -> float:
    """A size for a logarithmic axis: not below SMALLEST."""
    return max(SMALLEST, abs(drawn(x)))


def counts(last: int, most: int = 60) -> tuple[int, ...]:
    """0, ..., last; where these are more than ``most``, evenly thinned."""
    return (
        tuple(sorted({round(last * k / (most - 1)) for k in range(most)})) if last >= most else tuple(range(last + 1))
    )


def evenly(low: float, high: float, many: int) -> tuple[float, ...]:
    """``many`` numbers from low to high, both included."""
    return tuple(low + (high - low) * k / (many - 1) for k in range(many))


def spoken(x: arb | Fraction | float, digits: int = 3) -> str:
    """The number as it is said in a sentence without mark-up: 0.042, 1.23, 45,600, 1.2 × 10^-9."""
    value = drawn(x)
    if value == 0 or not isfinite(value):
        return "0" if value == 0 else ("infinity" if value == inf else "minus infinity")
    exponent = floor(log10(abs(value)))
    if -4 <= exponent < 6:
        text = f"{value:,.{max(0, digits - 1 - exponent)}f}"
        return _trimmed(text)
    mantissa, power = f"{value:.{digits - 1}e}".split("e")
    return f"{_trimmed(mantissa)} × 10^{int(power)}"


def numeral(x: arb | Fraction | float, digits: int = 3) -> str:
    """The number in LaTeX, for a label."""
    text = spoken(x, digits).replace(",", r"\,")
    mantissa, times, power = text.partition(" × 10^")
    if not times:
        return text
    return rf"10^{{{power}}}" if mantissa == "1" else rf"{mantissa} \cdot 10^{{{power}}}"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
