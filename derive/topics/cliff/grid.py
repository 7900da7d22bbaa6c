"""Section: why a plot does not show the cliff (claim D2)."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, ctx

from derive.authoring import approximate, decimal, scope
from derive.core import Block, Prose, Section, Table
from derive.topics.cliff import Options
from derive.topics.cliff.figures import zooms_figure
from derive.topics.cliff.runs import DEPTH, SIDE, WINDOW, on_a_grid
from derive.topics.cliff.unit import ball, bits, ray, visit


def grid(options: Options) -> Section:
    """A grid of 640,000 points against the closed form."""
    seen = on_a_grid()
    w = Fraction(WINDOW[0][1])
    with ctx.workprec(bits(w, DEPTH)):
        W = ball(w)
        truth = visit(W, ray(W), DEPTH).slope
        lost = decimal(truth / arb(seen.largest), 1)
        height = decimal(truth, 2)
    low, high = WINDOW
    blocks: tuple[Block, ...] = (
        Prose(
            f"Plot the length of the gradient for $T = {DEPTH}$ over the window ${low[0]} \\le w \\le {low[1]}$, ${high[0]} \\le b \\le {high[1]}$, at "
            f"${SIDE} \\times {SIDE}$ points, as figures in textbooks do:"
        ),
        Table(
            f"The length of the gradient, $T = {DEPTH}$, {SIDE} × {SIDE} points, double precision",
            ("what", "value"),
            (
                ("median over the grid", f"${seen.median:.3f}$"),
                ("99 % of the points are below", f"${seen.most:.2f}$"),
                ("largest value on the grid", f"${decimal(arb(seen.largest), 2)}$"),
                (f"on the ray at $w = {WINDOW[0][1]:g}$ (closed form)", f"${height}$"),
            ),
        ),
        Prose(
            f"The plot misses the height by a factor of about ${lost}$. The points of the grid lie ${Fraction(3, SIDE - 1)}$ apart in $b$, and the cliff is thinner by many orders of magnitude; which value the grid "
            "happens to hit says nothing about the cliff. A plotted cliff height is a property of the grid. What *is* seen is that the gradient is small almost everywhere: “wide and rather flat regions separated by tiny "
            "regions” (section 10.11.1) is a good description."
        ),
    )
    return Section("grid", "Why a plot does not show it", (*blocks, *_proof(options.digits), zooms_figure(options)))


def _proof(digits: int) -> tuple[Block, ...]:
    return (
        approximate(
            rf"\left( \frac{{7 e^{{-1/2}}}}{{(1 + e^{{-1/2}})^{{2}}}} \right)^{{-{DEPTH}}}",
            "The thickness is about $\\rho^{-T}$: at $w = 7$ that is",
            scope(),
            digits,
            ledger=("D2",),
        ),
        approximate(
            rf"\frac{{3}}{{{SIDE - 1}}}", "The distance of two neighbouring points is", scope(), digits, ledger=("D2",)
        ),
    )
