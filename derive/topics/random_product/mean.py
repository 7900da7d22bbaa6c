"""Section: what the zero mean does, and the residual form (claims B4, F4)."""

from __future__ import annotations

from derive.authoring import approximate, integer, random_family, rational, real, scope, step
from derive.core import Block, Prose, Section
from derive.kernel.terms import ONE, ZERO, symbol
from derive.topics.random_product import Options
from derive.topics.random_product.product import PRODUCT
from derive.topics.random_product.weights import Weights, family, words

RESIDUAL = r"\prod_{i=1}^{n} (1 + w_i)"


def mean(options: Options, weights: Weights) -> Section:
    """(v + m^2)^n - m^(2n), and its two ends: m = 0 and m = 1."""
    return Section(
        "mean", "What the zero mean does", (*_general(), *_own(options, weights), *_residual(options), *_typical())
    )


def _general() -> tuple[Block, ...]:
    letters = (integer("n", r"n \ge 1"), real("v", r"v > 0"), real("m"))
    declared = scope(*letters, random_family("w", "moments", symbol("m"), symbol("v")))
    return (
        Prose(
            "Now give every weight the mean $m$. Independence is as before; only the mean of $P_n$ no longer vanishes."
        ),
        step(
            r"\operatorname{E}[w_1^{2}] = v + m^{2}",
            "The mean square of one weight.",
            declared,
            ledger=("B4",),
        ),
        step(
            rf"\operatorname{{E}}[({PRODUCT})^{{2}}] = \left( v + m^{{2}} \right)^{{n}}",
            "Mean squares multiply, as before.",
            declared,
            ledger=("B4",),
        ),
        step(
            rf"\operatorname{{E}}[{PRODUCT}]^{{2}} = m^{{2 n}}",
            "So do means.",
            declared,
            ledger=("B4",),
        ),
        step(
            rf"\operatorname{{Var}}[{PRODUCT}] = \left( v + m^{{2}} \right)^{{n}} - m^{{2 n}}",
            "The difference is the variance. With $m = 0$ it is $v^n$ again.",
            declared,
            ledger=("B4",),
        ),
    )


def _own(options: Options, weights: Weights) -> tuple[Block, ...]:
    if not weights.mean:
        return ()
    n, square, m = options.n, rational(weights.square), rational(weights.mean)
    general = rf"\left( {square} \right)^{{n}} - \left( {m} \right)^{{2 n}}"
    formula = rf"\left( {square} \right)^{{{n}}} - \left( {m} \right)^{{{2 * n}}}"
    return (
        Prose(
            f"**The weights of this handout** are {words(weights)}: mean $m = {m}$, mean square $v + m^2 = {square}$."
        ),
        step(
            rf"\operatorname{{Var}}[{PRODUCT}] = {general}",
            "The formula for these weights.",
            scope(integer("n", r"n \ge 1"), family(weights)),
            ledger=("B4",),
        ),
        approximate(formula, f"For $n = {n}$:", scope(), options.digits, ledger=("B4",)),
    )


def _residual(options: Options) -> tuple[Block, ...]:
    n = options.n
    letters = (integer("n", r"n \ge 1"), real("v", r"v > 0"))
    declared = scope(*letters, random_family("w", "moments", ZERO, symbol("v")))
    one = scope(*letters, random_family("w", "moments", ONE, symbol("v")))
    c = scope(integer("n", r"n \ge 1"), real("c", r"c > 0"))
    return (
        Prose(
            "**The residual form.** The other end is $m = 1$: a layer that passes its input on and adds a little, $h_t = (1 + w_t) h_{t-1}$. "
            "Residual and skip connections live here."
        ),
        step(
            rf"\operatorname{{Var}}[{RESIDUAL}] = (1 + v)^{{n}} - 1",
            "The general formula with $m = 1$.",
            declared,
            ledger=("B4", "F4"),
        ),
        step(
            rf"\operatorname{{E}}[{PRODUCT}] = 1",
            "The mean stays 1, at any depth, when every factor has mean 1.",
            one,
            ledger=("F4",),
        ),
        step(
            r"(1 + v)^{n} - 1 \ge n v",
            "Bernoulli: at least $n v$, and close to it while $n v$ is small.",
            one,
            ledger=("B4", "F4"),
        ),
        approximate(
            r"1.01^{10} - 1",
            "For $v = 1/100$ and ten layers, against $n v = 0.1$:",
            scope(),
            4,
            ledger=("B4",),
        ),
        step(
            r"\lim_{n \to \infty} \left( \left( 1 + \frac{c}{n} \right)^{n} - 1 \right) = e^{c} - 1",
            "If each layer gets the variance $c/n$, depth costs nothing: the variance of the output has a limit.",
            c,
            ledger=("F4",),
        ),
        approximate(
            rf"\left( 1 + \frac{{1}}{{{n}}} \right)^{{{n}}} - 1",
            f"With $c = 1$ and $n = {n}$ layers the variance is",
            scope(),
            options.digits,
            ledger=("F4",),
        ),
        approximate(r"e - 1", "In the limit it is", scope(), options.digits, ledger=("F4",)),
    )


def _typical() -> tuple[Block, ...]:
    small = scope(real("v", r"v > 0", r"v < 1"))
    x = scope(real("x", r"x > -1"))
    return (
        Prose(
            "A typical product is smaller than its mean, here too. For $\\lvert x \\rvert < 1$ the logarithm of a factor is "
            "$\\ln(1 + x) = x - x^2/2 + \\dots$; the mean of the first term is 0, that of the second $-v/2$."
        ),
        step(
            r"\ln(1 + x) \le x - \frac{x^{2}}{2} + \frac{x^{3}}{3}",
            "The expansion, as an inequality. So for a law that is symmetric about 0 and stays above $-1$, $\\operatorname{E} \\ln(1 + w) \\le -v/2$.",
            x,
            ledger=("F4",),
        ),
        step(
            r"\frac{1}{2} \ln(1 - r) + \frac{1}{2} \ln(1 + r) = \frac{1}{2} \ln(1 - r^{2})",
            "For fair signs, $w_i = \\pm r$ with $v = r^2 < 1$, the mean of the logarithm has a closed form.",
            scope(real("r", r"r > 0", r"r < 1")),
            ledger=("F4",),
        ),
        step(
            r"\ln(1 - v) \le -v",
            "Halved, this says that the mean of the logarithm is at most $-v/2$.",
            small,
            ledger=("F4",),
        ),
        step(
            r"\lim_{v \to 0^{+}} \frac{\ln(1 - v)}{2 v} = -\frac{1}{2}",
            "For small $v$ it is close to $-v/2$.",
            small,
            ledger=("F4",),
        ),
        Prose(
            "So the typical residual product shrinks like $e^{-n v/2}$ while its mean stays 1 and its variance grows like $e^{n v} - 1$. With "
            "$v = c/n$ all three are harmless: the logarithm drifts by $-c/2$ in the whole network, whatever its depth."
        ),
    )
