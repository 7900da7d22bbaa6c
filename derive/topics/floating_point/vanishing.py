"""Section: what becomes of w w w ... in the machine: zero, or a number that no longer moves (claim A13)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb, ctx, fmpq

from derive.authoring import decimal, integer, rational, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.topics.floating_point import Options
from derive.topics.floating_point.arithmetic import Format, Number, multiplied, rounded, spacing, text

MOST_STEPS = 20_000
BITS = 128


@dataclass(frozen=True, slots=True)
class Chain:
    """Repeated multiplication of 1 by the stored weight. ``milestones``: (t, value, what happens)."""

    weight: Fraction
    milestones: tuple[tuple[int, Number, str], ...]
    end: Number
    settled: bool


def powers(options: Options, form: Format) -> Section:
    """Halving ends at 0; other weights may stop before; the reader's chain; overflow for weights above 1."""
    chain = run(options.weight, form)
    return Section(
        "powers",
        "Powers: exactly 0, or stuck, or infinite",
        (*_exact(), *_halves(form), *_stuck(form), *_own(options, form, chain)),
    )


def run(weight: Fraction, form: Format) -> Chain:
    """Until the value repeats, or is an infinity. The weight is rounded first."""
    w = rounded(weight, form)
    assert isinstance(w, Fraction)
    value: Number = Fraction(1)
    milestones: list[tuple[int, Number, str]] = [(0, value, "the start")]
    normal = True
    for t in range(1, MOST_STEPS + 1):
        after = multiplied(w, value, form)
        if after == value:
            milestones.append((t - 1, value, "from here on nothing changes"))
            return Chain(w, tuple(milestones), value, True)
        if normal and isinstance(after, Fraction) and abs(after) < Fraction(2) ** form.low:
            normal = False
            milestones.append((t, after, "the first below the smallest normal number"))
        value = after
    return Chain(w, (*milestones, (MOST_STEPS, value, "where this run was ended")), value, False)


def _exact() -> tuple[Block, ...]:
    t = integer("t", r"t \ge 0")
    inside = scope(t, real("w", "0 < w < 1"))
    return (
        Prose("In exact arithmetic a chain of equal weights $0 < w < 1$ never ends and never stops:"),
        step(r"w^{t} > 0", "It is never 0.", inside, ledger=("A13",)),
        step(r"w^{t+1} < w^{t}", "It never stands still.", inside, ledger=("A13",)),
        step(r"\lim_{t \to \infty} w^{t} = 0", "It tends to 0.", inside, ledger=("A13",)),
        Prose("In the machine each of the first two statements fails, for different weights."),
    )


def _halves(form: Format) -> tuple[Block, ...]:
    last = -form.tiny
    return (
        step(
            rf"\left( \frac{{1}}{{2}} \right)^{{{last + 1}}} = \frac{{1}}{{2}} \cdot 2^{{{form.tiny}}}",
            f"**Zero.** $2^{{{form.tiny}}}$ is the smallest positive number. Half of it lies midway between 0 and $2^{{{form.tiny}}}$, and the tie goes to 0, which is even. So $(1/2)^t$ is exactly 0 from $t = {last + 1}$ on.",
            scope(),
            ledger=("A13",),
        ),
        step(
            rf"2^{{{form.high}}} \le {_largest(form)} < 2^{{{form.high + 1}}}",
            f"At the other end, $2^t$ is an infinity from $t = {form.high + 1}$ on: this is the largest number.",
            scope(),
            ledger=("A13",),
        ),
    )


def _largest(form: Format) -> str:
    return rf"2^{{{form.high}}} (2 - 2^{{{1 - form.precision}}})"


def _stuck(form: Format) -> tuple[Block, ...]:
    given = scope(
        real("delta", r"\delta > 0"),
        integer("k", r"k \ge 1"),
        real("w", "w < 1"),
        given=(r"k (1 - w) \le \frac{1}{2}",),
    )
    return (
        Prose(
            f"**Stuck.** Below the smallest normal number the grid is $k \\delta$ with $\\delta = 2^{{{form.tiny}}}$ and integers $k$. Multiply one of its numbers by a weight $w < 1$. The result may well be nearest to where it came from:"
        ),
        step(
            r"\lvert w k \delta - k \delta \rvert = k (1 - w) \delta \le \frac{1}{2} \delta",
            "If $k (1 - w) \\le 1/2$, the product is at most half a spacing away from $k \\delta$.",
            given,
            ledger=("A13",),
        ),
        Prose(
            "So (apart from ties) the product is rounded back to $k \\delta$, and the chain stands still *without being 0*. Every $w > 1/2$ has such a $k \\ge 1$. A gradient that has “vanished” by repeated "
            "multiplication is often not 0 but a small integer times $\\delta$."
        ),
    )


# ------------------------------------------------------------------------------------------------------ the chain at hand


def _own(options: Options, form: Format, chain: Chain) -> tuple[Block, ...]:
    return (
        Prose(
            f"**The chain with $w = {rational(options.weight)}$**, stored as the nearest number of the format, multiplied step by step:"
        ),
        Table(
            f"$w^t$ by repeated multiplication in the format *{form.name}*, from 1",
            ("$t$", "value", "what happens"),
            tuple((f"${t}$", _shown(value, options.digits), words) for t, value, words in chain.milestones),
        ),
        *_verdict(form, chain),
    )


def _shown(value: Number, digits: int) -> str:
    if not isinstance(value, Fraction):
        return f"${text(value)}$"
    with ctx.workprec(BITS):
        return "$0$" if value == 0 else f"${decimal(arb(fmpq(value.numerator, value.denominator)), digits)}$"


def _verdict(form: Format, chain: Chain) -> tuple[Block, ...]:
    if not chain.settled:
        return (Prose(f"It has not come to rest after {MOST_STEPS} steps; a weight so near 1 takes longer."),)
    if not isinstance(chain.end, Fraction):
        return (Prose("The exact powers are finite, all of them. The machine has no number for them."),)
    if chain.end == 0:
        return (Prose("It ends at exactly 0, and 0 times anything is 0: no later factor can bring it back."),)
    if chain.end == 1:
        return (Prose("It never moves: the stored weight times 1 is 1."),)
    return _rest(form, chain.weight, chain.end)


def _rest(form: Format, weight: Fraction, end: Fraction) -> tuple[Block, ...]:
    k = end / spacing(end, form)
    return (
        step(
            rf"\lvert {_short(weight)} \cdot {k} - {k} \rvert \le \frac{{1}}{{2}}",
            f"It ends at ${k} \\cdot 2^{{{form.tiny}}}$ and stays: the stored weight times {k} is at most half a unit away from {k}.",
            scope(),
            ledger=("A13",),
        ),
    )


def _short(weight: Fraction) -> str:
    """A fraction over a power of two."""
    bits = weight.denominator.bit_length() - 1
    return rational(weight) if bits < 4 else rf"\frac{{{weight.numerator}}}{{2^{{{bits}}}}}"
