"""Section: three exercises with judged solutions (claims D1, D2, X3)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import (
    approximate,
    assume,
    exercise,
    exercises,
    extended,
    integer,
    quoted,
    rational,
    real,
    scope,
    step,
)
from derive.core import Block, Prose, Section
from derive.topics.cliff import Options
from derive.variant import Variant, pick


def practice(options: Options, variant: Variant) -> Section:
    return exercises(_level(options, variant), _ratio(options, variant), _tanh())


WORDS = {5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine", 10: "Ten", 12: "Twelve", 15: "Fifteen", 20: "Twenty"}


def _level(options: Options, variant: Variant) -> tuple[Block, ...]:
    m = pick(variant, "parameters", 10, 5, 6, 7, 8, 9, 12, 15, 20)
    root = f"{m}^{{-1/{2 * (m - 1)}}}"
    return exercise(
        f"{WORDS[m]} parameters are multiplied, all equal to $c > 0$. For which $c$ has the gradient of the product the length 1?",
        Prose(f"Solve $\\sqrt{{{m}}} \\, c^{{{m - 1}}} = 1$: $c = {root}$."),
        step(rf"\sqrt{{{m}}} \left( {root} \right)^{{{m - 1}}} = 1", "Inserted.", scope(), ledger=("D1",)),
        approximate(
            root, "As a number: steep and flat meet a little below 1.", scope(), options.digits, ledger=("D1",)
        ),
    )


def _ratio(options: Options, variant: Variant) -> tuple[Block, ...]:
    t = pick(variant, "steps", 50, 20, 25, 30, 40, 60)
    w = pick(variant, "weight", Fraction(11, 10), *map(Fraction, ("6/5", "5/4", "9/8", "13/10", "21/20", "23/20")))
    base = rf"\left( {rational(w)} \right)"
    return exercise(
        f"A linear unit starts from $x = 1$ with $w = {w}$ and runs for {t} steps. Compute slope and curvature of the final state as functions of $w$, and their ratio.",
        Prose("By the two formulas for $x w^t$:"),
        approximate(rf"{t} {base}^{{{t - 1}}}", "The slope.", scope(), options.digits, ledger=("X3",)),
        approximate(
            rf"{t} \cdot {t - 1} {base}^{{{t - 2}}}", "The curvature.", scope(), options.digits, ledger=("X3",)
        ),
        step(
            rf"\frac{{{t} \cdot {t - 1} {base}^{{{t - 2}}}}}{{{t} {base}^{{{t - 1}}}}} = {rational((t - 1) / w)}",
            "The ratio is $(t - 1)/w$.",
            scope(),
            ledger=("X3",),
        ),
    )


def _tanh() -> tuple[Block, ...]:
    letters = scope(integer("t", r"t \ge 0"), real("V", family=True), real("S", family=True), real("w", "w > 1"))
    given = extended(letters, "V_0 = 0", r"V_t = \tanh(0) + w V_{t-1}", "S_0 = 0", r"S_t = 1 + w S_{t-1}")
    return exercise(
        "Take $\\tanh$ instead of the logistic function, start $x_0 = 0$, bias $b = 0$ and $w > 1$. Do the derivatives of $x_t$ by $b$ and by $w$ both explode?",
        Prose(
            "Here $a = 0$ is a fixed point for every $w$, with $\\rho = w \\tanh'(0) = w$ and $c = \\tanh(0)$. The derivative by $b$ explodes:"
        ),
        assume(r"S_t = 1 + w S_{t-1}", "the derivative by $b$, from $S_0 = 0$.", given),
        assume(r"V_t = \tanh(0) + w V_{t-1}", "the derivative by $w$, from $V_0 = 0$.", given),
        step(r"S_t = \frac{w^{t} - 1}{w - 1}", "As before.", given, induction=("t", 0), ledger=("D2",)),
        quoted(
            r"V_t \ge w^{t} - 1",
            "That the derivative by $w$ explodes too is false:",
            given,
            "the question of the exercise",
            "both explode",
            ledger=("D2",),
        ),
        step(
            "V_t = 0",
            "it is 0 for ever, since the state 0 does not feel the weight.",
            given,
            induction=("t", 0),
            ledger=("D2",),
        ),
    )
