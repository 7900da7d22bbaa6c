"""Section: how long a step along the negative gradient may be (claim D5)."""

from __future__ import annotations

from dataclasses import replace

from derive.authoring import matrix, quoted, real, scope, step, vector
from derive.core import Block, Declaration, Prose, Scope, Section
from derive.topics.clipping import Options
from derive.topics.clipping.notation import BOOK

CHANGE = r"\frac{1}{2} \eta^{2} h - \eta a"
ROOT = (real("h", "h > 0"), real("s", "s > 0"), real("eta", r"\eta > 0"))
POSITIVE = (real("a", "a > 0"), real("h", "h > 0"), real("eta", r"\eta > 0"))


def step_length(options: Options) -> Section:
    """Exact for quadratics, sufficient with a global bound of the curvature, both misleading otherwise."""
    return Section("length", "How long may the step be?", (*_quadratic(), *_smooth(), *_local()))


def _quadratic() -> tuple[Block, ...]:
    letters = scope(
        real("eta", r"\eta > 0"),
        vector("x"),
        vector("b"),
        vector("g"),
        matrix("H", "symmetric"),
        given=("g = H x + b",),
    )
    return (
        Prose(
            "Put $d = -g$ and $s = \\eta$ into the expansion. Along the negative gradient the loss bends with the curvature "
            "$g^\\top H g$:"
        ),
        step(
            r"\frac{1}{2} (x - \eta g)^\top H (x - \eta g) + b^\top (x - \eta g) - \left( \frac{1}{2} x^\top H x + b^\top x \right) = "
            r"\frac{1}{2} \eta^{2} g^\top H g - \eta g^\top g",
            "The change of the loss is a parabola in $\\eta$.",
            letters,
            ledger=("D5",),
        ),
        Prose(
            "Write $a = g^\\top g > 0$ and $h = g^\\top H g$. If $h > 0$ the parabola dips and comes back, with its second root at $2a/h$:"
        ),
        step(
            rf"{CHANGE} = \frac{{1}}{{2}} \eta h \left( \eta - \frac{{2 a}}{{h}} \right)",
            "The sign of the change is that of the last factor.",
            scope(*POSITIVE),
            ledger=("D5",),
        ),
        step(
            r"\frac{1}{2} \eta h (\eta - s) < 0",
            "With $s$ for $2a/h$: every shorter step makes the loss smaller.",
            scope(*ROOT, given=(r"\eta < s",)),
            ledger=("D5",),
        ),
        step(
            r"\frac{1}{2} \eta h (\eta - s) \ge 0",
            "No other step does.",
            scope(*ROOT, given=(r"\eta \ge s",)),
            ledger=("D5",),
        ),
        step(
            rf"{CHANGE} \ge -\frac{{a^{{2}}}}{{2 h}}",
            "No step gains more than this,",
            scope(*POSITIVE),
            ledger=("D5",),
        ),
        step(
            r"\frac{1}{2} \left( \frac{a}{h} \right)^{2} h - \frac{a}{h} a = -\frac{a^{2}}{2 h}",
            "and $\\eta = a/h$, half of the longest step, gains it.",
            scope(*POSITIVE[:2]),
            ledger=("D5",),
        ),
        step(
            rf"{CHANGE} < 0",
            "Where the curvature along the gradient is not positive, every step makes the loss smaller.",
            scope(real("a", "a > 0"), real("h", r"h \le 0"), real("eta", r"\eta > 0")),
            ledger=("D5",),
        ),
        Prose(
            "So the two readings of “small enough” for a quadratic are one: $0 < \\eta < 2 \\, g^\\top g / (g^\\top H g)$, if and only if."
        ),
    )


def _smooth() -> tuple[Block, ...]:
    L = real("L", "L > 0")
    curved = _with_function(scope(real("x"), real("y"), L))
    return (
        Prose(
            "**Other losses.** Let $f$ be the loss along a line, and suppose that it curves nowhere by more than $L$: then "
            "$\\phi(x) = \\frac{L}{2} x^2 - f(x)$ is convex, and $f = \\frac{L}{2} x^2 - \\phi$. A convex function lies above its tangents, "
            "so $f$ lies below a parabola:"
        ),
        step(
            r"\frac{d}{dx} \left( \frac{L}{2} x^{2} - \phi(x) \right) = L x - \phi'(x)",
            "The slope of $f$ at $x$.",
            curved,
            ledger=("D5",),
        ),
        step(
            r"\frac{L}{2} y^{2} - \phi(y) \le \frac{L}{2} y^{2} - \phi(x) - \phi'(x) (y - x) = "
            r"\frac{L}{2} x^{2} - \phi(x) + (L x - \phi'(x)) (y - x) + \frac{L}{2} (y - x)^{2}",
            "On the left stands $f(y)$, on the right $f(x)$, the slope times the distance, and at most $L/2$ times the distance squared.",
            curved,
            axiom="convex_tangent",
            ledger=("D5",),
        ),
        step(
            r"p (-\eta p) + \frac{L}{2} (-\eta p)^{2} = -\eta p^{2} \left( 1 - \frac{\eta L}{2} \right) < 0",
            "With slope $p \\ne 0$ and $y = x - \\eta p$: for $\\eta < 2/L$ the loss falls (the *descent lemma*). This condition is "
            "sufficient, for every such loss; it is not necessary.",
            scope(real("p", r"p \ne 0"), real("eta", r"\eta > 0"), L, given=(r"\eta < \frac{2}{L}",)),
            ledger=("D5",),
        ),
        step(
            r"\frac{2}{L} \le \frac{2 a}{h}",
            "For a quadratic whose curvature is at most $L$, so that $h \\le L a$, it is the cautious version of the exact rule.",
            scope(real("a", "a > 0"), real("h", "h > 0"), L, given=(r"h \le L a",)),
            ledger=("D5",),
        ),
    )


def _with_function(base: Scope) -> Scope:
    """The scope with a convex function phi besides."""
    phi = Declaration("phi", properties=("convex",), function=True)
    return replace(base, declarations=(*base.declarations, phi))


def _local() -> tuple[Block, ...]:
    eta = real("eta", r"\eta > 0")
    return (
        Prose(
            "**The curvature at the point is no substitute** for a bound that holds all along the step. It can be too strict. For $x^4$ at "
            "$x = 1$ the slope is 4 and the curvature 12, so the parabola would allow $\\eta$ up to $2/12 = 1/6$. In truth:"
        ),
        step(
            r"(1 - 4 \eta)^{4} < 1",
            "every step up to $\\eta = 1/2$ makes $x^4$ smaller.",
            scope(eta, given=(r"\eta < \frac{1}{2}",)),
            ledger=("D5",),
        ),
        step(
            r"(1 - 4 \eta)^{4} \ge 1",
            "From $1/2$ on none does.",
            scope(eta, given=(r"\eta \ge \frac{1}{2}",)),
            ledger=("D5",),
        ),
        Prose(
            "And it can be too lax. For $f(x) = x^2 + \\frac{1}{10} (1 - x)^4$ at $x = 1$ the slope and the curvature are both 2, so the "
            "parabola would allow every $\\eta$ below 1:"
        ),
        step(
            r"\frac{d}{dx} \left( x^{2} + \frac{1}{10} (1 - x)^{4} \right) = 2 x - \frac{2}{5} (1 - x)^{3}",
            "At $x = 1$ this is 2.",
            scope(real("x")),
            ledger=("D5",),
        ),
        step(
            r"\frac{d}{dx} \left( 2 x - \frac{2}{5} (1 - x)^{3} \right) = 2 + \frac{6}{5} (1 - x)^{2}",
            "So is this.",
            scope(real("x")),
            ledger=("D5",),
        ),
        quoted(
            r"(1 - 2 \eta)^{2} + \frac{1}{10} (2 \eta)^{4} < 1",
            "Read with the curvature at the point, for all $\\eta < 2/f''(1) = 1$, the value after the step, $f(1 - 2 \\eta)$, would be below $f(1) = 1$. "
            "At $\\eta = 9/10$ it is not.",
            scope(real("eta", r"\eta > 0", r"\eta < 1")),
            BOOK,
            "small enough to avoid traversing too much upward curvature",
            ledger=("D5",),
        ),
        step(
            r"\left( 1 - 2 \cdot \frac{9}{10} \right)^{2} + \frac{1}{10} \left( 2 \cdot \frac{9}{10} \right)^{4} \approx 1.69",
            "There the step has raised the loss from 1 to this.",
            scope(),
            ledger=("D5",),
        ),
    )
