"""Section: three exercises with judged solutions (claims X11, X13, X14)."""

from __future__ import annotations

from derive.authoring import approximate, exercise, exercises, integer, quoted, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.initialization import Options

PLACE = "the sentence of the exercise"


def practice(options: Options) -> Section:
    return exercises(_two_small_weights(options), _leaky(), _funnel())


def _two_small_weights(options: Options) -> tuple[Block, ...]:
    return exercise(
        "Two layers start with both weights at $1/20$; the target strength is $s = 2$, and $\\tau = 1$. When has the strength reached nine tenths of the target?",
        step(
            r"\left( \frac{1}{20} \right)^{2} = \frac{1}{400}", "The strength at the start.", scope(), ledger=("X11",)
        ),
        approximate(
            r"\frac{1}{4} \ln\left( \frac{\frac{9}{5} \left( 2 - \frac{1}{400} \right)}{\frac{1}{400} \left( 2 - \frac{9}{5} \right)} \right)",
            "The formula of the section, with $f = 9/5$.",
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


def _funnel() -> tuple[Block, ...]:
    n = scope(integer("n", r"n \ge 1"))
    return exercise(
        "True or false: under the compromise $v = 2/(n_{\\mathrm{in}} + n_{\\mathrm{out}})$ no layer multiplies the mean square of the signal by more than 3/2.",
        Prose("False. A layer with $4 n$ inputs and $n$ outputs:"),
        quoted(
            r"4 n \cdot \frac{2}{4 n + n} \le \frac{3}{2}",
            "It multiplies by $8/5$.",
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
