"""Section: three exercises with solutions."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import approximate, exercise, exercises, rational, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.floating_point.arithmetic import Format, added, binary_exponent, rounded, spacing
from derive.variant import Variant, pick


def practice(form: Format, variant: Variant) -> Section:
    return exercises(_tenths(form, variant), _standstill(form, variant), _cancellation(form))


def _over_power(x: Fraction) -> str:
    bits = x.denominator.bit_length() - 1
    return rational(x) if bits < 4 else rf"\frac{{{x.numerator}}}{{2^{{{bits}}}}}"


def _on_grid(x: Fraction, exponent: int) -> str:
    """x as a multiple of the spacing 2^exponent, not reduced: so that one sees whether it is even."""
    return rf"\frac{{{x / Fraction(2) ** exponent}}}{{2^{{{-exponent}}}}}"


def _tenths(form: Format, variant: Variant) -> tuple[Block, ...]:
    i, j = pick(variant, "tenths", (1, 2), (1, 3), (1, 6), (1, 7), (2, 4), (2, 5), (2, 7), (3, 4), (3, 6))
    one, two, three = (rounded(Fraction(k, 10), form) for k in (i, j, i + j))
    total = added(one, two, form)
    assert (
        isinstance(one, Fraction)
        and isinstance(two, Fraction)
        and isinstance(three, Fraction)
        and isinstance(total, Fraction)
    )
    exact = one + two
    half = binary_exponent(spacing(exact, form)) - 1
    tie = abs(exact - total) == Fraction(2) ** half
    blocks: list[Block] = [
        Prose("Write the stored numbers as fractions, add them exactly, then round."),
        step(
            rf"{_over_power(one)} + {_over_power(two)} = {_over_power(exact)}",
            f"The exact sum of the stored 0.{i} and 0.{j}.",
            scope(),
        ),
        step(
            rf"\left\lvert {_over_power(exact)} - {_on_grid(total, half + 1)} \right\rvert {'=' if tie else '<'} 2^{{{half}}}",
            f"This number of the grid is {'exactly' if tie else 'less than'} half a spacing away, and half a spacing is $2^{{{half}}}$ here. "
            + ("Its neighbour is as near, but its numerator is odd." if tie else "So it is the nearest."),
            scope(),
        ),
    ]
    if total == three:
        blocks.append(Prose(f"The stored 0.{i + j} is the same number: in this format the equation holds."))
    else:
        blocks.append(
            step(
                rf"{_on_grid(total, half + 1)} \ne {_on_grid(three, half + 1)}",
                f"The stored 0.{i + j} is its neighbour: in this format the equation fails.",
                scope(),
            )
        )
    return exercise(f"Does $0.{i} + 0.{j} = 0.{i + j}$ hold in the format *{form.name}*?", *blocks)


def _standstill(form: Format, variant: Variant) -> tuple[Block, ...]:
    decimal = pick(variant, "weight", "0.99", "0.9", "0.95", "0.96", "0.97", "0.98")
    given = scope(real("k", "k > 0"), real("w", "w < 1"), given=(r"k (1 - w) \le \frac{1}{2}",))
    stored = rounded(Fraction(decimal), form)
    assert isinstance(stored, Fraction)
    k = last_kept(stored)
    w = _over_power(stored)
    return exercise(
        f"A chain multiplies by $w = {decimal}$ at every step, in the format *{form.name}*. At which value does it come to rest?",
        Prose(
            f"Below the smallest normal number the values are $k \\cdot 2^{{{form.tiny}}}$ with integers $k$. The product is rounded back to $k$ if it moves by less than half a unit:"
        ),
        step(r"k - w k = k (1 - w) \le \frac{1}{2}", "How far it moves, in units of the spacing.", given),
        Prose(
            f"So small $k$ are kept and large ones are not. Rounding keeps the order of numbers, so the falling chain cannot jump over the largest $k$ that is kept. It is $k = {k}$:"
        ),
        step(
            rf"\left\lvert {w} \cdot {k} - {k} \right\rvert \le \frac{{1}}{{2}}",
            f"With the stored weight, {k} is kept.",
            scope(),
        ),
        step(
            rf"\left\lvert {w} \cdot {k + 1} - {k + 1} \right\rvert \ge \frac{{1}}{{2}}",
            f"And {k + 1} is not (at exactly half a unit the tie would go to the even number, {k if k % 2 == 0 else k + 1}).",
            scope(),
        ),
        Prose(f"The chain comes to rest at ${k} \\cdot 2^{{{form.tiny}}}$, not at 0."),
    )


def last_kept(weight: Fraction) -> int:
    """The largest k with round(weight k) = k, for 1/2 < weight < 1."""
    k = 1
    while round(weight * (k + 1)) == k + 1:
        k += 1
    return k


def _cancellation(form: Format) -> tuple[Block, ...]:
    x = scope(real("x"))
    exponent = form.precision // 2 + 1
    small = rf"2^{{{-exponent}}}"
    return exercise(
        "For small $x$ the number $1 - \\cos x$ is computed as 0. From where on, and how can it be computed?",
        Prose(
            f"The cosine is rounded to 1 as soon as $1 - \\cos x$ is below half the spacing under 1. For instance at $x = {small}$:"
        ),
        step(
            rf"1 - \cos {small} < 2^{{{-form.precision - 1}}}",
            "Below half the spacing: the computed difference is 0.",
            scope(),
        ),
        step(r"1 - \cos x = 2 \left( \sin\left( \frac{x}{2} \right) \right)^{2}", "A formula without a difference.", x),
        approximate(
            rf"2 \left( \sin\left( \frac{{1}}{{2}} \cdot {small} \right) \right)^{{2}}",
            "By it, the value is found to all digits.",
            scope(),
            4,
        ),
    )
