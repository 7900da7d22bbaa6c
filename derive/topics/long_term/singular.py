"""Section: which number of a matrix decides (claims X1, X2, X17)."""

from __future__ import annotations

from derive.authoring import approximate, assume, bounded, integer, matrix, quoted, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.long_term import Options

EARLY = (
    "an early version of Pascanu, Mikolov, Bengio, section 2.1; the published one (2013) has the largest singular value"
)
BOOK_108 = "Deep Learning (2016), section 10.8"
NILPOTENT = r"N = \begin{pmatrix} 0 & 2 \\ 0 & 0 \end{pmatrix}"
SLANTED = r"J = \begin{pmatrix} 1/2 & 10 \\ 0 & 1/2 \end{pmatrix}"
FIRST, SECOND = r"e_1 = \begin{pmatrix} 1 \\ 0 \end{pmatrix}", r"e_2 = \begin{pmatrix} 0 \\ 1 \end{pmatrix}"


def singular(options: Options) -> Section:
    """Sufficient for vanishing, necessary for explosion: the largest singular value. Not the eigenvalues."""
    return Section(
        "singular",
        "Which number of the matrix decides",
        (*_sufficient(), *_necessary(), *_eigenvalue_version(options), *_contractive(options), *_normal()),
    )


def _sufficient() -> tuple[Block, ...]:
    chain = scope(
        integer("t", r"t \ge 0"),
        integer("s", r"s \ge 1"),
        real("gamma", r"\gamma \ge 0"),
        matrix("W"),
        matrix("G", family=True),
        bounded(matrix("D", "diagonal", family=True), r"\lVert D_k \rVert_2 \le \gamma"),
        given=("G_0 = I", r"G_s = D_s W G_{s-1}"),
    )
    return (
        Prose(
            "For a network $x_s = f(W x_{s-1} + u_s)$ the Jacobian of a step is $D_s W$ with a diagonal matrix $D_s$ of slopes of $f$. Let $\\gamma$ bound these slopes ($1$ for tanh, $1/4$ for the sigmoid) and let "
            "$\\lVert W \\rVert_2$ be the largest singular value."
        ),
        assume("G_0 = I", "no step.", chain),
        assume(r"G_s = D_s W G_{s-1}", "one more step.", chain),
        step(
            r"\lVert G_t \rVert_2 \le (\gamma \lVert W \rVert_2)^{t}",
            "By induction. If $\\lVert W \\rVert_2 < 1/\\gamma$ the gradient vanishes, whatever the inputs: a *sufficient* condition.",
            chain,
            induction=("t", 0),
            ledger=("X1",),
        ),
    )


def _necessary() -> tuple[Block, ...]:
    bound = scope(integer("t", r"t \ge 0"), real("r", r"0 \le r \le 1"))
    given = scope(matrix("N", size=2), given=(NILPOTENT,))
    return (
        step(
            r"r^{t} \le 1",
            "Turned around: with $r = \\gamma \\lVert W \\rVert_2 \\le 1$ nothing explodes. So $\\lVert W \\rVert_2 > 1/\\gamma$ is *necessary* for an explosion.",
            bound,
            ledger=("X2",),
        ),
        assume(NILPOTENT, "it is not sufficient:", given),
        step(
            r"\lVert N \rVert_2 = 2",
            "the largest singular value is above 1 (and $\\gamma = 1$),",
            given,
            ledger=("X2",),
        ),
        step(r"N^{2} = 0", "and after two steps everything is gone.", given, ledger=("X2",)),
        quoted(
            r"\lVert N^{2} \rVert_2 > 1",
            "So the necessary condition must not be read as a sufficient one.",
            given,
            "a frequent reading of Pascanu, Mikolov, Bengio (2013), section 2.1",
            "if the largest singular value is above the bound, gradients explode",
            ledger=("X2",),
        ),
    )


def _eigenvalue_version(options: Options) -> tuple[Block, ...]:
    W = r"W = \begin{pmatrix} 3/2 & -3/2 \\ 3/2 & -3/2 \end{pmatrix}"
    D = r"D = \operatorname{diag}(1, 0)"
    given = scope(integer("t", r"t \ge 1"), matrix("W", size=2), matrix("D", size=2), given=(W, D))
    return (
        Prose(
            "Nor may one put the largest *eigenvalue* into the sufficient condition, as many copies of the theorem do:"
        ),
        assume(W, "a recurrent matrix", given),
        assume(D, "and slopes at which one unit is saturated.", given),
        step(r"W^{2} = 0", "Both eigenvalues of $W$ are 0.", given, ledger=("X1",)),
        step(
            r"(D W)^{t} = \begin{pmatrix} (3/2)^{t} & -(3/2)^{t} \\ 0 & 0 \end{pmatrix}",
            "The Jacobian of $t$ steps grows all the same, by induction.",
            given,
            induction=("t", 1),
            ledger=("X1",),
        ),
        approximate(r"\lVert (D W)^{30} \rVert_2", "After 30 steps:", given, options.digits, ledger=("X1",)),
        quoted(
            r"\lim_{t \to \infty} (3/2)^{t} = 0",
            "With $\\gamma = 1$ and all eigenvalues 0 the gradient would have to vanish, and with it the corner entry.",
            given,
            EARLY,
            "it is sufficient for $\\lambda_1 < 1/\\gamma$, where $\\lambda_1$ is the absolute value of the largest eigenvalue",
            ledger=("X1",),
        ),
    )


def _contractive(options: Options) -> tuple[Block, ...]:
    given = scope(matrix("J", size=2), vector("e_1", size=2), vector("e_2", size=2), given=(SLANTED, FIRST, SECOND))
    return (
        Prose("The same confusion about one step, in the book's section on echo state networks:"),
        assume(SLANTED, "a Jacobian,", given),
        assume(FIRST, "its eigenvector,", given),
        assume(SECOND, "and another direction.", given),
        step(r"\rho(J) = \frac{1}{2}", "The spectral radius is below 1,", given, ledger=("X17",)),
        quoted(
            r"\lVert J e_2 \rVert_2 \le \lVert e_2 \rVert_2",
            "but a step is not contractive in the usual length.",
            given,
            BOOK_108,
            "When the spectral radius is less than one, the mapping from h(t) to h(t+1) is contractive",
            ledger=("X17",),
        ),
        quoted(
            r"\lVert J e_2 \rVert_2 \le \lVert J e_1 \rVert_2",
            "The perturbation meant is the one along the eigenvector of the largest eigenvalue. It is not the direction that separates most.",
            given,
            BOOK_108,
            "this perturbation will achieve the widest possible separation of all initial perturbations of size δ",
            ledger=("X17",),
        ),
        approximate(
            r"\frac{\lVert J e_2 \rVert_2}{\lVert J e_1 \rVert_2}",
            "The other direction is stretched more by this factor.",
            given,
            options.digits,
            ledger=("X17",),
        ),
    )


def _normal() -> tuple[Block, ...]:
    letters = scope(matrix("S", "symmetric"), vector("x"))
    return (
        Prose("Both sentences are right for normal matrices, symmetric ones for instance:"),
        step(
            r"\lVert S \rVert_2 = \rho(S)",
            "the largest stretch is the spectral radius,",
            letters,
            axiom="normal_norm",
            ledger=("X17",),
        ),
        step(
            r"\lVert S x \rVert_2 \le \lVert S \rVert_2 \lVert x \rVert_2",
            "so every vector shrinks at least by $\\rho(S)$.",
            letters,
            axiom="operator_norm",
            ledger=("X17",),
        ),
        Prose(
            "The page also writes the states once as columns and once as rows, $h^{(t+1)} = h^{(t)\\top} W$: a column equals a row only for one unit. Read it as $h^{(t+1)} = W^\\top h^{(t)}$."
        ),
    )
