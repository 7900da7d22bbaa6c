"""The density of ln|P_n| for the named laws, and that of ln|P_n| when each product counts with its square: where the variance is.

With M(z) = E|w|^z, the characteristic function of ln|P_n| is M(i y)^n, and of the weighted law (M(2 + i y)/M(2))^n. Both are
holomorphic around the line; for the Gaussian law and Laplace's they fall exponentially, so that the trapezoidal rule inverts them to
many digits. For the uniform law the density is elementary.
"""

from __future__ import annotations

from cmath import exp
from cmath import log as complex_log
from math import exp as real_exp
from math import lgamma, log, pi, sqrt

from flint import acb, arb, ctx

NEGLIGIBLE = 1e-9
FINEST = 800
"""So many points at most in the trapezoidal sum."""


def densities(law: str, n: int, deviation: float, places: tuple[float, ...], power: int) -> tuple[float, ...]:
    """At the places, the density of ln|w_1 ... w_n|, each product counted with its modulus to that power; ``law`` is gaussian, uniform or
    laplace, ``deviation`` that of one weight."""
    if law == "uniform":
        return tuple(_gamma(n, 1 + power, n * log(sqrt(3) * deviation) - y) for y in places)
    mean, spread = centre(law, n, deviation, power)
    step = 2 * pi / (max(places) - min(places) + 24 * spread + 40)
    values: list[complex] = []
    shift = mean - n * log(deviation)
    for k in range(FINEST):
        values.append(_characteristic(law, n, power, k * step) * exp(-1j * k * step * shift))
        if abs(values[-1]) < NEGLIGIBLE:
            break
    return tuple(max(0.0, _inverted(values, step, y - mean)) for y in places)


def _gamma(n: int, rate: int, x: float) -> float:
    """Of the law of a sum of n independent exponential letters: minus the logarithm of a uniform letter on [0, 1] is one."""
    if x <= 0:
        return float(rate) if x == 0 and n == 1 else 0.0
    return real_exp(n * log(rate) + (n - 1) * log(x) - rate * x - lgamma(n))


def _inverted(values: list[complex], step: float, y: float) -> float:
    rest = sum((value * exp(-1j * k * step * y)).real for k, value in enumerate(values[1:], 1))
    return step / pi * (values[0].real / 2 + rest)


def _characteristic(law: str, n: int, power: int, y: float) -> complex:
    with ctx.workprec(80):
        ratio = _moment(law, acb(power, y)) / _moment(law, acb(power))
        return complex(ratio**n)


def _moment(law: str, z: acb) -> acb:
    """E|w|^z at variance 1."""
    if law == "gaussian":
        return (z * (arb(2).log() / 2)).exp() * ((1 + z) / 2).gamma() / arb.pi().sqrt()
    if law == "laplace":
        return (z * (-arb(2).log() / 2)).exp() * (1 + z).gamma()
    return (z * (arb(3).log() / 2)).exp() / (1 + z)


def centre(law: str, n: int, deviation: float, power: int) -> tuple[float, float]:
    """Mean and standard deviation of ln|P_n|, each product counted with its modulus to that power."""
    h = 1e-4
    value = [complex_log(_characteristic(law, 1, power, y)) for y in (-h, h)]
    drift = (value[1].imag - value[0].imag) / (2 * h)
    variance = -(value[1].real + value[0].real) / (h * h)
    return n * (drift + log(deviation)), sqrt(n * variance)
