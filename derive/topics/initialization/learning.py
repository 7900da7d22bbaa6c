"""Sections: two layers learn along a logistic curve; how the time depends on depth and start (claims X11, X12)."""

from __future__ import annotations

from flint import acb, arb, ctx, fmpq

from derive.authoring import approximate, assume, decimal, integer, quoted, rational, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.topics.initialization import Options
from derive.topics.initialization.figures import learning_figure

SAXE = "Saxe, McClelland, Ganguli (2013), abstract (of random orthogonal weights)"
CURVE = r"\frac{s}{1 + c e^{-2 s t / \tau}}"
BITS = 128
DEPTHS = (2, 3, 5, 10, 16, 20, 50, 100)
REACHED = fmpq(9, 10)


def two_layers(options: Options) -> Section:
    """X11: the logistic curve."""
    return Section("logistic", "From a small start: two layers", (*_flow(), *_logistic(), *_time(options)))


def _flow() -> tuple[Block, ...]:
    weights = scope(real("w"), real("s"))
    return (
        Prose(
            "How fast does training leave the start? Saxe and others solved the case of linear networks exactly. Of a chain of two weights, both equal to $w$, the output is $a x$ with the "
            "*strength* $a = w^2$. The target is the strength $s$, the loss $\\frac{1}{2}(s - a)^2$; gradient descent with small steps follows $\\tau \\dot{w} = (s - w^2) w$, "
            "the negative derivative by *one* of the weights, with a time constant $\\tau$."
        ),
        step(
            r"2 w \cdot (s - w^{2}) w = 2 w^{2} (s - w^{2})",
            "So $\\tau \\dot{a} = 2 w \\cdot \\tau \\dot{w}$, in terms of $a$: $\\tau \\dot{a} = 2 a (s - a)$, the logistic equation.",
            weights,
            ledger=("X11",),
        ),
    )


def _logistic() -> tuple[Block, ...]:
    letters = scope(real("t"), real("s", "s > 0"), real("c", "c > 0"), real("tau", r"\tau > 0"))
    return (
        step(
            rf"\tau \frac{{d}}{{dt}} {CURVE} = 2 \cdot {CURVE} \left( s - {CURVE} \right)",
            "Its solution, with $c = (s - a_0)/a_0$ for the start $a_0$: differentiate and compare.",
            letters,
            ledger=("X11",),
        ),
        step(rf"\lim_{{t \to \infty}} {CURVE} = s", "It ends at the target.", letters, ledger=("X11",)),
    )


def _time(options: Options) -> tuple[Block, ...]:
    time = r"\frac{\tau}{2 s} \ln\left( \frac{f (s - a_0)}{a_0 (s - f)} \right)"
    reached = scope(
        real("s", "s > 0"),
        real("a_0", "a_0 > 0", "a_0 < s"),
        real("tau", r"\tau > 0"),
        real("f", "f > 0", "f < s"),
        real("t"),
        given=(f"t = {time}",),
    )
    a = rational(options.start)
    return (
        assume(
            f"t = {time}",
            "the time at which the strength $f$ is reached; claimed, and checked in the next line.",
            reached,
        ),
        step(
            r"\frac{s}{1 + \frac{s - a_0}{a_0} e^{-2 s t / \tau}} = f",
            "Put it into the solution.",
            reached,
            ledger=("X11",),
        ),
        approximate(
            rf"\frac{{1}}{{2}} \ln\left( \frac{{\frac{{9}}{{10}} \left( 1 - {a} \right)}}{{{a} \left( 1 - \frac{{9}}{{10}} \right)}} \right)",
            f"With $\\tau = 1$, $s = 1$, start $a_0 = {a}$: nine tenths are reached at this time.",
            scope(),
            options.digits,
            ledger=("X11",),
        ),
        Prose("The start enters through its logarithm only: two layers forgive a small start."),
    )


# -------------------------------------------------------------------------------------------------------------- any depth


def deep(options: Options) -> Section:
    """X12: any depth."""
    return Section(
        "deep",
        "From a small start: many layers",
        (*_deep_flow(), *_deep_time(options), *_independent(options), *_limits()),
    )


def _deep_flow() -> tuple[Block, ...]:
    letters = scope(integer("n", r"n \ge 1"), real("w", "w > 0"), real("s"))
    return (
        Prose(
            "With $n$ equal weights the strength is $a = w^n$, and each weight follows $\\dot{w} = (s - w^n) w^{n-1}$ (now $\\tau = 1$)."
        ),
        step(
            r"\frac{d}{dw} w^{n} = n w^{n-1}",
            "The strength changes by this much for each change of $w$.",
            letters,
            ledger=("X12",),
        ),
        step(
            r"n w^{n-1} \cdot (s - w^{n}) w^{n-1} = n (w^{n})^{2 - 2/n} (s - w^{n})",
            "So $\\dot{a} = n a^{2 - 2/n} (s - a)$. For $n = 2$ this is the logistic equation again; for large $n$ the start counts with its square.",
            letters,
            ledger=("X12",),
        ),
    )


def _deep_time(options: Options) -> tuple[Block, ...]:
    n = integer("n", r"n \ge 3")
    inside = scope(n, real("w", "0 < w", "w < 1"))
    ends = scope(n, real("u", "u > 0"), real("v", "v > u"))
    return (
        Prose(
            "Take $s = 1$ and $n \\ge 3$. The time from one strength to another is the integral of $1/\\dot{a}$. In terms of $w$ it is short:"
        ),
        step(
            r"\frac{n w^{n-1}}{n (w^{n})^{2 - 2/n} (1 - w^{n})} = \frac{1}{w^{n-1} (1 - w^{n})} = w^{1-n} + \frac{w}{1 - w^{n}}",
            "Substitute $a = w^n$, $da = n w^{n-1} dw$, and split the fraction.",
            inside,
            ledger=("X12",),
        ),
        step(
            r"\int_{u}^{v} w^{1-n} \, dw = \frac{u^{2-n} - v^{2-n}}{n - 2}",
            "The first part, from the weight $u$ to the weight $v$. With $u = a_0^{1/n}$ it is about $a_0^{-(1 - 2/n)}/(n - 2)$: a power of the start, no longer its logarithm.",
            ends,
            ledger=("X12",),
        ),
        approximate(
            _formula(options.depth, rational(options.start)),
            f"Both parts together: the time to nine tenths for $n = {options.depth}$ from the start $a_0 = {rational(options.start)}$.",
            scope(),
            options.digits,
            ledger=("X12",),
        ),
        _table(options),
        learning_figure(options),
        Prose(_reading(options)),
    )


def _formula(n: int, start: str) -> str:
    a, b = rf"\left( {start} \right)", r"\left( \frac{9}{10} \right)"
    first = rf"\frac{{{a}^{{2/{n} - 1}} - {b}^{{2/{n} - 1}}}}{{{n} - 2}}"
    return rf"{first} + \int_{{{a}^{{1/{n}}}}}^{{{b}^{{1/{n}}}}} \frac{{w}}{{1 - w^{{{n}}}}} \, dw"


def learning_time(n: int, start: fmpq) -> arb:
    """The time from the strength ``start`` to 9/10, target 1, enclosed."""
    with ctx.workprec(BITS):
        a, b = arb(start), arb(REACHED)
        if n == 2:
            return (b * (1 - a) / (a * (1 - b))).log() / 2
        power = arb(fmpq(2, n)) - 1
        rest = acb.integral(lambda w, _: w / (1 - w**n), a ** arb(fmpq(1, n)), b ** arb(fmpq(1, n)))
        return (a**power - b**power) / (n - 2) + rest.real


def _table(options: Options) -> Table:
    small = fmpq(options.start.numerator, options.start.denominator)
    half = fmpq(1, 2)
    rows = []
    for n in sorted({*DEPTHS, options.depth}):
        times = [learning_time(n, half), learning_time(n, small)]
        cells = (times[0], n * times[0], times[1], n * times[1])
        rows.append((str(n), *(f"${decimal(value, 3)}$" for value in cells)))
    start = rational(options.start)
    return Table(
        "Time to nine tenths of the target 1 (enclosed rigorously), and the same times $n$, which is the time when the learning rate is divided by $n$",
        ("$n$", "from $1/2$", "times $n$", f"from ${start}$", "times $n$"),
        tuple(rows),
    )


def _reading(options: Options) -> str:
    small = fmpq(options.start.numerator, options.start.denominator)
    two, ten, fifty = (learning_time(n, small) for n in (2, 10, 50))
    shape = f"{'slower' if ten > two else 'faster'} with ten layers than with two ($%s$ against $%s$)" % (
        decimal(ten, 3),
        decimal(two, 3),
    )
    return (
        "From half of the target deeper chains are *faster*, and with the learning rate divided by $n$ they take about equally long. "
        f"From ${rational(options.start)}$ learning is {shape}" + f"; fifty layers take ${decimal(fifty, 3)}$."
    )


def _independent(options: Options) -> tuple[Block, ...]:
    n = integer("n", r"n \ge 3")
    ends = scope(n, real("a", "0 < a", "a < 1"))
    slow = r"10 \cdot \frac{\left( \frac{1}{10000} \right)^{2/10 - 1} - \left( \frac{9}{10} \right)^{2/10 - 1}}{8}"
    fast = r"2 \cdot \frac{1}{2} \ln\left( \frac{\frac{9}{10} \left( 1 - \frac{1}{10000} \right)}{\frac{1}{10000} \left( 1 - \frac{9}{10} \right)} \right)"
    return (
        quoted(
            rf"{slow} \le 2 \cdot {fast}",
            "Read without its condition: up to a factor 2, ten layers from the start $1/10000$ take no longer than two (both with the learning rate divided by the depth; on the left already the first "
            "part of the time is too long). The authors do state the condition: the start must be of the size of the target.",
            scope(),
            SAXE,
            "enjoys depth independent learning times",
            ledger=("X12",),
        ),
        step(
            r"\lim_{n \to \infty} n \cdot \frac{a^{2/n - 1}}{n - 2} = \frac{1}{a}",
            "**The corrected statement.** With the learning rate divided by $n$, the first part tends to a limit of the order of $1/a_0$: depth alone does no harm in the end, but the limit is short only where $a_0$ is of the order of the target.",
            ends,
            ledger=("X12",),
        ),
    )


def _limits() -> tuple[Block, ...]:
    return (
        Prose(
            "**To take home.** A good initialisation keeps mean squares near 1 in both directions; it cannot do so exactly unless the widths agree, and it promises nothing about typical sizes unless layers are much "
            "wider than the network is deep. A chain of many layers that starts too small waits at the start."
        ),
    )
