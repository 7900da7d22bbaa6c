"""Section: lengths and directions of gradients that are very small or very large (claims A13, A15, D6)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import integer, quoted, real, scope, step, vector
from derive.core import Block, Prose, Section, Table
from derive.topics.floating_point.arithmetic import Format, Number, added, multiplied, rounded, text
from derive.topics.floating_point.sources import BOOK_825


def norms(form: Format) -> Section:
    """Directions do not depend on size; squares leave the format first; scaling by the largest entry."""
    return Section(
        "norms",
        "The length of a gradient, and its direction",
        (*_direction(), *_squares(form), *_scaled(), *_clipping(form)),
    )


def _direction() -> tuple[Block, ...]:
    any_vector = scope(vector("g"), real("c", "c > 0"))
    t = scope(integer("t", r"t \ge 0"))
    return (
        Prose(
            "A direction has no size. In exact arithmetic a gradient that is scaled down by any $c > 0$ points where it pointed:"
        ),
        step(r"\lVert c g \rVert = c \lVert g \rVert", "The length scales.", any_vector, ledger=("A15",)),
        step(
            r"\frac{1}{\lVert c g \rVert} (c g) = \frac{1}{\lVert g \rVert} g",
            "The direction stays.",
            any_vector,
            ledger=("A15",),
        ),
        quoted(
            r"\lim_{t \to \infty} \frac{3 \cdot 10^{-t}}{\sqrt{(3 \cdot 10^{-t})^{2} + (4 \cdot 10^{-t})^{2}}} = 0",
            "Take the gradient $(3, -4)$ and let it vanish by factors of 10. If its direction got lost, so would its first coordinate.",
            t,
            BOOK_825,
            "Vanishing gradients make it difficult to know which direction the parameters should move",
            ledger=("A15",),
        ),
        Prose("What can hide a direction is noise (see the topic `inexact-gradients`), or the machine:"),
    )


# -------------------------------------------------------------------------------------------------------------- squares


def _exponents(form: Format) -> tuple[int, int]:
    """n and m such that the squares of 5 10^-n underflow to 0 and the squares of 10^m overflow, while the numbers are well inside
    the format."""
    small, large = 1, 1
    while Fraction(25, 10 ** (2 * small)) > Fraction(2) ** (form.tiny - 1):
        small += 1
    while Fraction(10) ** (2 * large) < Fraction(2) ** (form.high + 1):
        large += 1
    if form.name == "double":
        return 200, 200
    return small, large


def _squares(form: Format) -> tuple[Block, ...]:
    small, large = _exponents(form)
    tiny, huge = Fraction(1, 10**small), Fraction(10**large)
    inputs = {
        rf"$(3, -4) \cdot 10^{{{-small}}}$": (3 * tiny, -4 * tiny),
        rf"$(1, 1) \cdot 10^{{{large}}}$": (huge, huge),
    }
    rows = tuple((name, _cell(_naive(g, form)), _exact_text(name, small, large)) for name, g in inputs.items())
    return (
        Prose(
            "The usual formula for the length squares first. Squaring doubles the exponent, so it leaves the format long before the numbers themselves do:"
        ),
        step(
            rf"(4 \cdot 10^{{{-small}}})^{{2}} < 2^{{{form.tiny - 1}}}",
            "Below half of the smallest positive number: this square is rounded to 0.",
            scope(),
            ledger=("A15", "A13"),
        ),
        step(
            rf"(10^{{{large}}})^{{2}} \ge 2^{{{form.high + 1}}}",
            "Beyond the largest number: this one becomes an infinity.",
            scope(),
            ledger=("D6", "A13"),
        ),
        Table(
            f"The length by squares, every operation rounded in the format *{form.name}*",
            ("gradient $g$", "computed $\\lVert g \\rVert$", "exact"),
            rows,
        ),
        Prose(
            "Dividing by a computed length 0 is $0/0$ or worse: normalising a gradient that has underflowed is a common source of NaN."
        ),
    )


def _naive(g: tuple[Fraction, Fraction], form: Format) -> Number:
    """The sum of the rounded squares; its root is 0 or infinite where it is."""
    a, b = (rounded(entry, form) for entry in g)
    return added(multiplied(a, a, form), multiplied(b, b, form), form)


def _cell(square: Number) -> str:
    if not isinstance(square, Fraction):
        return f"${text(square)}$"
    return "$0$" if square == 0 else "a rounded length"


def _exact_text(name: str, small: int, large: int) -> str:
    return rf"$5 \cdot 10^{{{-small}}}$" if "3" in name.split(r"\cdot")[0] else rf"$\sqrt{{2}} \cdot 10^{{{large}}}$"


def _scaled() -> tuple[Block, ...]:
    positive = real("s", "s > 0")
    both = scope(real("a"), real("b"), positive)
    bounded = scope(real("a"), real("b"), positive, given=(r"\lvert a \rvert \le s", r"\lvert b \rvert \le s"))
    attained = scope(real("b"), positive)
    return (
        Prose("The cure, in the function `hypot` and in good libraries: divide by the largest entry $s$ first."),
        step(
            r"\sqrt{a^{2} + b^{2}} = s \sqrt{\left( \frac{a}{s} \right)^{2} + \left( \frac{b}{s} \right)^{2}}",
            "The same number, in another order.",
            both,
            ledger=("A15", "D6"),
        ),
        step(
            r"\left( \frac{a}{s} \right)^{2} + \left( \frac{b}{s} \right)^{2} \le 2",
            "With $s$ the larger of $\\lvert a \\rvert$ and $\\lvert b \\rvert$ the sum of squares cannot overflow.",
            bounded,
            ledger=("A15", "D6"),
        ),
        step(
            r"\left( \frac{s}{s} \right)^{2} + \left( \frac{b}{s} \right)^{2} \ge 1",
            "Nor can it underflow (here $a = s$).",
            attained,
            ledger=("A15", "D6"),
        ),
        step(
            r"\sqrt{3^{2} + (-4)^{2}} = 5",
            "So the gradient $(3, -4)$, at whatever scale, has the direction $(3/5, -4/5)$.",
            scope(),
            ledger=("A15",),
        ),
    )


def _clipping(form: Format) -> tuple[Block, ...]:
    del form
    given = scope(vector("g"), real("v", "v > 0"))
    return (
        Prose("**Clipping** multiplies a gradient that is longer than $v$ by $v / \\lVert g \\rVert$:"),
        step(
            r"\left\lVert \frac{v}{\lVert g \rVert} g \right\rVert = v",
            "In exact arithmetic the clipped gradient has length $v$.",
            given,
            ledger=("D6",),
        ),
        Prose(
            "With a computed length $\\infty$ the factor $v / \\infty$ is 0: the largest gradients are clipped to *nothing*, and the update is lost without any message. And a gradient with NaN or an infinity in it has no direction to keep: test for it before clipping."
        ),
    )
