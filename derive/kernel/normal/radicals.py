"""Roots and absolute values: sqrt(u)^2 = u, sqrt(u^2) = |u|, |uv| = |u||v|, |u|^2 = u^2 for reals."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq, fmpq_mpoly, fmpz

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.normal.exponentials import exponential, logarithm, root_of_positive
from derive.kernel.normal.ring import Generator, NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio, TooLarge
from derive.kernel.terms import number, power


def radical(normaliser: Normaliser, argument: Ratio, degree: int, facts: Facts, written: Term | None = None) -> Ratio:
    """The real ``degree``-th root: whole powers come out (as |f| for even degrees), proved positive factors split.

    A real number that is written with i, as sin(x)^2 is, has factors that are not real: its root stays whole, and its argument
    as it was ``written``: where a number is written with i, an odd root is the principal one, which is another.
    """
    content, found = normaliser.factors(argument)
    if content == 0:
        return normaliser.constant(0)
    if not (normaliser.is_real(argument.num) and normaliser.is_real(argument.den)):
        return _opaque_root(normaliser, normaliser.reduce(argument), degree, written)
    total, left = normaliser.constant(1), normaliser.constant(1 if content > 0 else -1)
    roots: list[Ratio] = []
    splits = content > 0 and all(facts.non_negative(normaliser.term(factor)) for factor, _ in found)
    for prime, multiplicity in _prime_factors(abs(content)):
        total *= root_of_positive(normaliser, normaliser.constant(prime), Fraction(multiplicity, degree))
    for factor, multiplicity in found:
        value = Ratio(factor, normaliser.ring.constant(1))
        if facts.positive(normaliser.term(factor)):
            total *= exponential(
                normaliser, logarithm(normaliser, value, facts) * normaliser.constant(Fraction(multiplicity, degree))
            )
            continue
        whole, rest = divmod(multiplicity, degree)
        if whole:
            outside = absolute_value(normaliser, value, facts) if degree % 2 == 0 else value
            total *= outside**whole
        if splits and rest:  # sqrt(u v) = sqrt(u) sqrt(v) where no factor is negative
            roots.append(value**rest)
            continue
        left *= value**rest
    for part in roots:
        total *= _opaque_root(normaliser, part, degree)
    if left.constant() == 1:
        return total
    if left.constant() == -1:
        if degree % 2 == 0:
            raise NoNormalForm("an even root of what is never positive")
        return -total
    return total * _opaque_root(normaliser, left, degree)


def _opaque_root(normaliser: Normaliser, argument: Ratio, degree: int, written: Term | None = None) -> Ratio:
    if written is None and degree % 2 and not normaliser.is_real(argument.num * argument.den):
        raise NoNormalForm("an odd root of a number that is written with i")
    inner = normaliser.ratio_term(argument) if written is None else written
    term = Term("sqrt", (inner,)) if degree == 2 else Term("root", (inner, number(degree)))
    key = ("radical", normaliser.key(argument), str(degree))
    real = normaliser.is_real(argument.num) and normaliser.is_real(argument.den)
    return normaliser.generator(key, "radical", term, real, relation=(degree, argument))


def absolute_value(normaliser: Normaliser, argument: Ratio, facts: Facts) -> Ratio:
    """|uv| = |u||v|; a factor of known sign loses its bars; |u|^2 = u^2 for reals."""
    content, found = normaliser.factors(argument)
    total = normaliser.constant(abs(content))
    for factor, multiplicity in found:
        total *= _absolute_factor(normaliser, factor, facts) ** multiplicity
    return total


def _absolute_factor(normaliser: Normaliser, factor: fmpq_mpoly, facts: Facts) -> Ratio:
    value, term = Ratio(factor, normaliser.ring.constant(1)), normaliser.term(factor)
    if facts.non_negative(term):
        return value
    if facts.non_negative(Term("neg", (term,))):
        return -value
    used = [i for i, d in enumerate(factor.degrees()) if d > 0]
    generator = normaliser.generators[used[0]]
    if len(used) == 1 and len(factor) == 1:
        if generator.tag in ("sign", "i") or on_circle(normaliser, generator):
            return normaliser.constant(1)
        if generator.tag == "abs":
            return value
        if generator.tag == "pow":
            base, exponent = generator.data
            return normaliser.value(power(Term("abs", (base,)), exponent), facts)  # type: ignore[arg-type]
        if generator.tag == "product":
            body, bound, lower, upper = generator.term.args
            return normaliser.value(Term("prod", (Term("abs", (body,)), bound, lower, upper)), facts)
    if not (real := normaliser.is_real(factor)):
        square = _squared_modulus(normaliser, factor)
        if square is not None:
            return radical(normaliser, square, 2, facts)
    atom = Term("abs", (term,))
    return normaliser.generator(
        ("abs", normaliser.key(value)), "abs", atom, True, (), (2, value * value) if real else None
    )


def _squared_modulus(normaliser: Normaliser, factor: fmpq_mpoly) -> Ratio | None:
    """|p + i q|^2 = p^2 + q^2 for real p and q; None where another generator may be complex."""
    used = [position for position, degree in enumerate(factor.degrees()) if degree > 0]
    others = [g for g in (normaliser.generators[position] for position in used) if g.tag != "i"]
    if not all(g.real for g in others):
        return None
    unit = next(position for position in used if normaliser.generators[position].tag == "i")
    parts: tuple[dict[tuple[int, ...], fmpq], dict[tuple[int, ...], fmpq]] = ({}, {})
    for exponents, coefficient in factor.to_dict().items():
        degree = int(exponents[unit])
        if degree > 1:
            return None
        parts[degree][(*exponents[:unit], 0, *exponents[unit + 1 :])] = coefficient
    p, q = (Ratio(normaliser.ring.from_dict(part), normaliser.ring.constant(1)) for part in parts)
    return normaliser.reduce(p * p + q * q)


def on_circle(normaliser: Normaliser, generator: Generator) -> bool:
    """exp(i u) with real u."""
    if generator.tag != "exp":
        return False
    base = generator.data[0]
    assert isinstance(base, Ratio)
    used = [(normaliser.generators[i], int(d)) for i, d in enumerate(base.num.degrees()) if d > 0]
    imaginary = [d for g, d in used if g.tag == "i"]
    return imaginary == [1] and normaliser.is_real(base.den) and all(g.real for g, _ in used if g.tag != "i")


def _prime_factors(q: Fraction) -> list[tuple[int, int]]:
    if max(q.numerator.bit_length(), q.denominator.bit_length()) > 128:
        raise TooLarge("a root of a long number")
    above = [(int(p), int(e)) for p, e in fmpz(q.numerator).factor()]
    return above + [(int(p), -int(e)) for p, e in fmpz(q.denominator).factor()]
