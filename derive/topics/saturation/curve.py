"""The two activation functions, and what is true of the slope of each (claim B10)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from derive.authoring import approximate, real, scope, step
from derive.core import Block, Prose, Scope, Section


@dataclass(frozen=True, slots=True)
class Curve:
    """An activation function y = f(z). ``slope`` is f' written with y, ``far`` with z; ``steepest`` its largest value, ``tail``
    what it stays below. ``flat`` is the integer from which on doubles compute f' as 0, ``room`` the step that shows it."""

    name: str
    steepest: Fraction
    slope: str
    square: str
    tail: str
    flat: int
    room: str

    def of(self, z: str) -> str:
        """LaTeX of f(z)."""
        minus = f"-{z}" if len(z) == 1 else f"-({z})"
        return rf"\frac{{1}}{{1 + e^{{{minus}}}}}" if self.name == "sigmoid" else rf"\tanh({z})"

    def far(self, z: str) -> str:
        """LaTeX of f'(z) as a function of z."""
        return (
            rf"\frac{{1}}{{2 + 2 \cosh({z})}}" if self.name == "sigmoid" else rf"\frac{{4}}{{2 + 2 \cosh(2 \cdot {z})}}"
        )

    def at(self, z: arb) -> arb:
        """f(z), enclosed."""
        return 1 / (1 + (-z).exp()) if self.name == "sigmoid" else z.tanh()

    def slope_at(self, y: arb) -> arb:
        """f' where f = y, enclosed."""
        return y * (1 - y) if self.name == "sigmoid" else 1 - y * y

    @property
    def slope_text(self) -> str:
        """The largest slope as LaTeX."""
        return r"\frac{1}{4}" if self.name == "sigmoid" else "1"

    @property
    def threshold(self) -> Fraction:
        """The weight below which the bound of a chain vanishes."""
        return 1 / self.steepest


SIGMOID = Curve(
    "sigmoid",
    Fraction(1, 4),
    r"y (1 - y)",
    r"\frac{1}{4} - y (1 - y) = \left( y - \frac{1}{2} \right)^{2}",
    r"e^{-\lvert z \rvert}",
    37,
    r"e^{-37} < 2^{-53}",
)
TANH = Curve(
    "tanh",
    Fraction(1),
    r"(1 - y^{2})",
    r"1 - (1 - y^{2}) = y^{2}",
    r"4 e^{-2 \lvert z \rvert}",
    20,
    r"1 - \tanh(20) < 2^{-54}",
)
CURVES = {curve.name: curve for curve in (SIGMOID, TANH)}


def defined(curve: Curve) -> Scope:
    """A real z and y = f(z)."""
    return scope(real("z"), real("y"), given=(f"y = {curve.of('z')}",))


def slope(curve: Curve, digits: int) -> Section:
    """The slope: its formula, its largest value, its tails, and what doubles make of them."""
    return Section(
        "slope", f"The slope of the {curve.name}", (*_slope(curve), *_tails(curve), *_doubles(curve, digits))
    )


def _slope(curve: Curve) -> tuple[Block, ...]:
    known = defined(curve)
    line = rf"\frac{{d}}{{dz}} {curve.of('z')} = {curve.slope}"
    top = "1/2" if curve.name == "sigmoid" else "0"
    return (
        Prose(
            f"The picture that many carry in their heads is right as far as it goes: the curve of the {curve.name} is steepest in the "
            "middle and flat on both sides. How steep, and how flat? Call the value $y$; the slope has a short form in it."
        ),
        step(line, f"The slope in terms of the value $y = {curve.of('z')}$:", known, ledger=("B10",)),
        step(curve.square, "What is missing to the largest slope is a square.", known, ledger=("B10",)),
        step(
            rf"0 < {curve.slope} \le {curve.slope_text}",
            f"So the slope is positive, and never larger than ${curve.slope_text}$. It is that large only at $z = 0$, where $y = {top}$.",
            known,
            ledger=("B10",),
        ),
    )


def _tails(curve: Curve) -> tuple[Block, ...]:
    known = defined(curve)
    return (
        Prose("Written with $z$ instead of $y$, it shows its symmetry, and how fast it falls:"),
        step(
            rf"{curve.slope} = {curve.far('z')} < {curve.tail}",
            "For every $z$. On both sides the slope is exponentially small.",
            known,
            ledger=("B10",),
        ),
        step(
            rf"\lim_{{z \to \infty}} {curve.far('z')} = 0",
            "Far out nothing is left of it.",
            scope(real("z")),
            ledger=("B10",),
        ),
    )


def _doubles(curve: Curve, digits: int) -> tuple[Block, ...]:
    z = curve.flat
    if curve.name == "sigmoid":
        why = f"Added to 1, $e^{{-{z}}}$ is lost in double precision: it is less than half the distance to the next double."
    else:
        why = f"The double nearest to $\\tanh {z}$ is 1 itself: the distance is less than half that of neighbouring doubles."
    return (
        Prose(
            "**A trap of floating point.** A program that computes the slope from $y$, by "
            f"${curve.slope}$, finds exactly 0 from $z = {z}$ on, though the slope is not 0. It vanished in the subtraction."
        ),
        step(curve.room, why, scope(), ledger=("B10",)),
        approximate(
            curve.far("40"),
            "The true slope at $z = 40$ is far from the smallest double, $2^{-1074}$. The form with $\\cosh$ subtracts nothing and keeps its digits.",
            scope(),
            digits,
            ledger=("B10",),
        ),
    )
