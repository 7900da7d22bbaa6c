"""Section: what is dropped, row form and column form told apart; four readings of one sentence (claim A6)."""

from __future__ import annotations

from derive.authoring import assume, integer, matrix, quoted, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.power_method.sources import BOOK_825

WORDS = "will eventually discard all components of x that are orthogonal to the principal eigenvector of W"
A = r"A = \begin{pmatrix} 2 & 1 \\ 0 & 1 \end{pmatrix}"
E1 = r"e_1 = \begin{pmatrix} 1 \\ 0 \end{pmatrix}"
E2 = r"e_2 = \begin{pmatrix} 0 \\ 1 \end{pmatrix}"
OFF_V = r"\left( I - \frac{1}{v^\top v} v v^\top \right)"
"""The projector onto the vectors orthogonal to v."""
POWER = r"A^{t} = \begin{pmatrix} 2^{t} & 2^{t} - 1 \\ 0 & 1 \end{pmatrix}"


def forms() -> Section:
    """x^T W^t and W^t x in general; an example; the readings that fail; when they agree."""
    return Section(
        "forms",
        "What is dropped: rows, columns, and four wrong readings",
        (*_general(), *_example(), *_readings(), *_normal()),
    )


def _general() -> tuple[Block, ...]:
    letters = (
        integer("t", r"t \ge 1"),
        real("lambda", r"\lambda \ne 0"),
        vector("u"),
        vector("v"),
        vector("x"),
        matrix("W"),
        matrix("P"),
        matrix("R"),
        vector("a"),
        matrix("M"),
        vector("z"),
    )
    given = (r"P = v u^\top", r"W^{t} = \lambda^{t} P + R^{t}")
    built = {
        "u": r"\frac{1}{a^\top v} a",
        "R": r"(I - v u^\top) M (I - v u^\top)",
        "W": r"\lambda v u^\top + R",
    }
    both = scope(*letters, given=given, realised=built)
    row = scope(*letters, given=(*given, r"x^\top v = 0"), realised={**built, "x": r"z - \frac{z^\top v}{v^\top v} v"})
    column = scope(
        *letters, given=(*given, r"u^\top x = 0"), realised={**built, "x": r"z - \frac{u^\top z}{u^\top u} u"}
    )
    limit = scope(
        integer("t", r"t \ge 1"), matrix("R"), vector("x"), real("lambda"), given=(r"\rho(R) < \lvert \lambda \rvert",)
    )
    return (
        Prose(
            "The book writes the state as a row: $x^\\top W^t$. The split power serves both forms, but the two eigenvectors change roles. "
            "Let $\\lambda$ be dominant again, with $P = v u^\\top$ and $R$ as above."
        ),
        step(
            r"x^\top W^{t} = \lambda^{t} (x^\top v) u^\top + x^\top R^{t}",
            "Rows: the *right* eigenvector $v$ measures, and the *left* one is where things go.",
            both,
            ledger=("A6",),
        ),
        step(
            r"x^\top W^{t} = x^\top R^{t}",
            "So a row that is orthogonal to $v$ never meets $\\lambda$.",
            row,
            ledger=("A6",),
        ),
        step(
            r"\lim_{t \to \infty} \frac{\lVert x^\top R^{t} \rVert}{\lvert \lambda \rvert^{t}} = 0",
            "Relative to $\\lvert \\lambda \\rvert^t$ it vanishes. $W$ need not be normal, nor even diagonalisable.",
            limit,
            axiom="powers_vanish",
            ledger=("A6",),
        ),
        step(
            r"\left\lVert \frac{1}{\lambda^{t}} x^\top W^{t} - (x^\top v) u^\top \right\rVert = \frac{\lVert x^\top R^{t} \rVert}{\lvert \lambda \rvert^{t}}",
            "For any row: what survives, scaled, is a multiple of the left eigenvector, and the error is the same quotient.",
            both,
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
    t, letter = integer("t", r"t \ge 0"), matrix("A", size=2)
    plain = scope(t, letter, given=(A,))
    full = scope(t, letter, vector("e_1", size=2), vector("e_2", size=2), given=(A, E1, E2, POWER))
    return (
        Prose("An example with eigenvalues 2 and 1 in which all can be seen:"),
        assume(A, "not symmetric, not even normal.", plain),
        step(POWER, "By induction.", plain, induction=("t", 0), ledger=("A6",)),
        assume(E1, "the right eigenvector for 2.", full),
        assume(E2, "orthogonal to it.", full),
        step(r"A e_1 = 2 e_1", "The principal eigenvector, in the usual reading of the word.", full, ledger=("A6",)),
        step(
            r"(e_1 + e_2)^\top A = 2 (e_1 + e_2)^\top",
            "The left one is another direction, $e_1 + e_2$.",
            full,
            ledger=("A6",),
        ),
        step(
            r"e_2^\top A^{t} = e_2^\top",
            "**Row form, input side:** $e_2 \\perp e_1$ is left behind while $2^t$ grows. The book's sentence is right here.",
            full,
            ledger=("A6",),
        ),
    )


def _readings() -> tuple[Block, ...]:
    t = scope(integer("t", r"t \ge 0"))
    full = scope(
        integer("t", r"t \ge 0"),
        matrix("A", size=2),
        vector("e_1", size=2),
        vector("e_2", size=2),
        given=(A, E1, E2, POWER),
    )
    return (
        Prose(
            "The same words can be read in four more ways, and each of them is false. Which one a reader hears depends on choices that "
            "the sentence does not make: rows or columns, input or output, relative or absolute size, and whether a dominant eigenvalue exists at all."
        ),
        step(
            r"e_1^\top A^{t} = \begin{pmatrix} 2^{t} & 2^{t} - 1 \end{pmatrix}",
            "**Output side.** Start a row on the principal eigenvector itself.",
            full,
            ledger=("A6",),
        ),
        quoted(
            r"\lim_{t \to \infty} \frac{(2^{t} - 1)^{2}}{(2^{t})^{2} + (2^{t} - 1)^{2}} = 0",
            "If what survives had no component orthogonal to $e_1$, the share of the second coordinate would vanish. Its square tends to "
            "$1/2$: the survivor is the *left* eigenvector.",
            t,
            BOOK_825,
            WORDS,
            ledger=("A6",),
        ),
        step(
            r"A^{t} e_2 = \begin{pmatrix} 2^{t} - 1 \\ 1 \end{pmatrix}",
            "**Column form.** The part that was to be discarded *creates* the growth.",
            full,
            ledger=("A6",),
        ),
        quoted(
            r"\lim_{t \to \infty} \frac{2^{t} - 1}{2^{t}} = 0",
            "Read for columns, $A^t e_2$ would become negligible beside $2^t$.",
            t,
            BOOK_825,
            WORDS,
            ledger=("A6",),
        ),
        quoted(
            r"\lim_{t \to \infty} 2^{t} = 0",
            "**Absolute size.** With $\\operatorname{diag}(3, 2)$ the second coordinate is $2^t$. It is negligible beside $3^t$, and it explodes.",
            t,
            BOOK_825,
            "will eventually discard",
            ledger=("A6",),
        ),
        quoted(
            r"\lim_{t \to \infty} \lvert (-1)^{t} \rvert = 0",
            "**No dominant eigenvalue.** With $\\operatorname{diag}(1, -1)$ the component orthogonal to the eigenvector $e_1$ is $(-1)^t$: nothing is discarded.",
            t,
            BOOK_825,
            "will eventually discard",
            ledger=("A6",),
        ),
    )


def _normal() -> tuple[Block, ...]:
    given = scope(
        matrix("W", "symmetric"),
        vector("v"),
        real("lambda"),
        matrix("M"),
        given=(r"W v = \lambda v",),
        realised={"W": rf"\frac{{\lambda}}{{v^\top v}} v v^\top + {OFF_V} (M + M^\top) {OFF_V}"},
    )
    return (
        Prose(
            "When do rows and columns, input and output agree? When $u$ and $v$ are parallel, as they are for every *normal* matrix "
            "($W W^\\top = W^\\top W$). For a symmetric one it takes a line:"
        ),
        step(
            r"v^\top W = (W v)^\top = \lambda v^\top",
            "A right eigenvector, transposed, is a left one.",
            given,
            ledger=("A6",),
        ),
        Prose(
            "But normality does not help the other two readings: $\\operatorname{diag}(3, 2)$ and $\\operatorname{diag}(1, -1)$ are symmetric.\n\n"
            "**Corrected.** If $W$ has a dominant eigenvalue $\\lambda$, then $x^\\top W^t / \\lambda^t$ tends to $(x^\\top v)\\, u^\\top$. "
            "What is lost, relative to $\\lvert \\lambda \\rvert^t$, is the part of $x$ that is orthogonal to the right eigenvector $v$; what remains points along the left eigenvector $u$."
        ),
    )
