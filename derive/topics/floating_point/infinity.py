"""Section: infinities, and where NaN comes from (claim A13)."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, ctx, fmpq

from derive.authoring import assume, decimal, integer, rational, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.topics.floating_point import Options
from derive.topics.floating_point.arithmetic import Format, Number, added, multiplied, rounded, text

MOST_UPDATES = 12
LONGEST_EXACT = 4
BITS = 128


def infinity(options: Options, form: Format) -> Section:
    """Gradient descent that diverges: in exact numbers, then in the machine; which operations have no value."""
    return Section(
        "infinity", "Infinities, and where NaN comes from", (*_growth(), *_orbit(options, form), *_no_value())
    )


def _growth() -> tuple[Block, ...]:
    letter = scope(real("w"))
    far = scope(real("w"), given=(r"w^{2} \ge 2",))
    return (
        Prose(
            "A gradient that is too large, one often hears, turns the parameters into NaN. Of the machine that is true, but it takes two steps: first an infinity, then an operation that has no value. In exact numbers neither happens. An example is gradient descent on $f(w) = w^4 - w^2$ with learning rate $1/2$:"
        ),
        step(r"\frac{d}{dw} (w^{4} - w^{2}) = 4 w^{3} - 2 w", "The slope.", letter, ledger=("A13",)),
        step(r"w - \frac{1}{2} (4 w^{3} - 2 w) = 2 w - 2 w^{3}", "The update.", letter, ledger=("A13",)),
        step(
            r"\lvert 2 w - 2 w^{3} \rvert = 2 \lvert w \rvert (w^{2} - 1) \ge 2 \lvert w \rvert",
            "Far out the size at least doubles, and soon it is cubed, at each step.",
            far,
            ledger=("A13",),
        ),
    )


# --------------------------------------------------------------------------------------------------------------- the run


def _orbit(options: Options, form: Format) -> tuple[Block, ...]:
    machine = updates(options.start, form)
    first = next((t for t, w in enumerate(machine) if not isinstance(w, Fraction)), None)
    rows = tuple((f"${t}$", _cell(w, options.digits)) for t, w in enumerate(machine))
    start = scope(
        integer("t", r"t \ge 1"),
        real("w", family=True),
        given=(f"w_0 = {rational(options.start)}", r"w_t = 2 w_{t-1} - 2 w_{t-1}^{3}"),
    )
    return (
        Prose(
            "In exact arithmetic every iterate is a finite number: the recurrence uses sums and products only. Its first members:"
        ),
        assume(rf"w_0 = {rational(options.start)}", "the start.", start),
        assume(r"w_t = 2 w_{t-1} - 2 w_{t-1}^{3}", "the update.", start),
        *_first_members(options.start, start),
        Table(
            f"The same in the format *{form.name}*: $g = 4 (w \\cdot w \\cdot w) - 2 w$, then $w - \\frac{{1}}{{2}} g$, each operation rounded",
            ("update", "$w$"),
            rows,
        ),
        *_comment(machine, first),
    )


def _first_members(start: Fraction, declared: object) -> tuple[Block, ...]:
    from derive.core import Scope

    assert isinstance(declared, Scope)
    value, steps = start, []
    for t in range(1, LONGEST_EXACT):
        value = 2 * value - 2 * value**3
        if len(str(value)) > 40:
            break
        steps.append(step(f"w_{t} = {rational(value)}", f"Update {t}.", declared, ledger=("A13",)))
    return tuple(steps)


def updates(start: Fraction, form: Format) -> list[Number]:
    """w after 0, 1, ... updates, until NaN or a repetition."""
    w = rounded(start, form)
    run = [w]
    half = Fraction(1, 2)
    while len(run) <= MOST_UPDATES:
        cube = multiplied(multiplied(w, w, form), w, form)
        slope = added(multiplied(Fraction(4), cube, form), multiplied(Fraction(-2), w, form), form)
        w = added(w, multiplied(-half, slope, form), form)
        if w == run[-1]:
            break
        run.append(w)
        if w != w:
            break
    return run


def _cell(w: Number, digits: int) -> str:
    if not isinstance(w, Fraction):
        return f"${text(w)}$"
    with ctx.workprec(BITS):
        return "$0$" if w == 0 else f"${decimal(arb(fmpq(w.numerator, w.denominator)), digits)}$"


def _comment(machine: list[Number], first: int | None) -> tuple[Block, ...]:
    if first is None:
        return (Prose("From this start nothing overflows within these updates."),)
    return (
        Prose(
            f"Update {first} overflows: a product exceeds the largest number, and the iterate becomes an infinity. In the update after it the slope is $4 w^3 - 2 w$ with $w$ infinite, an infinity minus an infinity. "
            "That has no value, and the machine says so: NaN, *not a number*. Every later operation with it gives NaN again."
        ),
    )


# ------------------------------------------------------------------------------------------------------------ no value


def _no_value() -> tuple[Block, ...]:
    t = scope(integer("t", r"t \ge 1"))
    return (
        Prose(
            "Why is there no value for $\\infty - \\infty$? Because differences of things that tend to infinity can do anything:"
        ),
        step(r"\lim_{t \to \infty} (t - t) = 0", "They can stay 0.", t, ledger=("A13",)),
        step(r"\lim_{t \to \infty} ((t + 1) - t) = 1", "They can stay 1.", t, ledger=("A13",)),
        step(r"\lim_{t \to \infty} (t^{2} - t) = \infty", "They can grow.", t, ledger=("A13",)),
        Prose("The same with $0 \\cdot \\infty$ (and with $\\infty / \\infty$ and $0/0$, which come down to it):"),
        step(
            r"\lim_{t \to \infty} \frac{1}{t} t = 1",
            "A factor that tends to 0, one that grows, and the product is 1.",
            t,
            ledger=("A13",),
        ),
        step(r"\lim_{t \to \infty} \frac{1}{t} t^{2} = \infty", "Or it grows.", t, ledger=("A13",)),
        step(r"\lim_{t \to \infty} \frac{1}{t^{2}} t = 0", "Or it tends to 0.", t, ledger=("A13",)),
        Prose(
            "So a large gradient alone gives an infinity, never NaN. NaN takes two infinities that are subtracted or divided, or a 0 that meets one: for instance the direction $g / \\lVert g \\rVert$ of a gradient whose computed length is 0."
        ),
    )
