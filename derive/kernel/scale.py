"""The scale on which a function is expanded as T grows: monomials exp(E) T^a (log T)^b (log log T)^c, and their order.

E is a finite sum of ``coefficient * T^a (log T)^b (log log T)^c``, each part of which grows without bound. Two monomials are
compared by the sign of the leading part of the difference of their logarithms, which must be known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from derive.core import Relation, Term
from derive.kernel.balls import Undefined, evaluate, holds
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.terms import ZERO, free_letters

Degree = tuple[Fraction, Fraction, Fraction]
"""The exponents of T, log T and log log T."""

STEADY: Degree = (Fraction(0), Fraction(0), Fraction(0))
LOG: Degree = (Fraction(0), Fraction(1), Fraction(0))
LOG_LOG: Degree = (Fraction(0), Fraction(0), Fraction(1))
SIGN_BITS = (64, 256, 1024)


@dataclass(frozen=True, slots=True)
class Monomial:
    """``exponent`` lists the parts of E, each as its degree and the key of its coefficient."""

    degree: Degree
    exponent: tuple[tuple[Degree, str], ...] = ()


UNIT = Monomial(STEADY)


def degree_of(a: Fraction | int, b: Fraction | int = 0, c: Fraction | int = 0) -> Degree:
    return Fraction(a), Fraction(b), Fraction(c)


def grows(degree: Degree) -> bool:
    """T^a (log T)^b (log log T)^c tends to infinity."""
    return degree > STEADY


@dataclass(slots=True)
class Scale:
    """Where expansions are computed: the normaliser of their coefficients, what is known, and the coefficients met in E."""

    normaliser: Normaliser
    facts: Facts
    coefficients: dict[str, Ratio] = field(default_factory=dict)
    signs: dict[str, int] = field(default_factory=dict)

    def term(self, ratio: Ratio) -> Term:
        return self.normaliser.ratio_term(self.normaliser.reduce(ratio))

    def sign(self, ratio: Ratio) -> int:
        """Of a coefficient, which is a real number. Raises NoNormalForm where it is not known."""
        constant = ratio.constant()
        if constant is not None:
            return (constant > 0) - (constant < 0)
        key = self.normaliser.key(ratio)
        if key not in self.signs:
            self.signs[key] = self._sign(ratio)
        return self.signs[key]

    def _sign(self, ratio: Ratio) -> int:
        reduced = self.normaliser.reduce(ratio)
        if reduced.is_zero:
            return 0
        term = self.term(reduced)
        if not free_letters(term):
            return _sign_of_number(term)
        if self.facts.positive(term):
            return 1
        if self.facts.positive(Term("neg", (term,))):
            return -1
        raise NoNormalForm("the sign of a leading coefficient is not known")

    def nonzero(self, ratio: Ratio) -> bool:
        """The coefficient is certainly not 0."""
        if ratio.constant() is not None:
            return not ratio.is_zero
        term = self.term(ratio)
        if not free_letters(term):
            try:
                return _sign_of_number(term) != 0
            except NoNormalForm:
                return False
        return self.facts.nonzero(term)

    # ------------------------------------------------------------------------------------------------- monomials

    def product(self, a: Monomial, b: Monomial) -> Monomial:
        degree = (a.degree[0] + b.degree[0], a.degree[1] + b.degree[1], a.degree[2] + b.degree[2])
        if not a.exponent or not b.exponent:
            return Monomial(degree, a.exponent or b.exponent)
        parts = self._parts(a)
        for place, key in b.exponent:
            parts[place] = parts[place] + self.coefficients[key] if place in parts else self.coefficients[key]
        return self.monomial(degree, parts)

    def power(self, a: Monomial, exponent: Fraction) -> Monomial:
        degree = (a.degree[0] * exponent, a.degree[1] * exponent, a.degree[2] * exponent)
        if not a.exponent:
            return Monomial(degree)
        scale = self.normaliser.constant(exponent)
        return self.monomial(degree, {place: self.coefficients[key] * scale for place, key in a.exponent})

    def monomial(self, degree: Degree, parts: dict[Degree, Ratio]) -> Monomial:
        """exp(E) times powers, with rational multiples of log T and log log T in E written as powers."""
        kept: list[tuple[Degree, str]] = []
        for place, coefficient in parts.items():
            reduced = self.normaliser.reduce(coefficient)
            constant = reduced.constant()
            if reduced.is_zero:
                continue
            if place == LOG and constant is not None:
                degree = (degree[0] + constant, degree[1], degree[2])
            elif place == LOG_LOG and constant is not None:
                degree = (degree[0], degree[1] + constant, degree[2])
            else:
                key = self.normaliser.key(reduced)
                self.coefficients[key] = reduced
                kept.append((place, key))
        return Monomial(degree, tuple(sorted(kept)))

    def _parts(self, a: Monomial) -> dict[Degree, Ratio]:
        return {place: self.coefficients[key] for place, key in a.exponent}

    def compare(self, a: Monomial, b: Monomial) -> int:
        """1 if a outgrows b, -1 if b outgrows a, 0 if they are equal. Raises NoNormalForm where it is not known."""
        if a.exponent == b.exponent:
            return (a.degree > b.degree) - (a.degree < b.degree)
        parts = self._parts(a)
        for place, key in b.exponent:
            negative = -self.coefficients[key]
            parts[place] = parts[place] + negative if place in parts else negative
        for place, exponent in ((LOG, a.degree[0] - b.degree[0]), (LOG_LOG, a.degree[1] - b.degree[1])):
            constant = self.normaliser.constant(exponent)
            parts[place] = parts[place] + constant if place in parts else constant
        for place in sorted(parts, reverse=True):
            if not self.normaliser.reduce(parts[place]).is_zero:
                sign = self.sign(parts[place])
                if sign:
                    return sign
        return (a.degree[2] > b.degree[2]) - (a.degree[2] < b.degree[2])


def _sign_of_number(term: Term) -> int:
    """The sign of a number without letters that is real, though it may be written with i."""
    for relation, sign in ((">", 1), ("<", -1)):
        if holds(Relation(term, relation, ZERO), {}) is True:
            return sign
    for bits in SIGN_BITS:
        try:
            ball = evaluate(term, {}, bits)
        except Undefined:
            break
        real = getattr(ball, "real", None)
        if real is not None and not real.contains(0):
            return 1 if real > 0 else -1
    raise NoNormalForm("the sign of a leading coefficient is not known")
