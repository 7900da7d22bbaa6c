"""Section: with a tanh in the loop eigenvalues no longer decide (claim X1)."""

from __future__ import annotations

from derive.authoring import approximate, assume, integer, matrix, quoted, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.vanishing import Options

COPIED = "a widely copied version of Pascanu, Mikolov, Bengio (2013), section 2.1"
NILPOTENT = r"W = \begin{pmatrix} 3/2 & -3/2 \\ 3/2 & -3/2 \end{pmatrix}"
GATE = r"D = \operatorname{diag}(1, 0)"


def activation(options: Options) -> Section:
    """The bound with the largest singular value, by induction; the counterexample to the one with eigenvalues."""
    return Section("activation", "With a tanh in the loop", (*_bound(), *_counterexample(options), *_closing()))


def _bound() -> tuple[Block, ...]:
    x = scope(real("x"))
    t = integer("t", r"t \ge 0")
    D = matrix("D", "diagonal", family=True)
    letters = (t, integer("s", r"s \ge 1"), real("gamma", r"\gamma \ge 0"), matrix("W"), matrix("J", family=True))
    from derive.authoring import bounded

    jacobian = scope(
        *letters,
        bounded(D, r"\lVert D_k \rVert_2 \le \gamma"),
        given=("J_0 = I", r"J_s = D_s W J_{s-1}"),
    )
    return (
        Prose(
            "A real recurrence puts a nonlinearity behind the matrix, $h_t = \\tanh(W h_{t-1})$. The Jacobian of $t$ steps is then a "
            "product $D_t W \\cdots D_1 W$, where the diagonal matrix $D_k$ holds the slopes of tanh at step $k$."
        ),
        step(r"\frac{d}{dx} \tanh x = 1 - (\tanh x)^{2}", "The slope of tanh,", x, ledger=("X1",)),
        step(r"1 - (\tanh x)^{2} \le 1", "is never larger than 1.", x, ledger=("X1",)),
        assume("J_0 = I", "no step, no change;", jacobian),
        assume(
            r"J_s = D_s W J_{s-1}",
            "one more step, with $\\lVert D_k \\rVert_2 \\le \\gamma$ for all $k$ (for tanh, $\\gamma = 1$).",
            jacobian,
        ),
        step(
            r"\lVert J_t \rVert_2 \le \left( \gamma \lVert W \rVert_2 \right)^{t}",
            "By induction. If $\\gamma \\lVert W \\rVert_2 < 1$ the gradient vanishes, whatever the slopes do. Note $\\lVert W \\rVert_2$: the largest *singular* value.",
            jacobian,
            induction=("t", 0),
            ledger=("X1",),
        ),
    )


def _counterexample(options: Options) -> tuple[Block, ...]:
    letters = (integer("t", r"t \ge 1"), matrix("W", size=2), matrix("D", size=2))
    given = scope(*letters, given=(NILPOTENT, GATE))
    power = r"(D W)^{t} = \begin{pmatrix} (3/2)^{t} & -(3/2)^{t} \\ 0 & 0 \end{pmatrix}"
    return (
        Prose(
            "Many notes put the largest *eigenvalue* into this condition. Eigenvalues of $W$ say nothing about products in which "
            "a different diagonal matrix stands at every step. Here all eigenvalues are 0:"
        ),
        assume(NILPOTENT, "a recurrent matrix,", given),
        assume(GATE, "and the slopes when unit 2 is saturated and unit 1 is not.", given),
        step(r"W^{2} = 0", "Without the nonlinearity everything is gone after two steps,", given, ledger=("X1",)),
        step(
            power, "with it the product grows like $1.5^t$ (by induction).", given, induction=("t", 1), ledger=("X1",)
        ),
        approximate(r"\lVert (D W)^{30} \rVert_2", "After 30 steps:", given, options.digits, ledger=("X1",)),
        quoted(
            r"\lVert (D W)^{t} \rVert_2 \le \rho(W)^{t}",
            "The copied condition would give this bound.",
            given,
            COPIED,
            "it is sufficient for the largest eigenvalue of the recurrent weight matrix to be smaller than 1/γ for gradients to vanish",
            ledger=("X1",),
        ),
    )


def _closing() -> tuple[Block, ...]:
    return (
        Prose(
            "**To take home.** For powers of one matrix the eigenvalues (with their Jordan blocks) decide the limit, and the "
            "condition number of the eigenvectors says how long that may take. For products of different matrices neither does: "
            "bound them by singular values, or follow the typical size, not the variance."
        ),
    )
