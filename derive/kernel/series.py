"""Expansions ``sum of coefficient * monomial + O(error)`` as T grows, with exact coefficients: their arithmetic.

Every operation gives an expansion that holds for all large T. A term is dropped only if its coefficient is 0 by the normal
form, or if it is no larger than the error. To divide, to take a power or a logarithm, the leading coefficient must be proved
different from 0, or positive.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from math import factorial

from derive.core import Term
from derive.kernel.budget import spend
from derive.kernel.normal import NoNormalForm, exponential
from derive.kernel.ratio import Ratio
from derive.kernel.scale import LOG, LOG_LOG, STEADY, UNIT, Monomial, Scale, grows
from derive.kernel.terms import number, power

MOST_TERMS = 400


class MoreTerms(Exception):
    """The expansion is too short to tell: a longer one may."""


@dataclass(frozen=True, slots=True)
class Series:
    """A sum of terms plus O(``error``); None where the sum is exact."""

    terms: dict[Monomial, Ratio]
    error: Monomial | None = None


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Operations on expansions over one scale; ``order`` is the number of powers of what is small that are kept."""

    scale: Scale
    order: int

    # ------------------------------------------------------------------------------------------------------ simple

    def constant(self, value: Ratio | int | Fraction) -> Series:
        ratio = value if isinstance(value, Ratio) else self.scale.normaliser.constant(value)
        return Series({} if ratio.is_zero else {UNIT: ratio})

    def single(self, monomial: Monomial, value: Ratio | int = 1) -> Series:
        return Series({monomial: value if isinstance(value, Ratio) else self.scale.normaliser.constant(value)})

    def bounded(self, monomial: Monomial = UNIT) -> Series:
        """Something of which only ``O(monomial)`` is known."""
        return Series({}, monomial)

    def larger(self, a: Monomial | None, b: Monomial | None) -> Monomial | None:
        if a is None or b is None:
            return a or b
        return a if self.scale.compare(a, b) >= 0 else b

    def tidy(self, terms: dict[Monomial, Ratio], error: Monomial | None) -> Series:
        kept = {}
        for monomial, value in terms.items():
            reduced = self.scale.normaliser.reduce(value)
            if not reduced.is_zero and (error is None or self.scale.compare(monomial, error) > 0):
                kept[monomial] = reduced
        if len(kept) > MOST_TERMS:
            raise NoNormalForm("an expansion of too many terms")
        return Series(kept, error)

    def plus(self, a: Series, b: Series) -> Series:
        terms = dict(a.terms)
        for monomial, value in b.terms.items():
            terms[monomial] = terms[monomial] + value if monomial in terms else value
        return self.tidy(terms, self.larger(a.error, b.error))

    def scaled(self, a: Series, factor: Ratio | int | Fraction) -> Series:
        ratio = factor if isinstance(factor, Ratio) else self.scale.normaliser.constant(factor)
        if ratio.is_zero:
            return Series({})
        return Series({monomial: value * ratio for monomial, value in a.terms.items()}, a.error)

    def minus(self, a: Series, b: Series) -> Series:
        return self.plus(a, self.scaled(b, -1))

    def times(self, a: Series, b: Series, floor: Monomial | None = None) -> Series:
        """The product; terms up to ``floor`` may be dropped and counted in its error."""
        if (not a.terms and a.error is None) or (not b.terms and b.error is None):
            return Series({})
        error = floor
        for one, other in ((a, b), (b, a)):
            if one.error is not None:
                top = self.top(other)
                error = self.larger(error, self.scale.product(one.error, top))
        spend(len(a.terms) * len(b.terms))
        terms: dict[Monomial, Ratio] = {}
        for left, x in a.terms.items():
            for right, y in b.terms.items():
                monomial = self.scale.product(left, right)
                terms[monomial] = terms[monomial] + x * y if monomial in terms else x * y
        return self.tidy(terms, error)

    def shifted(self, a: Series, monomial: Monomial) -> Series:
        """Times a monomial."""
        product = self.scale.product
        return Series(
            {product(m, monomial): value for m, value in a.terms.items()},
            None if a.error is None else product(a.error, monomial),
        )

    # ----------------------------------------------------------------------------------------------- leading terms

    def top(self, a: Series) -> Monomial:
        """A monomial that bounds the whole expansion."""
        found = a.error
        for monomial in a.terms:
            found = self.larger(found, monomial)
        assert found is not None
        return found

    def ordered(self, a: Series) -> list[Monomial]:
        """The monomials, largest first."""

        def falling(x: Monomial, y: Monomial) -> int:
            return self.scale.compare(y, x)

        return sorted(a.terms, key=cmp_to_key(falling))

    def lead(self, a: Series) -> tuple[Monomial, Ratio, Series]:
        """``a = c m (1 + u)``: m, c, and u, which tends to 0; c is proved not 0."""
        if not a.terms:
            if a.error is None:
                raise ZeroDivisionError("a divisor is identically zero")
            raise MoreTerms
        monomial = self.ordered(a)[0]
        value = a.terms[monomial]
        if not self.scale.nonzero(value):
            raise NoNormalForm("a leading coefficient that may be 0")
        rest = Series({m: c for m, c in a.terms.items() if m != monomial}, a.error)
        small = self.scaled(self.shifted(rest, self.scale.power(monomial, Fraction(-1))), value.inverse())
        return monomial, value, small

    def sign(self, a: Series) -> int:
        """Of the function for all large T; 0 where it is 0. Raises MoreTerms or NoNormalForm."""
        if not a.terms and a.error is None:
            return 0
        if not a.terms:
            raise MoreTerms
        return self.scale.sign(a.terms[self.ordered(a)[0]])

    # --------------------------------------------------------------------------------------------------- composing

    def composed(self, u: Series, coefficients: list[Ratio | Fraction | int]) -> Series:
        """``sum c_k u^k + O(u^n)`` for u that tends to 0, n the number of coefficients."""
        if not u.terms and u.error is None:
            return self.constant(coefficients[0])
        top = self.top(u)
        if self.scale.compare(top, UNIT) >= 0:
            raise MoreTerms
        error = self.scale.power(top, Fraction(len(coefficients)))
        total, power_of = self.constant(coefficients[0]), self.constant(1)
        total = Series(total.terms, error)
        for coefficient in coefficients[1:]:
            power_of = self.times(power_of, u, error)
            total = self.plus(total, self.scaled(power_of, coefficient))
        return total

    def inverse(self, a: Series) -> Series:
        monomial, value, small = self.lead(a)
        series = self.composed(small, [(-1) ** k for k in range(self.order + 1)])
        return self.scaled(self.shifted(series, self.scale.power(monomial, Fraction(-1))), value.inverse())

    def whole_power(self, a: Series, exponent: int) -> Series:
        if exponent < 0:
            return self.inverse(self.whole_power(a, -exponent))
        if exponent > 64:
            if len(a.terms) == 1 and a.error is None:
                ((monomial, value),) = a.terms.items()
                return self.single(self.scale.power(monomial, Fraction(exponent)), value**exponent)
            raise NoNormalForm(f"power {exponent} of an expansion")
        total = self.constant(1)
        for _ in range(exponent):
            total = self.times(total, a)
        return total

    def rational_power(self, a: Series, exponent: Fraction) -> Series:
        """``a^exponent`` for an expansion that is positive, or identically 0 with a positive exponent."""
        if not a.terms and a.error is None and exponent > 0:
            return a
        monomial, value, small = self.lead(a)
        if self.scale.sign(value) < 0:
            raise NoNormalForm("a root of what is negative there")
        normaliser = self.scale.normaliser
        root = normaliser.value(power(self.scale.term(value), number(exponent)), self.scale.facts)
        coefficients, c = [], Fraction(1)
        for k in range(self.order + 1):
            coefficients.append(c)
            c = c * (exponent - k) / (k + 1)
        series = self.composed(small, list(coefficients))
        return self.scaled(self.shifted(series, self.scale.power(monomial, exponent)), root)

    def logarithm(self, a: Series) -> Series:
        monomial, value, small = self.lead(a)
        if self.scale.sign(value) < 0:
            raise NoNormalForm("the logarithm of what is negative there")
        normaliser = self.scale.normaliser
        terms: dict[Monomial, Ratio] = {}
        for place, exponent in ((LOG, monomial.degree[0]), (LOG_LOG, monomial.degree[1])):
            if exponent:
                terms[Monomial(place)] = normaliser.constant(exponent)
        if monomial.degree[2]:
            raise NoNormalForm("a logarithm that is nested too deeply")
        for place, key in monomial.exponent:
            part = self.scale.coefficients[key]
            unit = Monomial(place)
            terms[unit] = terms[unit] + part if unit in terms else part
        whole = normaliser.value(Term("log", (self.scale.term(value),)), self.scale.facts)
        total = self.plus(Series(terms), self.constant(whole))
        fractions = [Fraction(0), *(Fraction((-1) ** (k + 1), k) for k in range(1, self.order + 1))]
        return self.plus(total, self.composed(small, list(fractions)))

    def split(self, a: Series) -> tuple[dict[Monomial, Ratio], Ratio, Series]:
        """The parts that grow, the constant, and what tends to 0; an error that does not tend to 0 is told by its monomial."""
        large: dict[Monomial, Ratio] = {}
        constant, small = self.scale.normaliser.constant(0), {}
        for monomial, value in a.terms.items():
            order = self.scale.compare(monomial, UNIT)
            if order > 0:
                large[monomial] = value
            elif order == 0:
                constant = constant + value
            else:
                small[monomial] = value
        return large, constant, Series(small, a.error)

    def exponential(self, a: Series) -> Series:
        large, constant, small = self.split(a)
        if any(monomial.exponent or not grows(monomial.degree) for monomial in large):
            raise NoNormalForm("an exponential of an exponential")
        factor = self.scale.monomial(STEADY, {monomial.degree: value for monomial, value in large.items()})
        if small.error is not None:
            order = self.scale.compare(small.error, UNIT)
            if order > 0:
                raise MoreTerms
            if order == 0:
                return self.bounded(factor)
        series = self.composed(small, [Fraction(1, factorial(k)) for k in range(self.order + 1)])
        value = exponential(self.scale.normaliser, constant)
        return self.scaled(self.shifted(series, factor), value)
