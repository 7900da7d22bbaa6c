"""Figure: what is left of a gradient, lag by lag, for each remedy."""

from __future__ import annotations

from flint import arb, ctx

from derive.authoring import rational
from derive.core import Axis, Curve, Figure, Panel
from derive.picturing import counts, drawn_size, spoken
from derive.topics.remedies import Options

BITS = 128
LOWEST, HIGHEST = 2.0**-40, 2.0**40
STYLES = ("solid", "dashed", "dashdot", "dotted", "solid", "dashed")


def lags_figure(options: Options, factors: tuple[tuple[str, arb], ...]) -> Figure:
    """The power of each factor, up to the horizon; ``factors``: name and factor of one step."""
    steps = counts(options.horizon, 41)
    with ctx.workprec(BITS):
        left = [(name, factor, drawn_size(factor**options.horizon)) for name, factor in factors]
        curves = tuple(
            Curve(
                tuple(map(float, steps)),
                tuple(drawn_size(factor**t) for t in steps),
                name,
                STYLES[k % len(STYLES)],
                shade=k,
            )
            for k, (name, factor) in enumerate(factors)
        )
    high = max(4.0, min(HIGHEST, 2 * max(size for _, _, size in left)))
    low = max(LOWEST, min(0.25, min(size for _, _, size in left) / 2))
    axes = Axis("lag (steps)"), Axis("gradient left", "log2", low, high)
    caption = (
        f"What is left of the gradient after each number of steps, up to {options.horizon}: a weight ${rational(options.weight)}$ on its own, a saturated leaky unit with leak ${rational(options.leak)}$, "
        f"a skip of delay {options.delay} alone and beside a direct connection (at its long-run rate), an LSTM cell with forget bias ${rational(options.forget_bias)}$."
    )
    alt = (
        f"Straight lines on a logarithmic axis. After {options.horizon} step{'s' if options.horizon > 1 else ''} there is left: "
        + "; ".join(f"{name}, {spoken(size)}" for name, _, size in left)
    )
    return Figure("lags", caption, alt + ".", (Panel(curves, *axes),))
