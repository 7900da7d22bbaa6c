"""One ring for one claim: atoms become generators of a ring of polynomials over Q, with their algebraic relations.

``Normaliser.value`` walks a term by the table of rules that it was made with; the rest is the plumbing that the rules
use.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import fmpq, fmpq_mpoly

from derive.core import Relation, Term
from derive.kernel.budget import spend
from derive.kernel.facts import Facts
from derive.kernel.ratio import Ratio, TooLarge, fraction, ring
from derive.kernel.terms import ONE, ZERO, add, mul, number, power

MATRIX_SCALARS = {
    "norm",
    "spectral_radius",
    "condition_number",
    "entry",
    "det",
    "trace",
    "eigenvalue",
    "frobenius",
    "norm_p",
}

HIGHEST_FACTORED = 500
"""Factors are looked for up to this degree in one generator: in e^{1/10000}, e^2 is a power of degree 20000."""

if TYPE_CHECKING:
    from derive.kernel.words.algebra import Words
    from derive.kernel.words.letters import Letter, Polynomial
    from derive.kernel.words.letters import Rule as WordRule


class NoNormalForm(Exception):
    """The term has a part that the zero test does not know."""


class Restart(Exception):
    """More generators, or finer roots, than the ring was made for."""


@dataclass(frozen=True, slots=True)
class Generator:
    """An atom: ``tag`` and ``data`` say what it is, ``term`` is a term for it. ``relation`` (k, R): its k-th power is R."""

    tag: str
    term: Term
    real: bool
    data: tuple[object, ...] = ()
    relation: tuple[int, Ratio] | None = None


class Normaliser:
    """One ring for one claim: both sides go through the same instance so that equal atoms get equal generators."""

    def __init__(
        self,
        facts: Facts,
        rules: Mapping[str, Rule],
        size: int,
        roots: dict[str, int] | None = None,
        unfold: bool = False,
    ) -> None:
        self.facts = facts
        self.rules = rules
        self.unfold = unfold
        self.words: Words | None = None
        self.ring = ring(size)
        self.one = self.ring.constant(1)
        self.size = size
        self.roots = roots if roots is not None else {}
        self.generators: list[Generator] = []
        self.numbers: dict[tuple[str, ...], int] = {}
        self.relations: list[tuple[int, int, Ratio]] = []
        self.visible: list[Relation] = []
        self.trust: set[str] = set()
        self.depth = 0
        self.whole_sums = False
        self.inverses: dict[str, tuple[Letter, Polynomial]] = {}
        self.inverse_rules: list[WordRule] = []
        self.entrywise = False
        self.constants: dict[tuple[int, int], Ratio] = {}

    def constant(self, q: Fraction | int) -> Ratio:
        key = q.as_integer_ratio()  # the hash of a fraction is dear
        found = self.constants.get(key)
        if found is None:
            found = self.constants[key] = Ratio(self.ring.constant(fmpq(*key)), self.one)
        return found

    def generator(
        self,
        key: tuple[str, ...],
        tag: str,
        term: Term,
        real: bool,
        data: tuple[object, ...] = (),
        relation: tuple[int, Ratio] | None = None,
    ) -> Ratio:
        number_ = self.numbers.get(key)
        if number_ is None:
            if len(self.generators) >= self.size:
                raise Restart
            number_ = self.numbers[key] = len(self.generators)
            if relation is not None:
                self.relations.append((number_, *relation))
            self.generators.append(Generator(tag, term, real, data, relation))
        return Ratio(self.ring.gen(number_), self.one)

    def imaginary_unit(self) -> Ratio:
        i = Term("constant", (), "i")
        return self.generator(("i",), "i", i, False, relation=(2, self.constant(-1)))

    def reduce(self, ratio: Ratio) -> Ratio:
        """Lowest terms modulo the relations of the generators, latest generator first."""
        for position, degree, value in reversed(self.relations):
            if not (_below(ratio.num, position, degree) and _below(ratio.den, position, degree)):
                num = self._modulo(ratio.num, position, degree, value)
                den = self._modulo(ratio.den, position, degree, value)
                ratio = num / den
        return ratio.reduced()

    def _modulo(self, polynomial: fmpq_mpoly, position: int, degree: int, value: Ratio) -> Ratio:
        if _below(polynomial, position, degree):
            return Ratio(polynomial, self.one)
        parts: dict[int, dict[tuple[int, ...], fmpq]] = {}
        for exponents, coefficient in polynomial.to_dict().items():
            quotient, rest = divmod(int(exponents[position]), degree)
            reduced = (*exponents[:position], rest, *exponents[position + 1 :])
            parts.setdefault(quotient, {})[reduced] = coefficient
        total = self.constant(0)
        for quotient, part in parts.items():
            total += Ratio(self.ring.from_dict(part), self.one) * value**quotient
        return total

    def key(self, ratio: Ratio) -> str:
        reduced = self.reduce(ratio)
        return f"{reduced.num}|{reduced.den}"

    def term(self, polynomial: fmpq_mpoly) -> Term:
        """A term for a polynomial in the generators."""
        parts = []
        for exponents, coefficient in polynomial.to_dict().items():
            factors = [number(fraction(coefficient))] if fraction(coefficient) != 1 else []
            for generator, exponent in zip(self.generators, exponents, strict=False):
                if exponent:
                    factors.append(generator.term if exponent == 1 else power(generator.term, number(int(exponent))))
            parts.append(mul(*factors) if factors else ONE)
        return add(*parts) if parts else ZERO

    def ratio_term(self, ratio: Ratio) -> Term:
        top = self.term(ratio.num)
        return top if ratio.den.is_one() else Term("div", (top, self.term(ratio.den)))

    def is_real(self, polynomial: fmpq_mpoly) -> bool:
        return all(self.generators[i].real for i, degree in enumerate(polynomial.degrees()) if degree > 0)

    def factors(self, ratio: Ratio) -> tuple[Fraction, list[tuple[fmpq_mpoly, int]]]:
        """Content and irreducible factors; those of the denominator have negative exponents. Raises TooLarge for degrees at which
        FLINT does not come back soon."""
        reduced = self.reduce(ratio)
        if (
            not reduced.is_zero
            and max(0, *map(int, (*reduced.num.degrees(), *reduced.den.degrees()))) > HIGHEST_FACTORED
        ):
            raise TooLarge(f"a polynomial of a degree above {HIGHEST_FACTORED} is not factored")
        if reduced.is_zero:
            return Fraction(0), []
        top, above = _factored(reduced.num)
        bottom, below = _factored(reduced.den)
        found = [(f, int(e)) for f, e in above] + [(f, -int(e)) for f, e in below]
        return fraction(top / bottom), found

    def monomials(self, ratio: Ratio) -> list[tuple[Ratio, Fraction]]:
        """Monic monomials over a common denominator, with rational coefficients; the constant is monomial 1."""
        ratio = self.reduce(ratio)
        lead = fraction(ratio.den.leading_coefficient())
        den = self.one if ratio.is_polynomial else ratio.den
        scale = lead if ratio.is_polynomial else Fraction(1)
        return [
            (Ratio(self.ring.from_dict({exponents: 1}), den), fraction(coefficient) / scale)
            for exponents, coefficient in ratio.num.to_dict().items()
        ]

    def leading_is_negative(self, ratio: Ratio) -> bool:
        """Of a reduced quotient that is not 0: which of u and -u an even or odd function is written with."""
        return fraction(ratio.num.leading_coefficient()) * fraction(ratio.den.leading_coefficient()) < 0

    def require(self, relation: Relation) -> None:
        """Note a condition that is visible in the formula."""
        if relation not in self.visible:
            self.visible.append(relation)

    def value(self, term: Term, facts: Facts | None = None) -> Ratio:
        """The quotient for a scalar term. Raises NoNormalForm, TooLarge, ZeroDivisionError."""
        spend()
        facts = facts or self.facts
        rule = self.rules.get(term.head)
        if rule is not None:
            return rule(self, term, facts)
        if term.head in MATRIX_SCALARS or term.head == "transpose":
            from derive.kernel.words import scalar_value

            return scalar_value(self, term, facts)
        raise NoNormalForm(f"no normal form for {term.head}")


def _factored(polynomial: fmpq_mpoly) -> tuple[fmpq, list[tuple[fmpq_mpoly, int]]]:
    """Content and irreducible factors; of a constant, which most divisors are, and of a multiple of a generator without FLINT's
    search."""
    degree = polynomial.total_degree()
    if degree <= 0:
        return polynomial.leading_coefficient(), []
    if degree == 1 and len(polynomial) == 1:
        lead = polynomial.leading_coefficient()
        return lead, [(polynomial / lead, 1)]
    content, factors = polynomial.factor()
    return content, factors


def _below(polynomial: fmpq_mpoly, position: int, degree: int) -> bool:
    """There is nothing to reduce: a constant, or of a degree in that generator which is below that of its relation."""
    return bool(polynomial.is_constant() or polynomial.degrees()[position] < degree)


Rule = Callable[[Normaliser, Term, Facts], Ratio]
