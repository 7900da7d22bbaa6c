"""Section: three exercises with solutions."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import approximate, exercise, exercises, integer, matrix, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.power_method.dominant import Top
from derive.topics.power_method.doubles import float_run

FIBONACCI = r"F = \begin{pmatrix} 1 & 1 \\ 1 & 0 \end{pmatrix}"
SMALL = r"B = \begin{pmatrix} 4 & 1 \\ 2 & 3 \end{pmatrix}"


def practice() -> Section:
    return exercises(_fibonacci(), _no_overlap(), _shift())


def _fibonacci() -> tuple[Block, ...]:
    F = scope(real("x"), matrix("F", size=2), given=(FIBONACCI,))
    roots = scope()
    golden = r"\frac{1 + \sqrt{5}}{2}"
    other = r"\frac{1 - \sqrt{5}}{2}"
    return exercise(
        "The matrix $F$ with rows $(1, 1)$ and $(1, 0)$ takes $(f_t, f_{t-1})^\\top$ to $(f_{t+1}, f_t)^\\top$ for the Fibonacci numbers. To what does $f_{t+1} / f_t$ tend, and how fast?",
        Prose("This is the power method for $F$, which is symmetric."),
        step(r"\det(x I - F) = x^{2} - x - 1", "The characteristic polynomial, with $F$ as given.", F),
        step(rf"\left( {golden} \right)^{{2}} - {golden} - 1 = 0", "Its larger root is the golden ratio,", roots),
        step(rf"\left( {other} \right)^{{2}} - {other} - 1 = 0", "the other one is negative and small.", roots),
        approximate(
            rf"\left\lvert \frac{{{other}}}{{{golden}}} \right\rvert",
            "The ratio tends to the golden ratio, and the error shrinks at each step by about",
            roots,
            4,
        ),
    )


def _no_overlap() -> tuple[Block, ...]:
    given = scope(
        matrix("B", size=2),
        vector("u", size=2),
        vector("x", size=2),
        given=(SMALL, r"u = \begin{pmatrix} 2 \\ 1 \end{pmatrix}", r"x = \begin{pmatrix} 1 \\ -2 \end{pmatrix}"),
    )
    powers = scope(
        integer("t", r"t \ge 0"),
        matrix("B", size=2),
        given=(SMALL,),
    )
    return exercise(
        "For the matrix $B$ with rows $(4, 1)$ and $(2, 3)$, which starts never find the dominant eigenvalue in exact arithmetic? Does rounding help them?",
        Prose(
            "The dominant eigenvalue is 5; its left eigenvector is $u = (2, 1)^\\top$. The starts without overlap are the multiples of $x = (1, -2)^\\top$."
        ),
        step(r"u^\top B = 5 u^\top", "A left eigenvector.", given),
        step(r"u^\top x = 0", "No overlap.", given),
        step(r"B x = 2 x", "The start is an eigenvector for the other eigenvalue, 2.", given),
        step(
            r"B^{t} = \frac{5^{t}}{3} \begin{pmatrix} 2 & 1 \\ 2 & 1 \end{pmatrix} + \frac{2^{t}}{3} \begin{pmatrix} 1 & -1 \\ -2 & 2 \end{pmatrix}",
            "All powers of $B$, by induction: the first part annihilates $x$.",
            powers,
            induction=("t", 0),
        ),
        Prose(
            f"In doubles, with division by the length at every step, the run from $x$ is within $45^\\circ$ of the eigenvector $(1, 1)^\\top$ after {_cured()} steps. Scaled, the start is $(a, -2a)$ with one double $a$, since doubling is "
            "exact. The first entry, $4a - 2a$, is exact too; but $2a - 6a$ contains the product $6a$, which has to be rounded, and for many doubles $a$ the second entry is no longer $-2$ times the first."
        ),
    )


def _cured() -> int:
    rows = tuple(tuple(Fraction(entry) for entry in row) for row in ((4, 1), (2, 3)))
    top = Top(Fraction(5), (Fraction(1), Fraction(1)), (Fraction(2, 3), Fraction(1, 3)))
    run = float_run(rows, top, (Fraction(1), Fraction(-2)))
    assert run.cured is not None
    return run.cured


def _shift() -> tuple[Block, ...]:
    given = scope(
        integer("t", r"t \ge 0"),
        real("s"),
        matrix("D", size=2),
        given=(r"D = \operatorname{diag}(1, -2)",),
    )
    vectors = scope(
        matrix("W"), vector("v"), real("lambda"), real("s"), matrix("M"), given=(r"W v = \lambda v",), realised=BUILT
    )
    bounds = scope(real("s", "s > 1/2"))
    return exercise(
        "The power method on $D = \\operatorname{diag}(1, -2)$ finds $-2$. How can it be made to find the largest eigenvalue as a number, 1?",
        Prose("Shift: use $W + s I$ with a number $s$. The eigenvectors stay, the eigenvalues move by $s$."),
        step(r"(W + s I) v = (\lambda + s) v", "For any $W$ with $W v = \\lambda v$.", vectors),
        step(r"D + s I = \operatorname{diag}(1 + s, -2 + s)", "Here.", given),
        step(
            r"\lvert 1 + s \rvert > \lvert -2 + s \rvert",
            "The eigenvalue that belongs to 1 leads as soon as $s > 1/2$.",
            bounds,
        ),
        Prose("Subtract $s$ from the result. With $s = 2$ the other eigenvalue becomes 0, and one step is enough."),
    )


BUILT = {"W": r"\frac{\lambda}{v^\top v} v v^\top + M \left( I - \frac{1}{v^\top v} v v^\top \right)"}
"""W with W v = lambda v, from arbitrary v and M."""
