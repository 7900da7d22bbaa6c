"""Section: why an eigenvalue routine cannot see a defective matrix (claim A2)."""

from __future__ import annotations

from derive.authoring import approximate, assume, integer, matrix, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.floating_point import Options
from derive.topics.floating_point.arithmetic import Format

BLOCK = r"J = \begin{pmatrix} 1 & 1 \\ 0 & 1 \end{pmatrix}"


def eigenvectors(options: Options, form: Format) -> Section:
    """The routine's answer for a Jordan block is an exact answer for a neighbour; the formula for powers then says I."""
    return Section(
        "eigenvectors",
        "A matrix without enough eigenvectors",
        (*_block(options, form), *_neighbour(), *_looks_fine(options, form)),
    )


def _block(options: Options, form: Format) -> tuple[Block, ...]:
    p = form.precision
    V = rf"V = \begin{{pmatrix}} 1 & -1 \\ 0 & 2^{{{1 - p}}} \end{{pmatrix}}"
    size = (matrix("J", size=2), matrix("V", size=2))
    given = scope(*size, given=(BLOCK, V))
    return (
        Prose(
            "The formula $W^t = V \\Lambda^t V^{-1}$ needs a full set of eigenvectors. The smallest matrix without one is $J$ below; its only eigenvalue is 1, and only the multiples of $(1, 0)^\\top$ are eigenvectors. "
            "A numerical routine is not told so. It returns the eigenvalues 1 and 1 and, as second column of $V$, something like this:"
        ),
        assume(BLOCK, "no two independent eigenvectors.", given),
        assume(V, "what a routine offers.", given),
        step(
            rf"J V - V = \begin{{pmatrix}} 0 & 2^{{{1 - p}}} \\ 0 & 0 \end{{pmatrix}}",
            "The columns are eigenvectors up to the spacing above 1: no check within rounding error objects.",
            given,
            ledger=("A2",),
        ),
        step(
            r"J^{20} = \begin{pmatrix} 1 & 20 \\ 0 & 1 \end{pmatrix}",
            "The truth.",
            given,
            ledger=("A2",),
        ),
        step(
            r"V I^{20} V^{-1} = I",
            "The formula with $\\Lambda = I$: the 20 is gone, whatever $V$ is.",
            given,
            ledger=("A2",),
        ),
        approximate(r"\kappa(V)", "The only warning is the condition number of $V$.", given, 2, ledger=("A2",)),
    )


def _neighbour() -> tuple[Block, ...]:
    t = integer("t", r"t \ge 0")
    letters = (real("epsilon", r"\epsilon > 0"), matrix("J", size=2), matrix("V", size=2), matrix("D", size=2), t)
    near = r"J = \begin{pmatrix} 1 & 1 \\ 0 & 1 + \epsilon \end{pmatrix}"
    V = r"V = \begin{pmatrix} 1 & 1 \\ 0 & \epsilon \end{pmatrix}"
    D = r"D = \operatorname{diag}(1, 1 + \epsilon)"
    given = scope(*letters, given=(near, V, D))
    power = r"\frac{(1 + \epsilon)^{t} - 1}{\epsilon}"
    return (
        Prose(
            "Nothing is wrong with the routine. Its answer is close to the *exact* answer for a matrix next door, which does have two eigenvectors. From here on $J$ is this one, with a small $\\epsilon > 0$:"
        ),
        assume(near, "next door.", given),
        assume(V, "its eigenvectors, nearly parallel.", given),
        assume(D, "its eigenvalues.", given),
        step(r"J V = V D", "Exactly.", given, ledger=("A2",)),
        step(
            rf"V D^{{t}} V^{{-1}} = \begin{{pmatrix}} 1 & {power} \\ 0 & (1 + \epsilon)^{{t}} \end{{pmatrix}}",
            "Its powers. The corner is a difference of nearly equal numbers, divided by their tiny distance.",
            given,
            ledger=("A2",),
        ),
        step(
            rf"\lim_{{\epsilon \to 0}} {power} = t",
            "In exact arithmetic it tends to $t$, which is right for the limit. In the machine $1 + \\epsilon$ is rounded to 1 first, and the corner is 0.",
            scope(t, real("epsilon")),
            ledger=("A2",),
        ),
    )


def _looks_fine(options: Options, form: Format) -> tuple[Block, ...]:
    p = form.precision
    B = r"B = \begin{pmatrix} 3 & 1 \\ -1 + \delta & 1 \end{pmatrix}"
    even = 1 - p if p % 2 else -p
    return (
        Prose(
            "Other defective matrices look fine. Take a matrix whose double eigenvalue is 2, and disturb one entry by $\\delta$:"
        ),
        step(
            r"\det(x I - B) = (x - 2)^{2} - \delta",
            "The eigenvalues of $B$ with rows $(3, 1)$ and $(-1 + \\delta, 1)$ are $2 \\pm \\sqrt{\\delta}$.",
            scope(real("x"), real("delta"), matrix("B", size=2), given=(B,)),
            ledger=("A2",),
        ),
        approximate(
            rf"\sqrt{{2^{{{even}}}}}",
            f"A disturbance of $2^{{{even}}}$, rounding size, moves them by this much: far more than rounding, and still small enough to look like an answer.",
            scope(),
            options.digits,
            ledger=("A2",),
        ),
        Prose(
            "Whether a matrix is diagonalisable is not a question for floating point: every matrix has diagonalisable ones within rounding error. Decide it in exact arithmetic (the topic `vanishing` does), or do not depend on it."
        ),
    )
