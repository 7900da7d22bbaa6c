"""Section: the top eigenvalue apart from everything else; what that says of W^t x (claims A6, A7)."""

from __future__ import annotations

from derive.authoring import assume, integer, matrix, real, scope, step, vector
from derive.core import Block, Prose, Scope, Section

BUILT = {
    "u": r"\frac{1}{a^\top v} a",
    "W": r"\lambda v u^\top + (I - v u^\top) M (I - v u^\top)",
}
"""How to build u, v and W with W v = lambda v, u^T W = lambda u^T, u^T v = 1 from arbitrary a, v, M."""
SPLIT = {"P": r"\frac{1}{u^\top v} v u^\top", "R": r"(I - P) M (I - P)"}
EIGEN = (r"W v = \lambda v", r"u^\top W = \lambda u^\top", r"u^\top v = 1")
PARTS = (r"P = v u^\top", r"R = W - \lambda P")


def splitting() -> Section:
    """W = λP + R, powers split, the spectrum of R, the limit and its error."""
    return Section(
        "splitting",
        "One eigenvalue apart from the rest",
        (*_two_eigenvectors(), *_parts(), *_powers(), *_spectrum(), *_limit()),
    )


def _letters() -> tuple[Scope, Scope]:
    """Eigenvectors alone, and with P and R."""
    letters = (real("lambda"), vector("u"), vector("v"), matrix("W"))
    helpers = (vector("a"), matrix("M"))
    alone = scope(*letters, *helpers, given=EIGEN, realised=BUILT)
    both = scope(*letters, matrix("P"), matrix("R"), *helpers, given=(*EIGEN, *PARTS), realised=BUILT)
    return alone, both


def _two_eigenvectors() -> tuple[Block, ...]:
    alone, _ = _letters()
    return (
        Prose(
            "Suppose that one eigenvalue $\\lambda$ of $W$ is real and not 0, that it is simple (a simple root of the characteristic "
            "polynomial), and that all others are smaller in modulus. Call it *dominant*. Nothing is asked of the others: they may be "
            "complex or multiple, and $W$ need not be diagonalisable.\n\nA dominant eigenvalue has a right eigenvector $v$ (a column) and a left one "
            "$u$ (a row $u^\\top$). Because $\\lambda$ is simple, $u^\\top v \\ne 0$, and we may scale $u$ so that $u^\\top v = 1$. "
            "**The idea:** $v$ is where things go, $u$ measures how much of $x$ goes there."
        ),
        assume(r"W v = \lambda v", "right eigenvector.", alone),
        assume(r"u^\top W = \lambda u^\top", "left eigenvector.", alone),
        assume(r"u^\top v = 1", "the scaling.", alone),
    )


def _parts() -> tuple[Block, ...]:
    _, both = _letters()
    return (
        Prose("Cut $W$ in two: a matrix of rank one that holds $\\lambda$, and the rest."),
        assume(PARTS[0], "the projector onto $v$ along the vectors that $u$ does not see.", both),
        assume(PARTS[1], "the rest.", both),
        step(r"P^{2} = v (u^\top v) u^\top = P", "A projector: doing it twice changes nothing.", both, ledger=("A6",)),
        step(r"W P = \lambda P = P W", "It commutes with $W$.", both, ledger=("A6",)),
        step(r"R P = 0 = P R", "The parts do not mix, in either order.", both, ledger=("A6",)),
        step(r"R v = 0", "The rest sends $v$ to 0: it has forgotten $\\lambda$.", both, ledger=("A6",)),
    )


def _powers() -> tuple[Block, ...]:
    letters = (integer("t", r"t \ge 1"), real("lambda"), matrix("W"), matrix("P"), matrix("R"))
    parts = scope(
        *letters,
        vector("u"),
        vector("v"),
        matrix("M"),
        given=(r"W = \lambda P + R", r"P^{2} = P", r"P R = 0", r"R P = 0"),
        realised=SPLIT,
    )
    return (
        step(
            r"W^{t} = \lambda^{t} P + R^{t}",
            "Powers split in the same way: by induction, since the mixed products vanish. (From $t = 1$ on; at $t = 0$ the right side "
            "would be $P + I$.)",
            parts,
            induction=("t", 1),
            ledger=("A6",),
        ),
    )


def _spectrum() -> tuple[Block, ...]:
    letters = (
        real("z", r"z \ne 0"),
        real("lambda"),
        vector("u"),
        vector("v"),
        matrix("W"),
        matrix("P"),
        matrix("R"),
    )
    given = scope(
        *letters,
        vector("a"),
        matrix("M"),
        given=(r"P = v u^\top", r"u^\top v = 1", r"R v = 0", r"W = \lambda P + R"),
        realised={"u": r"\frac{1}{a^\top v} a", "R": r"M (I - v u^\top)"},
    )
    return (
        Prose("How large is the rest? Its eigenvalues can be read off a factorisation, for every number $z \\ne 0$:"),
        step(
            r"(z I - R) \left( I - \frac{\lambda}{z} P \right) = z I - W",
            "Multiply out and use $R P = 0$.",
            given,
            ledger=("A6",),
        ),
        step(
            r"\det\left( I - \frac{\lambda}{z} P \right) = 1 - \frac{\lambda}{z}",
            "By $\\det(I + A B) = \\det(I + B A)$ for a column and a row.",
            given,
            ledger=("A6",),
        ),
        step(
            r"\det(A B) = \det(A) \det(B)",
            "Determinants multiply. So, with $A = z I - R$ and $B = I - \\frac{\\lambda}{z} P$,",
            scope(matrix("A"), matrix("B")),
            ledger=("A6",),
        ),
        Prose(
            "$\\det(z I - W) = \\det(z I - R)\\,(1 - \\lambda/z)$. Hence $R$ has the eigenvalues of $W$ with $\\lambda$ replaced by 0, and "
            "$\\rho(R)$, the largest modulus of an eigenvalue of $R$, is the *second* largest modulus of $W$: call it $\\lvert \\lambda_2 \\rvert$. "
            "That $\\lambda$ is dominant says $\\rho(R) < \\lvert \\lambda \\rvert$."
        ),
    )


def _limit() -> tuple[Block, ...]:
    bounded = scope(
        integer("t", r"t \ge 1"),
        matrix("R"),
        vector("x"),
        real("lambda"),
        real("r"),
        given=(r"\rho(R) < \lvert \lambda \rvert", r"\rho(R) < r"),
    )
    split = scope(
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
        given=(r"P = v u^\top", r"W^{t} = \lambda^{t} P + R^{t}"),
        realised={
            "u": r"\frac{1}{a^\top v} a",
            "R": r"(I - v u^\top) M (I - v u^\top)",
            "W": r"\lambda v u^\top + R",
        },
    )
    return (
        step(
            r"W^{t} x = \lambda^{t} (u^\top x) v + R^{t} x",
            "Apply the split power to a start vector $x$.",
            split,
            ledger=("A6", "A7"),
        ),
        step(
            r"\left\lVert \frac{1}{\lambda^{t}} W^{t} x - (u^\top x) v \right\rVert = \frac{\lVert R^{t} x \rVert}{\lvert \lambda \rvert^{t}}",
            "So the error, relative to $\\lambda^t$, is exactly this. ($\\lVert \\cdot \\rVert_2$ is the length of a vector, and of a matrix the largest factor by which it stretches one.)",
            split,
            ledger=("A6", "A7"),
        ),
        step(
            r"\lim_{t \to \infty} \frac{\lVert R^{t} \rVert}{r^{t}} = 0",
            "Powers of $R$ are outgrown by any $r > \\rho(R)$, defective or not.",
            bounded,
            axiom="powers_vanish",
            ledger=("A6", "A7"),
        ),
        step(
            r"\lim_{t \to \infty} \frac{\lVert R^{t} x \rVert}{\lvert \lambda \rvert^{t}} = 0",
            "In particular by $\\lvert \\lambda \\rvert$ itself: the error tends to 0.",
            bounded,
            axiom="powers_vanish",
            ledger=("A6", "A7"),
        ),
        Prose(
            "**The theorem.** $W^t x / \\lambda^t \\to (u^\\top x)\\, v$, and for every $r > \\lvert \\lambda_2 \\rvert$ the error is below "
            "$(r / \\lvert \\lambda \\rvert)^t$ in the end. If the *overlap* $u^\\top x$ is not 0, the direction of $W^t x$ tends to that of $v$, up "
            "to a sign that alternates if $\\lambda < 0$."
        ),
    )
