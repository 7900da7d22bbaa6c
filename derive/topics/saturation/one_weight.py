"""Section: the derivative by one weight need not be small where the slope is (claim B10)."""

from __future__ import annotations

from derive.authoring import approximate, quoted, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.saturation.curve import Curve, defined

LESSWRONG = "LessWrong post on vanishing and exploding gradients, paragraph on the sigmoid"
NEAR = r"\frac{15434}{10000}"
"""Just below the solution of a sinh a = 1 + cosh a."""


def one_weight(curve: Curve, digits: int) -> Section:
    return Section(
        "weight",
        "The derivative by one weight",
        (*_partial(curve), *_large_input(curve), *_bounded_input(curve), *_by_the_weight(curve, digits)),
    )


def _partial(curve: Curve) -> tuple[Block, ...]:
    letters = scope(real("w"), real("x"), real("b"), real("y"), given=(f"y = {curve.of('w x + b')}",))
    return (
        Prose(
            "From a flat curve to a small gradient is one more step. A unit with one input computes "
            "$y = f(w x + b)$, and training differentiates by $w$, not by $z = w x + b$."
        ),
        step(
            rf"\frac{{\partial}}{{\partial w}} {curve.of('w x + b')} = x {curve.slope}",
            "The chain rule: the slope, times the input.",
            letters,
            ledger=("B10",),
        ),
    )


def _large_input(curve: Curve) -> tuple[Block, ...]:
    sigmoid = curve.name == "sigmoid"
    known = defined(curve)
    x, w = (r"e^{10}", r"10 e^{-10}") if sigmoid else (r"\frac{1}{4} e^{20}", r"40 e^{-20}")
    closed = scope(real("w"), real("x"), given=(f"x = {x}", f"w = {w}"))
    factor, result = (
        (r"e^{z}", r"y^{2}") if sigmoid else (r"\frac{1}{4} e^{2 z}", r"\left( \frac{1 + y}{2} \right)^{2}")
    )
    return (
        quoted(
            rf"x {curve.far('w x')} \le \frac{{1}}{{100}}",
            f"Read as a statement about $\\partial y / \\partial w$ far out on the curve. Take $x = {x}$, $w = {w}$ and $b = 0$: then $z = 10$, far on the right.",
            closed,
            LESSWRONG,
            "if we take the partial derivative with respect to some parameter, it will end up being extremely (perhaps vanishingly) small",
            ledger=("B10",),
        ),
        step(
            rf"{factor} {curve.slope} = {result}",
            f"Why: an input of size $x = {factor}$ undoes the tail exactly. What is left tends to 1 as $z$ grows, not to 0.",
            known,
            ledger=("B10",),
        ),
    )


def _bounded_input(curve: Curve) -> tuple[Block, ...]:
    letters = scope(
        real("z"),
        real("x"),
        real("B", "B > 0"),
        real("y"),
        given=(f"y = {curve.of('z')}", r"\lvert x \rvert \le B"),
    )
    return (
        Prose(
            "**The corrected statement.** With inputs that are bounded, say $\\lvert x \\rvert \\le B$, the sentence is true:"
        ),
        step(
            rf"\lvert x \rvert {curve.slope} \le B {curve.slope} < B \cdot {curve.tail}",
            "Far out, the derivative by the weight is exponentially small, too.",
            letters,
            ledger=("B10",),
        ),
    )


def _by_the_weight(curve: Curve, digits: int) -> tuple[Block, ...]:
    """|∂y/∂w| ≤ C/|w| for b = 0: C is the largest value of u/(2 + 2 cosh u), twice that for tanh."""
    tangent = r"2 \cosh(u) \ge 2 \cosh(a) + 2 u \sinh(a) - 2 a \sinh(a)"
    mirrored = r"2 \cosh(u) \ge 2 \cosh(a) + 2 \lvert u \rvert \sinh(a) - 2 a \sinh(a)"
    small = r"a \sinh(a) \le 1 + \cosh(a)"
    free = scope(real("u"), real("a"))
    known = scope(real("u"), real("a", "a > 0"), given=(small, mirrored))
    ratio = scope(real("u"), real("p", "p > 0"), real("q", "q > 0"), given=(r"p \ge q \lvert u \rvert",))
    return (
        *_in_z(curve),
        Prose(
            "So how large can $u / (2 + 2 \\cosh u)$ be? The hyperbolic cosine is convex: it lies above its tangent at any point $a$."
        ),
        step(tangent, "For all real $u$ and $a$.", free, ledger=("B10",)),
        step(
            r"\cosh(\lvert u \rvert) = \cosh(u)",
            "So $\\lvert u \\rvert$ may stand for $u$ in it.",
            scope(real("u")),
            ledger=("B10",),
        ),
        step(
            r"2 + 2 \cosh(u) \ge 2 \lvert u \rvert \sinh(a)",
            "Add 2. For every $a > 0$ with $a \\sinh a \\le 1 + \\cosh a$ what does not depend on $u$ can be left out.",
            known,
            ledger=("B10",),
        ),
        step(
            r"\frac{\lvert u \rvert}{p} \le \frac{1}{q}",
            "Divide, with $p = 2 + 2 \\cosh u$ and $q = 2 \\sinh a$.",
            ratio,
            ledger=("B10",),
        ),
        step(
            rf"{NEAR} \sinh({NEAR}) \le 1 + \cosh({NEAR})",
            "The larger $a$, the better the bound; $a = 1.5434$ is still allowed.",
            scope(),
            ledger=("B10",),
        ),
        approximate(
            rf"\frac{{1}}{{2 \sinh({NEAR})}}",
            "So $\\lvert u \\rvert / (2 + 2 \\cosh u)$ is at most this, for every $u$:",
            scope(),
            4,
            ledger=("B10",),
        ),
        approximate(
            rf"{NEAR} \cdot \frac{{1}}{{2 + 2 \cosh({NEAR})}}",
            "At $u = 1.5434$ it is that large, to the digits shown:",
            scope(),
            4,
            ledger=("B10",),
        ),
        Prose(_moral(curve)),
    )


def _in_z(curve: Curve) -> tuple[Block, ...]:
    sigmoid = curve.name == "sigmoid"
    u, twice = ("w x", "") if sigmoid else ("2 w x", "2 ")
    letters = scope(real("w", r"w \ne 0"), real("x"), real("u"), given=(f"u = {u}",))
    return (
        Prose(
            "And if the inputs are not bounded? Without a bias the large input and the large weight compete, because $z = w x$. "
            f"Put $u = {u}$."
        ),
        step(
            rf"x {curve.far('w x')} = \frac{{1}}{{w}} \cdot \frac{{{twice}u}}{{2 + 2 \cosh(u)}}",
            "The input has gone; the weight stands below.",
            letters,
            ledger=("B10",),
        ),
    )


def _moral(curve: Curve) -> str:
    if curve.name == "sigmoid":
        return (
            "Hence $\\lvert \\partial y / \\partial w \\rvert \\le 0.2239 / \\lvert w \\rvert$ for every input whatever (rounded; without a bias): "
            "a *large weight* makes the derivative small, a large $z$ alone does not."
        )
    return (
        "With the factor 2 in front, $\\lvert \\partial y / \\partial w \\rvert \\le 0.4478 / \\lvert w \\rvert$ for every input whatever (rounded "
        "up; without a bias): a *large weight* makes the derivative small, a large $z$ alone does not."
    )
