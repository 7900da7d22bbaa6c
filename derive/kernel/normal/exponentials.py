"""Exponentials and logarithms: exp(u + v) = exp u exp v, log(exp u) = u for real u, log(uv) for positive factors."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from flint import fmpq_mpoly, fmpz

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.normal.ring import Generator, Normaliser, Restart
from derive.kernel.ratio import Ratio, TooLarge
from derive.kernel.terms import number


def exponential(normaliser: Normaliser, argument: Ratio) -> Ratio:
    """exp of a sum is a product: one generator a monomial, fine enough for the fractions that occur."""
    total = normaliser.constant(1)
    for monomial, coefficient in normaliser.monomials(argument):
        total *= _exp_monomial(normaliser, monomial, coefficient)
    return total


def _exp_monomial(normaliser: Normaliser, monomial: Ratio, coefficient: Fraction) -> Ratio:
    used = [(i, int(d)) for i, d in enumerate(monomial.num.degrees()) if d > 0]
    if monomial.is_polynomial and len(used) == 1 and used[0][1] == 1:
        generator = normaliser.generators[used[0][0]]
        if generator.tag == "log" and generator.data:  # a complex logarithm carries no argument
            return root_of_positive(normaliser, generator.data[0], coefficient)  # type: ignore[arg-type]
    if (found := _of_angle(normaliser, monomial, coefficient)) is not None:
        return found
    return _rooted(normaliser, "exp", monomial, coefficient, Term("exp", (normaliser.ratio_term(monomial),)))


def _of_angle(normaliser: Normaliser, monomial: Ratio, coefficient: Fraction) -> Ratio | None:
    """exp(i pi q) for simple q, exp(i pi m) for an integer m, exp(i v) for an inverse circular function v."""
    from derive.kernel.normal.angles import PI, of_inverse, root_of_unity
    from derive.kernel.normal.powers import sign_power

    used = [(normaliser.generators[i], int(d)) for i, d in enumerate(monomial.num.degrees()) if d > 0]
    if not monomial.is_polynomial or (1, "i") not in [(d, g.tag) for g, d in used]:
        return None
    rest = [(g, d) for g, d in used if g.tag != "i"]
    if len(rest) == 1 and rest[0][1] == 1:
        found = of_inverse(normaliser, rest[0][0])
        if found is not None and coefficient.denominator == 1:
            return found ** int(coefficient)
        if found is not None:
            whole = Term("exp", (normaliser.ratio_term(monomial),))
            return _rooted(normaliser, "exp", monomial, coefficient, whole, normaliser.reduce(found))
    if (1, PI) not in [(d, g.term) for g, d in rest]:
        return None
    if len(rest) == 1:
        if (2 * coefficient).denominator == 1:
            return normaliser.imaginary_unit() ** (int(2 * coefficient) % 4)
        return root_of_unity(normaliser, coefficient % 2)
    pi, i = normaliser.value(PI), normaliser.imaginary_unit()
    return sign_power(normaliser, normaliser.reduce(-i * monomial / pi), coefficient)


def _rooted(
    normaliser: Normaliser, tag: str, base: Ratio, coefficient: Fraction, term: Term, whole: Ratio | None = None
) -> Ratio:
    """A generator for the 1/D-th part of ``term``, D the common denominator met so far; of its D-th power ``whole`` is known."""
    key = f"{tag}:{normaliser.key(base)}"
    denominator = normaliser.roots.get(key, 1)
    if denominator % coefficient.denominator:
        normaliser.roots[key] = lcm(denominator, coefficient.denominator)
        if normaliser.roots[key] > 10_000:
            raise TooLarge("roots of too many different orders")
        raise Restart
    real = normaliser.is_real(base.num) and normaliser.is_real(base.den)
    if tag == "exp":
        argument = term.args[0]
        scaled = argument if denominator == 1 else Term("div", (argument, number(denominator)))
        relation = None if whole is None else (denominator, whole)
        fine = normaliser.generator((key,), "exp", Term("exp", (scaled,)), real, (base, denominator), relation)
    else:
        shown = term if denominator == 1 else root_term(term, denominator)
        fine = normaliser.generator((key,), "root", shown, real, (base, denominator), (denominator, base))
    exponent = coefficient * denominator
    return fine ** int(exponent)


def root_term(term: Term, degree: int) -> Term:
    return Term("sqrt", (term,)) if degree == 2 else Term("root", (term, number(degree)))


def root_of_positive(normaliser: Normaliser, base: Ratio, coefficient: Fraction) -> Ratio:
    """base ** coefficient for a base proved positive."""
    if coefficient.denominator == 1:
        return base ** int(coefficient)
    return _rooted(normaliser, "root", base, coefficient, normaliser.ratio_term(base))


def logarithm(normaliser: Normaliser, argument: Ratio, facts: Facts) -> Ratio:
    """log of a product splits over the factors that are proved positive; log(exp u) = u for real u."""
    content, found = normaliser.factors(argument)
    if content == 0:
        raise ZeroDivisionError("the logarithm of zero")
    total, left = normaliser.constant(0), normaliser.constant(1)
    for factor, multiplicity in found:
        if facts.positive(normaliser.term(factor)):
            total += _log_atom(normaliser, factor) * normaliser.constant(multiplicity)
        else:
            left *= Ratio(factor, normaliser.ring.constant(1)) ** multiplicity
    if left.constant() == 1:
        if content < 0:
            raise ZeroDivisionError("the logarithm of a negative number")
        return total + log_of_rational(normaliser, content)
    if content < 0:
        left = -left
    return total + log_of_rational(normaliser, abs(content)) + _log_of_unsigned(normaliser, left, facts)


def _log_of_unsigned(normaliser: Normaliser, u: Ratio, facts: Facts) -> Ratio:
    """log of u > 0 whose factors are real but of unknown signs: the sum of the logarithms of their moduli."""
    from derive.kernel.normal.radicals import absolute_value

    content, found = normaliser.factors(u)
    if (len(found) == 1 and abs(found[0][1]) == 1) or not all(normaliser.is_real(factor) for factor, _ in found):
        return _log_generator(normaliser, u)
    total = log_of_rational(normaliser, abs(content))
    for factor, multiplicity in found:
        modulus = absolute_value(normaliser, Ratio(factor, normaliser.ring.constant(1)), facts)
        total += _log_generator(normaliser, modulus) * normaliser.constant(multiplicity)
    return total


def _log_atom(normaliser: Normaliser, factor: fmpq_mpoly) -> Ratio:
    used = [(i, int(d)) for i, d in enumerate(factor.degrees()) if d > 0]
    generator = normaliser.generators[used[0][0]]
    if len(used) == 1 and used[0][1] == 1 and len(factor) == 1 and generator.tag in ("exp", "root") and generator.real:
        base, denominator = generator.data
        assert isinstance(base, Ratio) and isinstance(denominator, int)
        inner = base if generator.tag == "exp" else logarithm(normaliser, base, normaliser.facts)
        return inner / normaliser.constant(denominator)
    if len(used) == 1 and len(factor) == 1 and generator.tag == "product" and _positive_inside(normaliser, generator):
        return _log_product(normaliser, generator)
    return _log_generator(normaliser, Ratio(factor, normaliser.ring.constant(1)))


def _positive_inside(normaliser: Normaliser, generator: Generator) -> bool:
    body, bound, lower, upper = generator.term.args
    return normaliser.facts.under(bound, lower, upper).positive(body)


def _log_product(normaliser: Normaliser, generator: Generator) -> Ratio:
    body, bound, lower, upper = generator.term.args
    return normaliser.value(Term("sum", (Term("log", (body,)), bound, lower, upper)))


def _log_generator(normaliser: Normaliser, argument: Ratio) -> Ratio:
    term = Term("log", (normaliser.ratio_term(argument),))
    return normaliser.generator(("log", normaliser.key(argument)), "log", term, True, (argument,))


def log_of_rational(normaliser: Normaliser, q: Fraction) -> Ratio:
    total = normaliser.constant(0)
    for integer, sign in ((q.numerator, 1), (q.denominator, -1)):
        if integer.bit_length() > 128:
            raise TooLarge("the logarithm of a long number")
        for prime, multiplicity in fmpz(integer).factor():
            total += _log_generator(normaliser, normaliser.constant(int(prime))) * normaliser.constant(
                sign * int(multiplicity)
            )
    return total
