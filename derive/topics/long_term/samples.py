"""Section: how many samples it takes to see a small term under noise (claim E5, T6)."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, ctx, fmpq

from derive.authoring import approximate, decimal, integer, rational, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.topics.long_term import Options

PACES = (Fraction(9, 10), Fraction(4, 5), Fraction(1, 2))


def samples(options: Options) -> Section:
    """Signal s q^n against noise sigma / sqrt(m): m = 9 sigma^2 q^(-2n) / s^2."""
    return Section("samples", "What it costs to see a small term", (*_law(), *_numbers(options)))


def _law() -> tuple[Block, ...]:
    letters = (integer("n", r"n \ge 0"), real("s", r"s > 0"), real("sigma", r"\sigma > 0"), real("q", r"0 < q < 1"))
    solved = scope(*letters, real("m", r"m > 0"), given=(r"m = \frac{9 \sigma^{2}}{s^{2}} q^{-2 n}",))
    needed = r"\frac{9 \sigma^{2}}{s^{2}} q^{-2 %s}"
    return (
        Prose(
            "In exact arithmetic a small term does no harm: one could divide by it. But the gradient is averaged over $m$ samples and scatters by $\\sigma / \\sqrt{m}$, where $\\sigma$ comes from everything "
            "else, the short-term terms above all. Let the dependency of lag $n$ contribute $s q^n$. To stand three standard deviations above the noise:"
        ),
        step(
            r"s q^{n} = 3 \frac{\sigma}{\sqrt{m}}",
            "This is so for $m = 9 \\sigma^2 q^{-2n} / s^2$.",
            solved,
            ledger=("E5",),
        ),
        step(
            rf"\frac{{{needed % '(n + 1)'}}}{{{needed % 'n'}}} = \frac{{1}}{{q^{{2}}}}",
            "One step more multiplies the number of samples by $1/q^2$.",
            scope(*letters),
            ledger=("E5",),
        ),
    )


def needed(options: Options, q: Fraction) -> Fraction:
    return 9 * options.noise**2 / options.signal**2 / q ** (2 * options.lag)


def _numbers(options: Options) -> tuple[Block, ...]:
    n, s, sigma = options.lag, rational(options.signal), rational(options.noise)
    rows = tuple((f"${rational(q)}$", f"${_decimal(needed(options, q))}$") for q in PACES)
    first = rational(PACES[0])
    return (
        approximate(
            rf"\frac{{9 \cdot \left( {sigma} \right)^{{2}}}}{{\left( {s} \right)^{{2}}}} \left( {first} \right)^{{-{2 * n}}}",
            f"With $s = {s}$, $\\sigma = {sigma}$, $q = {first}$ and lag $n = {n}$:",
            scope(),
            options.digits,
            ledger=("E5",),
        ),
        Table(
            f"Samples needed to see lag ${n}$ at three standard deviations, $s = {s}$, $\\sigma = {sigma}$",
            ("$q$", "samples $m$"),
            rows,
        ),
        Prose(
            "The book says that learning “might take a very long time”. That is a claim about time, and this is one about samples: they agree if the samples are drawn one after the other. "
            "How long training takes is a question for experiments (section 6)."
        ),
    )


def _decimal(value: Fraction) -> str:
    with ctx.workprec(256):
        return decimal(arb(fmpq(value.numerator, value.denominator)), 3)
