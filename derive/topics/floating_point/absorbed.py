"""Section: when an update changes nothing (claim A13)."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq

from derive.authoring import approximate, decimal, integer, quoted, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.topics.floating_point import Options
from derive.topics.floating_point.arithmetic import KNOWN, Format
from derive.topics.floating_point.sources import LESSWRONG


def absorbed(options: Options, form: Format) -> Section:
    """Exact arithmetic moves always; the machine only from half a spacing on, and the spacing differs on both sides of 1."""
    return Section(
        "absorbed",
        "Updates that change nothing",
        (*_exact(), *_threshold(options, form), *_tiny(form), *_together(form)),
    )


def _exact() -> tuple[Block, ...]:
    once = scope(real("w"), real("eta", r"\eta > 0"), real("g", r"g \ne 0"))
    often = scope(
        integer("s", r"s \ge 1"),
        integer("t", r"t \ge 0"),
        real("w", family=True),
        real("eta"),
        real("g"),
        given=(r"w_s = w_{s-1} - \eta g",),
    )
    return (
        Prose("In exact arithmetic every update with a gradient $g \\ne 0$ moves the weight, and small moves add up:"),
        step(r"(w - \eta g) - w = - \eta g", "The move. It is not 0.", once, ledger=("A13",)),
        step(
            r"w_t = w_0 - t \eta g",
            "After $t$ updates with the same $g$, however small (from $w_s = w_{s-1} - \\eta g$, by induction).",
            often,
            induction=("t", 0),
            ledger=("A13",),
        ),
        quoted(
            r"w - \eta g = w",
            "Stopping *entirely* would mean this, for a gradient that is small but not 0.",
            once,
            LESSWRONG,
            "If they are too small, then the network will stop training entirely.",
            ledger=("A13",),
        ),
    )


def _threshold(options: Options, form: Format) -> tuple[Block, ...]:
    p = form.precision
    return (
        Prose(
            "In the machine the result is rounded to the grid, and a move of less than half a spacing is rounded away: it is *absorbed*. The sentence is true of the machine, by this mechanism and "
            f"with these thresholds. Just above 1 the spacing of the format *{form.name}* is $2^{{{1 - p}}}$, just below 1 it is half of that:"
        ),
        approximate(f"2^{{{1 - p}}}", "The spacing above 1.", scope(), options.digits, ledger=("A13",)),
        approximate(f"2^{{{-p}}}", "The spacing below 1.", scope(), options.digits, ledger=("A13",)),
        approximate(
            rf"\frac{{1}}{{2}} \cdot 2^{{{-p}}}",
            "So from $w = 1$ an update downwards is absorbed up to this size.",
            scope(),
            options.digits,
            ledger=("A13",),
        ),
        approximate(
            rf"\frac{{1}}{{2}} \cdot 2^{{{1 - p}}}",
            "And an update upwards up to twice that size: it is easier to leave 1 downwards.",
            scope(),
            options.digits,
            ledger=("A13",),
        ),
        Table(
            "From 1, an update downwards is absorbed up to this size",
            ("format", "half the spacing below 1"),
            tuple((name, _absorbed(one, options.digits)) for name, one in KNOWN.items()),
        ),
    )


def _absorbed(form: Format, digits: int) -> str:
    exponent = form.precision + 1
    return f"$2^{{{-exponent}}} \\approx {decimal(arb(fmpq(1, 2**exponent)), digits)}$"


def _tiny(form: Format) -> tuple[Block, ...]:
    exponent = _absorbed_power(form)
    return (
        step(
            rf"10^{{{-exponent}}} < \frac{{1}}{{2}} \cdot 2^{{{-form.precision}}}",
            f"For instance $1 - 10^{{{-exponent}}}$ is computed as 1.",
            scope(),
            ledger=("A13",),
        ),
    )


def _absorbed_power(form: Format) -> int:
    """The least n with 10^-n below half the spacing under 1."""
    n = 1
    while Fraction(1, 10**n) >= Fraction(2) ** (-form.precision - 1):
        n += 1
    return n


def _together(form: Format) -> tuple[Block, ...]:
    exponent = _absorbed_power(form)
    return (
        step(
            rf"1 - {_power(exponent)} \cdot 10^{{{-exponent}}} = 0",
            f"In exact arithmetic $10^{{{exponent}}}$ such updates move the weight from 1 to 0. In the machine they move it nowhere: each is absorbed before the next one comes.",
            scope(),
            ledger=("A13",),
        ),
        Prose(
            "What helps: sum many updates before they are applied, keep the weights in a longer format than the gradients, carry the rounding error along (*compensated summation*), or round "
            "at random, so that a small move is made with a small probability."
        ),
    )


def _power(exponent: int) -> str:
    return f"10^{{{exponent}}}"
