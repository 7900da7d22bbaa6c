"""Figure: the gradient by lag."""

from __future__ import annotations

from flint import arb, ctx, fmpq

from derive.authoring import rational
from derive.core import Axis, Curve, Figure, Panel
from derive.picturing import drawn, drawn_size, spoken
from derive.topics.long_term import Options
from derive.topics.long_term.terms import BITS, immediate_of, terms_of

LOWEST = 1e-30


def lags_figure(options: Options) -> Figure:
    """The terms of the gradient of the worked case by their lag, below the bound C w^lag."""
    terms = terms_of(options)[::-1]
    with ctx.workprec(2 * BITS):
        sizes = [drawn_size(abs(term)) for term in terms[:-1]]  # the oldest term is 0: the start is
        largest = max((abs(p) for p in immediate_of(options)), key=drawn)
        w = arb(fmpq(options.weight.numerator, options.weight.denominator))
        bound = [drawn_size(largest * w**n) for n in range(len(sizes))]
    lags = tuple(map(float, range(len(sizes))))
    marks = (
        Curve(lags, tuple(bound), r"$C w^{T-k}$", "dashed", shade=1),
        Curve(lags, tuple(sizes), "terms", "solid", marker="disc" if len(sizes) <= 80 else ""),
    )
    axes = Axis("lag $T - k$ (steps)"), Axis("size of the term", "log10", low=max(LOWEST, min(sizes) / 3))
    caption = f"The terms of $\\partial x_T / \\partial w$ of the worked case, $w = {rational(options.weight)}$ and $T = {options.horizon}$, by their lag (dots), and the bound $C w^{{T-k}}$ (dashed) with $C$ the largest immediate derivative."
    last = len(sizes) - 1
    above = sum(size > high * (1 + 1e-9) for size, high in zip(sizes, bound, strict=True))
    pace = (sizes[last] / sizes[0]) ** (1 / last) if last else 1.0
    alt = (
        f"The term of lag 0 has size {spoken(sizes[0])}, that of lag {last} has {spoken(sizes[last])}: a factor {spoken(pace)} a step on average, against {spoken(options.weight)} for the bound. "
        f"The bound falls from {spoken(bound[0])} to {spoken(bound[last])}; terms above it: {above}."
    )
    return Figure("lags", caption, alt, (Panel(marks, *axes),))
