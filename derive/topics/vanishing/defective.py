"""Section: the hypothesis that hides, and what a defective matrix does instead (claim A2)."""

from __future__ import annotations

from derive.authoring import assume, integer, matrix, quoted, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.vanishing import Options
from derive.topics.vanishing.spectrum import Analysis

BOOK_825 = "Deep Learning (2016), section 8.2.5, equation 8.11"
BLOCK = r"\begin{pmatrix} 1 & 1 \\ 0 & 1 \end{pmatrix}"


def defective(options: Options, analysis: Analysis) -> Section:
    """Smallest example, general Jordan block, growth rate, decay all the same inside the circle."""
    return Section("defective", "The hypothesis that hides", (*_smallest(), *_blocks(), *_growth(), *_own(analysis)))


def _smallest() -> tuple[Block, ...]:
    t = integer("t", r"t \ge 0")
    J = matrix("J", size=2)
    declared = scope(t, J, given=(f"J = {BLOCK}",))
    powers = scope(t, J, given=(f"J = {BLOCK}", r"J^{t} = \begin{pmatrix} 1 & t \\ 0 & 1 \end{pmatrix}"))
    return (
        Prose(
            "The book calls $W = V \\Lambda V^{-1}$ “this simple case” and does not say what happens otherwise. Not every matrix has "
            "it. The smallest that has not:"
        ),
        assume(f"J = {BLOCK}", "a Jordan block; its only eigenvalue is 1.", declared),
        step(
            r"\det(x I - J) = (x - 1)^{2}",
            "The eigenvalue 1 is double.",
            scope(real("x"), J, given=(f"J = {BLOCK}",)),
            ledger=("A2",),
        ),
        step(
            r"J \ne I",
            "With both eigenvalues 1, $\\Lambda = I$ and $V \\Lambda V^{-1} = I$ for every $V$. But $J$ is not $I$, so there is no $V$.",
            declared,
            ledger=("A2",),
        ),
        step(
            r"J^{t} = \begin{pmatrix} 1 & t \\ 0 & 1 \end{pmatrix}",
            "By induction: each multiplication adds 1 in the corner.",
            declared,
            induction=("t", 0),
            ledger=("A2",),
        ),
        quoted(
            r"\lVert J^{t} \rVert_2 = \rho(J)^{t}",
            "The sentence is true of the eigenvalues. The usual inference about the matrix, that with every $\\lvert \\lambda \\rvert = 1$ "
            "its powers keep their size, is false. ($\\lVert A \\rVert_2$ is the largest factor by which $A$ stretches a vector, "
            "$\\rho(A)$ the largest modulus of an eigenvalue.)",
            scope(integer("t", r"t \ge 1"), J, given=(f"J = {BLOCK}",)),
            BOOK_825,
            "Any eigenvalues … that are not near an absolute value of 1 will either explode … or vanish",
            ledger=("A2",),
        ),
        step(
            r"t = \lvert (J^{t})_{1,2} \rvert \le \lVert J^{t} \rVert_2",
            "An entry is never larger than the norm, so the norm grows at least like $t$, without bound.",
            powers,
            axiom="entry_bound",
            ledger=("A2",),
        ),
        Prose(
            "Floating point hides this well: `numpy.linalg.eig` applied to $J$ raises nothing and returns a $V$ that is singular to "
            "sixteen digits, and the corner of $V \\Lambda^{20} V^{-1}$ comes out as 0 instead of 20. Whether a matrix is "
            "diagonalisable is decided here in exact arithmetic.",
            "lecturer",
        ),
    )


def _blocks() -> tuple[Block, ...]:
    lam = real("lambda")
    two = scope(integer("t", r"t \ge 1"), lam)
    three = scope(integer("t", r"t \ge 2"), lam)
    pascal = scope(integer("j", r"j \ge 1"), integer("t"), given=(r"t \ge j",))
    entry = scope(integer("j", r"j \ge 1"), integer("t"), real("lambda"), given=(r"t \ge j",))
    return (
        Prose("For a block of size 2 or 3 with any eigenvalue:"),
        step(
            r"\begin{pmatrix} \lambda & 1 \\ 0 & \lambda \end{pmatrix}^{t} = "
            r"\begin{pmatrix} \lambda^{t} & t \lambda^{t-1} \\ 0 & \lambda^{t} \end{pmatrix}",
            "By induction on $t$.",
            two,
            induction=("t", 1),
            ledger=("A2",),
        ),
        step(
            r"\begin{pmatrix} \lambda & 1 & 0 \\ 0 & \lambda & 1 \\ 0 & 0 & \lambda \end{pmatrix}^{t} = "
            r"\begin{pmatrix} \lambda^{t} & t \lambda^{t-1} & \binom{t}{2} \lambda^{t-2} \\ 0 & \lambda^{t} & t \lambda^{t-1} \\"
            r" 0 & 0 & \lambda^{t} \end{pmatrix}",
            "By induction on $t$.",
            three,
            induction=("t", 2),
            ledger=("A2",),
        ),
        Prose(
            "The pattern holds for every size $k$: write $J = \\lambda I + N$ with ones just above the diagonal in $N$. The entry "
            "$j$ places right of the diagonal of $J^t$ is $\\binom{t}{j} \\lambda^{t-j}$, because it obeys the recurrence that "
            "one more multiplication by $J$ gives, and the recurrence is Pascal's rule:"
        ),
        step(
            r"\binom{t+1}{j} = \binom{t}{j} + \binom{t}{j-1}",
            "Pascal's rule, from the factorials.",
            pascal,
            ledger=("A2",),
        ),
        step(
            r"\binom{t+1}{j} \lambda^{t+1-j} = \lambda \binom{t}{j} \lambda^{t-j} + \binom{t}{j-1} \lambda^{t+1-j}",
            "One multiplication: $\\lambda$ times the entry itself plus the entry to its left.",
            entry,
            ledger=("A2",),
        ),
    )


def _growth() -> tuple[Block, ...]:
    letters = scope(integer("t", r"t \ge 2"), real("r", r"0 < r < 1"))
    return (
        Prose(
            "So on the unit circle a block of size $k$ grows like $t^{k-1}/(k-1)!$, while inside the circle the exponential wins: "
            "defective or not, the powers of a matrix whose eigenvalues are all smaller than 1 in modulus vanish in the end."
        ),
        step(
            r"\binom{t}{2} \sim \frac{t^{2}}{2}",
            "The corner of a block of size 3 with eigenvalue 1 grows like $t^2/2$.",
            letters,
            ledger=("A2",),
        ),
        step(
            r"\lim_{t \to \infty} \binom{t}{2} r^{t-2} = 0",
            "The same corner with an eigenvalue of modulus $r < 1$ vanishes.",
            letters,
            ledger=("A2",),
        ),
        Prose(
            "The corrected statement, by the Jordan normal form (every matrix is similar to a block diagonal one of such blocks): if "
            "$\\rho(W) < 1$ the powers vanish; if $\\rho(W) > 1$ they explode; if $\\rho(W) = 1$ they stay bounded exactly when all blocks "
            "with an eigenvalue on the circle have size 1, and otherwise grow like $t^{k-1}$, $k$ the size of the largest of them."
        ),
    )


def _own(analysis: Analysis) -> tuple[Block, ...]:
    if analysis.diagonalisable:
        return ()
    return (
        Prose(
            "**This is the case of the matrix of this handout.** Its powers, written out in the first section, contain factors "
            "$t$ next to the powers of its eigenvalues."
            if analysis.parts
            else "**This is the case of the matrix of this handout**: its minimal polynomial has a repeated root."
        ),
    )
