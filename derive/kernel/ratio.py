"""Quotients of FLINT polynomials over Q in numbered generators ``g0, g1, ...``: exact and canonical once reduced."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpz

from derive.kernel.budget import spend

TERM_LIMIT = 20_000
"""A polynomial with more terms is refused: memory and time stay bounded."""
FREE_TERMS = 64
"""Products of terms that go with the node they are made for; more of them are counted as operations."""


class TooLarge(Exception):
    """A polynomial, exponent or number is beyond the limits of the kernel."""


@cache
def ring(size: int) -> fmpq_mpoly_ctx:
    """Q[g0, ..., g(size-1)]."""
    return fmpq_mpoly_ctx.get([f"g{i}" for i in range(size)], Ordering.lex)


@dataclass(frozen=True, slots=True)
class Ratio:
    """``num / den``; ``den`` is never the zero polynomial."""

    num: fmpq_mpoly
    den: fmpq_mpoly

    def __add__(self, other: Ratio) -> Ratio:
        if self.den == other.den:
            return Ratio(bounded(self.num + other.num), self.den)
        ours, theirs = self.den, other.den
        if len(ours) * len(theirs) <= FREE_TERMS and not (ours.is_constant() or theirs.is_constant()):
            common = ours.gcd(theirs)  # else a sum of many quotients multiplies their divisors together
            ours, theirs = ours / common, theirs / common
        return Ratio(bounded(_product(self.num, theirs) + _product(other.num, ours)), _product(self.den, theirs))

    def __neg__(self) -> Ratio:
        return Ratio(-self.num, self.den)

    def __sub__(self, other: Ratio) -> Ratio:
        if self.den == other.den:
            return Ratio(bounded(self.num - other.num), self.den)
        return self + (-other)

    def __mul__(self, other: Ratio) -> Ratio:
        ours, theirs = self.den, other.den
        den = theirs if ours.is_one() else ours if theirs.is_one() else _product(ours, theirs)
        return Ratio(_product(self.num, other.num), den)

    def inverse(self) -> Ratio:
        if self.num.is_zero():
            raise ZeroDivisionError("a divisor is identically zero")
        return Ratio(self.den, self.num)

    def __truediv__(self, other: Ratio) -> Ratio:
        return self * other.inverse()

    def __pow__(self, exponent: int) -> Ratio:
        if exponent < 0:
            return self.inverse() ** (-exponent)
        if exponent > 1 and max(len(self.num), len(self.den)) > 1 and exponent > 200:
            raise TooLarge(f"power {exponent} of a sum")
        if exponent * (_bits(self.num) + _bits(self.den)) > 200_000 or exponent > 10**6:
            raise TooLarge(f"power {exponent}")
        return Ratio(bounded(self.num**exponent), bounded(self.den**exponent))

    def reduced(self) -> Ratio:
        """Lowest terms, leading coefficient of the denominator 1."""
        num, den = self.num, self.den
        if den.is_one():
            return self
        if num.is_zero():
            return Ratio(num, den.context().constant(1))
        if not den.is_constant():
            spend(len(num) * len(den) // FREE_TERMS)
            common = num.gcd(den)
            num, den = num / common, den / common
        lead = den.leading_coefficient()
        return Ratio(num, den) if lead == 1 else Ratio(num / lead, den / lead)

    @property
    def is_zero(self) -> bool:
        return bool(self.num.is_zero())

    @property
    def is_polynomial(self) -> bool:
        return bool(self.den.is_constant())

    def constant(self) -> Fraction | None:
        """The value, if no generator is left."""
        if not (self.num.is_constant() and self.den.is_constant()):
            return None
        if self.num.is_zero():
            return Fraction(0)
        return fraction(self.num.leading_coefficient()) / fraction(self.den.leading_coefficient())


def fraction(q: fmpq | fmpz) -> Fraction:
    if isinstance(q, fmpq) and q.q != 1:
        return Fraction(int(q.p), int(q.q))
    return Fraction(int(q.p if isinstance(q, fmpq) else q))


def rational(q: Fraction) -> fmpq:
    return fmpq(q.numerator, q.denominator)


def bounded(polynomial: fmpq_mpoly) -> fmpq_mpoly:
    if len(polynomial) > TERM_LIMIT:
        raise TooLarge(f"a polynomial with {len(polynomial)} terms")
    return polynomial


def _product(a: fmpq_mpoly, b: fmpq_mpoly) -> fmpq_mpoly:
    work = len(a) * len(b)
    if work > FREE_TERMS:
        if work > 40 * TERM_LIMIT:
            raise TooLarge("a product of two long polynomials")
        spend(work // FREE_TERMS)
    return bounded(a * b)


def _bits(polynomial: fmpq_mpoly) -> int:
    if len(polynomial) == 0:
        return 0
    return max((int(c.p).bit_length() + int(c.q).bit_length() for c in polynomial.coeffs() if abs(c) != 1), default=0)
