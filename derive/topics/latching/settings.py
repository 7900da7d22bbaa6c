"""What the options fix: threshold, stored interval, contraction, and whether they fit together."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb, ctx, fmpq

from derive.authoring import decimal
from derive.core import InputError
from derive.topics.latching import Options

BITS = 256
USUAL = Fraction(4, 5)
GRID = 1000
"""Left ends of the stored interval are looked for among the multiples of 1/1000."""


@dataclass(frozen=True, slots=True)
class Latch:
    """``threshold`` h*, ``edge`` b with tanh(w b - v) >= b, the slope ``contraction`` q there, below 1; the attracting states
    ``rest`` without input and ``worst`` under the constant input -v."""

    threshold: arb
    edge: Fraction
    contraction: arb
    rest: arb
    worst: arb


def ball(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))


def latch(options: Options) -> Latch:
    """Raises InputError where the bit is not held, or [b, 1] does not hold it."""
    with ctx.workprec(BITS):
        w, v = ball(options.weight), ball(options.inputs)
        threshold = _threshold(w)
        if not v < threshold:
            raise InputError(
                f"inputs = {options.inputs} can erase the bit: with weight = {options.weight} the unit holds it against inputs "
                f"below {decimal(threshold.lower(), 4)}; choose a smaller bound or a larger weight"
            )
        edge = _edge(options, w, v)
        contraction = w * (1 - (w * ball(edge) - v).tanh() ** 2)
        return Latch(threshold, edge, contraction, _attractor(w, arb(0)), _attractor(w, -v))


def _threshold(w: arb) -> arb:
    """sqrt(w (w - 1)) - artanh sqrt(1 - 1/w)."""
    c = (1 - 1 / w).sqrt()
    return w * c - c.atanh()


def _holds(edge: Fraction, w: arb, v: arb) -> bool:
    """tanh maps [edge, 1] into itself under every allowed input, with slopes below 1."""
    image = (w * ball(edge) - v).tanh()
    return bool(image >= ball(edge)) and bool(w * (1 - image**2) < 1) and bool(w * ball(edge) >= v)


def _edge(options: Options, w: arb, v: arb) -> Fraction:
    fitting = [Fraction(j, GRID) for j in range(1, GRID) if _holds(Fraction(j, GRID), w, v)]
    if options.basin is None:
        if _holds(USUAL, w, v):
            return USUAL
        if not fitting:
            raise InputError(
                f"inputs = {options.inputs} is too close to what weight = {options.weight} can hold; choose a smaller bound"
            )
        return fitting[len(fitting) // 2]
    if not _holds(options.basin, w, v):
        room = (
            f"choose one from {fitting[0]} to {fitting[-1]}" if fitting else "choose smaller inputs or a larger weight"
        )
        raise InputError(
            f"basin = {options.basin} does not hold the bit: [{options.basin}, 1] is not mapped into itself with slopes below 1; {room}"
        )
    return options.basin


def _attractor(w: arb, u: arb) -> arb:
    """The upper fixed point of tanh(w x + u), from iterates that fall to it."""
    x = arb(1)
    for _ in range(20_000):
        following = (w * x + u).tanh().mid()
        if abs(x - following) < arb(2) ** -100:
            break
        x = following
    return x


def kept_interval(options: Options) -> tuple[Fraction, Fraction]:
    """[low, high] that the noisy chaotic latch never leaves. Raises InputError where it may."""
    r, noise = options.rate, options.noise
    high = r / 4 + noise
    low = r * high * (1 - high) - noise
    if high >= 1 or low <= 0 or low < 1 - high:
        raise InputError(
            f"rate = {r} with noise = {noise}: the chaotic latch may lose its sign, since [{float(low):.4g}, {float(high):.4g}] is not "
            "kept inside (0, 1); choose a smaller rate or less noise (and a rate from about 3)"
        )
    return low, high
