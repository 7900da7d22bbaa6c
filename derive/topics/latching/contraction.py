"""Section: a contracting memory makes the gradient vanish (claim E1)."""

from __future__ import annotations

from derive.authoring import approximate, assume, bounded, integer, matrix, rational, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.latching import Options
from derive.topics.latching.settings import Latch

PLACE = "Deep Learning (2016), section 10.7"


def contraction(options: Options, held: Latch) -> Section:
    """Slopes below 1 on a kept interval; the chain rule; many units, in an adapted norm; the numbers of the reader's unit."""
    return Section(
        "contraction",
        "Why the gradient vanishes where the bit is kept",
        (*_scalar(), *_worked(options, held), *_matrices(), *_adapted(options), *_theorem()),
    )


def _scalar() -> tuple[Block, ...]:
    letters = (real("w", r"w > 1"), real("b"), real("v"), real("x"), real("u"))
    inside = scope(*letters, given=(r"x \ge b", r"u \ge -v", r"w b \ge v"))
    chain = scope(integer("t", r"t \ge 0"), real("q", r"q \ge 0"), real("a", r"\lvert a_k \rvert \le q", family=True))
    decay = scope(integer("t", r"t \ge 0"), real("q", r"0 < q < 1"))
    return (
        Prose(
            "The idea: to be kept against small disturbances, the state must be pulled back to its home from all sides. But a gradient "
            "*is* the fate of a small disturbance. What pulls back the one shrinks the other. Suppose that the states from $b$ to 1 are kept, $\\tanh(w b - v) \\ge b$, "
            "under all inputs of size at most $v$:"
        ),
        step(
            r"\tanh(w x + u) \ge \tanh(w b - v)",
            "From a state in $[b, 1]$ the next one is in $[b, 1]$.",
            inside,
            ledger=("E1",),
        ),
        step(
            r"w (1 - y^{2}) \le w (1 - p^{2})",
            "With $y = \\tanh(w x + u)$ and $p = \\tanh(w b - v) \\ge 0$ this says $y \\ge p$. The slope is largest where tanh is smallest: at the left end, under the worst input. "
            "Call that bound $q = w (1 - p^2)$; the bit is held by contraction if $q < 1$.",
            scope(real("w", r"w > 1"), real("y"), real("p", r"p \ge 0"), given=(r"y \ge p",)),
            ledger=("E1",),
        ),
        step(
            r"\left\lvert \prod_{k=1}^{t} a_k \right\rvert \le q^{t}",
            "By the chain rule the derivative of the state after $t$ steps by the first one is the product of the $t$ slopes $a_k$. By induction it is at most $q^t$, whatever the inputs were.",
            chain,
            induction=("t", 0),
            ledger=("E1",),
        ),
        step(
            r"\lim_{t \to \infty} q^{t} = 0",
            "So the gradient vanishes exponentially in the time for which the bit was kept.",
            decay,
            ledger=("E1",),
        ),
    )


def _worked(options: Options, held: Latch) -> tuple[Block, ...]:
    w, v, b, T = rational(options.weight), rational(options.inputs), rational(held.edge), options.horizon
    worst = rf"{w} \cdot {b} - {v}"
    q = rf"{w} \left( 1 - \left( \tanh\left( {worst} \right) \right)^{{2}} \right)"
    return (
        Prose(f"With your $w = {w}$, inputs up to $v = {v}$, and $b = {b}$:"),
        step(rf"\tanh\left( {worst} \right) > {b}", "The interval is kept.", scope(), ledger=("E1",)),
        approximate(q, "The largest slope $q$ on it:", scope(), options.digits, ledger=("E1",)),
        approximate(
            rf"\left( {q} \right)^{{{T}}}",
            f"After {T} steps no gradient is larger than",
            scope(),
            options.digits,
            ledger=("E1",),
        ),
    )


def _matrices() -> tuple[Block, ...]:
    letters = (integer("t", r"t \ge 0"), integer("s", r"s \ge 1"), real("q", r"q \ge 0"))
    jacobians = bounded(matrix("E", family=True), r"\lVert E_k \rVert_2 \le q")
    chain = scope(*letters, matrix("H", family=True), jacobians, given=("H_0 = I", "H_s = E_s H_{s-1}"))
    single = scope(matrix("P", "invertible"), matrix("D"), matrix("G"))
    back = scope(matrix("P", "invertible"), matrix("H"))
    return (
        Prose(
            "**Many units.** The slopes become Jacobian matrices $D_k$, and the gradient is their product $G_t = D_t \\cdots D_1$. A matrix may contract and still "
            "stretch some vectors at first, so the norm has to be chosen: measure a change $y$ by $\\lVert P y \\rVert_2$ with an invertible matrix $P$. In the coordinates $P y$ "
            "the Jacobians are $E_k = P D_k P^{-1}$, and their product is $H_t = P G_t P^{-1}$:"
        ),
        step(
            r"(P D P^{-1}) (P G P^{-1}) = P D G P^{-1}",
            "Changing coordinates commutes with multiplying.",
            single,
            ledger=("E1",),
        ),
        assume("H_0 = I", "no step, no change.", chain),
        assume(r"H_s = E_s H_{s-1}", "one more step, with $\\lVert E_k \\rVert_2 \\le q$ for every $k$.", chain),
        step(
            r"\lVert H_t \rVert_2 \le q^{t}",
            "By induction, since the norm of a product is at most the product of the norms.",
            chain,
            induction=("t", 0),
            ledger=("E1",),
        ),
        step(
            r"\lVert P^{-1} H P \rVert_2 \le \lVert P^{-1} \rVert_2 \lVert H \rVert_2 \lVert P \rVert_2 = \kappa(P) \lVert H \rVert_2",
            "Back in the old coordinates $G_t = P^{-1} H_t P$, at the price of the condition number of $P$. Together: $\\lVert G_t \\rVert_2 \\le \\kappa(P)\\, q^t$.",
            back,
            ledger=("E1",),
        ),
    )


def _adapted(options: Options) -> tuple[Block, ...]:
    letters = scope(real("a"), real("b"), real("c"), real("s", r"s > 0"))
    example = r"D = \begin{pmatrix} 1/2 & 10 \\ 0 & 1/2 \end{pmatrix}"
    scaled = r"P = \begin{pmatrix} 1 & 0 \\ 0 & 100 \end{pmatrix}"
    given = scope(matrix("D", size=2), matrix("P", size=2), given=(example, scaled))
    scaling = r"\begin{pmatrix} 1 & 0 \\ 0 & s \end{pmatrix}"
    return (
        Prose(
            "Such a $P$ exists as soon as all eigenvalues of the Jacobian at the home are smaller than 1 in modulus. Bring it to triangular form (Schur) and stretch the axes one after the other: "
            "whatever stands above the diagonal becomes as small as one likes, and the eigenvalues are left. For size 2:"
        ),
        step(
            rf"{scaling} \begin{{pmatrix}} a & b \\ 0 & c \end{{pmatrix}} {scaling}^{{-1}} = \begin{{pmatrix}} a & b / s \\ 0 & c \end{{pmatrix}}",
            "A large $s$ makes the corner small.",
            letters,
            ledger=("E1",),
        ),
        assume(example, "both eigenvalues are 1/2,", given),
        approximate(
            r"\lVert D \rVert_2",
            "and yet one step may stretch a change by this factor.",
            given,
            options.digits,
            ledger=("E1",),
        ),
        assume(scaled, "new coordinates.", given),
        approximate(
            r"\lVert P D P^{-1} \rVert_2", "In these it contracts at every step.", given, options.digits, ledger=("E1",)
        ),
    )


def _theorem() -> tuple[Block, ...]:
    return (
        Prose(
            "**Theorem.** Let $x_t = M_{u_t}(x_{t-1})$ with a continuously differentiable $M$, and let $x_\\star$ be a fixed point without input at which all eigenvalues of the Jacobian "
            "are smaller than 1 in modulus. Then there are a ball around $x_\\star$, a bound on the inputs, and numbers $q < 1$ and $C$ such that states in the ball "
            "stay in it, and all their gradients obey $\\lVert \\partial x_t / \\partial x_s \\rVert_2 \\le C q^{t-s}$. "
            "*Proof.* Choose $P$ as above, so that the Jacobian has norm below 1 in the new coordinates. By continuity all Jacobians near $x_\\star$ and for small inputs have norm at most one $q < 1$. "
            "By the mean value theorem $M_u$ then shrinks distances by $q$, so a small ball is mapped into itself. The rest is the induction, with $C = \\kappa(P)$."
        ),
    )
