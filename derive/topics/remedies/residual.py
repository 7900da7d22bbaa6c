"""Section: residual layers (claim F4)."""

from __future__ import annotations

from derive.authoring import approximate, integer, random_family, rational, real, scope, step
from derive.core import Block, Prose, Section
from derive.kernel.terms import ZERO, symbol
from derive.topics.remedies import Options

PRODUCT = r"\prod_{i=1}^{n} (1 + w_i)"


def residual(options: Options) -> Section:
    return Section(
        "residual", "Residual layers: start from 1, not from 0", (*_moments(), *_scaling(options), *_typical(options))
    )


def _moments() -> tuple[Block, ...]:
    made = scope(integer("n", r"n \ge 1"), real("v", "v > 0"), random_family("w", "moments", ZERO, symbol("v")))
    return (
        Prose(
            "A residual layer adds to its input instead of replacing it: $h_i = h_{i-1} + w_i h_{i-1}$ in the simplest case. The factors are now $1 + w_i$, with independent $w_i$ of mean 0 and variance $v$."
        ),
        step(
            rf"\operatorname{{E}}\left[ {PRODUCT} \right] = 1", "The mean of the product stays 1.", made, ledger=("F4",)
        ),
        step(
            rf"\operatorname{{E}}\left[ \left( {PRODUCT} \right)^{{2}} \right] = (1 + v)^{{n}}",
            "The mean square of one factor is $1 + v$.",
            made,
            ledger=("F4",),
        ),
        step(
            rf"\operatorname{{Var}}\left[ {PRODUCT} \right] = (1 + v)^{{n}} - 1",
            "Subtract the square of the mean.",
            made,
            ledger=("F4",),
        ),
    )


def _scaling(options: Options) -> tuple[Block, ...]:
    v, n = rational(options.variance), options.layers
    letters = scope(integer("n", r"n \ge 1"), real("c", "c > 0"))
    return (
        approximate(
            rf"\left( 1 + {v} \right)^{{{n}}} - 1",
            f"For $n = {n}$ and $v = {v}$ the variance is",
            scope(),
            options.digits,
            ledger=("F4",),
        ),
        step(
            r"\lim_{n \to \infty} \left( \left( 1 + \frac{c}{n} \right)^{n} - 1 \right) = e^{c} - 1",
            "For a fixed $v$ this explodes with the depth; with $v = c/n$ it tends to a limit. Deep residual networks need smaller updates a layer.",
            letters,
            ledger=("F4",),
        ),
        approximate(
            rf"\exp\left( {rational(options.variance * n)} \right) - 1",
            f"The limit for $c = {n} \\cdot {v} = {rational(options.variance * n)}$:",
            scope(),
            options.digits,
            ledger=("F4",),
        ),
    )


def _typical(options: Options) -> tuple[Block, ...]:
    inside = scope(real("x", "0 < x", "x < 1"))
    v = rational(options.variance)
    return (
        Prose(
            "The *typical* size is governed by the mean of $\\ln \\lvert 1 + w \\rvert$. For small weights it is about $w - w^2/2$, so about $-v/2$ in the mean:"
        ),
        step(
            r"\lim_{w \to 0} \frac{\ln(1 + w) - w}{w^{2}} = -\frac{1}{2}",
            "The second term of the logarithm.",
            scope(real("w")),
            ledger=("F4",),
        ),
        step(
            r"\frac{1}{2} \ln(1 + x) + \frac{1}{2} \ln(1 - x) = \frac{1}{2} \ln(1 - x^{2}) < -\frac{x^{2}}{2}",
            "Exactly, for weights $\\pm x$ with equal probability, whose variance is $x^2$: the mean logarithm is even a little less than $-v/2$.",
            inside,
            ledger=("F4",),
        ),
        approximate(
            rf"\exp\left( {options.layers} \cdot \frac{{1}}{{2}} \ln\left( 1 - {v} \right) \right)",
            f"So with $v = {v}$ the typical size after {options.layers} layers of this law is",
            scope(),
            options.digits,
            ledger=("F4",),
        ),
        Prose(
            "Without the 1, a product of weights of variance 1 loses a fixed amount of its typical logarithm at each layer (0.635 for Gaussian weights). Here it loses about $v/2$, and $v$ can be chosen "
            "as small as the depth asks."
        ),
    )
