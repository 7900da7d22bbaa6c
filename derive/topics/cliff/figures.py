"""Figures: the cliff at three zooms with the closed form, and descent from its edge with and without clipping."""

from __future__ import annotations

from fractions import Fraction
from math import floor, log10

from flint import arb, ctx

from derive.authoring import decimal, rational
from derive.core import Axis, Curve, Figure, Panel, Points
from derive.picturing import drawn, drawn_size, spoken
from derive.topics.cliff import Options
from derive.topics.cliff.unit import ball, bits, multiplier, ray, visit

ACROSS = 60
"""Steps of a panel: one more than so many biases are visited."""
WINDOW = Fraction(3, 2)
SLIVER = 6
"""The last panel reaches to that many times the thickness rho^-T."""
UPDATES = 30
NEAREST = 1e-12
"""Smaller distances are drawn as this one."""
BESIDE = Fraction(1, 10**9)
"""Distance from the ray of the start that no option chooses."""


# ------------------------------------------------------------------------------------------------------------ the zooms


def zooms_figure(options: Options) -> Figure:
    """The length of the gradient along b through the ray, at w of the handout, at three widths."""
    w, T = options.w, options.depth
    with ctx.workprec(bits(w, T)):
        W = ball(w)
        at, rho = ray(W), multiplier(W)
        widths = _widths(rho, T)
        truth = visit(W, at, T).slope
        found = [_across(W, at, T, width) for width in widths]
        lengths = [[drawn_size(value) for _, value in panel] for panel in found]
        height = decimal(truth, options.digits)
    limits = drawn_size(truth), *(value for panel in lengths for value in panel)
    low, high = max(1e-12, min(limits)), 3 * max(limits)
    panels = tuple(
        _zoom(panel, width, drawn_size(truth), (low, high), first=not k)
        for k, (panel, width) in enumerate(zip(found, widths, strict=True))
    )
    caption = (
        f"The length of the gradient against the bias at $w = {rational(w)}$, $T = {T}$, at {ACROSS + 1} biases in each of three windows around the ray, in ball arithmetic. The open circle is the closed form on the ray, "
        f"${height}$."
    )
    parts = ", ".join(
        f"{spoken(largest)} within {spoken(drawn(width))}"
        for largest, width in zip(_beside(found), widths, strict=True)
    )
    alt = f"On the ray the gradient is {spoken(truth)} long. Of the other biases drawn the longest gradient is {parts} of the ray."
    return Figure("zooms", caption, alt, panels)


def _widths(rho: arb, T: int) -> list[arb]:
    """The window of a textbook's plot, the thickness of the cliff, and between them their geometric mean; a shallow ramp is shown at
    widths 1, 1/10 and 1/100 of the window."""
    wide = ball(WINDOW)
    thin = SLIVER * abs(rho) ** -T
    if not thin < wide / 100:
        thin = wide / 100
    return [width.mid() for width in (wide, (wide * thin).sqrt(), thin)]


def _across(w: arb, at: arb, T: int, width: arb) -> list[tuple[Fraction, arb]]:
    """(place in units of the width, length of the gradient)."""
    places = [Fraction(2 * k, ACROSS) - 1 for k in range(ACROSS + 1)]
    return [(place, visit(w, at + ball(place) * width, T).slope.mid()) for place in places]


def _beside(found: list[list[tuple[Fraction, arb]]]) -> list[arb]:
    """The longest gradient of each window, the ray itself left out."""
    return [max((value for place, value in panel if place), key=lambda value: drawn_size(value)) for panel in found]


def _zoom(
    panel: list[tuple[Fraction, arb]], width: arb, truth: float, limits: tuple[float, float], *, first: bool
) -> Panel:
    exponent = floor(log10(drawn_size(width)))
    unit = drawn_size(width) / 10.0**exponent
    beside = [(float(place) * unit, drawn_size(value)) for place, value in panel if place]
    marks = (
        Curve(tuple(x for x, _ in beside), tuple(y for _, y in beside), weight="strong"),
        Points((0.0,), (truth,), "on the ray" if first else "", "circle", 1),
    )
    away = r"b - b_\mathrm{ray}"
    axes = (
        Axis(f"${away}$" if exponent == 0 else rf"$({away}) / 10^{{{exponent}}}$"),
        Axis("length of the gradient" if first else "", "log10", *limits),
    )
    return Panel(marks, *axes)


# -------------------------------------------------------------------------------------------------------------- descent


def descent_figure(options: Options) -> Figure:
    """The loss, and the distance from the start, along gradient descent with and without clipping."""
    plain, clipped = (_descent(options, clip=clip) for clip in (False, True))
    times = tuple(float(t) for t in range(UPDATES + 1))
    losses = [tuple(loss for loss, _ in run) for run in (plain, clipped)]
    ways = [tuple(way for _, way in run) for run in (plain, clipped)]
    panels = (
        Panel(_runs(times, losses), Axis("update"), Axis("loss $E$", low=0.0)),
        Panel(
            _runs(times[1:], [way[1:] for way in ways]),
            Axis("update"),
            Axis("distance from the start", "log10"),
        ),
    )
    start = "$10^{-9}$ beside the ray" if options.b is None else f"$b = {rational(options.b)}$"
    caption = (
        f"Gradient descent from $w = {rational(options.w)}$, {start}, with $\\eta = {rational(options.learning_rate)}$ and $T = {options.depth}$: without clipping (dashed) and clipped at $v = {rational(options.threshold)}$ (dots). "
        "Left the loss, right how far the parameters have moved."
    )
    alt = (
        f"The loss starts at {spoken(losses[0][0])}. After {UPDATES} updates it is {spoken(losses[0][-1])} without clipping and {spoken(losses[1][-1])} with it; "
        f"the first update moves the parameters by {spoken(ways[0][1])} without clipping and by {spoken(ways[1][1])} with it."
    )
    return Figure("descent", caption, alt, panels)


def _runs(times: tuple[float, ...], values: list[tuple[float, ...]]) -> tuple[Curve, ...]:
    return (
        Curve(times, values[0], "plain", "dashed", shade=1),
        Curve(times, values[1], "clipped", marker="disc"),
    )


def _descent(options: Options, *, clip: bool) -> list[tuple[float, float]]:
    """(loss, distance from the start) after each update, in high precision, the middles of balls taken after each."""
    T, eta, v = options.depth, ball(options.learning_rate), ball(options.threshold)
    run: list[tuple[float, float]] = []
    with ctx.workprec(2 * bits(options.w, T)):
        w = start_w = ball(options.w)
        b = start_b = ray(w) + ball(BESIDE) if options.b is None else ball(options.b)
        for _ in range(UPDATES + 1):
            place = visit(w, b, T)
            run.append((drawn(place.loss), max(NEAREST, drawn(((w - start_w) ** 2 + (b - start_b) ** 2).sqrt()))))
            factor = eta * v / place.slope if clip and place.slope > v else eta
            w, b = (w - factor * place.by_w).mid(), (b - factor * place.by_b).mid()
    return run
