"""Section: symmetric matrices, where one orthogonal matrix serves both sides (claim A9)."""

from __future__ import annotations

from derive.authoring import assume, integer, matrix, quoted, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.power_method.sources import LESSWRONG

SWAP = r"Q = \begin{pmatrix} 0 & 1 \\ 1 & 0 \end{pmatrix}"
FLIP = r"S = \operatorname{diag}(1, -1)"
TURN = r"A = \begin{pmatrix} 0 & -1 \\ 1 & 0 \end{pmatrix}"


def symmetric() -> Section:
    """W = Q Λ Q^T exactly for symmetric W; coordinates; rotation or reflection."""
    return Section(
        "symmetric",
        "Symmetric matrices: one orthogonal matrix serves both sides",
        (*_only_symmetric(), *_coordinates(), *_rotation()),
    )


def _only_symmetric() -> tuple[Block, ...]:
    letters = scope(matrix("Q", "orthogonal"), matrix("Lambda", "diagonal"))
    A = matrix("A", size=2)
    turn = scope(A, given=(TURN,))
    return (
        Prose(
            "Many texts start from an *orthogonal eigendecomposition* $W = Q \\Lambda Q^\\top$ with $Q^\\top Q = I$ and $\\Lambda$ diagonal, both real. "
            "Then left and right eigenvectors are the same. But who has one? Only symmetric matrices:"
        ),
        step(
            r"(Q \Lambda Q^\top)^\top = Q \Lambda Q^\top",
            "Whatever has one is symmetric.",
            letters,
            ledger=("A9",),
        ),
        Prose(
            "Conversely every real symmetric matrix has one: that is the spectral theorem. Complex $Q$ and $\\Lambda$ (with the conjugate transpose) reach "
            "exactly the normal matrices. Normal is not enough for real ones:"
        ),
        assume(TURN, "a quarter turn.", turn),
        step(r"A A^\top = A^\top A", "It is normal.", turn, ledger=("A9",)),
        step(r"A^\top \ne A", "It is not symmetric, so it has no real $Q$.", turn, ledger=("A9",)),
        step(
            r"\det(x I - A) = x^{2} + 1 > 0",
            "Indeed it has no real eigenvalue at all.",
            scope(real("x"), A, given=(TURN,)),
            ledger=("A9",),
        ),
    )


def _coordinates() -> tuple[Block, ...]:
    letters = scope(
        matrix("Q"),
        integer("i", r"i \ge 1"),
        vector("h"),
        vector("q", family=True),
        vector("e", family=True),
        given=(r"q_i = Q e_i",),
    )
    return (
        Prose(
            "With $q_i = Q e_i$ for the $i$-th column of $Q$ ($e_i$ is the $i$-th unit vector), the coordinates of $Q^\\top h$ are the (signed) lengths of the projections of $h$ onto the eigenvectors:"
        ),
        step(r"e_i^\top (Q^\top h) = q_i^\top h", "The $i$-th coordinate.", letters, ledger=("A9",)),
    )


def _rotation() -> tuple[Block, ...]:
    orthogonal = scope(matrix("Q", "orthogonal"))
    small = scope(matrix("Q", size=2), matrix("S", size=2), real("lambda"), real("mu"), given=(SWAP, FLIP))
    one = scope(real("lambda"), vector("q"))
    D = r"\operatorname{diag}(\lambda, \mu)"
    return (
        Prose(
            "Is the change of coordinates a rotation, as one often reads? It keeps lengths, and its determinant is 1 or $-1$:"
        ),
        step(
            r"\det(Q) \det(Q) = \det(Q^\top Q) = 1",
            "From $Q^\\top Q = I$.",
            orthogonal,
            ledger=("A9",),
        ),
        quoted(
            r"\det(Q) = 1",
            "A rotation has determinant 1. Eigenvectors may well come as a reflection.",
            orthogonal,
            LESSWRONG,
            "the transformation can be thought of as a rotation",
            ledger=("A9",),
        ),
        Prose(
            "But it can always be *made* a rotation, since the sign of an eigenvector is free. Write $W = \\sum_i \\lambda_i q_i q_i^\\top$ and turn one $q_i$:"
        ),
        step(
            r"\lambda (-q) (-q)^\top = \lambda q q^\top",
            "This changes the sign of $\\det Q$ and leaves $W$ alone.",
            one,
            ledger=("A9",),
        ),
        assume(SWAP, "an example: a reflection.", small),
        assume(FLIP, "$Q S$ is $Q$ with its second column turned.", small),
        step(r"\det Q = -1", "Its determinant before.", small, ledger=("A9",)),
        step(r"\det(Q S) = 1", "And after.", small, ledger=("A9",)),
        step(
            rf"(Q S) {D} (Q S)^\top = Q {D} Q^\top",
            "The same matrix, for all eigenvalues $\\lambda$, $\\mu$.",
            small,
            ledger=("A9",),
        ),
    )
