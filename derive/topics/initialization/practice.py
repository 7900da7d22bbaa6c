"""Section: three exercises with judged solutions (claims X11, X13, X14)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import approximate, exercise, exercises, integer, quoted, rational, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.initialization import Options
from derive.variant import Variant, pick

PLACE = "the sentence of the exercise"


def practice(options: Options, variant: Variant) -> Section:
    return exercises(_two_small_weights(options, variant), _leaky(), _funnel(variant))


def _two_small_weights(options: Options, variant: Variant) -> tuple[Block, ...]:
    q = pick(variant, "weight", 20, 10, 25, 30, 40, 50)
    s = pick(variant, "target", 2, 1, 3, 4, 5)
    f, start = rational(Fraction(9 * s, 10)), rational(Fraction(1, q * q))
    return exercise(
        f"Two layers start with both weights at $1/{q}$; the target strength is $s = {s}$, and $\\tau = 1$. When has the strength reached nine tenths of the target?",
        step(
            rf"\left( \frac{{1}}{{{q}}} \right)^{{2}} = {start}", "The strength at the start.", scope(), ledger=("X11",)
        ),
        approximate(
            rf"\frac{{1}}{{{2 * s}}} \ln\left( \frac{{{f} \left( {s} - {start} \right)}}{{{start} \left( {s} - {f} \right)}} \right)",
            f"The formula of the section, with $f = {Fraction(9 * s, 10)}$.",
            scope(),
            max(options.digits, 5),
            ledger=("X11",),
        ),
    )


def _leaky() -> tuple[Block, ...]:
    shares = scope(real("p"), real("q"), real("v"), real("c"), given=("v = p + q", "q = p"))
    n = scope(integer("n", r"n \ge 1"), real("c"))
    return exercise(
        "A leaky ReLU lets $c z$ through where $z < 0$. Which variance of the weights keeps the mean square?",
        Prose(
            "Let $p = q = v/2$ be the shares of the positive and the negative part of a symmetric $z$, as in the text."
        ),
        step(
            r"p + c^{2} q = \frac{1 + c^{2}}{2} v",
            "The positive part passes whole, the negative one scaled by $c$.",
            shares,
            ledger=("X14",),
        ),
        step(
            r"n \cdot \frac{2}{(1 + c^{2}) n} \cdot \frac{1 + c^{2}}{2} = 1",
            "So $v = 2/((1 + c^2) n_{\\mathrm{in}})$. For $c = 0$ this is the rule for ReLU, for $c = 1$ the one for linear units.",
            n,
            ledger=("X14",),
        ),
    )


def _funnel(variant: Variant) -> tuple[Block, ...]:
    k = pick(variant, "funnel", 4, 5, 6, 7, 8, 9)
    n = scope(integer("n", r"n \ge 1"))
    return exercise(
        "True or false: under the compromise $v = 2/(n_{\\mathrm{in}} + n_{\\mathrm{out}})$ no layer multiplies the mean square of the signal by more than 3/2.",
        Prose(f"False. A layer with ${k} n$ inputs and $n$ outputs:"),
        quoted(
            rf"{k} n \cdot \frac{{2}}{{{k} n + n}} \le \frac{{3}}{{2}}",
            f"It multiplies by ${Fraction(2 * k, k + 1)}$.",
            n,
            PLACE,
            "no layer multiplies the mean square of the signal by more than 3/2",
            ledger=("X13",),
        ),
        step(
            r"\frac{2 x}{x + y} < 2",
            "What is true: it is always below 2, for any widths $x$ and $y$.",
            scope(real("x", "x > 0"), real("y", "y > 0")),
            ledger=("X13",),
        ),
    )
