"""Section: three exercises with judged solutions (claims E5, E6, X17)."""

from __future__ import annotations

from derive.authoring import assume, exercise, exercises, integer, matrix, quoted, scope, step
from derive.core import Block, Prose, Section
from derive.topics.long_term import Options

SLANTED = r"A = \begin{pmatrix} 1/2 & 2 \\ 0 & 1/2 \end{pmatrix}"


def practice(options: Options) -> Section:
    return exercises(_samples(), _gate(), _radius())


def _samples() -> tuple[Block, ...]:
    return exercise(
        "A dependency loses five per cent of its gradient a step, $q = 0.95$. Signal and noise are equal at lag 0. How many samples show lag 50 at three standard deviations? After how many more steps does the number double?",
        Prose("$m = 9 q^{-2n}$, and $q^{-2n}$ doubles when $n$ grows by $\\ln 2 / (-2 \\ln q)$."),
        step(r"9 \cdot 0.95^{-100} \approx 1520", "For lag 50:", scope(), ledger=("E5",)),
        step(
            r"\frac{\ln 2}{-2 \ln 0.95} \approx 6.76", "It doubles every seven steps, nearly.", scope(), ledger=("E5",)
        ),
    )


def _gate() -> tuple[Block, ...]:
    return exercise(
        "Which constant forget gate keeps half of the gradient over 100 steps? Which bias of a sigmoid gate is that?",
        Prose("Solve $f^{100} = 1/2$; the bias is $\\ln(f / (1 - f))$."),
        step(r"\left( 2^{-1/100} \right)^{100} = \frac{1}{2}", "So $f = 2^{-1/100}$,", scope(), ledger=("E6",)),
        step(r"2^{-1/100} \approx 0.9931", "very close to 1,", scope(), ledger=("E6",)),
        step(
            r"\ln\left( \frac{2^{-1/100}}{1 - 2^{-1/100}} \right) \approx 4.97",
            "which takes a large bias.",
            scope(),
            ledger=("E6",),
        ),
    )


def _radius() -> tuple[Block, ...]:
    given = scope(integer("t", r"t \ge 1"), matrix("A", size=2), given=(SLANTED,))
    return exercise(
        "True or false: if the spectral radius of the Jacobian is $1/2$ at every step, no gradient is ever longer than the one it started from.",
        Prose("False at first, although true in the end."),
        assume(SLANTED, "both eigenvalues are 1/2.", given),
        quoted(
            r"\lVert A \rVert_2 \le 1",
            "One step may already stretch.",
            given,
            "the sentence of the exercise",
            "no gradient is ever longer",
            ledger=("X17",),
        ),
        step(
            r"A^{t} = \begin{pmatrix} (1/2)^{t} & 4 t (1/2)^{t} \\ 0 & (1/2)^{t} \end{pmatrix}",
            "By induction: the corner grows at first,",
            given,
            induction=("t", 1),
            ledger=("X17",),
        ),
        step(
            r"\lim_{t \to \infty} 4 t (1/2)^{t} = 0",
            "and vanishes in the end.",
            scope(integer("t", r"t \ge 1")),
            ledger=("X17",),
        ),
    )
