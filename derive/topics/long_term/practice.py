"""Section: three exercises with judged solutions (claims E5, E6, X17)."""

from __future__ import annotations

from derive.authoring import approximate, assume, exercise, exercises, integer, matrix, quoted, scope, step
from derive.core import Block, Prose, Section
from derive.topics.long_term import Options
from derive.variant import Variant, pick

LOSSES = {"0.95": "five", "0.9": "ten", "0.98": "two", "0.97": "three", "0.96": "four", "0.94": "six"}


def practice(options: Options, variant: Variant) -> Section:
    return exercises(_samples(variant), _gate(variant), _radius(variant))


def _samples(variant: Variant) -> tuple[Block, ...]:
    q = pick(variant, "loss", *LOSSES)
    n = pick(variant, "lag", 50, 20, 30, 40, 60, 80)
    often = "every seven steps, nearly" if q == "0.95" else "after so many steps, each time"
    return exercise(
        f"A dependency loses {LOSSES[q]} per cent of its gradient a step, $q = {q}$. Signal and noise are equal at lag 0. How many samples show lag {n} at three standard deviations? After how many more steps does the number double?",
        Prose("$m = 9 q^{-2n}$, and $q^{-2n}$ doubles when $n$ grows by $\\ln 2 / (-2 \\ln q)$."),
        approximate(rf"9 \cdot {q}^{{-{2 * n}}}", f"For lag {n}:", scope(), 4, ledger=("E5",)),
        approximate(rf"\frac{{\ln 2}}{{-2 \ln {q}}}", f"It doubles {often}.", scope(), 3, ledger=("E5",)),
    )


def _gate(variant: Variant) -> tuple[Block, ...]:
    n = pick(variant, "memory", 100, 20, 30, 50, 60, 80, 200, 500)
    f = f"2^{{-1/{n}}}"
    return exercise(
        f"Which constant forget gate keeps half of the gradient over {n} steps? Which bias of a sigmoid gate is that?",
        Prose(f"Solve $f^{{{n}}} = 1/2$; the bias is $\\ln(f / (1 - f))$."),
        step(rf"\left( {f} \right)^{{{n}}} = \frac{{1}}{{2}}", f"So $f = {f}$,", scope(), ledger=("E6",)),
        approximate(f, "very close to 1,", scope(), 4, ledger=("E6",)),
        approximate(
            rf"\ln\left( \frac{{{f}}}{{1 - {f}}} \right)",
            "which takes a large bias.",
            scope(),
            3,
            ledger=("E6",),
        ),
    )


def _radius(variant: Variant) -> tuple[Block, ...]:
    corner = pick(variant, "corner", 2, 3, 4, 5, 6, 7)
    slanted = rf"A = \begin{{pmatrix}} 1/2 & {corner} \\ 0 & 1/2 \end{{pmatrix}}"
    given = scope(integer("t", r"t \ge 1"), matrix("A", size=2), given=(slanted,))
    return exercise(
        "True or false: if the spectral radius of the Jacobian is $1/2$ at every step, no gradient is ever longer than the one it started from.",
        Prose("False at first, although true in the end."),
        assume(slanted, "both eigenvalues are 1/2.", given),
        quoted(
            r"\lVert A \rVert_2 \le 1",
            "One step may already stretch.",
            given,
            "the sentence of the exercise",
            "no gradient is ever longer",
            ledger=("X17",),
        ),
        step(
            rf"A^{{t}} = \begin{{pmatrix}} (1/2)^{{t}} & {2 * corner} t (1/2)^{{t}} \\ 0 & (1/2)^{{t}} \end{{pmatrix}}",
            "By induction: the corner grows at first,",
            given,
            induction=("t", 1),
            ledger=("X17",),
        ),
        step(
            rf"\lim_{{t \to \infty}} {2 * corner} t (1/2)^{{t}} = 0",
            "and vanishes in the end.",
            scope(integer("t", r"t \ge 1")),
            ledger=("X17",),
        ),
    )
