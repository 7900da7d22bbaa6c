"""The one-unit network in ball arithmetic: its loss and its gradient, enclosed rigorously, at any point.

x_0 = 1/2, x_t = w sigma(x_{t-1}) + b, E = (sigma(x_T) - 7/10)^2, sigma the logistic function.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, log2

from flint import arb, fmpq

SPARE = 192
"""Bits beyond those that the cliff eats up."""


@dataclass(frozen=True, slots=True)
class Place:
    """State at the end, its derivative by b, the loss and the length of its gradient, with the two partial derivatives."""

    state: arb
    sensitivity: arb
    loss: arb
    by_w: arb
    by_b: arb
    slope: arb


def ball(value: Fraction | int) -> arb:
    q = Fraction(value)
    return arb(fmpq(q.numerator, q.denominator))


def sigma(x: arb) -> arb:
    return 1 / (1 + (-x).exp())


def bits(w: Fraction, depth: int) -> int:
    """Enough for a step that stretches by up to |w|/4, and for the radii of balls."""
    return SPARE + ceil(depth * (1 + 1.5 * max(0.0, log2(abs(w) / 4))))


def ray(w: arb) -> arb:
    """The bias at which 1/2 is a fixed point."""
    half = ball(Fraction(1, 2))
    return half - w * sigma(half)


def multiplier(w: arb) -> arb:
    """rho: the derivative of one step at the fixed point 1/2."""
    s = sigma(ball(Fraction(1, 2)))
    return w * s * (1 - s)


def visit(w: arb, b: arb, depth: int) -> Place:
    """Forward through all steps, with the derivatives by both parameters."""
    x, by_w, by_b = ball(Fraction(1, 2)), arb(0), arb(0)
    for _ in range(depth):
        s = sigma(x)
        slope = w * s * sigma(-x)
        by_w, by_b, x = s + slope * by_w, 1 + slope * by_b, w * s + b
    s = sigma(x)
    error = s - ball(Fraction(7, 10))
    outer = 2 * error * s * sigma(-x)  # sigma(-x) is 1 - s without cancellation
    return Place(x, by_b, error * error, outer * by_w, outer * by_b, abs(outer) * (by_w * by_w + by_b * by_b).sqrt())


def bisected(function: Callable[[arb], arb], low: arb, high: arb, steps: int = 40) -> arb:
    """A place where an increasing function changes its sign."""
    for _ in range(steps):
        middle = ((low + high) / 2).mid()
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return (low + high) / 2


def peak(w: arb, depth: int) -> tuple[arb, arb]:
    """(xi, factor): where across the cliff, b = ray + xi rho^-T, the gradient is longest, and how many times longer than on the
    ray. A search, not a proof: the place to three digits, the value to six."""
    at, scale = ray(w), multiplier(w) ** -depth
    base = visit(w, at, depth).slope

    def factor(xi: arb) -> arb:
        return (visit(w, at + xi * scale, depth).slope / base).mid()

    best = max((ball(Fraction(k, 20)) for k in range(-30, 31)), key=lambda xi: float(factor(xi)))
    width = Fraction(1, 20)
    for _ in range(5):
        width /= 4
        best = max((best + ball(k * width) for k in range(-4, 5)), key=lambda xi: float(factor(xi)))
    return best, factor(best)
