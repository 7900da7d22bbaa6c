r"""The usual laws with numbers for their parameters: density or probability as LaTeX, in every way that their parameters are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, factorial

from derive.notes.instances.special_values import beta_at, gamma_at

VARIATE = "@"
"""Stands for the letter of the density."""
Numbers = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Density:
    """``density`` holds between ``low`` and ``high``, None where there is no end; ``atoms``: of a discrete law, value by value,
    as far as they are looked at, and whether these are all."""

    density: str = ""
    low: Fraction | None = None
    high: Fraction | None = None
    atoms: tuple[tuple[Fraction, Fraction | str], ...] = ()
    finite: bool = False

    @property
    def is_discrete(self) -> bool:
        return bool(self.atoms)


Maker = Callable[..., Density | None]


def written(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value) if value >= 0 else f"({value})"
    return (
        rf"\frac{{{value.numerator}}}{{{value.denominator}}}"
        if value > 0
        else rf"(-\frac{{{-value.numerator}}}{{{value.denominator}}})"
    )


def _normal(m: Fraction, v: Fraction) -> Density | None:
    square = rf"\frac{{(@ - {written(m)})^2}}{{2 \cdot {written(v)}}}"
    return (
        Density(rf"\frac{{1}}{{\sqrt{{2 \cdot \pi \cdot {written(v)}}}}} \cdot \exp\left(-{square}\right)")
        if v > 0
        else None
    )


def _normal_by_deviation(m: Fraction, s: Fraction) -> Density | None:
    return _normal(m, s * s)


def _gamma(a: Fraction, b: Fraction) -> Density | None:
    if a <= 0 or b <= 0 or (2 * a).denominator > 1:
        return None
    power = rf"@^{{{written(a - 1)}}} \cdot " if a != 1 else ""
    scale = rf"\frac{{({written(b)})^{{{written(a)}}}}}{{{gamma_at(a)}}}"
    return Density(rf"{scale} \cdot {power}\exp\left(-{written(b)} \cdot @\right)", low=Fraction(0))


def _gamma_by_scale(a: Fraction, s: Fraction) -> Density | None:
    return _gamma(a, 1 / s) if s else None


def _exponential(rate: Fraction) -> Density | None:
    return _gamma(Fraction(1), rate)


def _exponential_by_mean(mean: Fraction) -> Density | None:
    return _gamma(Fraction(1), 1 / mean) if mean else None


def _chi_square(k: Fraction) -> Density | None:
    return _gamma(k / 2, Fraction(1, 2))


def _beta(a: Fraction, b: Fraction) -> Density | None:
    if min(a, b) < 1 or a.denominator > 1 or b.denominator > 1:
        return None
    powers = rf"@^{{{written(a - 1)}}} \cdot (1 - @)^{{{written(b - 1)}}}"
    return Density(rf"\frac{{1}}{{{beta_at(a, b)}}} \cdot {powers}", Fraction(0), Fraction(1))


def _uniform(a: Fraction, b: Fraction) -> Density | None:
    return Density(written(1 / (b - a)), a, b) if a < b else None


def _discrete_uniform(a: Fraction, b: Fraction) -> Density | None:
    if not a < b or a.denominator > 1 or b.denominator > 1:
        return None
    values = [Fraction(k) for k in range(int(a), int(b) + 1)]
    return Density(atoms=tuple((value, Fraction(1, len(values))) for value in values), finite=True)


def _laplace(m: Fraction, b: Fraction) -> Density | None:
    bars = rf"\left| @ - {written(m)} \right|"
    return (
        Density(rf"\frac{{1}}{{2 \cdot {written(b)}}} \cdot \exp\left(-\frac{{{bars}}}{{{written(b)}}}\right)")
        if b > 0
        else None
    )


def _student(nu: Fraction) -> Density | None:
    if nu <= 0 or nu.denominator > 1:
        return None
    scale = rf"\frac{{{gamma_at((nu + 1) / 2)}}}{{\sqrt{{{written(nu)} \cdot \pi}} \cdot ({gamma_at(nu / 2)})}}"
    return Density(rf"{scale} \cdot (1 + \frac{{@^2}}{{{written(nu)}}})^{{-{written((nu + 1) / 2)}}}")


def _lognormal(m: Fraction, v: Fraction) -> Density | None:
    if v <= 0:
        return None
    square = rf"\frac{{(\ln(@) - {written(m)})^2}}{{2 \cdot {written(v)}}}"
    return Density(
        rf"\frac{{1}}{{@ \cdot \sqrt{{2 \cdot \pi \cdot {written(v)}}}}} \cdot \exp\left(-{square}\right)",
        low=Fraction(0),
    )


def _bernoulli(p: Fraction) -> Density | None:
    return Density(atoms=((Fraction(0), 1 - p), (Fraction(1), p)), finite=True) if 0 < p < 1 else None


def _binomial(n: Fraction, p: Fraction) -> Density | None:
    if not 0 < p < 1 or n.denominator > 1 or not 0 < n < 12:
        return None
    size = int(n)
    chances = [comb(size, k) * p**k * (1 - p) ** (size - k) for k in range(size + 1)]
    return Density(atoms=tuple((Fraction(k), chance) for k, chance in enumerate(chances)), finite=True)


def _geometric(p: Fraction) -> Density | None:
    """The number of trials."""
    return Density(atoms=tuple((Fraction(k), p * (1 - p) ** (k - 1)) for k in range(1, 5))) if 0 < p < 1 else None


def _geometric_from_nought(p: Fraction) -> Density | None:
    """The number of failures."""
    return Density(atoms=tuple((Fraction(k), p * (1 - p) ** k) for k in range(4))) if 0 < p < 1 else None


def _poisson(rate: Fraction) -> Density | None:
    if rate <= 0:
        return None
    scale = rf"\exp(-{written(rate)})"
    return Density(atoms=tuple((Fraction(k), rf"{written(rate**k / factorial(k))} \cdot {scale}") for k in range(4)))


HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
_SHAPES = tuple((Fraction(a), Fraction(b)) for a, b in ((2, 3), (3, 2), (3, 5)))
_PLACES = tuple((Fraction(a), Fraction(b)) for a, b in ((2, 3), (1, 2), (-1, 4)))
_ENDS = tuple((Fraction(a), Fraction(b)) for a, b in ((1, 4), (-1, 2), (2, 3)))
_ONE = tuple((Fraction(k),) for k in (2, 3))
_DEGREES = tuple((Fraction(k),) for k in (4, 6, 3))
_CHANCES = ((THIRD,), (Fraction(3, 4),))
_TRIALS = ((Fraction(3), THIRD), (Fraction(2), Fraction(3, 4)))


@dataclass(frozen=True, slots=True)
class Family:
    """Numbers that its parameters may be, and the ways in which they are read."""

    numbers: tuple[Numbers, ...]
    readings: tuple[Maker, ...]


NORMAL = Family(_PLACES, (_normal, _normal_by_deviation))
GAMMA = Family(_SHAPES, (_gamma, _gamma_by_scale))
EXPONENTIAL = Family(_ONE, (_exponential, _exponential_by_mean))
UNIFORM = Family(_ENDS, (_uniform, _discrete_uniform))
FAMILIES: dict[str, Family] = {
    **dict.fromkeys(("N", "Normal", "Gaussian", "norm"), NORMAL),
    **dict.fromkeys(("Gam", "Gamma", "Ga"), GAMMA),
    **dict.fromkeys(("Exp", "Expo", "Exponential"), EXPONENTIAL),
    **dict.fromkeys(("U", "Unif", "Uniform", "Uni"), UNIFORM),
    **dict.fromkeys(("Bet", "Beta"), Family(_SHAPES, (_beta,))),
    r"\chi^2": Family(_DEGREES, (_chi_square,)),
    **dict.fromkeys(("Laplace", "Lap"), Family(_PLACES, (_laplace,))),
    **dict.fromkeys(("t", "Student"), Family(_DEGREES, (_student,))),
    **dict.fromkeys(("LogNormal", "Lognormal", r"\lnN"), Family(_PLACES, (_lognormal,))),
    **dict.fromkeys(("Bern", "Bernoulli", "Ber"), Family(_CHANCES, (_bernoulli,))),
    **dict.fromkeys(("Bin", "Binom", "Binomial"), Family(_TRIALS, (_binomial,))),
    **dict.fromkeys(("Geom", "Geometric", "Geo"), Family(_CHANCES, (_geometric, _geometric_from_nought))),
    **dict.fromkeys(("Pois", "Poi", "Poiss", "Poisson"), Family(_ONE, (_poisson,))),
}
"""Names of laws, as they stand behind a tilde."""


def readings_of(name: str, parameters: int) -> Sequence[Maker]:
    """The ways in which a law with so many parameters is read; none for one that is not known."""
    family = FAMILIES.get(name)
    return family.readings if family is not None and len(family.numbers[0]) == parameters else ()


__all__ = ["FAMILIES", "VARIATE", "Density", "Family", "Maker", "Numbers", "readings_of", "written"]
