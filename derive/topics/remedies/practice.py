"""Section: three exercises with judged solutions (claims F1, F2, F3)."""

from __future__ import annotations

from derive.authoring import approximate, exercise, exercises, integer, quoted, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.remedies import Options
from derive.variant import Variant, pick

PLACE = "the sentence of the exercise"


def practice(options: Options, variant: Variant) -> Section:
    return exercises(_leak(options, variant), _sum_of_weights(variant), _gate())


def _leak(options: Options, variant: Variant) -> tuple[Block, ...]:
    letters = scope(integer("tau", r"\tau \ge 1"), real("alpha"), given=(r"\alpha = 1 - 2^{-1/\tau}",))
    T = pick(variant, "horizon", options.horizon, 20, 30, 40, 60, 80, 150, 200, 500)
    return exercise(
        f"Which leak $\\alpha$ keeps half of the gradient over $\\tau$ steps of full saturation? Evaluate it for $\\tau = {T}$.",
        step(
            r"(1 - \alpha)^{\tau} = \frac{1}{2}",
            "Solve for the leak: $\\alpha = 1 - 2^{-1/\\tau}$.",
            letters,
            ledger=("F1",),
        ),
        approximate(rf"1 - 2^{{-1/{T}}}", f"For $\\tau = {T}$:", scope(), options.digits, ledger=("F1",)),
    )


def _sum_of_weights(variant: Variant) -> tuple[Block, ...]:
    lag = pick(variant, "lag", 3, 4, 5, 6, 7)
    positive = rf"1^{{{lag}}} - a \cdot 1^{{{lag - 1}}} - b > 0"
    letters = scope(real("a", "0 < a", "a < 1"), real("b", "0 < b", "b < 1"))
    return exercise(
        f"True or false: in $h_t = a h_{{t-1}} + b h_{{t-{lag}}}$ with $0 < a, b < 1$ the influence of $h_0$ vanishes, because both weights are below 1.",
        Prose(
            f"False: there are many paths. With $p(x) = x^{lag} - a x^{lag - 1} - b$ the rate is below 1 only if $p(1)$ is positive."
        ),
        quoted(
            positive,
            "It fails where the weights add up to 1 or more.",
            letters,
            PLACE,
            "the influence of $h_0$ vanishes, because both weights are below 1",
            ledger=("F2",),
        ),
        step(
            positive,
            "What is true: it holds if $a + b < 1$.",
            scope(real("a", "0 < a"), real("b", "0 < b"), given=("a + b < 1",)),
            ledger=("F2",),
        ),
    )


def _gate() -> tuple[Block, ...]:
    letters = scope(real("b"), real("y"), given=(r"y = \frac{1}{1 + e^{-b}}",))
    return exercise(
        "A forget gate $y = 1/(1 + e^{-b})$ stands near 1. How does its distance from 1 depend on the bias, and what follows for a memory of $\\tau$ steps?",
        step(
            r"1 - y = \frac{1}{1 + e^{b}} < e^{-b}",
            "The distance falls exponentially with the bias.",
            letters,
            ledger=("F3",),
        ),
        step(
            r"(1 - x)^{t} \ge 1 - t x",
            "By Bernoulli's inequality a gate at the distance $x$ from 1 keeps at least $1 - t x$ over $t$ steps. So a bias of $\\ln(2 \\tau)$ keeps at least half over $\\tau$ steps: the bias need only grow like the logarithm of the memory.",
            scope(integer("t", r"t \ge 0"), real("x", "0 < x", "x < 1")),
            induction=("t", 0),
            ledger=("F3",),
        ),
    )
