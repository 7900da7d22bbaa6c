"""Section: what the step divides by, and what a huge derivative does to it (claims C5, C7)."""

from __future__ import annotations

from derive.authoring import assume, matrix, quoted, real, scope, step, vector
from derive.core import Block, Prose, Section

ANSWER = "Stack Exchange, answer on exploding gradients, first paragraph"


def division() -> Section:
    """Two methods of one name, the model in many dimensions, then the step as a function of f and f'."""
    return Section(
        "division", "What the step divides by", (*_two_methods(), *_many_dimensions(), *_sizes(), *_misreading())
    )


def _two_methods() -> tuple[Block, ...]:
    letters = scope(real("y"), real("p", r"p \ne 0"), real("d"))
    return (
        Prose(
            "Two methods carry Newton's name. To find a *zero* of $f$, replace $f$ by its tangent and go where the tangent is zero. "
            "With $y = f(x)$ and $p = f'(x)$ the tangent at distance $d$ is $y + p d$:"
        ),
        step(
            r"y + p \cdot \left( -\frac{y}{p} \right) = 0",
            "The tangent is zero after the step $d = -f/f'$.",
            letters,
            ledger=("C7",),
        ),
        Prose(
            "To find a *minimum* of $f$, apply the same to $f'$: the step is then $-f'/f''$. The two are different methods, and a "
            "sentence about “the derivative” means $f'$ in the one and $f''$ in the other. In many dimensions $f'$ becomes the "
            "gradient $g$, and $f''$ the Hessian matrix $H$ (symmetric):"
        ),
    )


def _many_dimensions() -> tuple[Block, ...]:
    g, d, e, x, z = (vector(name, size="n") for name in ("g", "d", "e", "x", "x_star"))
    any_h = scope(g, d, matrix("H", "symmetric", size="n"))
    inverted = matrix("H", "symmetric", "invertible", size="n")
    at_d = scope(g, e, d, inverted, given=(r"d = -H^{-1} g",))
    model = r"g^\top d + \frac{1}{2} d^\top H d"
    moved = r"g^\top (d + e) + \frac{1}{2} (d + e)^\top H (d + e)"
    return (
        step(
            rf"\nabla_{{d}} \left( {model} \right) = g + H d",
            "The gradient of the quadratic model of $f$ around $x$, as a function of the step $d$.",
            any_h,
            ledger=("C5",),
        ),
        step(
            r"g + H (-H^{-1} g) = 0",
            "It is zero after the step $d = -H^{-1} g$: “dividing” by the second derivative is multiplying by the inverse Hessian.",
            scope(g, inverted),
            ledger=("C5",),
        ),
        step(
            r"x - H^{-1} (H (x - x_\star)) = x_\star",
            "If $f$ is itself quadratic, with gradient $H (x - x_\\star)$, one step ends at $x_\\star$, from anywhere.",
            scope(x, z, inverted),
            ledger=("C5",),
        ),
        assume(r"d = -H^{-1} g", "This is the Newton step.", at_d),
        step(
            rf"{moved} - \left( {model} \right) = \frac{{1}}{{2}} e^\top H e",
            "Away from the end of the step, by $e$, the model changes by this much, and by nothing of first order.",
            at_d,
            ledger=("C5",),
        ),
        step(
            r"\frac{1}{2} e^\top H e > 0",
            "So the end of the step is a minimum of the model if $H$ is positive definite. If $H$ has a negative eigenvalue it is a saddle "
            "or a maximum, and the step goes there all the same.",
            scope(vector("e", size="n"), matrix("H", "positive_definite", size="n"), given=(r"e \ne 0",)),
            ledger=("C5",),
        ),
    )


def _sizes() -> tuple[Block, ...]:
    y = real("y", r"y \ne 0")
    positive = scope(y, real("p", r"p > 0"))
    upward = scope(real("y", r"y > 0"), real("p", r"p > 0"))
    scaled = scope(real("y"), real("p", r"p \ne 0"), real("c", r"c \ne 0"))
    return (
        Prose(
            "Back to zeros, and to one dimension. How does the length of the step, $\\lvert y / p \\rvert$, depend on the size of "
            "the derivative? Hold $y = f(x) \\ne 0$ fixed:"
        ),
        step(
            r"\frac{\partial}{\partial p} \left\lvert \frac{y}{p} \right\rvert = -\frac{\lvert y \rvert}{p^{2}} < 0",
            "A larger derivative makes a *shorter* step.",
            positive,
            ledger=("C7",),
        ),
        step(
            r"\lim_{p \to \infty} \frac{y}{p} = 0",
            "As the derivative explodes, the step vanishes.",
            upward,
            ledger=("C7",),
        ),
        step(
            r"\lim_{p \to 0^+} \frac{y}{p} = \infty",
            "As the derivative vanishes, the step explodes.",
            upward,
            ledger=("C7",),
        ),
        step(
            r"\frac{c y}{c p} = \frac{y}{p}",
            "Multiplying $f$ by a constant multiplies its derivative by it, and does not touch the step. So the size of $f'$ alone "
            "decides nothing.",
            scaled,
            ledger=("C7",),
        ),
        Prose("Three functions, each in one step, show all that can happen:"),
        step(
            r"-\frac{e^{M x}}{\frac{d}{dx} e^{M x}} = -\frac{1}{M}",
            "$f(x) = e^{M x}$ has the derivative $M$ at $x = 0$: a huge derivative, a tiny step.",
            scope(real("x"), real("M", r"M > 0")),
            ledger=("C7",),
        ),
        step(
            r"-\frac{1 + \delta x}{\frac{d}{dx} (1 + \delta x)} = -x - \frac{1}{\delta}",
            "$f(x) = 1 + \\delta x$: a tiny derivative $\\delta$, and at $x = 0$ a huge step.",
            scope(real("x"), real("delta", r"\delta > 0")),
            ledger=("C7",),
        ),
        step(
            r"-\frac{c (x - 1)}{\frac{d}{dx} (c (x - 1))} = 1 - x",
            "$f(x) = c (x - 1)$: the derivative $c$ may be as large as you like, the step from $x = 2$ is $-1$.",
            scope(real("x"), real("c", r"c \ne 0")),
            ledger=("C7",),
        ),
    )


def _misreading() -> tuple[Block, ...]:
    doubled = scope(real("y", r"y \ne 0"), real("p", r"p > 0"))
    ordered = scope(real("y", r"y \ne 0"), real("p", r"p > 0"), real("q", r"q > 0"), given=("p < q",))
    return (
        Prose(
            "An answer that many people read says the opposite, in two sentences. Both fail. The first, as a formula: twice the "
            "derivative would give twice the update."
        ),
        quoted(
            r"-\frac{y}{2 p} = 2 \cdot \left( -\frac{y}{p} \right)",
            "For fixed $f(x) = y$ the update is *inversely* proportional to the derivative.",
            doubled,
            ANSWER,
            "Updates are proportional to the value of the derivative of the function",
            ledger=("C7",),
        ),
        step(
            r"-\frac{y}{2 p} = \frac{1}{2} \cdot \left( -\frac{y}{p} \right)",
            "Twice the derivative gives half the update.",
            doubled,
            ledger=("C7",),
        ),
        Prose(
            "The second sentence may mean that some function has both a huge derivative and a huge step. That is true and says "
            "little: with $f(x) = x^2$ the derivative at $x$ is $2 x$ and the step is $-x/2$, because $f$ is larger still. As an "
            "explanation, “the larger the derivative, the longer the step”, it is false:"
        ),
        quoted(
            r"\left\lvert \frac{y}{p} \right\rvert \le \left\lvert \frac{y}{q} \right\rvert",
            "With the larger derivative $q$ the step would be at least as long.",
            ordered,
            ANSWER,
            "If the value of the derivative at x_n is huge, Δx … may diverge to infinity",
            ledger=("C7",),
        ),
        step(
            r"\left\lvert \frac{y}{q} \right\rvert < \left\lvert \frac{y}{p} \right\rvert",
            "The step with the larger derivative is the shorter one.",
            ordered,
            ledger=("C7",),
        ),
    )
