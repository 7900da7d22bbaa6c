"""Section: the order of the transposes in equation 10.39 (claim A8)."""

from __future__ import annotations

from derive.authoring import assume, extended, integer, matrix, quoted, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.power_method.sources import BOOK_107

HALF_RIGHT = r"Q = \frac{1}{\sqrt{2}} \begin{pmatrix} 1 & -1 \\ 1 & 1 \end{pmatrix}"
PROJECTOR = r"\Lambda = \operatorname{diag}(1, 0)"
DIAGONAL = r"h_0 = \begin{pmatrix} 1 \\ 1 \end{pmatrix}"


def transposes() -> Section:
    """What is right, when the printed order is right too, an example, and why tests do not notice."""
    return Section(
        "transposes",
        "A slip in print, and why tests do not notice it",
        (*_right(), *_when(), *_example(), *_unnoticed()),
    )


def _right() -> tuple[Block, ...]:
    letters = (integer("t", r"t \ge 0"), matrix("W"), matrix("Q", "orthogonal"), matrix("Lambda", "diagonal"))
    given = scope(*letters, given=(r"W = Q \Lambda Q^\top",))
    return (
        Prose(
            "Section 10.7 of the book considers $h^{(t)} = W^\\top h^{(t-1)}$, sets $W = Q \\Lambda Q^\\top$ (10.38) and concludes with 10.39. Transcriptions of the book print there "
            "$Q^\\top \\Lambda^t Q\\, h^{(0)}$; the transposes have changed places."
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
            "The transpose changes nothing. This is the matrix that takes $h^{(0)}$ to $h^{(t)}$.",
            extended(given, r"W^{t} = Q \Lambda^{t} Q^\top"),
            ledger=("A8",),
        ),
        quoted(
            r"(W^{t})^\top = Q^\top \Lambda^{t} Q",
            "The printed order.",
            given,
            BOOK_107,
            "$Q^\\top \\Lambda^t Q h^{(0)}$",
            ledger=("A8",),
        ),
    )


def _when() -> tuple[Block, ...]:
    letters = (integer("t", r"t \ge 0"), matrix("Q", "orthogonal"), matrix("Lambda", "diagonal"), matrix("M"))
    right = scope(*letters, given=(r"M = Q \Lambda^{t} Q^\top",))
    printed = scope(*letters, given=(r"M = Q^\top \Lambda^{t} Q",))
    commuting = scope(*letters[:3], given=(r"Q^{2} \Lambda^{t} = \Lambda^{t} Q^{2}",))
    entries = scope(
        integer("t", r"t \ge 0"), real("lambda"), real("mu"), real("b"), given=(r"b \mu^{t} = \lambda^{t} b",)
    )
    return (
        Prose("When do the two agree? Suppose they do, call both $M$, and multiply by $Q$ from both sides."),
        step(r"Q M Q = Q^{2} \Lambda^{t}", "With the right order.", right, ledger=("A8",)),
        step(r"Q M Q = \Lambda^{t} Q^{2}", "With the printed order.", printed, ledger=("A8",)),
        Prose("So $Q^2 \\Lambda^t = \\Lambda^t Q^2$. This is also enough:"),
        step(
            r"Q \Lambda^{t} Q^\top = Q^\top (Q^{2} \Lambda^{t}) Q^\top = Q^\top (\Lambda^{t} Q^{2}) Q^\top = Q^\top \Lambda^{t} Q",
            "If $Q^2$ and $\\Lambda^t$ commute, both orders are the same matrix.",
            commuting,
            ledger=("A8",),
        ),
        Prose(
            "Two eigenvalues $\\lambda$, $\\mu$ and the entry $b$ of $Q^2$ in their row and column: commuting says $b \\mu^t = \\lambda^t b$, that is,"
        ),
        step(
            r"(\lambda^{t} - \mu^{t}) b = 0",
            "where $\\lambda^t \\ne \\mu^t$ the entry must be 0. With distinct $\\lambda_i^t$, $Q^2$ has to be diagonal.",
            entries,
            ledger=("A8",),
        ),
    )


def _example() -> tuple[Block, ...]:
    given = scope(
        integer("t", r"t \ge 1"),
        matrix("Q", size=2),
        matrix("Lambda", size=2),
        vector("h_0", size=2),
        given=(HALF_RIGHT, PROJECTOR, DIAGONAL),
    )
    return (
        Prose("The smallest example is a rotation by $45^\\circ$:"),
        assume(HALF_RIGHT, "the rotation.", given),
        assume(PROJECTOR, "the eigenvalues 1 and 0.", given),
        assume(DIAGONAL, "a start.", given),
        step(
            r"Q^{2} = \begin{pmatrix} 0 & -1 \\ 1 & 0 \end{pmatrix}",
            "The quarter turn, which is not diagonal.",
            given,
            ledger=("A8",),
        ),
        step(
            r"Q \Lambda^{t} Q^\top h_0 = \begin{pmatrix} 1 \\ 1 \end{pmatrix}",
            "The right order keeps the start for ever.",
            given,
            ledger=("A8",),
        ),
        step(r"Q^\top \Lambda^{t} Q h_0 = 0", "The printed order sends it to 0.", given, ledger=("A8",)),
    )


def _unnoticed() -> tuple[Block, ...]:
    letters = scope(integer("t", r"t \ge 0"), matrix("Q", "orthogonal"), matrix("Lambda", "diagonal"))
    mirror = scope(real("theta"))
    return (
        Prose(
            "A numerical check may well miss this. Norms and eigenvalues are the same for both orders, at every $t$:"
        ),
        step(
            r"\lVert Q \Lambda^{t} Q^\top \rVert = \lVert \Lambda^{t} \rVert = \lVert Q^\top \Lambda^{t} Q \rVert",
            "Rotations and reflections keep the norm.",
            letters,
            ledger=("A8",),
        ),
        step(
            r"\begin{pmatrix} \cos \theta & \sin \theta \\ \sin \theta & -\cos \theta \end{pmatrix}^{2} = I",
            "And every $2 \\times 2$ reflection $Q$ is symmetric, with $Q^2 = I$: then both orders agree exactly.",
            mirror,
            ledger=("A8",),
        ),
        Prose(
            "About half of the eigenvector matrices that a numerical library returns for random symmetric $2 \\times 2$ matrices are reflections. So test entries or vectors, at size 3 or more, with $Q^2$ not diagonal. "
            "(A lecturer who is unsure can instead read 10.38 as $W = Q^\\top \\Lambda Q$: then 10.39 is right as printed.)"
        ),
    )
