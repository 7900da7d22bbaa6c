"""Section: the numbers of a format, and what rounding is."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import fixed, integer, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.topics.floating_point.arithmetic import KNOWN, Format, binary_exponent, rounded, spacing


def grid(form: Format) -> Section:
    """The grid, the nearest number, the bound of the relative error, one tenth as it is stored."""
    return Section(
        "grid", "A number of the machine is a rational number", (*_formats(form), *_rounding(), *_tenth(form))
    )


def _formats(form: Format) -> tuple[Block, ...]:
    rows = tuple(
        (
            name,
            str(one.precision),
            f"$2^{{{one.tiny}}}$",
            f"$2^{{{one.low}}}$",
            f"below $2^{{{one.high + 1}}}$",
            f"$2^{{{1 - one.precision}}}$",
        )
        for name, one in KNOWN.items()
    )
    return (
        Prose(
            "A floating-point number is $m \\cdot 2^e$ with integers $m$, $e$ and at most $p$ binary digits in $m$. In each *binade*, from $2^e$ to $2^{e+1}$, the numbers of the format form a grid with spacing "
            "$2^{e+1-p}$. Below the smallest normal number the grid keeps its last spacing down to 0 (*gradual underflow*)."
        ),
        Table(
            "Four formats",
            ("format", "digits $p$", "smallest positive", "smallest normal", "largest", "spacing above 1"),
            rows,
        ),
        Prose(
            f"This page speaks of the format *{form.name}*: $p = {form.precision}$. A result that is not on the grid is **rounded to the nearest number of the grid**; of two equally near ones the one with even $m$ is taken. "
            f"What lies beyond the largest number by half a spacing or more becomes an infinity."
        ),
    )


def _rounding() -> tuple[Block, ...]:
    given = scope(
        integer("e"),
        integer("p", r"p \ge 2"),
        real("x"),
        real("y"),
        given=(r"2^{e} \le x", r"\lvert y - x \rvert \le 2^{e-p}"),
    )
    return (
        Prose(
            "Let $x$ lie in the binade of $2^e$ and let $y$ be the rounded number. It is at most half a spacing away, $\\lvert y - x \\rvert \\le 2^{e-p}$. Hence the *relative* error is small, wherever $x$ lies:"
        ),
        step(
            r"2^{e-p} = \frac{2^{e}}{2^{p}} \le \frac{x}{2^{p}}",
            "Half a spacing is at most $2^{-p}$ times the number.",
            given,
            ledger=("A13",),
        ),
        Prose(
            "Everything on this page comes from where this bound ends: below the smallest normal number, beyond the largest, and where two numbers of different size are added. None of it is mysterious: a "
            "number of the machine is a rational number, so each statement about it can be proved in exact arithmetic."
        ),
    )


def _tenth(form: Format) -> tuple[Block, ...]:
    tenth = Fraction(1, 10)
    stored = rounded(tenth, form)
    assert isinstance(stored, Fraction)
    exponent = binary_exponent(tenth)
    bits = stored.denominator.bit_length() - 1
    half = binary_exponent(spacing(tenth, form)) - 1
    shown = rf"\frac{{{stored.numerator}}}{{2^{{{bits}}}}}"
    return (
        step(
            rf"2^{{{exponent}}} \le \frac{{1}}{{10}} < 2^{{{exponent + 1}}}",
            f"For instance one tenth, which no binary fraction equals. It lies in this binade, where the spacing is $2^{{{half + 1}}}$.",
            scope(),
            ledger=("A13",),
        ),
        step(
            rf"\left\lvert \frac{{1}}{{10}} - {shown} \right\rvert < 2^{{{half}}}",
            "This number of the grid is less than half a spacing away. So it is the nearest: it is what “0.1” means to the machine.",
            scope(),
            ledger=("A13",),
        ),
        Prose(f"In decimals it is ${fixed(stored, 20)}\\ldots$", "lecturer"),
    )
