"""Section: where the step explodes, and how fast: the order of the pole (claim C10)."""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from derive.authoring import decimal, integer, real, scope, step
from derive.core import Block, Prose, Section, Table, Term
from derive.functions import derivatives, read_function
from derive.functions.taylor import point
from derive.topics.newton import Options


def order(options: Options) -> Section:
    """The model near a critical point of order k, the general case, multiple roots, minimisation, a measured slope."""
    return Section(
        "order",
        "Where the step explodes, and how fast",
        (*_model(), *_general(), *_roots(), *_slope(options), *_minimum()),
    )


def _model() -> tuple[Block, ...]:
    letters = scope(integer("k", r"k \ge 1"), real("a", r"a \ne 0"), real("y", r"y \ne 0"), real("h", r"h \ne 0"))
    return (
        Prose(
            "So the place to look at is a *critical point* $c$ of $f$, a zero of $f'$, that is no zero of $f$. Say that $f'$ "
            "vanishes there to order $k \\ge 1$. The simplest such function, with $h = x - c$ and $y = f(c) \\ne 0$, is "
            "$f = y + a h^{k+1}$."
        ),
        step(
            r"\frac{\partial}{\partial h} (y + a h^{k+1}) = a (k + 1) h^{k}",
            "Its derivative vanishes to order $k$ at $h = 0$.",
            letters,
            ledger=("C10",),
        ),
        step(
            r"h^{k} \frac{y + a h^{k+1}}{a (k + 1) h^{k}} - \frac{y}{a (k + 1)} = \frac{h^{k+1}}{k + 1}",
            "The step $f/f'$, multiplied by $h^k$, differs from a constant by something that vanishes with $h$.",
            letters,
            ledger=("C10",),
        ),
        Prose(
            "So $f/f'$ behaves like $\\frac{y}{a (k+1)} (x - c)^{-k}$ near $c$: it has a **pole of order** $k$. Halving the distance "
            "to $c$ makes the step $2^k$ times as long."
        ),
    )


def _general() -> tuple[Block, ...]:
    k, a, y = integer("k", r"k \ge 1"), real("a", r"a \ne 0"), real("y", r"y \ne 0")
    errors = scope(k, a, y, real("delta"), real("epsilon", r"\epsilon > -1"), real("h", r"h \ne 0"))
    return (
        Prose(
            "A general $f$ with $f'(x) = a (k+1) h^k (1 + \\epsilon)$ and $f(x) = y + \\delta$, where $\\delta$ and $\\epsilon$ tend to "
            "0 with $h$ (Taylor's theorem gives such a form as soon as $f^{(k+1)}$ is continuous and not 0 at $c$), does the same:"
        ),
        step(
            r"h^{k} \frac{y + \delta}{a (k + 1) h^{k} (1 + \epsilon)} = \frac{y + \delta}{a (k + 1) (1 + \epsilon)}",
            "The power of $h$ cancels, and what is left is continuous in $\\delta$ and $\\epsilon$ at 0, with the value "
            "$\\frac{y}{a (k+1)}$ there.",
            errors,
            ledger=("C10",),
        ),
        Prose(
            "At a simple critical point, $k = 1$ and $2 a = f''(c)$, so the step is $\\frac{f(c)}{f''(c) (x - c)}$ to leading order."
        ),
    )


def _roots() -> tuple[Block, ...]:
    letters = scope(integer("m", r"m \ge 1"), real("x"), real("c"), given=(r"x \ne c",))
    return (
        Prose("What if $f(c)$ is zero, too? Then $c$ is a multiple root, and nothing explodes:"),
        step(
            r"\frac{(x - c)^{m}}{\frac{d}{dx} (x - c)^{m}} = \frac{x - c}{m}",
            "At a root of multiplicity $m$ the step is a fraction $1/m$ of the distance. No pole; but the method slows down, to a "
            "factor $1 - 1/m$ a step.",
            letters,
            ledger=("C10",),
        ),
    )


def _slope(options: Options) -> tuple[Block, ...]:
    """Measured at one function."""
    f = read_function(r"1 + x^{2} + x^{3}", "the example")
    rows = [(k, _length(f, Fraction(1, 10**k))) for k in range(1, 6)]
    return (
        Prose(
            "Measured, on $f(x) = 1 + x^2 + x^3$ with its critical point $c = 0$ of order 1, where the theorem says "
            "$\\frac{1}{2 x}$: ten times closer, ten times as long."
        ),
        Table(
            "Length of the step $f/f'$ at distance $h$ from the critical point",
            ("$h$", "$f/f'$", "$h \\cdot f/f'$"),
            tuple(
                (f"$10^{{-{k}}}$", f"${decimal(value, options.digits)}$", f"${decimal(value / 10**k, options.digits)}$")
                for k, value in rows
            ),
        ),
    )


def _length(f: Term, h: Fraction) -> arb:
    """f/f' at h."""
    value, slope = derivatives(f, point(h), 1, 256)
    return value / slope


def _minimum() -> tuple[Block, ...]:
    letters = scope(real("p", r"p \ne 0"), real("b", r"b \ne 0"), real("h", r"h \ne 0"))
    return (
        Prose(
            "For minimisation the same holds with $f'$ in the place of $f$: the step $f'/f''$ has a pole where $f''$ vanishes and $f'$ "
            "does not, an inflection. With $p = f'(c)$ and $f''(x) = b h$ to leading order ($b = f'''(c) \\ne 0$) it is simple:"
        ),
        step(
            r"h \frac{p + \frac{b}{2} h^{2}}{b h} - \frac{p}{b} = \frac{h^{2}}{2}",
            "Multiplied by $h$ the step differs from $p/b$ by something that vanishes with $h$.",
            letters,
            ledger=("C10",),
        ),
    )
