"""Simpler forms of a function: constants folded, known factors split off, exponentials moved, for the search of bounds."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import fmpq_mpoly

from derive.core import Scope, Term
from derive.kernel.facts import Facts, facts_of
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import Ratio, TooLarge, fraction
from derive.kernel.terms import ONE, ZERO, add, mul, number, power, rational_value

Split = tuple[Term, Term]
"""(factor, rest): the function is their product, and the factor has a known sign."""


def tidy(term: Term) -> Term:
    """The same function with zeros, ones and numerals folded."""
    args = tuple(map(tidy, term.args))
    head = term.head
    if head == "neg":
        return _negated(args[0])
    if head == "add":
        return _sum(args)
    if head == "mul":
        return _product(args)
    if head == "div":
        if args[0] == ZERO or args[1] == ONE:
            return args[0]
        value = rational_value(Term("div", args))
        return number(value) if value is not None else Term("div", args)
    if head == "pow":
        if args[1] == ONE:
            return args[0]
        if args[1] == ZERO:
            return ONE
    return Term(head, args, term.value) if args else term


def _negated(term: Term) -> Term:
    value = rational_value(term)
    if value is not None:
        return number(-value)
    return term.args[0] if term.head == "neg" else Term("neg", (term,))


def _sum(args: tuple[Term, ...]) -> Term:
    total, parts = Fraction(0), []
    for arg in (inner for a in args for inner in (a.args if a.head == "add" else (a,))):
        value = rational_value(arg)
        if value is None:
            parts.append(arg)
        else:
            total += value
    if total or not parts:
        parts.append(number(total))
    return add(*parts)


def _product(args: tuple[Term, ...]) -> Term:
    total = Fraction(1)
    parts: list[Term] = []
    for arg in (inner for a in args for inner in (a.args if a.head == "mul" else (a,))):
        value = rational_value(arg)
        if arg.head == "neg" and value is None:
            total, arg = -total, arg.args[0]
            parts += arg.args if arg.head == "mul" else (arg,)
        elif value is None:
            parts.append(arg)
        else:
            total *= value
    if not total:
        return ZERO
    if not parts:
        return number(total)
    if abs(total) != 1:
        parts.insert(0, number(abs(total)))
    return mul(*parts) if total > 0 else Term("neg", (mul(*parts),))


def scalings(term: Term, strict: bool, scope: Scope) -> tuple[Split, ...]:
    """Ways to write the function as a factor of known sign times something simpler to differentiate."""
    facts = facts_of(scope)
    try:
        return with_normaliser(facts, lambda normaliser: tuple(_splits(normaliser, term, strict, facts)))
    except (NoNormalForm, TooLarge, ZeroDivisionError):
        return ()


def _splits(normaliser: Normaliser, term: Term, strict: bool, facts: Facts) -> Iterator[Split]:
    ratio = normaliser.value(term)
    content, found = normaliser.factors(ratio)
    if content == 0 or not all(normaliser.is_real(f) for f, _ in found):
        return
    factor, open_ones, sign = number(abs(content)), [], 1 if content > 0 else -1
    for f, multiplicity in found:
        known = _sign(normaliser, f, multiplicity, strict, facts)
        if not known:
            open_ones.append((f, multiplicity))
            continue
        sign *= known
        shown = _shown(normaliser, f)
        if known < 0 and multiplicity % 2:
            shown = Term("neg", (shown,))
        factor = mul(factor, shown if multiplicity == 1 else power(shown, number(multiplicity)))
    if not open_ones or any(multiplicity != 1 for _, multiplicity in open_ones):
        return
    rest = normaliser.ring.constant(1)
    for f, _ in open_ones:
        rest = rest * f
    rest = rest if sign > 0 else -rest
    yield tidy(factor), tidy(_shown(normaliser, rest))
    for divisor in _divisors(normaliser, rest, strict, facts):
        quotient = _quotient(normaliser, rest, divisor)
        yield tidy(mul(factor, divisor)), tidy(quotient)


def _sign(normaliser: Normaliser, f: fmpq_mpoly, multiplicity: int, strict: bool, facts: Facts) -> int:
    term = normaliser.term(f)
    if facts.positive(term):
        return 1
    if facts.positive(Term("neg", (term,))):
        return -1 if multiplicity % 2 else 1
    if multiplicity % 2 == 0 and (multiplicity < 0 or not strict or facts.nonzero(term)):
        return 1
    if not strict and multiplicity > 0 and facts.non_negative(term):
        return 1
    return 0


def _divisors(normaliser: Normaliser, rest: fmpq_mpoly, strict: bool, facts: Facts) -> Iterator[Term]:
    """Powers of exponentials that occur, and coefficients of logarithms: without them a derivative is simpler."""
    exponents = [tuple(map(int, e)) for e in rest.to_dict()]
    for position, generator in enumerate(normaliser.generators):
        powers = sorted({e[position] for e in exponents})
        if len(powers) < 2:
            continue
        if generator.tag in ("exp", "pow", "root", "power"):
            yield from (_generator_power(normaliser, position, k) for k in powers if k)
        elif generator.tag in ("log", "opaque", "sqrt", "radical") and powers == [0, 1]:
            coefficient = {
                (*e[:position], 0, *e[position + 1 :]): c for e, c in rest.to_dict().items() if int(e[position]) == 1
            }
            term = _shown(normaliser, normaliser.ring.from_dict(coefficient))
            if term != ONE and rational_value(term) is None and facts.positive(term):
                yield term


def _generator_power(normaliser: Normaliser, position: int, k: int) -> Term:
    generator = normaliser.generators[position]
    if generator.tag == "exp":
        base, denominator = generator.data
        assert isinstance(base, Ratio) and isinstance(denominator, int)
        return Term("exp", (tidy(mul(number(Fraction(k, denominator)), normaliser.ratio_term(base))),))
    return generator.term if k == 1 else power(generator.term, number(k))


def _shown(normaliser: Normaliser, polynomial: fmpq_mpoly) -> Term:
    """A term for a polynomial, powers of exponentials written as exponentials."""
    parts = []
    for exponents, coefficient in polynomial.to_dict().items():
        factors = [number(fraction(coefficient))]
        factors += [_generator_power(normaliser, i, int(e)) for i, e in enumerate(exponents) if e]
        parts.append(mul(*factors))
    return tidy(add(*parts)) if parts else ZERO


def _quotient(normaliser: Normaliser, rest: fmpq_mpoly, divisor: Term) -> Term:
    """The sum of the terms of ``rest``, each divided on its own, so that exponentials cancel."""
    if divisor.head == "exp":
        inverse: Term = Term("exp", (tidy(Term("neg", (divisor.args[0],))),))
    else:
        inverse = power(divisor, number(-1))
    parts = []
    for exponents, coefficient in rest.to_dict().items():
        one = normaliser.ring.from_dict({exponents: coefficient})
        parts.append(_merged(_shown(normaliser, one), inverse))
    return add(*parts)


def _merged(term: Term, inverse: Term) -> Term:
    """A product in which exponentials are joined."""
    factors = [f for a in (term,) for f in (a.args if a.head == "mul" else (a,))]
    negative = len(factors) == 1 and factors[0].head == "neg"
    if negative:
        inner = factors[0].args[0]
        factors = list(inner.args if inner.head == "mul" else (inner,))
    if inverse.head == "exp":
        exponent = add(inverse.args[0], *(f.args[0] for f in factors if f.head == "exp"))
        merged = _linear(exponent)
        factors = [f for f in factors if f.head != "exp"]
        if merged != ZERO:
            factors.append(Term("exp", (merged,)))
    else:
        factors = [f for f in factors if f != inverse.args[0]] if inverse.args[0] in factors else [*factors, inverse]
    product = mul(*factors) if factors else ONE
    return Term("neg", (product,)) if negative else product


def _linear(term: Term) -> Term:
    from derive.kernel.facts import linear_form

    form = linear_form(term)
    parts = [number(c) if key is None else mul(number(c), key) for key, c in form.items() if c]
    return tidy(add(*parts)) if parts else ZERO
