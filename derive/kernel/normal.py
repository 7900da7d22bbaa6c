"""The exact zero test for scalars: atoms become generators of a polynomial ring over Q, with their algebraic relations.

``Normaliser.value`` maps a term to a quotient N/D of polynomials. If lhs - rhs has N = 0 modulo the relations, then at every
admissible point the evaluation of the generators is a ring homomorphism that sends N to 0 and D, a product of divisors as
written, to something non-zero: a proof. A remainder proves nothing.

Used everywhere: exp(u + v) = exp u exp v, sqrt(u)^2 = u, integer powers of products. For reals: sqrt(u^2) = |u|,
|u|^2 = u^2, log(exp u) = u. For factors proved positive: log(uv), (uv)^a, (u^a)^b. Sine and cosine go through exp(iu).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, TypeVar

from flint import fmpq_mpoly, fmpz

from derive.core import Relation, Term
from derive.kernel.facts import Facts
from derive.kernel.ratio import Ratio, TooLarge, fraction, rational, ring
from derive.kernel.terms import ONE, ZERO, add, free_letters, mul, number, power, rational_value, sub, substitute, symbol

MATRIX_SCALARS = {"norm", "spectral_radius", "condition_number", "entry", "det", "trace", "eigenvalue"}
EXPAND_LIMIT = 60
"""A sum or product between numerals is written out up to this many terms."""


if TYPE_CHECKING:
    from derive.kernel.words import Words

T = TypeVar("T")


class NoNormalForm(Exception):
    """The term has a part that the zero test does not know."""


class _Restart(Exception):
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
        self, facts: Facts, size: int = 16, roots: dict[str, int] | None = None, unfold: bool = False
    ) -> None:
        self.facts = facts
        self.unfold = unfold
        self.words: Words | None = None
        self.ring = ring(size)
        self.size = size
        self.roots = roots if roots is not None else {}
        self.generators: list[Generator] = []
        self.numbers: dict[tuple[str, ...], int] = {}
        self.visible: list[Relation] = []
        self.trust: set[str] = set()
        self.depth = 0

    # -------------------------------------------------------------------------------------------------- plumbing

    def constant(self, q: Fraction | int) -> Ratio:
        return Ratio(self.ring.constant(rational(Fraction(q))), self.ring.constant(1))

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
                raise _Restart
            number_ = self.numbers[key] = len(self.generators)
            self.generators.append(Generator(tag, term, real, data, relation))
        return Ratio(self.ring.gen(number_), self.ring.constant(1))

    def reduce(self, ratio: Ratio) -> Ratio:
        """Lowest terms modulo the relations of the generators, latest generator first."""
        for position in reversed(range(len(self.generators))):
            relation = self.generators[position].relation
            if relation is not None:
                num = self._modulo(ratio.num, position, *relation)
                den = self._modulo(ratio.den, position, *relation)
                ratio = num / den
        return ratio.reduced()

    def _modulo(self, polynomial: fmpq_mpoly, position: int, degree: int, value: Ratio) -> Ratio:
        if polynomial.is_zero() or polynomial.degrees()[position] < degree:
            return Ratio(polynomial, self.ring.constant(1))
        parts: dict[int, dict[tuple[int, ...], object]] = {}
        for exponents, coefficient in polynomial.to_dict().items():
            quotient, rest = divmod(int(exponents[position]), degree)
            reduced = (*exponents[:position], rest, *exponents[position + 1 :])
            parts.setdefault(quotient, {})[reduced] = coefficient
        total = self.constant(0)
        for quotient, part in parts.items():
            total += Ratio(self.ring.from_dict(part), self.ring.constant(1)) * value**quotient
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
        return top if ratio.den == 1 else Term("div", (top, self.term(ratio.den)))

    def is_real(self, polynomial: fmpq_mpoly) -> bool:
        return all(self.generators[i].real for i, degree in enumerate(polynomial.degrees()) if degree > 0)

    def factors(self, ratio: Ratio) -> tuple[Fraction, list[tuple[fmpq_mpoly, int]]]:
        """Content and irreducible factors; those of the denominator have negative exponents."""
        reduced = self.reduce(ratio)
        if reduced.is_zero:
            return Fraction(0), []
        top, above = reduced.num.factor()
        bottom, below = reduced.den.factor()
        found = [(f, int(e)) for f, e in above] + [(f, -int(e)) for f, e in below]
        return fraction(top) / fraction(bottom), found

    def require(self, relation: Relation) -> None:
        """Note a condition that is visible in the formula."""
        if relation not in self.visible:
            self.visible.append(relation)

    # ------------------------------------------------------------------------------------------------------ values

    def value(self, term: Term, facts: Facts | None = None) -> Ratio:
        """The quotient for a scalar term. Raises NoNormalForm, TooLarge, ZeroDivisionError."""
        facts = facts or self.facts
        rule = RULES.get(term.head)
        if rule is not None:
            return rule(self, term, facts)
        if term.head in MATRIX_SCALARS or term.head == "transpose":
            from derive.kernel.words import scalar_value

            return scalar_value(self, term, facts)
        raise NoNormalForm(f"no normal form for {term.head}")

    def _leaf(self, term: Term, facts: Facts) -> Ratio:
        value = rational_value(term)
        if value is not None:
            return self.constant(value)
        if term.head == "constant":
            return self._named_constant(term)
        declaration = facts.declaration(str(term.value))
        if declaration is not None and (set(declaration.shape) - {1} or declaration.family or declaration.function):
            raise NoNormalForm(f"{declaration.name} stands where a number is expected")
        defined = facts.definition(str(term.value))
        if defined is not None:
            return self.value(defined, facts)
        return self.generator(("symbol", str(term.value)), "symbol", term, facts.kind(term) != "complex")

    def _named_constant(self, term: Term) -> Ratio:
        if term.value == "i":
            return self.generator(("i",), "i", term, False, relation=(2, self.constant(-1)))
        if term.value == "e":
            return self.exp(self.constant(1))
        if term.value == "infinity":
            raise NoNormalForm("infinity is not a number")
        return self.generator(("constant", str(term.value)), "symbol", term, True)

    def _add(self, term: Term, facts: Facts) -> Ratio:
        total = self.value(term.args[0], facts)
        for arg in term.args[1:]:
            total += self.value(arg, facts)
        return total

    def _neg(self, term: Term, facts: Facts) -> Ratio:
        return -self.value(term.args[0], facts)

    def _mul(self, term: Term, facts: Facts) -> Ratio:
        from derive.kernel.words import is_matrix, scalar_value

        if any(is_matrix(arg, facts) for arg in term.args):
            return scalar_value(self, term, facts)
        total = self.value(term.args[0], facts)
        for arg in term.args[1:]:
            total *= self.value(arg, facts)
        return total

    def _div(self, term: Term, facts: Facts) -> Ratio:
        top, bottom = self.value(term.args[0], facts), self.reduce(self.value(term.args[1], facts))
        if bottom.is_zero:
            raise ZeroDivisionError("a divisor is identically zero")
        return top / bottom

    # ------------------------------------------------------------------------------------------------------ powers

    def _pow(self, term: Term, facts: Facts) -> Ratio:
        base, exponent = term.args
        numeral = rational_value(exponent)
        if base == Term("constant", (), "e"):
            return self.exp(self.value(exponent, facts))
        if numeral is not None and numeral.denominator == 1:
            if abs(numeral) > 10**6:
                raise TooLarge(f"exponent {numeral}")
            return self.reduce(self.value(base, facts)) ** int(numeral)
        if numeral is not None:
            return self.radical(self.value(base, facts), numeral.denominator, facts) ** numeral.numerator
        if facts.kind(exponent) == "integer" and not facts.positive(base):
            return self.integer_power(self.value(base, facts), self.value(exponent, facts), facts)
        if not facts.positive(base):
            self._require_positive(base, facts)
        return self.exp(self.value(exponent, facts) * self.log(self.value(base, facts), facts))

    def _require_positive(self, base: Term, facts: Facts) -> None:
        if facts.kind(base) == "complex":
            raise NoNormalForm("a complex base with an exponent that is no integer")
        self.require(Relation(base, ">", ZERO))

    def integer_power(self, base: Ratio, exponent: Ratio, facts: Facts) -> Ratio:
        """``base ** exponent`` for an exponent that is an integer at every point: multiplicative without sign conditions."""
        exponent = self.reduce(exponent)
        content, found = self.factors(base)
        if content == 0:
            raise NoNormalForm("a power of zero")
        total = self._rational_power(content, exponent)
        for factor, multiplicity in found:
            total *= self._factor_power(factor, exponent, facts) ** multiplicity
        return total

    def _rational_power(self, content: Fraction, exponent: Ratio) -> Ratio:
        total = self.exp(exponent * self._log_rational(abs(content)))
        if content > 0:
            return total
        for monomial, coefficient in self.monomials(exponent):
            if coefficient.denominator != 1:
                raise NoNormalForm("a power of a negative number with a fractional exponent")
            if coefficient % 2:
                total *= self._minus_one_to(monomial)
        return total

    def _minus_one_to(self, monomial: Ratio) -> Ratio:
        if monomial.constant() is not None:
            return self.constant(-1)
        if self.facts.kind(self.ratio_term(monomial)) != "integer" and not self._integral(monomial):
            raise NoNormalForm("a power of -1 with an exponent that is not visibly an integer")
        term = power(number(-1), self.ratio_term(monomial))
        return self.generator(("sign", self.key(monomial)), "sign", term, True, relation=(2, self.constant(1)))

    def _integral(self, monomial: Ratio) -> bool:
        """A product of integer letters (bound letters are integers)."""
        used = [self.generators[i] for i, degree in enumerate(monomial.num.degrees()) if degree > 0]
        return monomial.is_polynomial and all(
            g.tag == "symbol" and (str(g.term.value).startswith("#") or self.facts.kind(g.term) == "integer") for g in used
        )

    def monomials(self, ratio: Ratio) -> list[tuple[Ratio, Fraction]]:
        """Monic monomials over a common denominator, with rational coefficients; the constant is monomial 1."""
        ratio = self.reduce(ratio)
        one = self.ring.constant(1)
        lead = fraction(ratio.den.leading_coefficient())
        den = one if ratio.is_polynomial else ratio.den
        scale = lead if ratio.is_polynomial else Fraction(1)
        return [
            (Ratio(self.ring.from_dict({exponents: 1}), den), fraction(coefficient) / scale)
            for exponents, coefficient in ratio.num.to_dict().items()
        ]

    def _factor_power(self, factor: fmpq_mpoly, exponent: Ratio, facts: Facts) -> Ratio:
        base = self.term(factor)
        value = Ratio(factor, self.ring.constant(1))
        if facts.positive(base):
            return self.exp(exponent * self.log(value, facts))
        split = [(m, q) for m, q in self.monomials(exponent) if m.constant() is None]
        rest = sum((q for m, q in self.monomials(exponent) if m.constant() is not None), Fraction(0))
        if rest.denominator != 1 or any(q.denominator != 1 or not self._integral(m) for m, q in split):
            return self._power_atom(value, base, exponent, facts)
        if facts.nonzero(base):
            total = value ** int(rest)
            for monomial, q in split:
                total *= self._power_atom(value, base, monomial, facts) ** int(q)
            return total
        return self._power_of_possible_zero(value, base, split, int(rest), facts)

    def _power_of_possible_zero(
        self, value: Ratio, base: Term, split: list[tuple[Ratio, Fraction]], rest: int, facts: Facts
    ) -> Ratio:
        """0^0 = 1 and no negative exponents: u^(m + c) = u^(m - L) u^(c + L) only where m >= L is proved and c + L >= 0."""
        bounds = [self._lower_bound(m, facts) if q > 0 else None for m, q in split]
        if all(bound is not None for bound in bounds):
            shift = rest + sum(int(q) * bound for (_, q), bound in zip(split, bounds, strict=True) if bound is not None)
            if shift >= 0:
                total = value**shift
                for (monomial, q), bound in zip(split, bounds, strict=True):
                    shifted = monomial - self.constant(bound or 0)
                    total *= self._power_atom(value, base, shifted, facts) ** int(q)
                return total
        whole = self.constant(0)
        for monomial, q in split:
            whole += monomial * self.constant(q)
        bound = self._lower_bound(whole, facts)
        if bound is not None and rest + bound >= 0:
            return self._power_atom(value, base, whole - self.constant(bound), facts) * value ** (rest + bound)
        self.require(Relation(base, "!=", ZERO))
        total = value**rest
        for monomial, q in split:
            total *= self._power_atom(value, base, monomial, facts) ** int(q)
        return total

    def _lower_bound(self, ratio: Ratio, facts: Facts) -> int | None:
        """The best proved integer lower bound between -4 and 4 (from outside the binders, if no bound letter occurs)."""
        term = self.ratio_term(self.reduce(ratio))
        inside = any(name.startswith("#") for name in free_letters(term))
        knowledge = facts if inside else self.facts
        return next((c for c in range(4, -5, -1) if knowledge.non_negative(sub(term, number(c)))), None)

    def _power_atom(self, value: Ratio, base: Term, exponent: Ratio, facts: Facts) -> Ratio:
        reduced = self.reduce(exponent)
        if (constant := reduced.constant()) is not None and constant.denominator == 1:
            return value ** int(constant)
        term = power(base, self.ratio_term(reduced))
        key = ("pow", self.key(value), self.key(reduced))
        return self.generator(key, "pow", term, facts.kind(base) != "complex", (base, self.ratio_term(reduced)))

    # ---------------------------------------------------------------------------------- exponentials and logarithms

    def exp(self, argument: Ratio) -> Ratio:
        """exp of a sum is a product: one generator a monomial, fine enough for the fractions that occur."""
        total = self.constant(1)
        for monomial, coefficient in self.monomials(argument):
            total *= self._exp_monomial(monomial, coefficient)
        return total

    def _exp_monomial(self, monomial: Ratio, coefficient: Fraction) -> Ratio:
        used = [(i, int(d)) for i, d in enumerate(monomial.num.degrees()) if d > 0]
        if monomial.is_polynomial and len(used) == 1 and used[0][1] == 1:
            generator = self.generators[used[0][0]]
            if generator.tag == "log":
                return self._root(generator.data[0], coefficient)  # type: ignore[arg-type]
        if self._is_i_pi(monomial) and (2 * coefficient).denominator == 1:
            quarter = int(2 * coefficient) % 4
            return self._named_constant(Term("constant", (), "i")) ** quarter
        return self._rooted("exp", monomial, coefficient, Term("exp", (self.ratio_term(monomial),)))

    def _is_i_pi(self, monomial: Ratio) -> bool:
        names = [self.generators[i].term.value for i, d in enumerate(monomial.num.degrees()) if d > 0]
        return monomial.is_polynomial and sorted(map(str, names)) == ["i", "pi"] and monomial.num.total_degree() == 2

    def _rooted(self, tag: str, base: Ratio, coefficient: Fraction, term: Term) -> Ratio:
        """A generator for the 1/D-th part of ``term``, D the common denominator met so far."""
        key = f"{tag}:{self.key(base)}"
        denominator = self.roots.get(key, 1)
        if denominator % coefficient.denominator:
            self.roots[key] = lcm(denominator, coefficient.denominator)
            if self.roots[key] > 10_000:
                raise TooLarge("roots of too many different orders")
            raise _Restart
        real = self.is_real(base.num) and self.is_real(base.den)
        if tag == "exp":
            argument = term.args[0]
            scaled = argument if denominator == 1 else Term("div", (argument, number(denominator)))
            fine = self.generator((key,), "exp", Term("exp", (scaled,)), real, (base, denominator))
        else:
            shown = term if denominator == 1 else Term("root", (term, number(denominator)))
            fine = self.generator((key,), "root", shown, real, (base, denominator), (denominator, base))
        exponent = coefficient * denominator
        return fine ** int(exponent)

    def _root(self, base: Ratio, coefficient: Fraction) -> Ratio:
        """base ** coefficient for a base proved positive."""
        if coefficient.denominator == 1:
            return base ** int(coefficient)
        return self._rooted("root", base, coefficient, self.ratio_term(base))

    def log(self, argument: Ratio, facts: Facts) -> Ratio:
        """log of a product splits over the factors that are proved positive; log(exp u) = u for real u."""
        content, found = self.factors(argument)
        if content == 0:
            raise ZeroDivisionError("the logarithm of zero")
        total, left = self.constant(0), self.constant(1)
        for factor, multiplicity in found:
            if facts.positive(self.term(factor)):
                total += self._log_atom(factor) * self.constant(multiplicity)
            else:
                left *= Ratio(factor, self.ring.constant(1)) ** multiplicity
        if left.constant() == 1:
            if content < 0:
                raise ZeroDivisionError("the logarithm of a negative number")
            return total + self._log_rational(content)
        if content < 0:
            left = -left
        return total + self._log_rational(abs(content)) + self._log_generator(left)

    def _log_atom(self, factor: fmpq_mpoly) -> Ratio:
        used = [(i, int(d)) for i, d in enumerate(factor.degrees()) if d > 0]
        generator = self.generators[used[0][0]]
        if len(used) == 1 and used[0][1] == 1 and len(factor) == 1 and generator.tag in ("exp", "root") and generator.real:
            base, denominator = generator.data
            inner = base if generator.tag == "exp" else self.log(base, self.facts)  # type: ignore[arg-type]
            return inner / self.constant(denominator)  # type: ignore[arg-type, operator]
        if len(used) == 1 and len(factor) == 1 and generator.tag == "product" and self._positive_inside(generator):
            return self._log_product(generator)
        return self._log_generator(Ratio(factor, self.ring.constant(1)))

    def _positive_inside(self, generator: Generator) -> bool:
        body, bound, lower, upper = generator.term.args
        return self.facts.under(bound, lower, upper).positive(body)

    def _log_product(self, generator: Generator) -> Ratio:
        body, bound, lower, upper = generator.term.args
        return self.value(Term("sum", (Term("log", (body,)), bound, lower, upper)))

    def _log_generator(self, argument: Ratio) -> Ratio:
        term = Term("log", (self.ratio_term(argument),))
        return self.generator(("log", self.key(argument)), "log", term, True, (argument,))

    def _log_rational(self, q: Fraction) -> Ratio:
        total = self.constant(0)
        for integer, sign in ((q.numerator, 1), (q.denominator, -1)):
            if integer.bit_length() > 128:
                raise TooLarge("the logarithm of a long number")
            for prime, multiplicity in fmpz(integer).factor():
                total += self._log_generator(self.constant(int(prime))) * self.constant(sign * int(multiplicity))
        return total

    # ------------------------------------------------------------------------------------- roots and absolute values

    def radical(self, argument: Ratio, degree: int, facts: Facts) -> Ratio:
        """The real ``degree``-th root: whole powers come out (as |f| for even degrees), proved positive factors split."""
        content, found = self.factors(argument)
        if content == 0:
            return self.constant(0)
        total, left = self.constant(1), self.constant(1 if content > 0 else -1)
        for prime, multiplicity in _prime_factors(abs(content)):
            total *= self._root(self.constant(prime), Fraction(multiplicity, degree))
        for factor, multiplicity in found:
            value = Ratio(factor, self.ring.constant(1))
            if facts.positive(self.term(factor)):
                total *= self.exp(self.log(value, facts) * self.constant(Fraction(multiplicity, degree)))
                continue
            whole, rest = divmod(multiplicity, degree)
            outside = self.absolute(value, facts) if degree % 2 == 0 else value
            total *= outside**whole
            left *= value**rest
        if left.constant() == 1:
            return total
        if degree % 2 and left.constant() == -1:
            return -total
        return total * self._opaque_root(left, degree)

    def _opaque_root(self, argument: Ratio, degree: int) -> Ratio:
        inner = self.ratio_term(argument)
        term = Term("sqrt", (inner,)) if degree == 2 else Term("root", (inner, number(degree)))
        key = ("radical", self.key(argument), str(degree))
        real = self.is_real(argument.num) and self.is_real(argument.den)
        return self.generator(key, "radical", term, real, relation=(degree, argument))

    def absolute(self, argument: Ratio, facts: Facts) -> Ratio:
        """|uv| = |u||v|; a factor of known sign loses its bars; |u|^2 = u^2 for reals."""
        content, found = self.factors(argument)
        total = self.constant(abs(content))
        for factor, multiplicity in found:
            total *= self._absolute_factor(factor, facts) ** multiplicity
        return total

    def _absolute_factor(self, factor: fmpq_mpoly, facts: Facts) -> Ratio:
        value, term = Ratio(factor, self.ring.constant(1)), self.term(factor)
        if facts.non_negative(term):
            return value
        if facts.non_negative(Term("neg", (term,))):
            return -value
        used = [i for i, d in enumerate(factor.degrees()) if d > 0]
        generator = self.generators[used[0]]
        if len(used) == 1 and len(factor) == 1:
            if generator.tag in ("sign", "i") or self._on_circle(generator):
                return self.constant(1)
            if generator.tag == "abs":
                return value
            if generator.tag == "pow":
                base, exponent = generator.data
                return self.value(power(Term("abs", (base,)), exponent), facts)  # type: ignore[arg-type]
            if generator.tag == "product":
                body, bound, lower, upper = generator.term.args
                return self.value(Term("prod", (Term("abs", (body,)), bound, lower, upper)), facts)
        real = self.is_real(factor)
        atom = Term("abs", (term,))
        return self.generator(("abs", self.key(value)), "abs", atom, True, (), (2, value * value) if real else None)

    def _on_circle(self, generator: Generator) -> bool:
        """exp(i u) with real u."""
        if generator.tag != "exp":
            return False
        base = generator.data[0]
        assert isinstance(base, Ratio)
        used = [(self.generators[i], int(d)) for i, d in enumerate(base.num.degrees()) if d > 0]
        imaginary = [d for g, d in used if g.tag == "i"]
        return imaginary == [1] and self.is_real(base.den) and all(g.real for g, _ in used if g.tag != "i")

    # -------------------------------------------------------------------------------------------- special functions

    def _function(self, term: Term, facts: Facts) -> Ratio:
        argument = self.value(term.args[0], facts)
        if term.head == "exp":
            return self.exp(argument)
        if term.head == "log":
            if facts.kind(term.args[0]) == "complex":
                return self._opaque(term, facts)
            return self.log(argument, facts)
        if term.head == "abs":
            return self.absolute(argument, facts)
        degree = 2 if term.head == "sqrt" else int(rational_value(term.args[1]) or 0)
        if facts.kind(term.args[0]) == "complex" or degree < 1:
            raise NoNormalForm("a root of a complex number")
        return self.radical(argument, degree, facts)

    def _circular(self, term: Term, facts: Facts) -> Ratio:
        """sin, cos, tan through exp(iu); sinh, cosh, tanh through exp(u)."""
        unit = self._named_constant(Term("constant", (), "i")) if term.head in ("sin", "cos", "tan") else self.constant(1)
        plus = self.exp(unit * self.value(term.args[0], facts))
        odd = (plus - plus.inverse()) / (self.constant(2) * unit)
        even = (plus + plus.inverse()) / self.constant(2)
        name = term.head.removesuffix("h")
        return odd if name == "sin" else even if name == "cos" else odd / even

    def _factorial(self, term: Term, facts: Facts) -> Ratio:
        """(s + c)! from (s - L)!, L the best proved lower bound of the symbolic part s."""
        argument = self.reduce(self.value(term.args[0], facts))
        constant = argument.constant()
        if constant is not None:
            if constant.denominator != 1 or not 0 <= constant <= 1000:
                raise TooLarge(f"factorial of {constant}")
            return self.constant(int(fmpz.fac_ui(int(constant))))
        offset = next((q for m, q in self.monomials(argument) if m.constant() is not None), Fraction(0))
        symbolic = argument - self.constant(offset)
        bound = self._lower_bound(symbolic, facts)
        if bound is None or offset.denominator != 1:
            return self._opaque(term, facts)
        lowest = symbolic - self.constant(bound)
        key = ("factorial", self.key(lowest))
        total = self.generator(key, "factorial", Term("factorial", (self.ratio_term(lowest),)), True)
        steps = int(offset) + bound
        for j in range(1, steps + 1):
            total *= lowest + self.constant(j)
        for j in range(steps, 0):
            total = total / (lowest + self.constant(j + 1))
        return total

    def _binomial(self, term: Term, facts: Facts) -> Ratio:
        upper, lower = term.args
        numeral = rational_value(lower)
        if numeral is not None and numeral.denominator == 1 and 0 <= numeral <= EXPAND_LIMIT:
            base, total = self.value(upper, facts), self.constant(1)
            for j in range(int(numeral)):
                total *= (base - self.constant(j)) / self.constant(j + 1)
            return total
        if not (facts.non_negative(lower) and facts.at_least(upper, lower)):
            return self._opaque(term, facts)
        parts = [self._factorial(Term("factorial", (part,)), facts) for part in (upper, lower, sub(upper, lower))]
        return parts[0] / (parts[1] * parts[2])

    def _opaque(self, term: Term, facts: Facts) -> Ratio:
        """An atom of which only the value of its arguments is known."""
        first = term.args[0].value if term.head in ("apply", "index") else ""
        inner = term.args[1:] if term.head in ("apply", "index") else term.args
        keys = [self.key(self.value(arg, facts)) for arg in inner]
        return self.generator((term.head, str(first), *keys), term.head, term, facts.kind(term) != "complex")

    def _index(self, term: Term, facts: Facts) -> Ratio:
        from derive.kernel.recurrence import unroll

        unrolled = unroll(term, facts)
        return self.value(unrolled, facts) if unrolled is not None else self._opaque(term, facts)

    # ----------------------------------------------------------------------------------------------- other chapters

    def _binder(self, term: Term, facts: Facts) -> Ratio:
        from derive.kernel.binders import product_value, sum_value

        return (sum_value if term.head == "sum" else product_value)(self, term, facts)

    def _derivative(self, term: Term, facts: Facts) -> Ratio:
        from derive.kernel.differentiate import differentiate

        return self.value(differentiate(term.args[0], str(term.args[1].value)), facts)

    def _expectation(self, term: Term, facts: Facts) -> Ratio:
        from derive.kernel.expectation import expectation_value

        return expectation_value(self, term, facts)


Rule = Callable[[Normaliser, Term, Facts], Ratio]
RULES: dict[str, Rule] = {
    **dict.fromkeys(("number", "decimal", "constant", "symbol"), Normaliser._leaf),
    **dict.fromkeys(("exp", "log", "abs", "sqrt", "root"), Normaliser._function),
    **dict.fromkeys(("sin", "cos", "tan", "sinh", "cosh", "tanh"), Normaliser._circular),
    **dict.fromkeys(("arctan", "apply"), Normaliser._opaque),
    **dict.fromkeys(("sum", "prod"), Normaliser._binder),
    **dict.fromkeys(("expect", "variance"), Normaliser._expectation),
    "add": Normaliser._add,
    "neg": Normaliser._neg,
    "mul": Normaliser._mul,
    "div": Normaliser._div,
    "pow": Normaliser._pow,
    "factorial": Normaliser._factorial,
    "binomial": Normaliser._binomial,
    "index": Normaliser._index,
    "derivative": Normaliser._derivative,
}


def _prime_factors(q: Fraction) -> list[tuple[int, int]]:
    if max(q.numerator.bit_length(), q.denominator.bit_length()) > 128:
        raise TooLarge("a root of a long number")
    above = [(int(p), int(e)) for p, e in fmpz(q.numerator).factor()]
    return above + [(int(p), -int(e)) for p, e in fmpz(q.denominator).factor()]


def with_normaliser(facts: Facts, use: Callable[[Normaliser], T], unfold: bool = False) -> T:
    """Run ``use`` with a fresh normaliser, again with a larger ring or finer roots where it asks for them."""
    size, roots = 16, {}  # type: int, dict[str, int]
    for _ in range(24):
        normaliser = Normaliser(facts, size, roots, unfold)
        try:
            return use(normaliser)
        except _Restart:
            if len(normaliser.generators) >= size:
                size *= 2
            if size > 512:
                break
    raise TooLarge("too many atoms")


__all__ = ["NoNormalForm", "Normaliser", "substitute", "symbol", "with_normaliser"]
