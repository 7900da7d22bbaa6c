"""Section: three exercises with judged solutions (claims X7, E1, E2)."""

from __future__ import annotations

from derive.authoring import exercise, exercises, quoted, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.latching import Options


def practice(options: Options) -> Section:
    return exercises(_weight(), _noise(), _converse())


def _weight() -> tuple[Block, ...]:
    return exercise(
        "How large must the weight of a tanh unit be to hold its sign against inputs up to 2, to one decimal?",
        Prose("The threshold grows with $w$. Try values:"),
        step(rf"{_threshold('3.8')} < 2", "$w = 3.8$ is too small,", scope(), ledger=("X7",)),
        step(rf"{_threshold('3.9')} > 2", "$w = 3.9$ is large enough.", scope(), ledger=("X7",)),
    )


def _threshold(w: str) -> str:
    c = rf"\sqrt{{1 - \frac{{1}}{{{w}}}}}"
    return rf"\sqrt{{{w} ({w} - 1)}} - \frac{{1}}{{2}} \ln\left( \frac{{1 + {c}}}{{1 - {c}}} \right)"


def _noise() -> tuple[Block, ...]:
    return exercise(
        "A memory contracts by $q = 0.9$ a step. After how many steps is the gradient below one thousandth? How far can disturbances of size $0.01$ a step push the state?",
        Prose("Solve $q^t = 10^{-3}$, and use the tube."),
        step(r"\frac{\ln 0.001}{\ln 0.9} \approx 65.56", "So after 66 steps;", scope(), ledger=("E1",)),
        step(r"0.9^{66} < 0.001 < 0.9^{65}", "indeed.", scope(), ledger=("E1",)),
        step(r"\frac{0.01}{1 - 0.9} = 0.1", "The radius of the tube.", scope(), ledger=("X6",)),
    )


def _converse() -> tuple[Block, ...]:
    letters = scope(real("y", r"0 < y < 1"))
    return exercise(
        "True or false: a latch that keeps its bit for ever maps some interval into itself with slopes below 1.",
        Prose(
            "False. Take $y \\mapsto 4 y (1 - y)$, which maps $[0, 1]$ into itself and keeps the sign in front of $y$."
        ),
        step(r"4 y (1 - y) \le 1", "It maps the interval into itself,", letters, ledger=("E2",)),
        quoted(
            r"\lvert 4 (1 - 2 y) \rvert \le 1",
            "but its slopes are not bounded by 1.",
            letters,
            "the sentence of the exercise",
            "with slopes below 1",
            ledger=("E2",),
        ),
    )
