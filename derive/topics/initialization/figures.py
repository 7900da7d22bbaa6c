"""Figure: the strength of a chain while it learns: two layers along logistic curves, and as many as the handout has."""

from __future__ import annotations

from fractions import Fraction
from math import exp

from flint import acb, arb, ctx, fmpq

from derive.authoring import rational
from derive.core import Axis, Curve, Figure, Panel
from derive.picturing import drawn, evenly, numeral, spoken
from derive.topics.initialization import Options

BITS = 64
REACHED = Fraction(9, 10)
OTHERS = (Fraction(1, 2), Fraction(1, 100))
"""Starts that are drawn beside that of the handout."""
STYLES = ("solid", "dashed", "dotted")
MANY = 61
EARLIEST = 1e-2
LAST = Fraction(99, 100)
"""The curves of deep chains end there."""


def learning_figure(options: Options) -> Figure:
    """Strength against time, for target 1 and time constant 1."""
    starts = sorted({options.start, *OTHERS}, reverse=True)
    low = min(starts)
    two = [_logistic(start, _time(2, low, LAST)) for start in starts]
    deep = [_chain(options.depth, start) for start in starts]
    panels = tuple(
        _panel(curves, starts, title, first=not k)
        for k, (curves, title) in enumerate(((two, "two layers"), (deep, f"{options.depth} layers")))
    )
    shown = ", ".join(f"${rational(start)}$" for start in starts)
    caption = (
        f"The strength of a linear chain of equal weights while it learns the target 1 ($\\tau = 1$), from the starts $a_0$ = {shown}: with two layers, where the curves are logistic, and with {options.depth} (time on a logarithmic axis). "
        "The thin line is nine tenths of the target."
    )
    parts = (
        f"from {spoken(start)} two layers take {spoken(_time(2, start, REACHED))} and {options.depth} layers {spoken(_time(options.depth, start, REACHED))}"
        for start in starts
    )
    alt = (
        f"S-shaped curves that wait at the start, rise and level off at 1. The time to nine tenths: {'; '.join(parts)}."
    )
    return Figure("learning", caption, alt, panels)


Path = tuple[tuple[float, ...], tuple[float, ...]]


def _logistic(start: Fraction, last: float) -> Path:
    """a(t) = 1/(1 + c e^(-2t)), c = (1 - a_0)/a_0."""
    c = drawn((1 - start) / start)
    times = evenly(0.0, last, MANY)
    return times, tuple(1 / (1 + c * exp(-2 * t)) for t in times)


def _chain(n: int, start: Fraction) -> Path:
    """For n layers the time is known for each strength, not the other way round: evenly spaced strengths, and more of them where
    little happens."""
    strengths = sorted({start + (LAST - start) * Fraction(k, MANY - 1) ** 2 for k in range(MANY)})
    return tuple(_time(n, start, a) for a in strengths), tuple(drawn(a) for a in strengths)


def _time(n: int, start: Fraction, end: Fraction) -> float:
    """From one strength to another, target 1: the integral of da / (n a^(2 - 2/n) (1 - a))."""
    if start >= end:
        return 0.0
    with ctx.workprec(BITS):
        a, b = (arb(fmpq(q.numerator, q.denominator)) for q in (start, end))
        if n == 2:
            return drawn((b * (1 - a) / (a * (1 - b))).log() / 2)
        power = arb(fmpq(2, n)) - 1
        root = arb(fmpq(1, n))
        rest = acb.integral(lambda w, _: w / (1 - w**n), a**root, b**root).real
        return drawn((a**power - b**power) / (n - 2) + rest)


def _panel(curves: list[Path], starts: list[Fraction], title: str, *, first: bool) -> Panel:
    last = max(times[-1] for times, _ in curves)
    nine = Curve((EARLIEST, last), (drawn(REACHED),) * 2, weight="faint")
    marks = tuple(
        Curve(
            *path,
            f"$a_0 = {numeral(start)}$",
            STYLES[k % len(STYLES)],
            "strong",
            k,
            at=_three_quarters(path[1]),
            side="right",
        )
        for k, (path, start) in enumerate(zip(curves, starts, strict=True))
    )
    time = Axis(r"time $t / \tau$", low=0.0) if first else Axis(r"time $t / \tau$", "log10", low=EARLIEST)
    axes = time, Axis("strength $a$" if first else "", low=0.0, high=1.1)
    return Panel((nine, *marks), *axes, title)


def _three_quarters(strengths: tuple[float, ...]) -> int:
    return next((k for k, a in enumerate(strengths) if a >= 0.75), len(strengths) - 1)
