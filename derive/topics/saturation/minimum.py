"""Section: a gradient is small near a minimum, too; is smallness good? (claim B12)"""

from __future__ import annotations

from derive.authoring import approximate, assume, quoted, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.saturation.one_weight import LESSWRONG

QUADRATIC = r"c \le a + g^\top (y - x) + \frac{L}{2} \lVert y - x \rVert_2^{2}"
MOVE = r"y = x - \frac{1}{L} g"
SQUARE = r"g^\top (y - x) + \frac{L}{2} \lVert y - x \rVert_2^{2} = -\frac{1}{2 L} \lVert g \rVert_2^{2}"
DECREASE = r"c \le a - \frac{1}{2 L} \lVert g \rVert_2^{2}"


def minimum(digits: int) -> Section:
    return Section("minimum", "Are small gradients good?", (*_smooth(), *_kink(), *_converse(digits), *_closing()))


def _smooth() -> tuple[Block, ...]:
    letters = (vector("x"), vector("y"), vector("g"), real("a"), real("c"), real("m"), real("L", "L > 0"))
    return (
        Prose(
            "“Gradients also get small when they reach a local minimum. Does this mean that vanishing gradients are sometimes good?” Two statements hide in this "
            "question. The first is true of *smooth* functions: near the minimum the gradient is small. Smooth with constant $L$ means that the function $f$ lies below the "
            "parabola that touches it at $x$. Write $a = f(x)$, $c = f(y)$, $g = \\nabla f(x)$, and $m$ for a number that $f$ never falls below."
        ),
        assume(QUADRATIC, "$L$-smooth.", scope(*letters, given=(QUADRATIC,))),
        assume(MOVE, "one step of gradient descent, with the learning rate $1/L$.", scope(*letters, given=(MOVE,))),
        step(SQUARE, "Put $y$ in.", scope(*letters, given=(MOVE,)), ledger=("B12",)),
        step(
            DECREASE,
            "So this step lowers $f$ by at least that much.",
            scope(*letters, given=(QUADRATIC, SQUARE, MOVE)),
            ledger=("B12",),
        ),
        step(
            r"\frac{1}{2 L} \lVert g \rVert_2^{2} \le a - m",
            "But $f$ cannot fall below $m$, so $m \\le c$.",
            scope(*letters, given=(DECREASE, r"m \le c")),
            ledger=("B12",),
        ),
        step(
            r"u = 2 L \cdot \frac{u}{2 L} \le 2 L (a - m)",
            "Multiply by $2 L$, with $u = \\lVert g \\rVert_2^2$: the squared gradient is at most $2 L$ times the excess $f(x) - m$.",
            scope(real("u"), real("a"), real("m"), real("L", "L > 0"), given=(r"\frac{u}{2 L} \le a - m",)),
            ledger=("B12",),
        ),
    )


def _kink() -> tuple[Block, ...]:
    near = scope(real("x", r"x > 0"), real("L", "L > 0"))
    return (
        quoted(
            r"\left( \frac{d}{dx} \lvert x \rvert \right)^{2} \le 2 L \lvert x \rvert",
            "Without smoothness even this fails: $\\lvert x \\rvert$ has the slope 1 however close to its minimum. Whatever constant $L$ is tried, some $x$ is close enough.",
            near,
            LESSWRONG,
            "Gradients also get small when they reach a local minimum.",
            ledger=("B12",),
        ),
    )


def _converse(digits: int) -> tuple[Block, ...]:
    inside = scope(real("w", r"0 < w < 1"))
    loss, slope = r"\frac{1}{2} (w^{20} - 1)^{2}", r"20 w^{19} (w^{20} - 1)"
    at = "(3/10)"
    return (
        Prose(
            "The second statement is the converse, that a small gradient means a small excess. Vanishing gradients are the standard counterexample. Take a *linear* chain "
            "of 20 layers with one shared weight $w$ and the target 1: its loss is $\\frac{1}{2}(w^{20} - 1)^2$, with the minimum 0 at $w = 1$."
        ),
        step(
            rf"\frac{{d}}{{dw}} {loss} = {slope}",
            "The slope by the power and chain rules.",
            scope(real("w")),
            ledger=("B12",),
        ),
        approximate(
            loss.replace("w", at),
            "At $w = 3/10$ the loss is nearly as large as at 0:",
            scope(),
            digits,
            ledger=("B12",),
        ),
        approximate(slope.replace("w", at), "The slope there is tiny.", scope(), digits, ledger=("B12",)),
        quoted(
            rf"{loss} \le \left\lvert {slope} \right\rvert",
            "Read as “where the slope is small, little is left to gain”, this is false.",
            inside,
            LESSWRONG,
            "Does this mean that vanishing gradients are sometimes good?",
            ledger=("B12",),
        ),
    )


def _closing() -> tuple[Block, ...]:
    letters = scope(real("u"), real("a"), real("m"), real("mu", r"\mu > 0"), given=(r"u \ge 2 \mu (a - m)",))
    return (
        Prose(
            "**The corrected statement.** The converse is a property of its own, the *Polyak–Łojasiewicz inequality* "
            "$\\lVert \\nabla f \\rVert_2^2 \\ge 2 \\mu (f - m)$ with some $\\mu > 0$. Where it holds:"
        ),
        step(
            r"a - m \le \frac{u}{2 \mu}",
            "With $u = \\lVert g \\rVert_2^2$ as before: a small gradient means a small excess.",
            letters,
            ledger=("B12",),
        ),
        Prose(
            "**To take home.** Slopes multiply along a chain, and no slope of a saturating unit is large. A small gradient is a fact about the "
            "path from the loss to the parameter; whether there is something left to learn is a different question, which only the loss answers."
        ),
    )
