"""Section: one tanh unit that holds a sign against bounded inputs, and the exact threshold (claim X7)."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, ctx, fmpq

from derive.authoring import approximate, assume, decimal, rational, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.topics.latching import Options
from derive.topics.latching.settings import BITS, Latch, ball

ARTANH = r"\frac{1}{2} \ln\left( \frac{1 + %s}{1 - %s} \right)"
CLOSE = Fraction(1, 1000)
PATIENCE = 100_000


def unit(options: Options, held: Latch) -> Section:
    """w <= 1 forgets; w > 1 has two homes; how large an input may be."""
    return Section(
        "unit",
        "One unit that remembers a sign",
        (*_forgets(), *_threshold(), *_holds(), *_erased(), *_numbers(options, held)),
    )


def _forgets() -> tuple[Block, ...]:
    x = scope(real("x"), real("u"), real("w"))
    small = scope(real("w", r"0 < w \le 1"), real("x", r"x > 0"))
    return (
        Prose(
            "The smallest recurrent network is $x_t = \\tanh(w x_{t-1} + u_t)$: one state, one weight $w > 0$, an input $u_t$. Let the sign "
            "of the state be the bit."
        ),
        step(
            r"\frac{\partial}{\partial x} \tanh(w x + u) = w (1 - (\tanh(w x + u))^{2})",
            "One step stretches a small change of the state by this factor. At $x = u = 0$ it is $w$.",
            x,
            ledger=("X7",),
        ),
        step(
            r"\tanh(w x) < x",
            "A weight up to 1 cannot hold anything: without input a positive state falls at every step, and 0 is its only resting place.",
            small,
            ledger=("X7",),
        ),
        Prose(
            "For $w > 1$ the state 0 is unstable, and two homes appear, one on each side. How large an input does it take to drive the state from one to the other?"
        ),
    )


def _threshold() -> tuple[Block, ...]:
    x = scope(real("x", r"-1 < x < 1"), real("w", r"w > 1"))
    w = scope(real("w", r"w > 1"))
    left = scope(
        real("x", r"0 < x < 1"), real("c", r"0 < c < 1"), real("w"), given=(r"w = \frac{1}{1 - c^{2}}", r"x \le c")
    )
    right = scope(
        real("x", r"0 < x < 1"), real("c", r"0 < c < 1"), real("w"), given=(r"w = \frac{1}{1 - c^{2}}", r"x \ge c")
    )
    slope = r"\frac{1}{1 - x^{2}} - w"
    return (
        Prose(
            "Ask it backwards: which input makes $x$ a resting place? Solve $x = \\tanh(w x + u)$ for $u$. The inverse of tanh is "
            "$\\frac{1}{2} \\ln \\frac{1 + x}{1 - x}$:"
        ),
        step(rf"\tanh\left( {ARTANH % ('x', 'x')} \right) = x", "The inverse of tanh.", x, ledger=("X7",)),
        step(
            rf"\frac{{d}}{{dx}} \left( {ARTANH % ('x', 'x')} - w x \right) = {slope}",
            "So the input is $\\frac{1}{2} \\ln \\frac{1 + x}{1 - x} - w x$. Its slope:",
            x,
            ledger=("X7",),
        ),
        step(
            r"\frac{1}{1 - \left( \sqrt{1 - \frac{1}{w}} \right)^{2}} = w",
            "The slope is 0 at $c = \\sqrt{1 - 1/w}$, that is where $w = 1 / (1 - c^2)$.",
            w,
            ledger=("X7",),
        ),
        step(rf"{slope} \le 0", "Before $c$ the input falls,", left, ledger=("X7",)),
        step(rf"{slope} \ge 0", "behind it it rises. So on $0 < x < 1$ it is smallest at $c$.", right, ledger=("X7",)),
        step(
            r"w \sqrt{1 - \frac{1}{w}} = \sqrt{w (w - 1)}",
            "The smallest input is $-h$ with $h = w c - \\frac{1}{2} \\ln \\frac{1 + c}{1 - c}$; its first part in terms of $w$:",
            w,
            ledger=("X7",),
        ),
    )


def _holds() -> tuple[Block, ...]:
    letters = (real("w", r"w > 1"), real("c", r"0 < c < 1"), real("h"), real("x"), real("u"))
    threshold = rf"h = w c - {ARTANH % ('c', 'c')}"
    at = scope(*letters, given=(threshold,))
    inside = scope(*letters, given=(r"x \ge c", r"u \ge -h"))
    return (
        Prose("**Inputs that are no lower than $-h$ never erase a bit that sits at $c$ or above.**"),
        assume(threshold, "the threshold.", at),
        step(
            r"\tanh(w c - h) = c", "Under the constant input $-h$ the state $c$ stays where it is.", at, ledger=("X7",)
        ),
        step(
            r"\tanh(w x + u) \ge \tanh(w c - h)",
            "tanh is increasing: a state at $c$ or above and an input at $-h$ or above lead to a state that is at $c$ or above again. And so on for ever.",
            inside,
            ledger=("X7",),
        ),
    )


def _erased() -> tuple[Block, ...]:
    below = scope(real("w", r"w > 1"), real("x"), real("u"), real("h"), given=(r"u < -h",))
    return (
        Prose(
            "**A constant input below $-h$ erases it.** Then no $x$ between 0 and 1 is a resting place, since the input that would make "
            "it one is at least $-h$. As $\\tanh < 1$, the state falls at 1, and therefore at every $x$ between 0 and 1: it sinks, finds no rest, and passes 0."
        ),
        step(
            r"\tanh(w x + u) < \tanh(w x - h)",
            "A stronger negative input leads to a lower state.",
            below,
            ledger=("X7",),
        ),
    )


def _numbers(options: Options, held: Latch) -> tuple[Block, ...]:
    w = rational(options.weight)
    c = rf"\sqrt{{1 - \frac{{1}}{{{w}}}}}"
    with ctx.workprec(BITS):
        threshold = decimal(held.threshold, options.digits)
    return (
        approximate(
            rf"\sqrt{{{w} \left( {w} - 1 \right)}} - {ARTANH % (c, c)}",
            f"For $w = {w}$ the threshold $h$ is",
            scope(),
            options.digits,
            ledger=("X7",),
        ),
        Table(
            f"Holding the input constant, from the state 1, $w = {w}$, $h \\approx {threshold}$",
            ("input $u$", "what becomes of the bit"),
            tuple(
                (f"$-(h {sign} {CLOSE.numerator}/{CLOSE.denominator})$", _fate(options, held, offset))
                for sign, offset in (("-", -CLOSE), ("+", CLOSE))
            ),
        ),
    )


def _fate(options: Options, held: Latch, offset: Fraction) -> str:
    """Iterate until the state is negative or has come to rest: the state falls, so it rests where it no longer does."""
    with ctx.workprec(BITS):
        w, u = ball(options.weight), -(held.threshold + arb(fmpq(offset.numerator, offset.denominator)))
        x = arb(1)
        for steps in range(1, PATIENCE):
            following = (w * x + u).tanh().mid()
            if following < 0:
                return f"lost after {steps} steps"
            if x - following < arb(2) ** -60:
                return f"held: the state comes to rest at ${decimal(following, min(4, options.digits))}$"
            x = following
    return "not settled"
