"""Powers with symbolic exponents.

An integer exponent needs no sign of the base: it is multiplicative. Another exponent needs a positive base, and the
power is then exp(a log u). 0^0 = 1, and 0 has no negative powers: where the base may be 0, exponents are split with care.
"""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq_mpoly

from derive.core import Relation, Term
from derive.kernel.facts import Facts
from derive.kernel.normal.exponentials import exponential, log_of_rational, logarithm
from derive.kernel.normal.radicals import radical
from derive.kernel.normal.ring import Generator, NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio, TooLarge
from derive.kernel.terms import ZERO, free_letters, mul, number, power, rational_value, sub


def pow_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    base, exponent = term.args
    numeral = rational_value(exponent)
    if base == Term("constant", (), "e"):
        return exponential(normaliser, normaliser.value(exponent, facts))
    if numeral is not None and numeral.denominator == 1:
        if abs(numeral) > 10**6:
            raise TooLarge(f"exponent {numeral}")
        return normaliser.reduce(normaliser.value(base, facts)) ** int(numeral)
    if facts.kind(base) == "complex" and facts.kind(exponent) != "integer":
        raise NoNormalForm("a complex base with an exponent that is no integer")
    if numeral is not None:
        root = radical(normaliser, normaliser.value(base, facts), numeral.denominator, facts, base)
        return root**numeral.numerator
    if facts.kind(exponent) == "integer" and not facts.positive(base):
        return integer_power(normaliser, normaliser.value(base, facts), normaliser.value(exponent, facts), facts)
    if not facts.positive(base):
        _require_positive(normaliser, base, exponent, facts)
    return exponential(
        normaliser, normaliser.value(exponent, facts) * logarithm(normaliser, normaliser.value(base, facts), facts)
    )


def _require_positive(normaliser: Normaliser, base: Term, exponent: Term, facts: Facts) -> None:
    if facts.positive(exponent):
        raise NoNormalForm("a power whose base may be 0, where it is defined")
    normaliser.require(Relation(base, ">", ZERO))


def integer_power(normaliser: Normaliser, base: Ratio, exponent: Ratio, facts: Facts) -> Ratio:
    """``base ** exponent`` for an exponent that is an integer at every point: multiplicative without sign conditions."""
    exponent = normaliser.reduce(exponent)
    content, found = normaliser.factors(base)
    if content == 0:
        raise NoNormalForm("a power of zero")
    total = _rational_power(normaliser, content, exponent)
    for factor, multiplicity in found:
        total *= _factor_power(normaliser, factor, exponent, facts) ** multiplicity
    return total


def _rational_power(normaliser: Normaliser, content: Fraction, exponent: Ratio) -> Ratio:
    total = exponential(normaliser, exponent * log_of_rational(normaliser, abs(content)))
    if content > 0:
        return total
    for monomial, coefficient in normaliser.monomials(exponent):
        if coefficient.denominator != 1:
            raise NoNormalForm("a power of a negative number with a fractional exponent")
        if monomial.constant() is None and not _whole(normaliser, monomial):  # 2 m is even for a whole m only
            raise NoNormalForm("a power of -1 with an exponent that is not visibly an integer")
        if coefficient % 2:
            total *= _minus_one_to(normaliser, monomial)
    return total


def _whole(normaliser: Normaliser, monomial: Ratio) -> bool:
    return whole_monomial(normaliser, monomial, normaliser.facts)


def whole_monomial(normaliser: Normaliser, monomial: Ratio, facts: Facts) -> bool:
    """An integer at every point."""
    return facts.kind(normaliser.ratio_term(monomial)) == "integer" or _integral(normaliser, monomial)


def _minus_one_to(normaliser: Normaliser, monomial: Ratio) -> Ratio:
    if monomial.constant() is not None:
        return normaliser.constant(-1)
    if _integral(normaliser, monomial):  # n^k and n are both even or both odd
        monomial = Ratio(
            normaliser.ring.from_dict({tuple(min(d, 1) for d in exponents): 1 for exponents in monomial.num.to_dict()}),
            monomial.den,
        )
    term = power(number(-1), normaliser.ratio_term(monomial))
    return normaliser.generator(
        ("sign", normaliser.key(monomial)), "sign", term, True, relation=(2, normaliser.constant(1))
    )


def sign_power(normaliser: Normaliser, monomial: Ratio, coefficient: Fraction) -> Ratio | None:
    """exp(i pi q m) for an integer m: (-1)^(q m) for an integer q, and its square root i^m for q an odd half."""
    if (2 * coefficient).denominator != 1 or not _whole(normaliser, monomial):
        return None
    if coefficient.denominator == 1:
        return _minus_one_to(normaliser, monomial) if coefficient % 2 else normaliser.constant(1)
    square = _minus_one_to(normaliser, monomial)
    term = power(Term("constant", (), "i"), normaliser.ratio_term(monomial))
    root = normaliser.generator(("quarter", normaliser.key(monomial)), "quarter", term, False, relation=(2, square))
    return root ** int(2 * coefficient)


def _integral(normaliser: Normaliser, monomial: Ratio, facts: Facts | None = None) -> bool:
    """A product of integer letters (bound letters are integers) and, where facts are given, of whole powers such as 2^n."""
    used = [normaliser.generators[i] for i, degree in enumerate(monomial.num.degrees()) if degree > 0]
    return monomial.is_polynomial and all(
        _is_whole_letter(normaliser, g) or (facts is not None and _is_whole_power(normaliser, g, facts)) for g in used
    )


def _is_whole_letter(normaliser: Normaliser, generator: Generator) -> bool:
    bound = str(generator.term.value).startswith("#")
    return generator.tag == "symbol" and (bound or normaliser.facts.kind(generator.term) == "integer")


def _is_whole_power(normaliser: Normaliser, generator: Generator, facts: Facts) -> bool:
    """b^m for a whole b >= 1 and a product m >= 0 of integer letters: the generator exp(m log b)."""
    if generator.tag != "exp" or generator.data[1] != 1 or not isinstance(generator.data[0], Ratio):
        return False
    argument = generator.data[0]
    used = [(normaliser.generators[i], int(d)) for i, d in enumerate(argument.num.degrees()) if d > 0]
    logs = [(g, d) for g, d in used if g.tag == "log" and isinstance(g.data[0], Ratio)]
    letters = [g for g, _ in used if g.tag != "log"]
    if len(argument.num) != 1 or not argument.is_polynomial or len(logs) != 1 or logs[0][1] != 1:
        return False
    base = logs[0][0].data[0].constant()  # type: ignore[attr-defined]
    if base is None or base.denominator != 1 or base < 1 or argument.num.leading_coefficient() != 1:
        return False
    knowledge = facts if any(str(g.term.value).startswith("#") for g in letters) else normaliser.facts
    exponent = mul(*(power(g.term, number(d)) if d > 1 else g.term for g, d in used if g.tag != "log"))
    return all(_is_whole_letter(normaliser, g) for g in letters) and knowledge.non_negative(exponent)


def _factor_power(normaliser: Normaliser, factor: fmpq_mpoly, exponent: Ratio, facts: Facts) -> Ratio:
    base = normaliser.term(factor)
    value = Ratio(factor, normaliser.ring.constant(1))
    if (inside := exponent_of(normaliser, factor)) is not None:
        return exponential(normaliser, exponent * inside)
    if facts.positive(base):
        return exponential(normaliser, exponent * logarithm(normaliser, value, facts))
    split = [(m, q) for m, q in normaliser.monomials(exponent) if m.constant() is None]
    rest = sum((q for m, q in normaliser.monomials(exponent) if m.constant() is not None), Fraction(0))
    if rest.denominator != 1 or any(q.denominator != 1 or not _integral(normaliser, m, facts) for m, q in split):
        return _power_atom(normaliser, value, base, exponent, facts)
    if facts.nonzero(base):
        total = value ** int(rest)
        for monomial, q in split:
            total *= _power_atom(normaliser, value, base, monomial, facts) ** int(q)
        return total
    return _power_of_possible_zero(normaliser, value, base, split, int(rest), facts)


def exponent_of(normaliser: Normaliser, factor: fmpq_mpoly) -> Ratio | None:
    """u, if the factor is a generator exp(u), be u complex: its integer powers are exponentials, too."""
    used = [i for i, d in enumerate(factor.degrees()) if d > 0]
    if len(used) != 1 or len(factor) != 1 or factor.total_degree() != 1 or factor.leading_coefficient() != 1:
        return None
    generator = normaliser.generators[used[0]]
    if generator.tag != "exp":
        return None
    base, denominator = generator.data
    assert isinstance(base, Ratio) and isinstance(denominator, int)
    return base / normaliser.constant(denominator)


def _power_of_possible_zero(
    normaliser: Normaliser, value: Ratio, base: Term, split: list[tuple[Ratio, Fraction]], rest: int, facts: Facts
) -> Ratio:
    """0^0 = 1 and no negative exponents: u^(m + c) = u^(m - L) u^(c + L) only where m >= L is proved and c + L >= 0."""
    bounds = [lower_bound(normaliser, m, facts) if q > 0 else None for m, q in split]
    if all(bound is not None for bound in bounds):
        shift = rest + sum(int(q) * bound for (_, q), bound in zip(split, bounds, strict=True) if bound is not None)
        if shift >= 0:
            total = value**shift
            for (monomial, q), bound in zip(split, bounds, strict=True):
                shifted = monomial - normaliser.constant(bound or 0)
                total *= _power_atom(normaliser, value, base, shifted, facts) ** int(q)
            return total
    whole = normaliser.constant(0)
    for monomial, q in split:
        whole += monomial * normaliser.constant(q)
    bound = lower_bound(normaliser, whole, facts)
    if bound is not None and rest + bound >= 0:
        return _power_atom(normaliser, value, base, whole - normaliser.constant(bound), facts) * value ** (rest + bound)
    normaliser.require(Relation(base, "!=", ZERO))
    total = value**rest
    for monomial, q in split:
        total *= _power_atom(normaliser, value, base, monomial, facts) ** int(q)
    return total


def lower_bound(normaliser: Normaliser, ratio: Ratio, facts: Facts) -> int | None:
    """The best proved integer lower bound between -4 and 4 (from outside the binders, if no bound letter occurs)."""
    term = normaliser.ratio_term(normaliser.reduce(ratio))
    inside = any(name.startswith("#") for name in free_letters(term))
    knowledge = facts if inside else normaliser.facts
    return next((c for c in range(4, -5, -1) if knowledge.non_negative(sub(term, number(c)))), None)


def _power_atom(normaliser: Normaliser, value: Ratio, base: Term, exponent: Ratio, facts: Facts) -> Ratio:
    reduced = normaliser.reduce(exponent)
    if (constant := reduced.constant()) is not None and constant.denominator == 1:
        return value ** int(constant)
    term = power(base, normaliser.ratio_term(reduced))
    key = ("pow", normaliser.key(value), normaliser.key(reduced))
    return normaliser.generator(key, "pow", term, facts.kind(base) != "complex", (base, normaliser.ratio_term(reduced)))
