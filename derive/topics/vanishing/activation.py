"""Section: with a tanh in the loop eigenvalues no longer decide (claim X1)."""

from __future__ import annotations

from derive.authoring import approximate, assume, integer, matrix, quoted, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.vanishing import Options

EARLY = (
    "an early version of Pascanu, Mikolov, Bengio, section 2.1; the published one (2013) has the largest singular value"
)
NILPOTENT = r"B = \begin{pmatrix} 3/2 & -3/2 \\ 3/2 & -3/2 \end{pmatrix}"
GATE = r"D = \operatorname{diag}(1, 0)"


def activation(options: Options) -> Section:
    """The bound with the largest singular value, by induction; the counterexample to the one with eigenvalues."""
    return Section("activation", "With a tanh in the loop", (*_bound(), *_counterexample(options), *_closing()))


def _bound() -> tuple[Block, ...]:
    x = scope(real("x"))
    t = integer("t", r"t \ge 0")
    D = matrix("D", "diagonal", family=True)
    letters = (t, integer("s", r"s \ge 1"), real("c", r"c \ge 0"), matrix("W"), matrix("G", family=True))
    from derive.authoring import bounded

    jacobian = scope(
        *letters,
        bounded(D, r"\lVert D_k \rVert_2 \le c"),
        given=("G_0 = I", r"G_s = D_s W G_{s-1}"),
    )
    return (
        Prose(
            "A real recurrence puts a nonlinearity behind the matrix, $h_t = \\tanh(W h_{t-1})$. The Jacobian of $t$ steps is then a "
            "product $D_t W \\cdots D_1 W$, where the diagonal matrix $D_k$ holds the slopes of tanh at step $k$."
        ),
        step(r"\frac{d}{dx} \tanh x = 1 - (\tanh x)^{2}", "The slope of tanh:", x, ledger=("X1",)),
        step(r"1 - (\tanh x)^{2} \le 1", "It is never larger than 1.", x, ledger=("X1",)),
        assume("G_0 = I", "no step, no change.", jacobian),
        assume(
            r"G_s = D_s W G_{s-1}",
            "one more step, with $\\lVert D_k \\rVert_2 \\le c$ for all $k$ (for tanh, $c = 1$).",
            jacobian,
        ),
        step(
            r"\lVert G_t \rVert_2 \le \left( c \lVert W \rVert_2 \right)^{t}",
            "By induction. If $c \\lVert W \\rVert_2 < 1$ the gradient vanishes, whatever the slopes do. Note $\\lVert W \\rVert_2$: the largest *singular* value.",
            jacobian,
            induction=("t", 0),
            ledger=("X1",),
        ),
    )


def _counterexample(options: Options) -> tuple[Block, ...]:
    letters = (integer("t", r"t \ge 1"), matrix("B", size=2), matrix("D", size=2))
    given = scope(*letters, given=(NILPOTENT, GATE))
    power = r"(D B)^{t} = \begin{pmatrix} (3/2)^{t} & -(3/2)^{t} \\ 0 & 0 \end{pmatrix}"
    return (
        Prose(
            "Many notes put the largest *eigenvalue* into this condition. But the eigenvalues of a matrix do not bound its products with "
            "diagonal ones. Here all eigenvalues are 0:"
        ),
        assume(NILPOTENT, "a recurrent matrix.", given),
        assume(
            GATE,
            "slopes at which unit 2 is saturated and unit 1 is not: attained by a ReLU, approached by tanh.",
            given,
        ),
        step(r"B^{2} = 0", "Without the nonlinearity everything is gone after two steps.", given, ledger=("X1",)),
        step(
            power,
            "With these slopes at every step the product grows like $1.5^t$, for $t \\ge 1$ (by induction).",
            given,
            induction=("t", 1),
            ledger=("X1",),
        ),
        approximate(r"\lVert (D B)^{30} \rVert_2", "After 30 steps:", given, options.digits, ledger=("X1",)),
        quoted(
            r"\lim_{t \to \infty} (3/2)^{t} = 0",
            "All eigenvalues of $B$ are 0, so by this sentence the products would vanish, and with them the corner entry $(3/2)^t$.",
            given,
            EARLY,
            "it is sufficient for $\\lambda_1 < 1/\\gamma$, where $\\lambda_1$ is the absolute value of the largest eigenvalue of the "
            "recurrent weight matrix, for the vanishing gradient problem to occur",
            ledger=("X1",),
        ),
    )


def _closing() -> tuple[Block, ...]:
    return (
        Prose(
            "**To take home.** For powers of one matrix the eigenvalues (with their Jordan blocks) decide the limit, and the "
            "condition number of the eigenvectors bounds how long that may take. For products of different matrices neither does: "
            "bound them by singular values, or follow the typical size, not the variance."
        ),
    )
