"""Real zeros in isolating intervals with rational ends: of polynomials on the whole line, of other functions in a window.

Polynomials: factored over the rationals, roots isolated by FLINT. Otherwise: bisection with Taylor enclosures. An interval is
dropped where the enclosure misses 0; it holds exactly one zero where the derivative misses 0 and the ends have different signs.
What is settled by neither is reported, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from flint import acb, arb, ctx, fmpq_poly

from derive.core import Term
from derive.functions.rational import quotient_of
from derive.functions.taylor import Outside, Unclear, ball, derivatives, point
from derive.kernel.balls import exact
from derive.kernel.terms import number, substitute

WIDTH = Fraction(1, 10**26)
"""Zeros are enclosed as closely as this, relative to the larger of 1 and their size."""
FINEST = Fraction(1, 2**14)
"""Below this share of the window an interval is not halved further, and a multiple zero is looked for."""
MOST_PIECES = 6000
HIGHEST = 6
"""The largest multiplicity that is recognised outside of rational functions."""


@dataclass(frozen=True, slots=True)
class Zero:
    """Exactly one zero lies from ``lower`` to ``upper``; the ends are equal where it is known exactly. ``multiplicity`` 0: the
    function has no derivative there."""

    lower: Fraction
    upper: Fraction
    multiplicity: int

    @property
    def exact(self) -> Fraction | None:
        return self.lower if self.lower == self.upper else None

    @property
    def middle(self) -> Fraction:
        return (self.lower + self.upper) / 2

    def between(self, places: int) -> tuple[Fraction, Fraction]:
        """Neighbouring decimals with that many places, or somewhat more of a distance, around the zero."""
        unit = Fraction(1, 10**places)
        low, high = floor(self.lower / unit) * unit, -floor(-self.upper / unit) * unit
        return (low, high) if low < high else (low - unit, high + unit)

    def ball(self) -> arb:
        return ball(self.lower, self.upper)


@dataclass(frozen=True, slots=True)
class Zeros:
    """``unsettled``: intervals of which it is not known whether they hold a zero."""

    found: tuple[Zero, ...]
    unsettled: tuple[tuple[Fraction, Fraction], ...] = ()


# --------------------------------------------------------------------------------------------------------- polynomials


def zeros_of_polynomial(p: fmpq_poly) -> tuple[Zero, ...]:
    """All real roots with their multiplicities, in order."""
    if p.degree() < 1:
        return ()
    found = [zero for factor, times in p.factor()[1] for zero in _of_factor(factor, int(times))]
    return tuple(sorted(found, key=lambda zero: zero.middle))


def _of_factor(factor: fmpq_poly, times: int) -> Iterator[Zero]:
    """Real roots of an irreducible factor."""
    if factor.degree() == 1:
        only = -factor[0] / factor[1]
        q = Fraction(int(only.p), int(only.q))
        yield Zero(q, q, times)
        return
    with ctx.workprec(256):
        roots: list[tuple[acb, int]] = factor.numer().complex_roots()  # type: ignore[assignment]
        for root, _ in roots:
            if root.imag == 0:
                yield Zero(_rational(root.real.lower()), _rational(root.real.upper()), times)


def _rational(end: arb) -> Fraction:
    man, exp = end.man_exp()
    return Fraction(int(man)) * Fraction(2) ** int(exp)


# ------------------------------------------------------------------------------------------------------ other functions

Coefficients = Callable[[arb, int, int], list[arb]]
"""Of a ball, an order and a precision: Taylor coefficients on the ball up to that order. May raise Outside or Unclear."""


def zeros_within(term: Term, low: Fraction, high: Fraction, coefficients: Coefficients | None = None) -> Zeros:
    """Zeros of the term between two rational numbers."""

    def of_term(x: arb, order: int, bits: int) -> list[arb]:
        return derivatives(term, x, order, bits)

    return zeros_of(coefficients or of_term, low, high, lambda q: exact(substituted(term, q), {}) == 0)


def substituted(term: Term, q: Fraction, places: int | None = None) -> Term:
    """The term at a number; with ``places``, at a decimal that is written so."""
    return substitute(term, "x", number(q) if places is None else decimal_numeral(q, places))


def decimal_numeral(q: Fraction, places: int) -> Term:
    """The decimal, which must be exact, as a term."""
    scaled = abs(q) * 10**places
    assert scaled.denominator == 1
    digits = str(scaled.numerator).rjust(places + 1, "0")
    numeral = Term("decimal", (), f"{digits[:-places]}.{digits[-places:]}")
    return Term("neg", (numeral,)) if q < 0 else numeral


def zeros_of(g: Coefficients, low: Fraction, high: Fraction, vanishes: Callable[[Fraction], bool]) -> Zeros:
    """Zeros of g in an interval; ``vanishes`` says whether g is certainly 0 at a rational number."""
    search = _Search(g, vanishes, (high - low) * FINEST)
    search.run(low, high)
    found = {zero.middle: zero for zero in search.found}
    return Zeros(tuple(found[key] for key in sorted(found)), tuple(_joined(search.unsettled)))


@dataclass(slots=True)
class _Search:
    g: Coefficients
    vanishes: Callable[[Fraction], bool]
    finest: Fraction

    def __post_init__(self) -> None:
        self.found: list[Zero] = []
        self.unsettled: list[tuple[Fraction, Fraction]] = []

    found: list[Zero] = None  # type: ignore[assignment]
    unsettled: list[tuple[Fraction, Fraction]] = None  # type: ignore[assignment]

    def run(self, low: Fraction, high: Fraction) -> None:
        stack, pieces = [(low, high)], 0
        while stack:
            a, b = stack.pop()
            pieces += 1
            if pieces > MOST_PIECES:
                self.unsettled += [(a, b), *stack]
                return
            if self.settled(a, b):
                continue
            if b - a < self.finest:
                self.narrow(a, b)
                continue
            middle = a + (b - a) * Fraction(479, 991)  # such a number is not likely to be a zero itself
            stack += [(middle, b), (a, middle)]

    def settled(self, a: Fraction, b: Fraction) -> bool:
        try:
            value, slope = self.g(ball(a, b), 1, 64)
        except Outside:
            return True
        except Unclear:
            return False
        if not value.contains(0):
            return True
        if slope.contains(0):
            return False
        signs = self.sign(a), self.sign(b)
        if 0 in signs:
            return False
        if signs[0] != signs[1]:
            self.found.append(self.refined(a, b, signs[0]))
        return True

    def sign(self, q: Fraction) -> int:
        """The sign of g at a number; 0 where it is not settled."""
        try:
            value = self.g(point(q), 0, 320)[0]
        except (Outside, Unclear):
            return 0
        return 1 if value > 0 else -1 if value < 0 else 0

    def refined(self, a: Fraction, b: Fraction, sign: int) -> Zero:
        """The one zero, where g is monotone, by bisection; the exact number where it is a simple fraction."""
        while b - a > WIDTH * max(Fraction(1), abs(a)):
            middle = (a + b) / 2
            here = self.sign(middle)
            if here == 0:
                break
            a, b = (middle, b) if here == sign else (a, middle)
        q = simplest(a, b)
        return Zero(q, q, 1) if q.denominator < 10**4 and self.vanishes(q) else Zero(a, b, 1)

    def narrow(self, a: Fraction, b: Fraction) -> None:
        """A narrow interval: a multiple zero at a simple fraction, or nothing that is known."""
        a, b = a - (b - a), b + (b - a)
        q = simplest(a, b)
        multiplicity = self.multiplicity(q, a, b) if self.vanishes(q) else None
        if multiplicity is None:
            self.unsettled.append((a, b))
        else:
            self.found = [zero for zero in self.found if not a <= zero.middle <= b]
            self.found.append(Zero(q, q, multiplicity))

    def multiplicity(self, q: Fraction, a: Fraction, b: Fraction) -> int | None:
        """The least m whose derivative is not 0 on the interval, if all before it may vanish at q; 0 where g has no derivative at q."""
        try:
            around = self.g(ball(a, b), HIGHEST, 128)
        except Unclear:
            return 0 if self.alone(q, a, b) else None
        except Outside:
            return None
        at = self.g(point(q), HIGHEST, 256)
        for m in range(1, HIGHEST + 1):
            if not at[m].contains(0):
                return m if not around[m].contains(0) else None
        return None

    def alone(self, q: Fraction, a: Fraction, b: Fraction) -> bool:
        """Whether g is not 0 at points of either side close by: a root without a derivative, such as that of a cube root."""
        return all(self.sign(end) != 0 for end in (a, b, (a + q) / 2, (q + b) / 2))


def simplest(a: Fraction, b: Fraction) -> Fraction:
    """The fraction with the least denominator between a and b."""
    if a <= 0 <= b:
        return Fraction(0)
    if b < 0:
        return -simplest(-b, -a)
    whole = floor(a)
    if whole == a:
        return Fraction(whole)
    if whole + 1 <= b:
        return Fraction(whole + 1)
    return whole + 1 / simplest(1 / (b - whole), 1 / (a - whole))


def _joined(pieces: list[tuple[Fraction, Fraction]]) -> Iterator[tuple[Fraction, Fraction]]:
    """Overlapping intervals as one."""
    current: tuple[Fraction, Fraction] | None = None
    for a, b in sorted(pieces):
        if current is not None and a <= current[1]:
            current = (current[0], max(b, current[1]))
            continue
        if current is not None:
            yield current
        current = (a, b)
    if current is not None:
        yield current


# ------------------------------------------------------------------------------------------------------------- either


def real_zeros(term: Term, window: Fraction) -> Zeros:
    """On the whole line where the term is rational, else from -window to window."""
    quotient = quotient_of(term)
    if quotient is not None:
        return Zeros(zeros_of_polynomial(quotient.above))
    return zeros_within(term, -window, window)
