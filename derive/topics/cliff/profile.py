"""Section: across the cliff: how thin it is, and how high beside the ray (claim D2)."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, ctx

from derive.authoring import decimal, extended, integer, rational, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.topics.cliff import Options
from derive.topics.cliff.unit import ball, bisected, bits, multiplier, peak, ray, sigma, visit

WEIGHTS = (Fraction(5), Fraction(6), Fraction(7))
REACH = 16
"""The rise is looked for up to that xi on both sides of the ray."""
BELOW = Fraction(17, 4)
"""A weight just below the threshold."""


def profile(options: Options) -> Section:
    """The linearised deviation; width and height measured in ball arithmetic."""
    return Section("profile", "As thin as it is high", (*_deviation(), *_measured(options)))


def _deviation() -> tuple[Block, ...]:
    letters = scope(integer("t", r"t \ge 0"), real("delta", family=True), real("rho", r"\rho > 1"), real("epsilon"))
    given = extended(letters, r"\delta_0 = 0", r"\delta_t = \rho \delta_{t-1} + \epsilon")
    width = scope(
        integer("T", r"T \ge 1"),
        real("rho", r"\rho > 1"),
        real("epsilon"),
        real("xi"),
        given=(r"\epsilon = \xi \rho^{-T}",),
    )
    return (
        Prose(
            "Leave the ray by a small amount: $b$ larger by $\\epsilon$. To first order the state deviates from $1/2$ by $\\delta_t$, and each step multiplies the deviation by $\\rho$ and adds $\\epsilon$:"
        ),
        step(
            r"\delta_t = \epsilon \frac{\rho^{t} - 1}{\rho - 1}",
            "So it grows geometrically,",
            given,
            induction=("t", 0),
            ledger=("D2",),
        ),
        step(
            r"\epsilon \frac{\rho^{T} - 1}{\rho - 1} = \xi \frac{1 - \rho^{-T}}{\rho - 1}",
            "and with $\\epsilon = \\xi \\rho^{-T}$ the deviation at the end depends on $\\xi$ alone, up to a term that vanishes.",
            width,
            ledger=("D2",),
        ),
        Prose(
            "As long as $\\lvert \\xi \\rvert$ is small the state is still near $1/2$ at the end; where $\\lvert \\xi \\rvert$ is about 1 it has left, to one side or to the other. "
            "So the cliff has a thickness of about $\\rho^{-T}$, and a height of about $\\rho^T$: it is the rise of a fixed size, squeezed together."
        ),
    )


def _measured(options: Options) -> tuple[Block, ...]:
    T = options.depth
    rows = tuple(_row(w, T, options.digits) for w in WEIGHTS)
    header = (
        "$w$",
        "thickness, $x_T$",
        "thickness, $\\sigma(x_T)$",
        "steepest at $\\xi$",
        "steeper than on the ray by",
    )
    return (
        Table(
            f"Across the cliff at $T = {T}$, in ball arithmetic; the place of the steepest slope by search",
            header,
            rows,
        ),
        Prose(
            "The thickness is that of the rise from 10 % to 90 % of the way between the two plateaus of $x_T$, or of $\\sigma(x_T)$. "
            "(The loss itself is no good measure: it passes its minimum on the way.) The ray is where the formula holds, not quite where the gradient is longest: that is a little beside it, by a fixed "
            "$\\xi$ and a factor that hardly change with $T$ once $T$ is large."
        ),
        Prose(
            f"Just below the threshold there is no cliff, only a ramp: at $w = {rational(BELOW)}$ the longest gradient in the neighbourhood of the ray is about ${_ramp(T)}$."
        ),
    )


def _row(w: Fraction, T: int, digits: int) -> tuple[str, ...]:
    with ctx.workprec(bits(w, T)):
        W = ball(w)
        xi, factor = peak(W, T)
        through = _thickness(W, T, squashed=False), _thickness(W, T, squashed=True)
        cells = [f"${rational(w)}$"]
        cells += ["none" if size is None else f"${decimal(size, min(digits, 3))}$" for size in through]
        return (*cells, f"${decimal(xi, 2)}$", f"${decimal(factor, min(digits, 4))}$")


def _thickness(W: arb, T: int, *, squashed: bool) -> arb | None:
    """The distance in b between 10 % and 90 % of the rise; None where it lies outside the reach."""
    at, scale = ray(W), multiplier(W) ** -T

    def value(xi: arb) -> arb:
        state = visit(W, at + xi * scale, T).state
        return (sigma(state) if squashed else state).mid()

    low, high = (sigma(x) if squashed else x for x in (_attractor(W, at, -10), _attractor(W, at, 10)))
    marks = [low + (high - low) * ball(Fraction(share, 10)) for share in (1, 9)]
    if not (value(arb(-REACH)) < marks[0] and value(arb(REACH)) > marks[1]):
        return None
    ends = [bisected(lambda xi, mark=mark: value(xi) - mark, arb(-REACH), arb(REACH)) for mark in marks]  # type: ignore[misc]
    return (ends[1] - ends[0]) * scale


def _attractor(W: arb, b: arb, start: int) -> arb:
    """Where the map leads to from far left or far right."""
    x = ball(start)
    for _ in range(400):
        x = (W * sigma(x) + b).mid()
    return x


def _ramp(T: int) -> str:
    """The longest gradient at a weight below the threshold, by a search over b in steps of 1/4000."""
    with ctx.workprec(bits(BELOW, T)):
        W = ball(BELOW)
        at = ray(W)
        return decimal(
            max((visit(W, at + ball(Fraction(k, 4000)), T).slope.mid() for k in range(-80, 81)), key=float), 2
        )
