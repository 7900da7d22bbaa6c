"""Section: three exercises with judged solutions (claims A2, A3, A5)."""

from __future__ import annotations

from derive.authoring import approximate, assume, exercise, exercises, integer, matrix, quoted, scope, step
from derive.core import Block, Prose, Section
from derive.topics.vanishing import Options

DEFECTIVE = r"A = \begin{pmatrix} 1/2 & 1 \\ 0 & 1/2 \end{pmatrix}"
NILPOTENT = r"N = \begin{pmatrix} 0 & 2 \\ 0 & 0 \end{pmatrix}"


def practice(options: Options) -> Section:
    return exercises(_defective(), _band(options), _contraction())


def _defective() -> tuple[Block, ...]:
    t = integer("t", r"t \ge 1")
    given = scope(t, matrix("A", size=2), given=(DEFECTIVE,))
    return exercise(
        "Write the powers of $A = \\begin{pmatrix} 1/2 & 1 \\\\ 0 & 1/2 \\end{pmatrix}$ in closed form. Do they vanish, although $A$ "
        "is not diagonalisable? By which step has the corner entry fallen below its first value?",
        assume(DEFECTIVE, "one eigenvalue, one direction.", given),
        step(
            r"A^{t} = \begin{pmatrix} (1/2)^{t} & t (1/2)^{t-1} \\ 0 & (1/2)^{t} \end{pmatrix}",
            "By induction; the corner collects one term for each place where the 1 can be used.",
            given,
            induction=("t", 1),
            ledger=("A2",),
        ),
        step(
            r"\lim_{t \to \infty} t (1/2)^{t-1} = 0",
            "The exponential beats the factor $t$, so the powers vanish.",
            scope(t),
            ledger=("A2",),
        ),
        step(r"2 (1/2)^{1} = 1", "After two steps the corner is still at 1.", scope(), ledger=("A2",)),
        step(r"3 (1/2)^{2} < 1", "After three it has fallen below.", scope(), ledger=("A2",)),
    )


def _band(options: Options) -> tuple[Block, ...]:
    return exercise(
        "A network runs for 50 steps. Between which moduli must an eigenvalue lie so that $\\lvert \\lambda \\rvert^{50}$ stays "
        "between $1/100$ and $100$?",
        Prose("Take 50th roots of both bounds: $100^{-1/50} \\le \\lvert \\lambda \\rvert \\le 100^{1/50}$."),
        approximate(r"100^{-1/50}", "From below:", scope(), options.digits, ledger=("A3",)),
        approximate(r"100^{1/50}", "From above:", scope(), options.digits, ledger=("A3",)),
    )


def _contraction() -> tuple[Block, ...]:
    given = scope(matrix("N", size=2), given=(NILPOTENT,))
    return exercise(
        "True or false: if all eigenvalues of a matrix are smaller than 1 in modulus, it makes no vector longer.",
        Prose("False, and a 2 by 2 matrix with entries 0 and 2 shows it."),
        assume(NILPOTENT, "both eigenvalues are 0.", given),
        step(r"N^{2} = 0", "After two steps everything is gone,", given, ledger=("A5",)),
        quoted(
            r"\lVert N \rVert_2 \le 1",
            "but the first step doubles the second basis vector.",
            given,
            "the sentence of the exercise",
            "it makes no vector longer",
            ledger=("A5",),
        ),
    )
