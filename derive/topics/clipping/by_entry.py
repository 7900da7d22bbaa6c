"""Section: clipping each entry: how far the direction turns (claims D7, X18)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import approximate, assume, integer, rational, real, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.clipping import Options
from derive.topics.clipping.notation import clip, clipped, column, entries_of

CLIPPED = clipped("x")


def by_entry(options: Options) -> Section:
    """Still a descent direction; the sharp bound of the angle; the gradient of the options."""
    return Section("entries", "Clipping each entry", (*_entries(), *_angle(), *_sharp(), *_own(options)))


def _entries() -> tuple[Block, ...]:
    x, v = real("x"), real("v", "v > 0")
    return (
        Prose(
            "The other recipe clips every entry $x$ of the gradient to the interval from $-v$ to $v$ by itself. What this does to one entry:"
        ),
        step(
            rf"\left\lvert {CLIPPED} \right\rvert = \min(\lvert x \rvert, v)",
            "Its size is cut at $v$.",
            scope(x, v),
            ledger=("D7",),
        ),
        step(
            rf"x {CLIPPED} > 0",
            "Its sign is kept.",
            scope(real("x", r"x \ne 0"), v),
            ledger=("D7", "X18"),
        ),
        step(
            rf"\sum_{{i=1}}^{{n}} g_i {clipped('g_i')} \ge 0",
            "The sum of these products is the product of the gradient with its clipped version. No term is negative, and those with $g_i \\ne 0$ are positive: "
            "unless $g = 0$, the clipped gradient is a descent direction for the same batch.",
            scope(integer("n", r"n \ge 1"), real("g", family=True), v),
            ledger=("D7", "X18"),
        ),
        step(
            rf"\sum_{{i=1}}^{{n}} \left( {clipped('g_i')} \right)^{{2}} \le \sum_{{i=1}}^{{n}} v^{{2}} = n v^{{2}}",
            "So the clipped gradient is not longer than $v \\sqrt{n}$.",
            scope(integer("n", r"n \ge 1"), real("g", family=True), v),
            ledger=("D7",),
        ),
    )


def _angle() -> tuple[Block, ...]:
    s = real("s", r"s \ge 1")
    x = real("x", r"x_k \ge 0", r"x_k \le s", family=True)
    n = integer("n", r"n \ge 1")
    one = scope(real("x", r"x \ge 0", r"x \le s"), s)
    many = scope(n, s, x)
    ends = scope(
        real("p", "p > 0"),
        real("q", r"q \ge 0"),
        real("r", r"r > 0"),
        s,
        n,
        given=(r"q \le s p", r"s \le p", r"r \le n"),
    )
    dot, square, cut = (
        r"\sum_{i=1}^{n} x_i \min(x_i, 1)",
        r"\sum_{i=1}^{n} x_i^{2}",
        r"\sum_{i=1}^{n} \left( \min(x_i, 1) \right)^{2}",
    )
    return (
        Prose(
            "**But the direction turns.** By how much at most? Signs play no part, so let $x_i \\ge 0$ be the moduli of the entries divided by "
            "$v$; they are cut to $\\min(x_i, 1)$. If no entry exceeds 1 nothing is clipped. Otherwise let $s \\ge 1$ be the largest."
        ),
        step(
            r"x^{2} \le s x \min(x, 1)",
            "For each entry: if it is clipped, this is $x \\le s$; if not, it is $1 \\le s$.",
            one,
            ledger=("D7",),
        ),
        step(f"{square} \\le s {dot}", "Summed over the entries.", many, ledger=("D7",)),
        step(f"{cut} \\le \\sum_{{i=1}}^{{n}} 1 = n", "The clipped entries are at most 1.", many, ledger=("D7",)),
        Prose(
            "Write $p$ for the product of $g$ and its clipped version, $q$ for the squared length of $g$ and $r$ for that of the clipped one. We have "
            "$q \\le s p$ and $r \\le n$; and $s \\le p$, since the entry $s$ alone, clipped to 1, contributes $s$ to $p$. The cosine of the angle is "
            "$p / \\sqrt{q r}$:"
        ),
        step(
            r"q \le s p \le p^{2}",
            "Length against product,",
            ends,
            ledger=("D7",),
        ),
        step(
            r"\frac{p}{\sqrt{q r}} \ge \frac{1}{\sqrt{n}}",
            "so the angle between the gradient and its clipped version has a cosine of at least $1/\\sqrt{n}$.",
            scope(real("p", "p > 0"), real("q", "q > 0"), real("r", r"r > 0"), n, given=(r"q \le p^{2}", r"r \le n")),
            ledger=("D7",),
        ),
    )


def _sharp() -> tuple[Block, ...]:
    n, G = integer("n", r"n \ge 2"), real("G", "G > 1")
    cosine = r"\frac{G + n - 1}{\sqrt{n} \sqrt{G^{2} + n - 1}}"
    return (
        Prose(
            "The bound cannot be improved. Take $v = 1$ and $g = (G, 1, \\dots, 1)$, which is clipped to $(1, 1, \\dots, 1)$:"
        ),
        step(
            rf"{cosine} > \frac{{1}}{{\sqrt{{n}}}}",
            "The cosine is never equal to the bound,",
            scope(n, G),
            ledger=("D7",),
        ),
        step(
            rf"\lim_{{G \to \infty}} {cosine} = \frac{{1}}{{\sqrt{{n}}}}",
            "but comes as close as you like.",
            scope(n, G),
            ledger=("D7",),
        ),
        step(
            r"\frac{180}{\pi} \arccos\left( \frac{1}{\sqrt{10^{6}}} \right) \approx 89.94",
            "With a million entries the angle may come up to this many degrees: almost sideways.",
            scope(),
            ledger=("D7",),
        ),
    )


def _own(options: Options) -> tuple[Block, ...]:
    g, v = entries_of(options.gradient), options.threshold
    cut = [clip(entry, v) for entry in g]
    size = len(g)
    given = (f"g = {column(g)}", f"c = {column(cut)}")
    letters = scope(vector("g", size=size), vector("c", size=size), given=given)
    digits = options.digits
    angle = r"\frac{180}{\pi} \arccos\left( \frac{g^\top c}{\lVert g \rVert_2 \lVert c \rVert_2} \right)"
    turned = _turned(g, cut)
    closing: tuple[Block, ...] = (
        (approximate(angle, "The angle between them, in degrees.", letters, digits, ledger=("D7",)),)
        if turned
        else (
            step(r"\lVert g \rVert_2 c = \lVert c \rVert_2 g", "The direction is the same.", letters, ledger=("D7",)),
        )
    )
    return (
        Prose(f"**The gradient of this handout**, clipped entry by entry at $v = {rational(v)}$:"),
        assume(given[0], "given.", letters),
        assume(given[1], "each entry cut.", letters),
        approximate(r"g^\top c", "Positive: still a descent direction.", letters, digits, ledger=("D7", "X18")),
        *closing,
        Prose(_moral(g, cut)),
    )


def _turned(g: tuple[Fraction, ...], cut: list[Fraction]) -> bool:
    """Whether the two are not parallel."""
    return any(a * d != b * c for a, b in zip(g, cut, strict=True) for c, d in zip(g, cut, strict=True))


def _moral(g: tuple[Fraction, ...], cut: list[Fraction]) -> str:
    if list(g) == cut:
        return "No entry exceeds the threshold, and nothing is changed. Try a smaller threshold."
    if not _turned(g, cut):
        return "All entries are cut in the same ratio here; in general they are not. Try another gradient."
    return "The largest entries lose most, so the small ones gain weight: the step turns away from the direction in which the loss is steep."
