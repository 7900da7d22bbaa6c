"""A summand as a combination of terms of known series, plus a rest that may telescope.

The quotient of neighbouring terms tells which series may fit: it tends to 0 like 1/k for the exponential series, like 1/k^2
for sine and cosine, and to a number for rational multiples of z^k, which go into partial fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq_mpoly

from derive.checkers.gosper import coefficients, groups, letter_number, shift_quotient, solve
from derive.core import SeriesPart, Term
from derive.kernel.facts import Facts
from derive.kernel.normal import Generator, NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio, TooLarge
from derive.kernel.series_axioms import SERIES
from derive.kernel.terms import (
    ONE,
    ZERO,
    add,
    free_letters,
    heads,
    linear_in,
    mul,
    number,
    sub,
    subterms,
    symbol,
)

SHIFTS = (0, 1, -1, 2, -2, 3, -3)
LARGEST_POLYNOMIAL = 8


@dataclass(frozen=True, slots=True)
class Search:
    """One summand ``body`` in the letter k, in one normaliser."""

    normaliser: Normaliser
    body: Term
    letter: str
    facts: Facts

    @property
    def k(self) -> Term:
        return symbol(self.letter)

    def free(self, ratio: Ratio) -> bool:
        """Nothing in it depends on k."""
        used = [i for p in (ratio.num, ratio.den) for i, d in enumerate(p.degrees()) if d > 0]
        return not any(self.letter in free_letters(self.normaliser.generators[i].term) for i in used)

    def term(self, ratio: Ratio) -> Term:
        return self.normaliser.ratio_term(self.normaliser.reduce(ratio))


def parts(search: Search) -> tuple[tuple[SeriesPart, ...], Ratio] | None:
    """(known series, rest) whose sum is the body; None where nothing of it is known."""
    fourier = _fourier(search)
    if fourier is not None:
        return (fourier,), search.normaliser.constant(0)
    found: list[SeriesPart] = []
    rest = search.normaliser.constant(0)
    for group in groups(search.normaliser, search.normaliser.value(search.body), search.letter):
        own, left = _of_group(search, group)
        found += own
        rest += left
    return (tuple(found), search.normaliser.reduce(rest)) if found else None


def _of_group(search: Search, group: Ratio) -> tuple[list[SeriesPart], Ratio]:
    quotient = shift_quotient(search.normaliser, group, search.letter, search.letter)
    nothing: list[SeriesPart] = []
    if quotient is None:
        return nothing, group
    k = letter_number(search.normaliser, search.letter)
    top, bottom = (coefficients(search.normaliser, p, k) for p in (quotient.num, quotient.den))
    one = search.normaliser.ring.constant(1)
    z = search.normaliser.reduce(Ratio(top[-1], one) / Ratio(bottom[-1], one))
    falls = len(bottom) - len(top)
    zero = search.normaliser.constant(0)
    if falls == 1:
        exponential = _exponential(search, group, z)
        return (exponential, zero) if exponential else (nothing, group)
    if falls == 2:
        single = _circular(search, group, z)
        return ([single], zero) if single else (nothing, group)
    if falls:
        return nothing, group
    single = _binomial(search, group, z)
    return ([single], zero) if single else _partial_fractions(search, group, z, k)


def _fit(
    search: Search, group: Ratio, name: str, u: Term | None, m: Term | None = None, shift: int = 0
) -> SeriesPart | None:
    """The group as a multiple of the terms of one series."""
    if u is None:
        return None
    try:
        general = SERIES[name].term(add(search.k, number(shift)) if shift else search.k, u, m)
        coefficient = search.normaliser.reduce(group / search.normaliser.value(general))
    except (NoNormalForm, ZeroDivisionError, TooLarge):
        return None
    return SeriesPart(search.term(coefficient), name, u, m, shift) if search.free(coefficient) else None


def _exponential(search: Search, group: Ratio, z: Ratio) -> list[SeriesPart]:
    """P(k) u^k / (k + s)!, P in falling factorials of k + s."""
    u, normaliser = search.term(z), search.normaliser
    k = letter_number(normaliser, search.letter)
    for shift in SHIFTS:
        general = SERIES["exponential_series"].term(add(search.k, number(shift)), u, ZERO)
        try:
            factor = normaliser.reduce(group / normaliser.value(general))
        except (NoNormalForm, ZeroDivisionError):
            continue
        if factor.den.degrees()[k] or any(search.letter in free_letters(g.term) for g in _others(search, factor)):
            continue
        x = Ratio(normaliser.ring.gen(k), normaliser.ring.constant(1)) + normaliser.constant(shift)
        return _falling(search, factor, x, k, u, shift)
    return []


def _others(search: Search, ratio: Ratio) -> list[Generator]:
    used = {i for p in (ratio.num, ratio.den) for i, d in enumerate(p.degrees()) if d > 0}
    return [g for i, g in enumerate(search.normaliser.generators) if i in used and g.term != search.k]


def _falling(search: Search, factor: Ratio, x: Ratio, k: int, u: Term, shift: int) -> list[SeriesPart]:
    normaliser = search.normaliser
    degree = int(factor.num.degrees()[k])
    if degree > LARGEST_POLYNOMIAL:
        return []
    basis = [normaliser.constant(1)]
    for j in range(degree):
        basis.append(normaliser.reduce(basis[-1] * (x - normaliser.constant(j))))
    solution = solve(normaliser, [b.num for b in basis], factor.num, k)
    found = []
    for j, c in enumerate(solution or []):
        whole = normaliser.reduce(c / Ratio(factor.den, normaliser.ring.constant(1)))
        if not whole.is_zero:
            found.append(SeriesPart(search.term(whole), "exponential_series", u, number(j), shift))
    return found


def _circular(search: Search, group: Ratio, z: Ratio) -> SeriesPart | None:
    four = search.normaliser.constant(4)
    for sign, names in (
        (1, ("hyperbolic_sine_series", "hyperbolic_cosine_series")),
        (-1, ("sine_series", "cosine_series")),
    ):
        u = _root(search, z * four * search.normaliser.constant(sign))
        for name in names:
            for shift in SHIFTS[:3]:
                found = _fit(search, group, name, u, None, shift)
                if found is not None:
                    return found
    return None


def _root(search: Search, square: Ratio) -> Term | None:
    """u with u^2 = square: a polynomial one, or the square root of what is certainly positive."""
    normaliser = search.normaliser
    content, found = normaliser.factors(square)
    if content <= 0:
        return None
    total = normaliser.constant(1)
    for factor, multiplicity in found:
        if multiplicity % 2:
            term = search.term(square)
            return Term("sqrt", (term,)) if search.facts.positive(term) else None
        total *= Ratio(factor, normaliser.ring.constant(1)) ** (multiplicity // 2)
    from math import isqrt

    a, b = isqrt(content.numerator), isqrt(content.denominator)
    if a * a == content.numerator and b * b == content.denominator:
        return search.term(total * normaliser.constant(Fraction(a, b)))
    return mul(Term("sqrt", (number(content),)), search.term(total))


def _binomial(search: Search, group: Ratio, z: Ratio) -> SeriesPart | None:
    binomials = [part for part in subterms(search.body) if part.head == "binomial"]
    if not binomials and "factorial" not in heads(search.body):
        return None
    u = search.term(z)
    for part in binomials:
        for m in (part.args[1], sub(*part.args)):
            plain = search.term(search.normaliser.value(m))
            if search.letter not in free_letters(plain):
                found = _fit(search, group, "negative_binomial_series", u, plain)
                if found is not None:
                    return found
    quarter = search.term(z / search.normaliser.constant(4))
    root = _root(search, z)
    for name, argument in (("central_binomial_series", quarter), ("arcsine_square_series", root)):
        found = _fit(search, group, name, argument)
        if found is not None:
            return found
    return None


# ---------------------------------------------------------------------------------------------------- partial fractions


def _partial_fractions(search: Search, group: Ratio, z: Ratio, k: int) -> tuple[list[SeriesPart], Ratio]:
    """R(k) z^k: what has a divisor (a k + b)^j goes to a series of the list where one fits."""
    normaliser, one = search.normaliser, search.normaliser.ring.constant(1)
    divisors = [(f, int(e)) for f, e in group.den.factor()[1] if f.degrees()[k] > 0]
    if not divisors or any(f.degrees()[k] != 1 or not _rational(normaliser, f, k) for f, _ in divisors):
        return [], group
    below = one
    for f, e in divisors:
        below = below * f**e
    rest = Ratio(one, group.den / below)
    degree = max(0, int(group.num.degrees()[k]) - int(below.degrees()[k]))
    powers = [(f, j) for f, e in divisors for j in range(1, e + 1)]
    columns = [normaliser.ring.gen(k) ** d * below for d in range(degree + 1)] + [below / f**j for f, j in powers]
    carrier, numerator = _carrier(search, group.num, k)
    solution = solve(normaliser, columns, numerator, k)
    if solution is None:
        return [], group
    found, left = [], group
    for (f, j), c in zip(powers, solution[degree + 1 :], strict=True):
        if c.is_zero:
            continue
        piece = normaliser.reduce(c * Ratio(one, f**j) * rest * Ratio(carrier, one))
        part = _of_fraction(search, piece, f, j, k, z)
        if part is not None:
            found.append(part)
            left -= piece
    return found, normaliser.reduce(left)


def _rational(normaliser: Normaliser, f: fmpq_mpoly, k: int) -> bool:
    return all(d == 0 for i, d in enumerate(f.degrees()) if i != k)


def _carrier(search: Search, numerator: fmpq_mpoly, k: int) -> tuple[fmpq_mpoly, fmpq_mpoly]:
    """The monomial of generators that depend on k (z^k), common to all of a group, and what is left."""
    normaliser = search.normaliser
    exponents = next(iter(numerator.to_dict()))
    moving = tuple(
        int(d)
        if i < len(normaliser.generators) and i != k and search.letter in free_letters(normaliser.generators[i].term)
        else 0
        for i, d in enumerate(exponents)
    )
    carrier = normaliser.ring.from_dict({moving: 1})
    return carrier, numerator / carrier


def _of_fraction(search: Search, piece: Ratio, f: fmpq_mpoly, j: int, k: int, z: Ratio) -> SeriesPart | None:
    low, high = coefficients(search.normaliser, f, k)
    gap = Fraction(str(low.leading_coefficient() if not low.is_zero() else 0)) / Fraction(
        str(high.leading_coefficient())
    )
    value = z.constant()
    if j == 1:
        if gap.denominator == 1 and value != 1:
            return _fit(search, piece, "logarithm_series", search.term(z), None, int(gap))
        if gap.denominator == 2:
            shift = int(gap - Fraction(1, 2))
            for sign, name in ((-1, "arctangent_series"), (1, "area_tangent_series")):
                u = _root(search, z * search.normaliser.constant(sign))
                part = _fit(search, piece, name, u, None, shift) if value != 1 else None
                if part is not None:
                    return part
        return None
    if gap.denominator == 1 and value in (1, -1):
        name = "riemann_series" if value == 1 else "alternating_riemann_series"
        return _fit(search, piece, name, ONE, number(j), int(gap))
    if gap.denominator == 2 and value == 1:
        return _fit(search, piece, "odd_riemann_series", ONE, number(j), int(gap - Fraction(1, 2)))
    return None


def _fourier(search: Search) -> SeriesPart | None:
    """c sin(k u)/k and c cos(k u)/k^2."""
    for part in subterms(search.body):
        if part.head in ("sin", "cos") and search.letter in free_letters(part):
            u = linear_in(part.args[0], search.letter)
            if u is None:
                return None
            u = search.term(search.normaliser.value(u))
            name = "sawtooth_series" if part.head == "sin" else "parabola_series"
            return _fit(search, search.normaliser.value(search.body), name, u)
    return None
