"""Figure: descent through a narrow valley, with and without clipping."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import rational
from derive.core import Axis, Curve, Figure, Mark, Note, Panel
from derive.picturing import drawn, evenly, spoken
from derive.topics.clipping import Options

STEEP = 20
"""eta L: the curvature across the valley is that many times 1/eta, as in the text."""
START = Fraction(1, 10)
DOWNHILL = Fraction(1, 2)
"""The constant slope along the valley, in units of the threshold."""
UPDATES = 12
LEVELS = 7
WINDOW = Fraction(3, 2)

Place = tuple[Fraction, Fraction]
"""Across and along the valley, in units of the longest clipped step eta v."""


def valley_figure(options: Options) -> Figure:
    """The loss ½ L x² + (v/2) y with L = 20/eta from x = eta v/10: the text's valley, falling slowly to one side. In units of eta v the paths
    are the same for every eta and v."""
    plain, clipped = _path(clip=False), _path(clip=True)
    marks: tuple[Mark, ...] = (
        *_levels(),
        Curve(*_shown(plain), style="dashed", shade=1, marker="square"),
        Note(-1.25, -0.3, "plain", "above"),
        Curve(*_shown(clipped), "clipped", "solid", marker="disc"),
    )
    reach = drawn(WINDOW)
    axes = (
        Axis(r"across the valley, $x / (\eta v)$", low=-reach, high=reach),
        Axis(r"along it, $y / (\eta v)$", high=0.3, low=-1.8),
    )
    eta, v = rational(options.learning_rate), rational(options.threshold)
    caption = (
        f"Descent in the valley $\\frac{{1}}{{2}} L x^2 + \\frac{{v}}{{2}} y$ with $L = {STEEP}/\\eta$ from $x = \\eta v/10$, here $\\eta = {eta}$ and $v = {v}$: without clipping (dashed) and clipped (solid), "
        "in units of the longest clipped step $\\eta v$; thin lines are places of equal loss."
    )
    far = [abs(x) for x, _ in plain]
    widest, last = max(abs(x) for x, _ in clipped), clipped[-1]
    alt = (
        f"Without clipping each step multiplies the distance from the floor of the valley by {far[1] / far[0]}: after {UPDATES} steps it is {spoken(far[-1])}, out of the picture after the first. "
        f"The clipped path zigzags across the floor, never further out than {spoken(widest)}, and has moved {spoken(-last[1])} along the valley after {UPDATES} steps."
    )
    return Figure("valley", caption, alt, (Panel(marks, *axes),))


def _path(*, clip: bool) -> list[Place]:
    """Exact up to the length of the gradient, whose square root is taken in double precision."""
    x, y = START, Fraction(0)
    path = [(x, y)]
    for _ in range(UPDATES):
        across, along = STEEP * x, DOWNHILL
        length = Fraction(float(across * across + along * along) ** 0.5) if clip else Fraction(0)
        factor = 1 / length if length > 1 else Fraction(1)
        x, y = x - factor * across, y - factor * along
        if clip:
            x, y = Fraction(float(x)), Fraction(float(y))
        path.append((x, y))
    return path


def _shown(path: list[Place]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Up to the first place outside of the window, which the picture cuts off."""
    last = next((k for k, (x, _) in enumerate(path) if abs(x) > WINDOW), len(path) - 1)
    shown = path[: last + 1]
    return tuple(drawn(x) for x, _ in shown), tuple(drawn(y) for _, y in shown)


def _levels() -> tuple[Curve, ...]:
    """Places of equal loss: y = c - (L eta) x² in these units."""
    places = evenly(-0.45, 0.45, 61)
    return tuple(
        Curve(places, tuple(level - STEEP * x * x for x in places), weight="faint")
        for level in evenly(0.0, -1.8, LEVELS)
    )
