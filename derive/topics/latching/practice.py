"""Section: three exercises with judged solutions (claims X7, E1, E2)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import approximate, exercise, exercises, quoted, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.latching import Options
from derive.variant import Variant, pick

WEIGHTS = (
    ("2", "3.8", "3.9"),
    ("1", "2.6", "2.7"),
    ("3", "4.9", "5.0"),
    ("4", "6.0", "6.1"),
    ("5", "7.1", "7.2"),
    ("6", "8.2", "8.3"),
)
"""A bound on the inputs, a weight that is too small for it, and one a tenth larger that is not."""
RADII = (("0.9", "0.1"), ("0.8", "0.05"), ("0.75", "0.04"), ("0.95", "0.2"), ("0.96", "0.25"), ("0.98", "0.5"))
"""A contraction q, and 0.01/(1 - q)."""


def practice(options: Options, variant: Variant) -> Section:
    return exercises(_weight(variant), _noise(variant), _converse(variant))


def _weight(variant: Variant) -> tuple[Block, ...]:
    bound, small, large = pick(variant, "inputs", *WEIGHTS)
    return exercise(
        f"How large must the weight of a tanh unit be to hold its sign against inputs up to {bound}, to one decimal?",
        Prose("The threshold grows with $w$. Try values:"),
        step(rf"{_threshold(small)} < {bound}", f"$w = {small}$ is too small,", scope(), ledger=("X7",)),
        step(rf"{_threshold(large)} > {bound}", f"$w = {large}$ is large enough.", scope(), ledger=("X7",)),
    )


def _threshold(w: str) -> str:
    c = rf"\sqrt{{1 - \frac{{1}}{{{w}}}}}"
    return rf"\sqrt{{{w} ({w} - 1)}} - \frac{{1}}{{2}} \ln\left( \frac{{1 + {c}}}{{1 - {c}}} \right)"


def _noise(variant: Variant) -> tuple[Block, ...]:
    q, radius = pick(variant, "contraction", *RADII)
    small, words = pick(
        variant, "gradient", ("0.001", "thousandth"), ("0.01", "hundredth"), ("0.0001", "ten-thousandth")
    )
    t = next(t for t in range(1, 500) if Fraction(q) ** t < Fraction(small))
    power = {"0.001": "10^{-3}", "0.01": "10^{-2}", "0.0001": "10^{-4}"}[small]
    return exercise(
        f"A memory contracts by $q = {q}$ a step. After how many steps is the gradient below one {words}? How far can disturbances of size $0.01$ a step push the state?",
        Prose(f"Solve $q^t = {power}$, and use the tube."),
        approximate(rf"\frac{{\ln {small}}}{{\ln {q}}}", f"So after {t} steps;", scope(), 4, ledger=("E1",)),
        step(rf"{q}^{{{t}}} < {small} < {q}^{{{t - 1}}}", "indeed.", scope(), ledger=("E1",)),
        step(rf"\frac{{0.01}}{{1 - {q}}} = {radius}", "The radius of the tube.", scope(), ledger=("X6",)),
    )


def _converse(variant: Variant) -> tuple[Block, ...]:
    r = pick(variant, "hump", "4", "3", r"\frac{5}{2}", r"\frac{7}{2}", r"\frac{18}{5}")
    letters = scope(real("y", r"0 < y < 1"))
    return exercise(
        "True or false: a latch that keeps its bit for ever maps some interval into itself with slopes below 1.",
        Prose(
            f"False. Take $y \\mapsto {r} y (1 - y)$, which maps $[0, 1]$ into itself and keeps the sign in front of $y$."
        ),
        step(rf"{r} y (1 - y) \le 1", "It maps the interval into itself,", letters, ledger=("E2",)),
        quoted(
            rf"\lvert {r} (1 - 2 y) \rvert \le 1",
            "but its slopes are not bounded by 1.",
            letters,
            "the sentence of the exercise",
            "with slopes below 1",
            ledger=("E2",),
        ),
    )
