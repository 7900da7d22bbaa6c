"""Section: three exercises with judged solutions (claims G1, G2, G4)."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from derive.authoring import approximate, exercise, exercises, integer, quoted, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.inexact_gradients import Options
from derive.variant import Variant, pick


def practice(options: Options, variant: Variant) -> Section:
    return exercises(_size(variant), _halving(), _window(variant))


def _size(variant: Variant) -> tuple[Block, ...]:
    N = pick(variant, "examples", 1000, 500, 800, 2000, 3000, 5000)
    v = pick(variant, "variance", 4, 1, 2, 3, 5)
    m = ceil(Fraction(v * N, 1) / (Fraction(N - 1, 100) + v))
    enough, whole = 100 * v * (N - m), m * (N - 1)
    return exercise(
        f"The gradients of {N} training examples have variance {v}. How large a minibatch has standard error $1/10$ or less, with and without replacement?",
        Prose(
            f"The variance must be $1/100$ or less. With replacement ${v}/m \\le 1/100$ gives $m = {100 * v}$. Without, solve $\\frac{{{v}}}{{m}} \\cdot \\frac{{{N} - m}}{{{N - 1}}} = \\frac{{1}}{{100}}$."
        ),
        step(
            rf"\frac{{{v}}}{{{100 * v}}} = \frac{{1}}{{100}}", f"With replacement {100 * v},", scope(), ledger=("G1",)
        ),
        step(
            rf"{_without(v, m, N)} {'<' if enough < whole else '='} \frac{{1}}{{100}}",
            f"without replacement {m} suffice,",
            scope(),
            ledger=("G1",),
        ),
        step(rf"{_without(v, m - 1, N)} > \frac{{1}}{{100}}", f"and {m - 1} do not.", scope(), ledger=("G1",)),
    )


def _without(v: int, m: int, N: int) -> str:
    """The variance of the mean of m of N numbers with variance v, drawn without replacement."""
    return rf"\frac{{{v}}}{{{m}}} \cdot \frac{{{N} - {m}}}{{{N - 1}}}"


def _halving() -> tuple[Block, ...]:
    letters = scope(
        real("eta", r"\eta > 0"),
        real("h", r"h > 0"),
        real("sigma", r"\sigma > 0"),
        integer("m", r"m \ge 1"),
        given=(r"\eta h < 2",),
    )
    whole = r"\frac{\eta \sigma^{2}}{h (2 - \eta h) m}"
    half = r"\frac{\frac{\eta}{2} \sigma^{2}}{h \left( 2 - \frac{\eta}{2} h \right) m}"
    return exercise(
        "True or false: halving the learning rate halves the noise floor exactly.",
        Prose("False: the factor $2 - \\eta h$ in the denominator changes, too, in your favour."),
        quoted(
            rf"{half} = \frac{{1}}{{2}} \cdot {whole}",
            "The sentence as a formula.",
            letters,
            "the sentence of the exercise",
            "halves the noise floor exactly",
            ledger=("G4",),
        ),
        step(rf"{half} < \frac{{1}}{{2}} \cdot {whole}", "It falls to less than half.", letters, ledger=("G4",)),
        step(
            rf"\lim_{{\eta \to 0^{{+}}}} \frac{{{half}}}{{{whole}}} = \frac{{1}}{{2}}",
            "For small steps it is half.",
            scope(real("h", r"h > 0"), real("sigma", r"\sigma > 0"), integer("m", r"m \ge 1")),
            ledger=("G4",),
        ),
    )


def _window(variant: Variant) -> tuple[Block, ...]:
    a = pick(variant, "weight", "0.99", "0.9", "0.95", "0.96", "0.97", "0.98")
    K = next(k for k in range(1, 1000) if Fraction(a) ** k < Fraction(1, 100))
    return exercise(
        f"A recurrence has the weight $a = {a}$. How many steps must truncated backpropagation keep so that in a long run the gradient is biased by at most one per cent?",
        Prose(f"The bias is $a^K$, so $K \\ge \\ln 0.01 / \\ln {a}$."),
        approximate(rf"\frac{{\ln 0.01}}{{\ln {a}}}", "The bound.", scope(), 4, ledger=("G2",)),
        step(f"{a}^{{{K}}} < 0.01", f"So {K} steps suffice,", scope(), ledger=("G2",)),
        step(
            f"{a}^{{{K - 1}}} > 0.01",
            f"and {K - 1} do not: a long memory needs a long window.",
            scope(),
            ledger=("G2",),
        ),
    )
