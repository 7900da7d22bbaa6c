"""Section: skip connections, alone and beside a direct one (claim F2)."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, ctx, fmpq

from derive.authoring import approximate, assume, decimal, integer, rational, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.topics.remedies import Options

BITS = 256
DELAYS = (1, 2, 5, 10)


def skip(options: Options) -> Section:
    return Section(
        "skip",
        "Skip connections: fewer factors, or more paths",
        (*_alone(options), *_both(), *_sign(), *_own(options)),
    )


def _alone(options: Options) -> tuple[Block, ...]:
    t, k = integer("t", r"t \ge 0"), integer("k", r"k \ge 1")
    chain = scope(t, k, real("w"), real("m", family=True), given=("m_0 = 1", r"m_k = w m_{k-1}"))
    return (
        Prose(
            "Let the state depend on the state $d$ steps ago, and on nothing else: $h_t = w h_{t-d}$. Then only every $d$-th state feels the first one. Write $m_k$ for the derivative of $h_{kd}$ "
            "with respect to $h_0$."
        ),
        assume("m_0 = 1", "the start.", chain),
        assume(r"m_k = w m_{k-1}", "$d$ steps, one factor.", chain),
        step(
            r"m_t = w^{t}",
            "By induction. Over $\\tau$ steps the exponent is $\\tau / d$ if $d$ divides $\\tau$; otherwise the derivative is 0.",
            chain,
            induction=("t", 0),
            ledger=("F2",),
        ),
        _alone_table(options),
        Prose("The exponential is still there. Its exponent is divided by $d$, which is a constant."),
    )


def _alone_table(options: Options) -> Table:
    w, T = options.weight, options.horizon
    rows = []
    for d in sorted({*DELAYS, options.delay}):
        last = T - T % d
        with ctx.workprec(BITS):
            value = decimal(arb(fmpq(w.numerator, w.denominator)) ** (last // d), options.digits)
        rows.append((str(d), str(last), str(last // d), f"${value}$"))
    return Table(
        f"A delayed connection alone, $w = {rational(w)}$: what is left after the last multiple of $d$ up to ${T}$ steps",
        ("delay $d$", "steps", "factors", "left"),
        tuple(rows),
    )


def _both() -> tuple[Block, ...]:
    pascal = scope(integer("m", r"m \ge j + 1"), integer("j", r"j \ge 1"))
    growth = scope(
        integer("t", r"t \ge d"),
        integer("d", r"d \ge 1"),
        real("a"),
        real("c"),
        real("r", "r > 0"),
        real("b"),
        given=(r"b = r^{d} - a r^{d-1}",),
    )
    return (
        Prose(
            "Usually a skip stands *beside* the direct connection: $h_t = a h_{t-1} + b h_{t-d}$. Now a gradient has many ways home, and their contributions add up. A way over $\\tau$ steps with $j$ "
            "long jumps has $\\tau - d j$ short ones, in any order: $\\binom{m}{j}$ ways with $m = \\tau - (d - 1) j$ jumps, each worth $a^{\\tau - d j} b^{j}$. The last jump was short or long:"
        ),
        step(
            r"\binom{m}{j} = \binom{m-1}{j} + \binom{m-1}{j-1}",
            "Pascal's rule is the recurrence.",
            pascal,
            ledger=("F2",),
        ),
        step(
            r"a \cdot c r^{t-1} + b \cdot c r^{t-d} = c r^{t}",
            "How fast does the sum of all ways grow? A geometric sequence $c r^t$ solves the recurrence exactly if $r^d = a r^{d-1} + b$.",
            growth,
            ledger=("F2",),
        ),
    )


def _sign() -> tuple[Block, ...]:
    d = integer("d", r"d \ge 1")
    below = scope(d, real("a", r"a \ge 0"), real("b", r"b \ge 0"), real("x", r"x \ge 1"), given=("a + b < 1",))
    any_weights = scope(d, real("a"), real("b"))
    return (
        Prose(
            "Let $p(x) = x^d - a x^{d-1} - b$, and let both weights be non-negative. Its positive zero is the rate $r$."
        ),
        step(
            r"1^{d} - a \cdot 1^{d-1} - b = 1 - (a + b)",
            "If $a + b > 1$, then $p(1) < 0$, while $p(x)$ is positive for large $x$: there is a zero above 1, and the gradient explodes.",
            any_weights,
            ledger=("F2",),
        ),
        step(
            r"a x^{d-1} + b \le (a + b) x^{d-1} < x^{d}",
            "If $a + b < 1$, there is no zero at 1 or above: it vanishes. So for non-negative weights the *sum* decides, not the single weights. (For weights of any sign, $\\lvert a \\rvert + "
            "\\lvert b \\rvert < 1$ is still enough to vanish, by the same line with moduli.)",
            below,
            ledger=("F2",),
        ),
        step(
            r"\left( \frac{\frac{3}{5} + \sqrt{\left( \frac{3}{5} \right)^{2} + 4 \cdot \frac{3}{5}}}{2} \right)^{2} = \frac{3}{5} \cdot \frac{\frac{3}{5} + \sqrt{\left( \frac{3}{5} \right)^{2} + 4 \cdot \frac{3}{5}}}{2} + \frac{3}{5}",
            "The smallest warning: $a = b = 3/5$ and $d = 2$. This number solves $r^2 = a r + b$.",
            scope(),
            ledger=("F2",),
        ),
        approximate(
            r"\frac{1}{2} \left( \frac{3}{5} + \sqrt{\left( \frac{3}{5} \right)^{2} + 4 \cdot \frac{3}{5}} \right)",
            "Both weights are below 1, and the gradient explodes at this rate:",
            scope(),
            5,
            ledger=("F2",),
        ),
    )


def _own(options: Options) -> tuple[Block, ...]:
    a, b, d, T = rational(options.direct), rational(options.skip), options.delay, options.horizon
    total = options.direct + options.skip
    word = "above" if total > 1 else "below" if total < 1 else "exactly"
    tells = {
        "above": "so it grows at the rate of the zero above 1",
        "below": "so it vanishes",
        "exactly": "so $p(1) = 0$: it neither grows nor vanishes",
    }[word]
    binomial = rf"\binom{{{T} - j}}{{j}}" if d == 2 else rf"\binom{{{T} - {d - 1} j}}{{j}}"
    power = rf"\left( {a} \right)^{{{T} - {d} j}} \left( {b} \right)^{{j}}"
    return (
        approximate(
            rf"\sum_{{j=0}}^{{{T // d}}} {binomial} {power}",
            f"The network of this handout, $a = {a}$, $b = {b}$, $d = {d}$, over ${T}$ steps, by counting ways. The weights add up to ${rational(total)}$, {word} 1, {tells}.",
            scope(),
            options.digits,
            ledger=("F2",),
        ),
    )


def growth_rate(a: Fraction, b: Fraction, d: int) -> arb:
    """The positive zero of x^d - a x^(d-1) - b for positive a and b, by bisection with exact signs."""
    low, high = Fraction(0), 1 + a + b
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if middle**d - a * middle ** (d - 1) - b > 0 else (middle, high)
    return arb(fmpq(low.numerator, low.denominator))
