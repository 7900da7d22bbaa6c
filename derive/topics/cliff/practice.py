"""Section: three exercises with judged solutions (claims D1, D2, X3)."""

from __future__ import annotations

from derive.authoring import approximate, assume, exercise, exercises, extended, integer, quoted, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.cliff import Options


def practice(options: Options) -> Section:
    return exercises(_level(options), _ratio(options), _tanh())


def _level(options: Options) -> tuple[Block, ...]:
    return exercise(
        "Ten parameters are multiplied, all equal to $c > 0$. For which $c$ has the gradient of the product the length 1?",
        Prose("Solve $\\sqrt{10} \\, c^{9} = 1$: $c = 10^{-1/18}$."),
        step(r"\sqrt{10} \left( 10^{-1/18} \right)^{9} = 1", "Inserted.", scope(), ledger=("D1",)),
        approximate(
            r"10^{-1/18}", "As a number: steep and flat meet a little below 1.", scope(), options.digits, ledger=("D1",)
        ),
    )


def _ratio(options: Options) -> tuple[Block, ...]:
    return exercise(
        "A linear unit starts from $x = 1$ with $w = 11/10$ and runs for 50 steps. Compute slope and curvature of the final state as functions of $w$, and their ratio.",
        Prose("By the two formulas for $x w^t$:"),
        approximate(r"50 \left( \frac{11}{10} \right)^{49}", "The slope.", scope(), options.digits, ledger=("X3",)),
        approximate(
            r"50 \cdot 49 \left( \frac{11}{10} \right)^{48}", "The curvature.", scope(), options.digits, ledger=("X3",)
        ),
        step(
            r"\frac{50 \cdot 49 \left( \frac{11}{10} \right)^{48}}{50 \left( \frac{11}{10} \right)^{49}} = \frac{490}{11}",
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
