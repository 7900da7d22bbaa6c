"""What Newton's method does with one function: the map, its poles, cycles and basins, in isolating intervals.

Everything is found in ball arithmetic or by exact isolation of roots; where neither settles something, that is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, arb_series, fmpq_poly

from derive.core import Term
from derive.functions import (
    Forms,
    Outside,
    Quotient,
    Unclear,
    Zero,
    Zeros,
    derivatives,
    forms_of,
    quotient_of,
    real_zeros,
    taylor,
    zeros_of_polynomial,
)
from derive.functions.forms import brief
from derive.functions.rational import reduced
from derive.functions.taylor import coefficients, precision
from derive.functions.zeros import substituted, zeros_of
from derive.kernel.balls import exact
from derive.kernel.terms import number, power, sub, substitute, symbol

X = symbol("x")
BITS = 320
LARGEST_COMPOSITION = 130
"""The degree up to which the equation of a cycle is solved exactly."""


@dataclass(frozen=True, slots=True)
class Pole:
    """The step is ``strength`` times (x - place)^(-order), to leading order."""

    place: Zero
    order: int
    strength: arb


@dataclass(frozen=True, slots=True)
class Cycle:
    """Points in the order in which the map visits them, and the derivative of the map along the cycle."""

    points: tuple[Zero, ...]
    multiplier: arb

    @property
    def kind(self) -> str:
        size = abs(self.multiplier)
        if self.multiplier == 0:
            return "super-attracting"
        return "attracting" if size < 1 else "repelling" if size > 1 else "not settled"


@dataclass(frozen=True, slots=True)
class Basin:
    """Every start strictly between the ends converges to the root; None is infinite. ``by``: cycle or pole."""

    root: Zero
    lower: Zero | None
    upper: Zero | None
    by: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """``pace``: the slope of the map, f f''/f'^2. ``roots``: of f; ``critical``: of f'; ``bends``: of f''. ``whole``: on the whole line, not only in the window."""

    forms: Forms
    step: Term
    map: Term
    pace: Term
    window: Fraction
    whole: bool
    roots: Zeros
    critical: Zeros
    bends: Zeros
    poles: tuple[Pole, ...]
    cycles: tuple[Cycle, ...]
    periods: tuple[int, ...]
    unsettled: tuple[tuple[Fraction, Fraction], ...]


def analyse(f: Term, window: Fraction) -> Analysis:
    """All of it. Raises nothing: what is not found is reported."""
    forms = forms_of(f)
    step = brief(Term("div", (f, forms.slope)), Term("div", (f, forms.slope)))
    newton = brief(sub(X, Term("div", (f, forms.slope))), sub(X, step))
    raw_pace = Term("div", (Term("mul", (f, forms.curvature)), power(forms.slope, number(2))))
    pace = brief(raw_pace, raw_pace)
    quotient = quotient_of(f)
    roots, critical, bends = (real_zeros(term, window) for term in (f, forms.slope, forms.curvature))
    poles = tuple(_poles(f, roots, critical))
    if quotient is not None:
        cycles, periods, unsettled = _exact_cycles(forms, quotient)
    else:
        cycles, unsettled = _enclosed_cycles(forms, newton, window, roots)
        periods = (2,)
    return Analysis(
        forms,
        step,
        newton,
        pace,
        window,
        quotient is not None,
        roots,
        critical,
        bends,
        poles,
        cycles,
        periods,
        unsettled,
    )


def _poles(f: Term, roots: Zeros, critical: Zeros) -> Iterator[Pole]:
    """Zeros of f' at which f is not 0: where f' has a zero of order k, the step f/f' has a pole of order k."""
    for zero in critical.found:
        if any(_meet(zero, root) for root in roots.found) or not zero.multiplicity:
            continue
        try:
            taylor_of_f = derivatives(f, zero.ball(), zero.multiplicity + 1, BITS)
        except (Outside, Unclear):
            continue
        k = zero.multiplicity
        if not taylor_of_f[0].contains(0) and not taylor_of_f[k + 1].contains(0):
            yield Pole(zero, k, taylor_of_f[0] / (taylor_of_f[k + 1] * (k + 1)))


def _meet(one: Zero, other: Zero) -> bool:
    return one.lower <= other.upper and other.lower <= one.upper


# ------------------------------------------------------------------------------------------------------------- cycles


Pieces = tuple[tuple[Fraction, Fraction], ...]


def _exact_cycles(forms: Forms, quotient: Quotient) -> tuple[tuple[Cycle, ...], tuple[int, ...], Pieces]:
    """Of periods 2 and 3, as far as their equations stay small."""
    step = _newton_of(quotient)
    found: list[Cycle] = []
    lost: list[tuple[Fraction, Fraction]] = []
    periods: list[int] = []
    fixed = step.above - fmpq_poly([0, 1]) * step.below
    for period in (2, 3):
        if max(step.above.degree(), step.below.degree(), 1) ** period > LARGEST_COMPOSITION:
            break
        iterated = step
        for _ in range(period - 1):
            iterated = _composed(step, iterated)
        equation = iterated.above - fmpq_poly([0, 1]) * iterated.below
        if equation.degree() < 0:  # every point returns: N(x) = -x, say
            break
        places = zeros_of_polynomial(_without(equation, fixed))
        cycles, missed = _cycles_among(places, period, forms)
        found, lost = found + cycles, lost + missed
        periods.append(period)
    return tuple(found), tuple(periods), tuple(lost)


def _newton_of(q: Quotient) -> Quotient:
    """x - f/f' of f = P/Q: x - P Q / (P' Q - P Q')."""
    slope = q.above.derivative() * q.below - q.above * q.below.derivative()
    return reduced(fmpq_poly([0, 1]) * slope - q.above * q.below, slope)


def _composed(outer: Quotient, inner: Quotient) -> Quotient:
    """outer(inner(x))."""
    degree = max(outer.above.degree(), outer.below.degree())
    above, below = (_homogeneous(p, inner, degree) for p in (outer.above, outer.below))
    return reduced(above, below)


def _homogeneous(p: fmpq_poly, at: Quotient, degree: int) -> fmpq_poly:
    """below^degree p(above/below)."""
    total = fmpq_poly([0])
    for k in range(p.degree() + 1):
        total += p[k] * at.above**k * at.below ** (degree - k)
    return total


def _without(p: fmpq_poly, factor: fmpq_poly) -> fmpq_poly:
    """p without any root that it shares with the factor."""
    while (common := p.gcd(factor)).degree() > 0:
        p = p // common
    return p


def _cycles_among(
    places: Sequence[Zero], period: int, forms: Forms
) -> tuple[list[Cycle], list[tuple[Fraction, Fraction]]]:
    """Points of one exact period sorted into their orbits, and the places of those that balls do not tell apart."""
    left, found, lost = list(places), [], []
    while left:
        orbit = [left.pop(0)]
        for _ in range(period - 1):
            following = [zero for zero in left if _overlaps(_image(forms, orbit[-1]), zero)]
            if len(following) != 1:
                break
            orbit.append(following[0])
            left.remove(following[0])
        multiplier = _multiplier(orbit, forms)
        if len(orbit) == period and multiplier is not None:
            found.append(Cycle(tuple(orbit), multiplier))
        else:
            lost += [(zero.lower, zero.upper) for zero in orbit]
    return found, lost


def _image(forms: Forms, zero: Zero) -> arb:
    with precision(BITS, 1):
        x = arb_series([zero.ball()])
        return (x - taylor(forms.f, x) / taylor(forms.slope, x))[0]


def _overlaps(value: arb, zero: Zero) -> bool:
    return bool(value.overlaps(zero.ball()))


def _multiplier(orbit: Sequence[Zero], forms: Forms) -> arb | None:
    """The product of N' = f f'' / f'^2 along the orbit; exactly 0 where f or f'' is exactly 0 at a point of it."""
    product = arb(1)
    for zero in orbit:
        try:
            f, slope, half = derivatives(forms.f, zero.ball(), 2, BITS)
        except (Outside, Unclear):
            return None
        if zero.exact is not None and exact(substituted(forms.curvature, zero.exact), {}) == 0:
            return arb(0)
        with precision(BITS, 1):
            product = product * (f * 2 * half / slope**2)
    return product


def _enclosed_cycles(
    forms: Forms, newton: Term, window: Fraction, roots: Zeros
) -> tuple[tuple[Cycle, ...], tuple[tuple[Fraction, Fraction], ...]]:
    """2-cycles with both points in the window, by balls."""
    reach = arb(window.numerator) / window.denominator

    def returns(x: arb, order: int, bits: int) -> list[arb]:
        with precision(bits, order + 1):
            start = arb_series([x, arb(1)])
            return coefficients(_moved(forms, _moved(forms, start, reach), reach) - start, order)

    twice = sub(substitute(newton, "x", newton), X)
    found = zeros_of(returns, -window, window, lambda q: exact(substituted(twice, q), {}) == 0)
    places = [zero for zero in found.found if not any(_meet(zero, root) for root in roots.found)]
    cycles, lost = _cycles_among(places, 2, forms)
    open_pieces = tuple(
        piece for piece in found.unsettled if not any(piece[0] <= root.middle <= piece[1] for root in roots.found)
    )
    return tuple(cycles), (*open_pieces, *lost)


def _moved(forms: Forms, x: arb_series, reach: arb) -> arb_series:
    """N(x). Raises Outside where it certainly lies beyond the window, Unclear where a pole may be."""
    f, slope = taylor(forms.f, x), taylor(forms.slope, x)
    if slope[0].contains(0):
        largest, least = abs(slope[0]).upper(), abs(f[0]).lower()
        if largest.is_finite() and least > largest * (reach + abs(x[0]).upper()):
            raise Outside
        raise Unclear
    moved = x - f / slope
    if abs(moved[0]) > reach:
        raise Outside
    return moved


# ------------------------------------------------------------------------------------------------------------- basins


def stretches(found: Analysis) -> Iterator[tuple[Zero | None, Zero, Zero | None]]:
    """For each simple root: the nearest zero of f' or end of f on either side, and the root."""
    barriers = list(found.critical.found)
    quotient = quotient_of(found.forms.f)
    if quotient is not None:
        barriers += zeros_of_polynomial(quotient.below)
    for root in found.roots.found:
        if root.multiplicity == 1:
            below = [zero for zero in barriers if zero.middle < root.middle]
            above = [zero for zero in barriers if zero.middle > root.middle]
            yield (
                max(below, key=lambda zero: zero.middle, default=None),
                root,
                min(above, key=lambda zero: zero.middle, default=None),
            )


def around(found: Analysis, root: Zero, below: Zero | None, above: Zero | None) -> Cycle | None:
    """The innermost 2-cycle around the root without a zero of f' or another end inside."""
    candidates = []
    for cycle in found.cycles:
        if len(cycle.points) != 2:
            continue
        p, q = sorted(cycle.points, key=lambda zero: zero.middle)
        inside = p.middle < root.middle < q.middle
        if inside and (below is None or below.upper < p.lower) and (above is None or above.lower > q.upper):
            candidates.append((q.middle - p.middle, Cycle((p, q), cycle.multiplier)))
    return min(candidates, key=lambda pair: pair[0])[1] if candidates else None


def gaps(found: Analysis, low: Fraction, high: Fraction) -> bool:
    """Whether something between two numbers is not settled."""
    pieces = (*found.unsettled, *found.roots.unsettled, *found.critical.unsettled, *found.bends.unsettled)
    return any(a <= high and b >= low for a, b in pieces)


def bends_between(found: Analysis, low: Fraction, high: Fraction) -> list[Zero]:
    return [zero for zero in found.bends.found if zero.upper >= low and zero.lower <= high]
