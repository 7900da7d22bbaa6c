"""Section: which component survives, row form and column form told apart (claims A6, A8, A11)."""

from __future__ import annotations

from derive.authoring import approximate, assume, extended, integer, matrix, quoted, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.vanishing import Options
from derive.topics.vanishing.spectrum import Analysis

BOOK_825 = "Deep Learning (2016), section 8.2.5, after equation 8.11"
BOOK_107 = "Deep Learning (2016), section 10.7, equations 10.38 and 10.39"
SPLIT = {
    "P": r"\frac{1}{u^\top v} v u^\top",
    "R": r"(I - P) M (I - P)",
}


def components(options: Options, analysis: Analysis) -> Section:
    """The splitting W = λP + R, what x ⊥ v and x ⊥ u do, the slip in 10.39, domination among exploding directions."""
    return Section(
        "components",
        "Which component survives",
        (*_splitting(analysis), *_two_forms(options), *_example(), *_transposes(), *_domination(options)),
    )


def _splitting(analysis: Analysis) -> tuple[Block, ...]:
    letters = (real("lambda"), vector("u"), vector("v"), matrix("W"), matrix("P"), matrix("R"))
    helpers = (vector("a"), matrix("M"))
    realised = {
        "u": r"\frac{1}{a^\top v} a",
        "W": r"\lambda v u^\top + (I - v u^\top) M (I - v u^\top)",
    }
    eigen = (r"W v = \lambda v", r"u^\top W = \lambda u^\top", r"u^\top v = 1")
    made = (r"P = v u^\top", r"R = W - \lambda P")
    given = scope(*letters, *helpers, given=(*eigen, *made), realised=realised)
    t = integer("t", r"t \ge 1")
    parts = scope(
        t,
        real("lambda"),
        matrix("W"),
        matrix("P"),
        matrix("R"),
        vector("u"),
        vector("v"),
        matrix("M"),
        given=(r"W = \lambda P + R", r"P^{2} = P", r"P R = 0", r"R P = 0"),
        realised=SPLIT,
    )
    return (
        Prose(
            "Let one eigenvalue $\\lambda$ be simple and larger in modulus than all others. It has a right eigenvector $v$ and a "
            "left eigenvector $u$, and for a matrix that is not normal these are *different directions*. Scale them so that "
            "$u^\\top v = 1$, which is possible because $\\lambda$ is simple. " + _dominant(analysis)
        ),
        assume(r"W v = \lambda v", "right eigenvector.", given),
        assume(r"u^\top W = \lambda u^\top", "left eigenvector.", given),
        assume(r"P = v u^\top", "the projector onto $v$ along the vectors orthogonal to $u$.", given),
        assume(r"R = W - \lambda P", "everything else.", given),
        step(r"P^{2} = P", "It is a projector, since $u^\\top v = 1$.", given, ledger=("A6",)),
        step(r"W P = \lambda P = P W", "It commutes with $W$.", given, ledger=("A6",)),
        step(r"R P = 0", "The two parts do not mix.", given, ledger=("A6",)),
        step(r"P R = 0", "They do not mix in the other order either.", given, ledger=("A6",)),
        step(
            r"W^{t} = \lambda^{t} P + R^{t}",
            "So every power splits (by induction; the mixed products are 0). At $t = 0$ it would be false.",
            parts,
            induction=("t", 1),
            ledger=("A6",),
        ),
        Prose(
            "All eigenvalues of $R$ are smaller than $\\lvert \\lambda \\rvert$ in modulus (its spectrum is that of $W$ with $\\lambda$ "
            "replaced by 0), so $R^t$ is small *compared with* $\\lambda^t$, though it need not be small."
        ),
    )


def _dominant(analysis: Analysis) -> str:
    """Whether the matrix of the handout is of this kind."""
    (first, multiplicity), *others = analysis.eigenvalues
    alone = multiplicity == 1 and all(bool(abs(value) < abs(first)) for value, _ in others)
    if alone:
        return "The matrix of this handout has such an eigenvalue."
    return (
        "The matrix of this handout has none: its largest modulus belongs to several eigenvalues, or to a multiple one."
    )


def _two_forms(options: Options) -> tuple[Block, ...]:
    letters = (
        integer("t", r"t \ge 1"),
        real("lambda"),
        matrix("W"),
        matrix("P"),
        matrix("R"),
        vector("u"),
        vector("v"),
        vector("x"),
    )
    helpers = (vector("y"), matrix("M"))
    powers = r"W^{t} = \lambda^{t} P + R^{t}"
    row_built = {
        "u": r"\frac{1}{y^\top v} y",
        "R": r"(I - v u^\top) M (I - v u^\top)",
        "W": r"\lambda v u^\top + R",
    }
    row = scope(
        *letters,
        *helpers,
        vector("z"),
        given=(r"P = v u^\top", powers, r"x^\top v = 0"),
        realised={**row_built, "x": r"z - \frac{z^\top v}{v^\top v} v"},
    )
    column = scope(
        *letters,
        *helpers,
        vector("z"),
        given=(r"P = v u^\top", powers, r"u^\top x = 0"),
        realised={**row_built, "x": r"z - \frac{u^\top z}{u^\top u} u"},
    )
    return (
        Prose(
            "Now the two ways of writing a recurrence part ways. Ours is the "
            + ("second." if options.convention == "column" else "first.")
        ),
        step(
            r"x^\top W^{t} = x^\top R^{t}",
            "Rows: what is orthogonal to the *right* eigenvector, $x^\\top v = 0$, never meets $\\lambda$.",
            row,
            ledger=("A6",),
        ),
        step(
            r"W^{t} x = R^{t} x",
            "Columns: here it is orthogonality to the *left* eigenvector, $u^\\top x = 0$, that counts.",
            column,
            ledger=("A6",),
        ),
    )


def _example() -> tuple[Block, ...]:
    t = integer("t", r"t \ge 0")
    A = matrix("A", size=2)
    defined = r"A = \begin{pmatrix} 2 & 1 \\ 0 & 1 \end{pmatrix}"
    power = r"A^{t} = \begin{pmatrix} 2^{t} & 2^{t} - 1 \\ 0 & 1 \end{pmatrix}"
    basis = (r"e_1 = \begin{pmatrix} 1 \\ 0 \end{pmatrix}", r"e_2 = \begin{pmatrix} 0 \\ 1 \end{pmatrix}")
    plain = scope(t, A, given=(defined,))
    full = scope(t, A, vector("e_1", size=2), vector("e_2", size=2), given=(defined, *basis, power))
    return (
        Prose(
            "The book states this for the row form $x^\\top W^t$ and the principal eigenvector: relative to $\\lvert \\lambda \\rvert^t$, and "
            "under the hypothesis above, that is right. The same words about the column form are false. Take $A$ with right eigenvector $e_1$ for the eigenvalue 2:"
        ),
        assume(defined, "eigenvalues 2 and 1.", plain),
        step(power, "By induction.", plain, induction=("t", 0), ledger=("A6",)),
        step(
            r"A e_1 = 2 e_1",
            "With $e_1 = (1, 0)^\\top$ and $e_2 = (0, 1)^\\top$: the principal eigenvector is $e_1$, and $e_2$ is orthogonal to it.",
            full,
            ledger=("A6",),
        ),
        step(
            r"e_2^\top A^{t} = e_2^\top",
            "Row form: $e_2$ is indeed left behind, it stays as it is while $2^t$ grows.",
            full,
            ledger=("A6",),
        ),
        step(
            r"A^{t} e_2 = \begin{pmatrix} 2^{t} - 1 \\ 1 \end{pmatrix}",
            "Column form: the part that was to be discarded *creates* the growth.",
            full,
            ledger=("A6",),
        ),
        step(
            r"e_1^\top A^{t} e_2 = 2^{t} - 1",
            "Measured along the principal eigenvector it grows like the eigenvalue itself.",
            full,
            ledger=("A6",),
        ),
        quoted(
            r"\lim_{t \to \infty} \frac{2^{t} - 1}{2^{t}} = 0",
            "Read for columns, this component of $A^t e_2$ would become negligible beside $2^t$.",
            plain,
            BOOK_825,
            "will eventually discard all components of x that are orthogonal to the principal eigenvector of W",
            ledger=("A6",),
        ),
        quoted(
            r"\lim_{t \to \infty} 2^{t} = 0",
            "“Discarded” does not mean that it becomes small either. With $\\operatorname{diag}(3, 2)$ the second coordinate "
            "is negligible beside $3^t$ and still explodes.",
            plain,
            BOOK_825,
            "will eventually discard",
            ledger=("A6",),
        ),
    )


def _transposes() -> tuple[Block, ...]:
    letters = (integer("t", r"t \ge 0"), matrix("W"), matrix("Q", "orthogonal"), matrix("Lambda", "diagonal"))
    given = scope(*letters, given=(r"W = Q \Lambda Q^\top",))
    return (
        Prose(
            "**A slip in print.** For a real symmetric $W$ the two eigenvectors agree, and $V$ can be a real orthogonal matrix $Q$. "
            "Equation 10.38 sets $W = Q \\Lambda Q^\\top$; 10.39 then has the transposes the wrong way round."
        ),
        step(
            r"W^{t} = Q \Lambda^{t} Q^\top",
            "By induction, since $Q^\\top Q = I$.",
            given,
            induction=("t", 0),
            ledger=("A8",),
        ),
        step(
            r"(W^{t})^\top = Q \Lambda^{t} Q^\top",
            "The transpose changes nothing.",
            extended(given, r"W^{t} = Q \Lambda^{t} Q^\top"),
            ledger=("A8",),
        ),
        quoted(
            r"W^{t} = Q^\top \Lambda^{t} Q",
            "Equal only if $Q^2$ commutes with $\\Lambda^t$. Norms cannot see the difference: both sides have the same eigenvalues.",
            given,
            BOOK_107,
            "$h^{(t)} = Q^\\top \\Lambda^t Q h^{(0)}$",
            ledger=("A8",),
        ),
    )


def _domination(options: Options) -> tuple[Block, ...]:
    declared = scope(integer("t", r"t \ge 0"))
    return (
        Prose(
            "**Among exploding directions** only the fastest counts, relatively. With eigenvalues 3 and 2 both coordinates explode, "
            "and the second one's share vanishes."
        ),
        step(r"\lim_{t \to \infty} \frac{2^{t}}{3^{t}} = 0", "The ratio of the two.", declared, ledger=("A11",)),
        approximate(
            r"\left(\frac{2}{3}\right)^{60}",
            "After 60 steps little is left of the share.",
            declared,
            options.digits,
            ledger=("A11",),
        ),
        approximate(
            r"2^{60}", "Meanwhile the coordinate itself has grown to this.", declared, options.digits, ledger=("A11",)
        ),
    )
