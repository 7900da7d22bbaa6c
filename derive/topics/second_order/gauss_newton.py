"""Section: the Gauss-Newton matrix, damping, and products with the Hessian (claim X15)."""

from __future__ import annotations

from derive.authoring import Letter, assume, matrix, real, scope, step, vector
from derive.core import Block, Declaration, Prose, Section
from derive.topics.second_order import Options


def gauss_newton(options: Options) -> Section:
    """Positive semidefinite, the damped step bounded, the bound attained, one extra pass."""
    return Section(
        "gauss-newton",
        "What Martens and Sutskever divided by",
        (*_semidefinite(), *_bound(), *_sharp(options), *_product()),
    )


J = Letter(Declaration("J", "real", ("m", "n")))
LAMBDA = real("lambda", r"\lambda > 0")


def _semidefinite() -> tuple[Block, ...]:
    x = vector("x", size="n")
    return (
        Prose(
            "In many dimensions let $J$ be the Jacobian of the $m$ outputs by the $n$ weights, and $B$ the Hessian of the loss by the "
            "outputs. The Gauss–Newton matrix is $G = J^\\top B J$. If $B$ is positive semidefinite (as for squared loss, where $B = I$, "
            "and for cross-entropy by the logits), it can be written $B = C^\\top C$, and then"
        ),
        step(
            r"x^\top (J^\top B J) x = \lVert C J x \rVert^{2} \ge 0",
            "No direction bends down, so the step never turns around.",
            scope(J, x, matrix("C", size="m"), matrix("B", size="m"), given=(r"B = C^\top C",)),
            ledger=("X15",),
        ),
        step(
            r"x^\top (J^\top J + \lambda I) x > 0",
            "With damping $\\lambda > 0$ it is positive definite, hence invertible.",
            scope(J, x, LAMBDA, given=(r"x \ne 0",)),
            ledger=("X15",),
        ),
    )


def _bound() -> tuple[Block, ...]:
    r, p = vector("r", size="m"), vector("p", size="n")
    defined = scope(J, p, r, LAMBDA, given=(r"p = (J^\top J + \lambda I)^{-1} J^\top r",))
    numbers = (real("a", r"a \ge 0"), real("b", r"b \ge 0"), real("q", r"q \ge 0"), LAMBDA)
    return (
        Prose("Does the damped step still explode where $J$ vanishes? For squared loss, with the residual $r$:"),
        assume(r"p = (J^\top J + \lambda I)^{-1} J^\top r", "This is the damped step, up to its sign.", defined),
        step(
            r"\lVert J p \rVert^{2} + \lambda \lVert p \rVert^{2} = (J p)^\top r",
            "Multiply $(J^\\top J + \\lambda I) p = J^\\top r$ from the left by $p^\\top$.",
            defined,
            ledger=("X15",),
        ),
        step(
            r"(J p)^\top r \le \lVert J p \rVert \lVert r \rVert",
            "The right side is at most a product of lengths.",
            scope(J, p, r),
            axiom="cauchy_schwarz",
            ledger=("X15",),
        ),
        Prose(
            "Call $a = \\lVert J p \\rVert$, $b = \\lVert r \\rVert$, $q = \\lVert p \\rVert$: so $a^2 + \\lambda q^2 \\le a b$."
        ),
        step(
            r"\lambda q^{2} \le a b - a^{2}",
            "Put the squares on one side each.",
            scope(*numbers, given=(r"a^{2} + \lambda q^{2} \le a b",)),
            ledger=("X15",),
        ),
        step(
            r"\frac{b^{2}}{4} - (a b - a^{2}) = \left( a - \frac{b}{2} \right)^{2} \ge 0",
            "Whatever $a$ is, the right side is at most $b^2/4$.",
            scope(real("a"), real("b")),
            ledger=("X15",),
        ),
        step(
            r"q \le \frac{b}{2 \sqrt{\lambda}}",
            "So $\\lVert p \\rVert \\le \\lVert r \\rVert / (2 \\sqrt{\\lambda})$, **for every** $J$: damping tames the explosion.",
            scope(*numbers[1:], given=(r"4 \lambda q^{2} \le b^{2}",)),
            ledger=("X15",),
        ),
    )


def _sharp(options: Options) -> tuple[Block, ...]:
    del options
    return (
        Prose(
            "The bound cannot be improved. In one dimension with $J = s$ and $r = 1$ the step is $s / (s^2 + \\lambda)$:"
        ),
        step(
            r"\frac{\sqrt{\lambda}}{(\sqrt{\lambda})^{2} + \lambda} = \frac{1}{2 \sqrt{\lambda}}",
            "For $s = \\sqrt{\\lambda}$ the two sides are equal.",
            scope(LAMBDA),
            ledger=("X15",),
        ),
    )


def _product() -> tuple[Block, ...]:
    letters = scope(
        vector("x", size="n"),
        vector("v", size="n"),
        matrix("H", "symmetric", size="n"),
        real("epsilon", r"\epsilon \ne 0"),
    )
    return (
        Prose(
            "And $H$ or $G$ need not be written down. A product $H v$ is a directional derivative of the gradient, which one more pass through "
            "the network computes (exactly, by differentiating the program). On a quadratic loss with gradient $H x$ even a difference "
            "of two gradients is exact:"
        ),
        step(
            r"\frac{H (x + \epsilon v) - H x}{\epsilon} = H v",
            "One extra gradient gives the product.",
            letters,
            ledger=("X15", "C6"),
        ),
    )
