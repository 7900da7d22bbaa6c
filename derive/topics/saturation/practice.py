"""Section: three exercises with judged solutions (claims B10, B11, B12)."""

from __future__ import annotations

from derive.authoring import exercise, exercises, integer, quoted, real, scope, step
from derive.core import Block, Prose, Section
from derive.variant import Variant, pick

PLACE = "the sentence of the exercise"


def practice(variant: Variant) -> Section:
    return exercises(_two_curves(), _softsign(), _flat_bottom(variant))


def _two_curves() -> tuple[Block, ...]:
    z = scope(real("z"))
    n = integer("n", r"n \ge 0")
    return exercise(
        "Write tanh with the sigmoid. By which factor do their largest slopes differ, and what becomes of the threshold $\\lvert w \\rvert < 4$ for a chain of tanh units?",
        step(
            r"\tanh(z) = 2 \cdot \frac{1}{1 + e^{-2 z}} - 1",
            "A sigmoid, stretched by 2 and squeezed by 2.",
            z,
            ledger=("B10",),
        ),
        step(
            r"\frac{4}{2 + 2 \cosh(2 z)} \le 1",
            "Both factors of 2 multiply the slope: the largest is $4 \\cdot \\frac{1}{4} = 1$.",
            z,
            ledger=("B10",),
        ),
        step(
            r"\lim_{n \to \infty} \lvert w \rvert^{n} = 0",
            "So the bound of a tanh chain vanishes for $\\lvert w \\rvert < 1$ only; the threshold falls from 4 to 1.",
            scope(n, real("w"), given=(r"\lvert w \rvert < 1",)),
            ledger=("B11",),
        ),
    )


def _softsign() -> tuple[Block, ...]:
    z = scope(real("z", r"z \ge 0"))
    return exercise(
        "The softsign is $z / (1 + \\lvert z \\rvert)$. Is its far slope exponentially small, too?",
        Prose("No; it saturates, but slowly."),
        step(
            r"\frac{d}{dz} \frac{z}{1 + z} = \frac{1}{(1 + z)^{2}}",
            "On the right, where $\\lvert z \\rvert = z$.",
            z,
            ledger=("B10",),
        ),
        quoted(
            r"\frac{1}{(1 + z)^{2}} \le e^{-z}",
            "The bound of the sigmoid fails.",
            z,
            PLACE,
            "Is its far slope exponentially small, too?",
            ledger=("B10",),
        ),
        step(
            r"\lim_{z \to \infty} \frac{e^{z}}{(1 + z)^{2}} = \infty",
            "No factor in front of $e^{-z}$ repairs it: the quotient grows without bound.",
            z,
            ledger=("B10",),
        ),
    )


def _flat_bottom(variant: Variant) -> tuple[Block, ...]:
    p = pick(variant, "power", 4, *range(6, 32, 2))
    x = scope(real("x"), real("mu", r"\mu > 0"))
    h = scope(real("x"), real("c", "c > 0"))
    return exercise(
        f"Does $f(x) = x^{_short(p)}$ with the minimum 0 satisfy a Polyak–Łojasiewicz inequality? And $\\frac{{c}}{{2}} x^2$ with $c > 0$?",
        step(
            rf"\frac{{d}}{{dx}} x^{{{p}}} = {p} x^{{{p - 1}}}",
            "The slope of the first.",
            scope(real("x")),
            ledger=("B12",),
        ),
        quoted(
            rf"x^{{{p}}} \le \frac{{({p} x^{{{p - 1}}})^{{2}}}}{{2 \mu}}",
            f"No constant will do: near 0 the right side, of order $x^{_short(2 * p - 2)}$, is smaller.",
            x,
            PLACE,
            f"Does $f(x) = x^{_short(p)}$ … satisfy a Polyak–Łojasiewicz inequality?",
            ledger=("B12",),
        ),
        step(
            r"\left( \frac{d}{dx} \frac{c}{2} x^{2} \right)^{2} = 2 c \cdot \frac{c}{2} x^{2}",
            "The parabola does, with $\\mu = c$ and even with equality.",
            h,
            ledger=("B12",),
        ),
    )


def _short(exponent: int) -> str:
    """An exponent of one digit needs no braces."""
    return str(exponent) if exponent < 10 else f"{{{exponent}}}"
