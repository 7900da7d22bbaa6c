"""Section: Newton's method is drawn to saddles (claim C4)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import approximate, decimal, matrix, real, scope, step, vector
from derive.core import Block, Prose, Section, Table
from derive.functions.taylor import point
from derive.topics.second_order import Options


def saddle(options: Options) -> Section:
    """Quadratic attraction whatever the index, the quadratic saddle, the quartic with its basin, the modulus as a cure."""
    return Section(
        "saddle", "Why it is drawn to saddle points", (*_general(), *_quadratic(), *_quartic(options), *_modulus())
    )


def _general() -> tuple[Block, ...]:
    e, g = vector("e", size="n"), vector("g", size="n")
    inverse = scope(e, g, matrix("H", "invertible", size="n"))
    bounded = scope(
        real("a", r"a \ge 0"),
        real("b", r"b \ge 0"),
        real("k", r"k > 0"),
        real("M", r"M > 0"),
        real("s", r"s \ge 0"),
        given=(r"a \le k", r"b \le \frac{M}{2} s^{2}"),
    )
    return (
        Prose(
            "Let $x_\\star$ be a stationary point of a smooth loss, with an invertible Hessian, and $x$ a point near it. Write $e = x - "
            "x_\\star$ for the error, $g$ for the gradient and $H$ for the Hessian at $x$."
        ),
        step(
            r"e - H^{-1} g = H^{-1} (H e - g)",
            "The error after one Newton step.",
            inverse,
            ledger=("C4",),
        ),
        step(
            r"\lVert H^{-1} (H e - g) \rVert \le \lVert H^{-1} \rVert \lVert H e - g \rVert",
            "Its length is at most the product of two norms.",
            inverse,
            axiom="operator_norm",
            ledger=("C4",),
        ),
        Prose(
            "Since $g$ vanishes at $x_\\star$, Taylor's formula gives $g = H e$ up to an error of second order: $\\lVert H e - g \\rVert \\le "
            "\\frac{M}{2} \\lVert e \\rVert^2$ if the Hessian changes by at most $M$ per unit of length. And $\\lVert H^{-1} \\rVert \\le k$ "
            "near $x_\\star$. With $a = \\lVert H^{-1} \\rVert$, $b = \\lVert H e - g \\rVert$, $s = \\lVert e \\rVert$:"
        ),
        step(
            r"a b \le \frac{k M}{2} s^{2}",
            "The new error is at most a constant times the square of the old one. **The signs of the eigenvalues of $H$ appear nowhere**: "
            "a minimum, a maximum and a saddle attract alike.",
            bounded,
            ledger=("C4",),
        ),
    )


def _quadratic() -> tuple[Block, ...]:
    x, y = real("x"), real("y")
    plain = scope(x, y)
    return (
        Prose("The plainest saddle, $f = \\frac12 (x^2 - y^2)$, with gradient $(x, -y)$:"),
        step(
            r"\begin{pmatrix} x \\ y \end{pmatrix} - \begin{pmatrix} 1 & 0 \\ 0 & -1 \end{pmatrix}^{-1} "
            r"\begin{pmatrix} x \\ -y \end{pmatrix} = \begin{pmatrix} 0 \\ 0 \end{pmatrix}",
            "One Newton step ends at the saddle, from anywhere.",
            plain,
            ledger=("C4",),
        ),
        step(
            r"y - \eta (-y) = (1 + \eta) y",
            "Gradient descent leaves it: each step multiplies $y$ by $1 + \\eta$.",
            scope(y, real("eta", r"\eta > 0")),
            ledger=("C4",),
        ),
    )


def _quartic(options: Options) -> tuple[Block, ...]:
    positive = real("x", r"x > 0")
    newton = r"\frac{2 x^{3}}{3 x^{2} - 1}"
    inner = scope(real("x", r"x \ne 0"), given=(r"5 x^{2} < 1",))
    middle = scope(positive, given=(r"5 x^{2} > 1", r"3 x^{2} < 1"))
    outer = scope(positive, given=(r"3 x^{2} > 1",))
    return (
        Prose(
            "How large is the basin of a saddle? Take $f = \\frac{x^4}{4} - \\frac{x^2}{2} + \\frac{y^2}{2}$, with minima at $x = \\pm 1$ and a "
            "saddle at the origin. The two coordinates do not mix, and $y$ is 0 after one step, so everything happens in $x$."
        ),
        step(
            rf"x - \frac{{x^{{3}} - x}}{{3 x^{{2}} - 1}} = {newton}",
            "Newton's map there.",
            scope(real("x")),
            ledger=("C4",),
        ),
        step(
            rf"\left\lvert {newton} \right\rvert < \lvert x \rvert",
            "For $\\lvert x \\rvert < 1/\\sqrt{5}$ each step comes closer to the saddle, and so it ends there.",
            inner,
            ledger=("C4",),
        ),
        step(
            rf"{newton} + x = \frac{{x (5 x^{{2}} - 1)}}{{3 x^{{2}} - 1}}",
            "At $1/\\sqrt{5}$ the map changes the sign only: a cycle of period 2.",
            scope(real("x")),
            ledger=("C4",),
        ),
        step(
            rf"{newton} < -x",
            "Between $1/\\sqrt{5}$ and $1/\\sqrt{3}$ the next point is on the other side and farther out, and so on until $1/\\sqrt{3}$ is passed.",
            middle,
            ledger=("C4",),
        ),
        step(
            rf"{newton} - 1 = \frac{{(x - 1)^{{2}} (2 x + 1)}}{{3 x^{{2}} - 1}}",
            "Beyond $1/\\sqrt{3}$, look at the distance of the next point from 1.",
            scope(real("x")),
            ledger=("C4",),
        ),
        step(
            r"\frac{(x - 1)^{2} (2 x + 1)}{3 x^{2} - 1} \ge 0",
            "The next point is at least 1, from where the method goes to the minimum at 1. So exactly the starts with $\\lvert x \\rvert < 1/\\sqrt{5}$ "
            "end at the saddle.",
            outer,
            ledger=("C4",),
        ),
        approximate(
            r"\frac{2}{4 \sqrt{5}}",
            "That is this share of all starts in $[-2, 2]$: no rare accident.",
            scope(),
            4,
            ledger=("C4",),
        ),
        _errors(options),
    )


def _errors(options: Options) -> Table:
    x = Fraction(2, 5)
    rows = []
    for t in range(5):
        rows.append((str(t), f"${decimal(point(abs(x)), 2)}$"))
        x = 2 * x**3 / (3 * x**2 - 1)
    return Table("Distance to the saddle from $x = 2/5$, exact", ("step", "$\\lvert x \\rvert$"), tuple(rows))


def _modulus() -> tuple[Block, ...]:
    near = scope(real("x", r"x > 0"), given=(r"3 x^{2} < 1",))
    moved = r"\frac{2 x (1 - 2 x^{2})}{1 - 3 x^{2}}"
    return (
        Prose(
            "So the book is right about Newton's method itself (undamped, at a saddle with an invertible Hessian). It is not a fate of all "
            "second-order methods. Divide by the *modulus* of the second derivative:"
        ),
        step(
            rf"x - \frac{{x^{{3}} - x}}{{1 - 3 x^{{2}}}} = {moved}",
            "Near the saddle $\\lvert 3 x^2 - 1 \\rvert = 1 - 3 x^2$.",
            near,
            ledger=("C4",),
        ),
        step(
            rf"{moved} > x",
            "The step leaves the saddle, by a factor of about 2 near it.",
            near,
            ledger=("C4",),
        ),
        Prose(
            "Gauss–Newton, trust regions and cubic regularisation are not drawn to saddles either; and gradient descent with a small "
            "learning rate avoids them from almost every start."
        ),
    )
