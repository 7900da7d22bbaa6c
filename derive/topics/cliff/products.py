"""Section: what multiplying parameters does to slope and curvature (claims D1, X3)."""

from __future__ import annotations

from derive.authoring import approximate, integer, quoted, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.cliff import Options

FORUM = "Question about Goodfellow, Bengio and Courville's Deep Learning on Stack Exchange, quoting section 8.2.4"
FACTORS = 20


def products(options: Options) -> Section:
    """Gradient and Hessian of a product of n parameters; the power of one shared parameter."""
    return Section("products", "Multiplied parameters", (*_gradient(options), *_hessian(), *_shared()))


def _gradient(options: Options) -> tuple[Block, ...]:
    n, c, r = integer("n", r"n \ge 1"), real("c"), real("r", "r > 0")
    inside = real("w", r"\lvert w_k \rvert \le r", family=True)
    return (
        Prose(
            "Steepness begins with a product. Let $f = w_1 w_2 \\cdots w_n$. Its derivative by one factor is the product of the others, for example"
        ),
        step(
            r"\frac{\partial}{\partial w} (u v w) = u v",
            "with three factors.",
            scope(real("u"), real("v"), real("w")),
            ledger=("D1",),
        ),
        step(
            r"\sqrt{\sum_{i=1}^{n} (c^{n-1})^{2}} = \sqrt{n} \lvert c \rvert^{n-1}",
            "Where all factors equal $c$, each of the $n$ partial derivatives is $c^{n-1}$, and this is the length of the gradient.",
            scope(n, c),
            ledger=("D1",),
        ),
        approximate(
            rf"\sqrt{{{FACTORS}}} \cdot 2^{{{FACTORS - 1}}}",
            f"For $n = {FACTORS}$ and $c = 2$ that is high,",
            scope(),
            options.digits,
            ledger=("D1",),
        ),
        approximate(
            rf"\sqrt{{{FACTORS}}} \cdot \left( \frac{{1}}{{2}} \right)^{{{FACTORS - 1}}}",
            "and for $c = 1/2$ it is low.",
            scope(),
            options.digits,
            ledger=("D1",),
        ),
        quoted(
            r"\sqrt{n + 1} \lvert c \rvert^{n} \ge \sqrt{n} \lvert c \rvert^{n-1}",
            "Read as: one more factor never makes the loss flatter. The hypothesis that is missing is that the region reaches beyond $\\lvert w \\rvert = 1$.",
            scope(n, c),
            FORUM,
            "sharp nonlinearities in parameter space resulting from the multiplication of several parameters",
            ledger=("D1",),
        ),
        step(
            r"\prod_{i=1}^{m} \lvert w_i \rvert \le r^{m}",
            "Where no factor exceeds $r$, a product of $m$ of them is at most $r^m$: with $m = n - 1$ this bounds each partial derivative by $r^{n-1}$,",
            scope(integer("m", r"m \ge 1"), r, inside),
            ledger=("D1",),
        ),
        step(
            r"\sum_{i=1}^{n} p_i^{2} \le \sum_{i=1}^{n} q^{2} = n q^{2}",
            "and with $q = r^{n-1}$ the gradient by $\\sqrt{n} \\, r^{n-1}$.",
            scope(n, real("q", "q > 0"), real("p", r"p_k \ge -q", r"p_k \le q", family=True)),
            ledger=("D1",),
        ),
        step(
            r"\lim_{n \to \infty} \sqrt{n} r^{n-1} = 0",
            "With $r < 1$ that is tiny: in a box inside the unit cube multiplication makes everything *flat*.",
            scope(n, real("r", "0 < r", "r < 1")),
            ledger=("D1",),
        ),
    )


def _hessian() -> tuple[Block, ...]:
    u, v = vector("u", size="n"), vector("v", size="n")
    return (
        Prose(
            "The second derivatives at $w_1 = \\dots = w_n = c$ are $c^{n-2}$ off the diagonal and 0 on it: the Hessian is $c^{n-2} (u u^\\top - I)$, with $u$ the vector of ones."
        ),
        step(
            r"(u u^\top - I) u = (u^\top u - 1) u",
            "The direction of the ones is curved by $(n - 1) c^{n-2}$, since $u^\\top u = n$;",
            scope(u),
            ledger=("D1",),
        ),
        step(
            r"(u u^\top - I) v = (u^\top v) u - v",
            "every direction $v$ orthogonal to it is curved by $-c^{n-2}$. There are $n - 1$ of these: the Hessian is indefinite, a saddle.",
            scope(u, v),
            ledger=("D1",),
        ),
    )


def _shared() -> tuple[Block, ...]:
    letters = scope(integer("t", r"t \ge 2"), real("w", "w > 0"), real("x"))
    return (
        Prose(
            "**One shared parameter.** A linear recurrent unit multiplies the state $x$ at the start by $w$ at each of $t$ steps:"
        ),
        step(r"\frac{d}{dw} (x w^{t}) = t x w^{t-1}", "Its slope.", letters, ledger=("X3",)),
        step(
            r"\frac{d}{dw} (t x w^{t-1}) = t (t - 1) x w^{t-2} = \frac{t - 1}{w} t x w^{t-1}",
            "Its curvature is the slope times $(t-1)/w$: where the slope explodes, the curvature explodes with it. Pascanu, Mikolov and Bengio conjecture that it is so in general.",
            letters,
            ledger=("X3",),
        ),
    )
