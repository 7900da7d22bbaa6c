"""Integrals of the closed list: polynomial times exp(-a x^2 + b x + c) over the line, power times exp(-a x) over the half line,
the latter with a logarithm, products of sines over as many powers of x.

``gaussian_integral``: int exp(-x^2) = sqrt(pi). ``gamma_integral``: int_0^infinity x^n exp(-x) = n! for integers n >= 0.
``gamma_logarithm_integral``: int_0^infinity x^n log(x) exp(-x) = n! (1 + 1/2 + ... + 1/n - gamma) for numerals n >= 0. All
with a linear change of the letter; a > 0 must follow from the declarations.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import factorial

from derive.core import Term
from derive.kernel.differentiate import differentiate
from derive.kernel.facts import Facts
from derive.kernel.normal.table import with_normaliser
from derive.kernel.path import MINUS_INFINITY, with_letter
from derive.kernel.primitive import conditions, fresh_letter
from derive.kernel.sine_integrals import product_of_sines
from derive.kernel.terms import INFINITY, ONE, ZERO, add, free_letters, heads, mul, number, power, substitute, symbol

HIGHEST = 12
PI = Term("constant", (), "pi")
E = Term("constant", (), "e")
GAMMA = Term("constant", (), "gamma")


@dataclass(frozen=True, slots=True)
class Parts:
    """``polynomial(x) x^power exp(exponent)``."""

    polynomial: Term
    power: Term
    exponent: Term


Known = tuple[Term, str] | None


def known_integral(term: Term, facts: Facts) -> Known:
    """The value and the name of the theorem, or None; the search asks for it before the kernel does."""
    found: list[Known] | None = facts.memo.get(("known integral", term))
    if found is None:
        found = facts.memo["known integral", term] = [_known_integral(term, facts)]
    return found[0]


def _known_integral(term: Term, facts: Facts) -> Known:
    body, letter, lower, upper = term.args
    half = (lower, upper) == (ZERO, INFINITY)
    if not half and (lower, upper) != (MINUS_INFINITY, INFINITY):
        return None
    if "sin" in heads(body) and (value := product_of_sines(term, facts)) is not None:
        return value, "sine_product_integral"
    if heads(body) & {"integral", "limit", "derivative", "sum", "prod"}:
        return None
    name = str(letter.value)
    x = fresh_letter(name, facts, body)
    body = substitute(body, name, symbol(x))
    inside = with_letter(x, lower, upper, facts)
    if half and (plain := _without_logarithm(body, x)) is not None:
        value = _with_logarithm(plain, x, inside)
        return None if value is None else (value, "gamma_logarithm_integral")
    parts = _parts(body, x, inside)
    if parts is None or any(conditions(body, inside)):
        return None
    value = _gamma(parts, x, inside) if half else None
    if value is not None:
        return value, "gamma_integral"
    value = _gaussian(parts, x, inside, half)
    return None if value is None else (value, "gaussian_integral")


def _parts(body: Term, x: str, facts: Facts) -> Parts | None:
    """The body as a product of these; None where it is none."""
    factors, exponents, symbolic = [ONE], [], ZERO
    for factor, sign in _factors(body, 1):
        if factor.head == "exp" or (factor.head == "pow" and factor.args[0] == E):
            inner = factor.args[0] if factor.head == "exp" else factor.args[1]
            exponents.append(inner if sign > 0 else Term("neg", (inner,)))
        elif factor.head == "pow" and factor.args[0] == symbol(x) and free_letters(factor.args[1]):
            if sign < 0 or x in free_letters(factor.args[1]) or symbolic != ZERO:
                return None
            symbolic = factor.args[1]
        elif sign < 0:
            if x in free_letters(factor):
                return None
            factors.append(Term("div", (ONE, factor)))
        else:
            factors.append(factor)
    if not exponents:
        return None
    return Parts(mul(*factors) if len(factors) > 1 else ONE, symbolic, add(*exponents))


def _factors(term: Term, sign: int) -> list[tuple[Term, int]]:
    if term.head == "mul":
        return [found for arg in term.args for found in _factors(arg, sign)]
    if term.head == "div":
        return _factors(term.args[0], sign) + _factors(term.args[1], -sign)
    if term.head == "neg":
        return [(number(-1), 1), *_factors(term.args[0], sign)]
    return [(term, sign)]


def coefficients(term: Term, x: str, facts: Facts, most: int) -> list[Term] | None:
    """Of a polynomial in x of degree at most ``most``: each free of x; None where it is none."""
    found: list[Term] = []
    slope = _tidy(term, facts)
    for k in range(most + 1):
        if slope == ZERO:
            return found
        found.append(Term("div", (substitute(slope, x, ZERO), number(factorial(k)))))
        slope = _tidy(differentiate(slope, x, facts), facts)
    return found if slope == ZERO else None


def _tidy(term: Term, facts: Facts) -> Term:
    """Its normal form as a term, with numerals for exponents."""
    return with_normaliser(facts, lambda normaliser: normaliser.ratio_term(normaliser.reduce(normaliser.value(term))))


def _is_zero(term: Term, facts: Facts) -> bool:
    return with_normaliser(facts, lambda normaliser: normaliser.reduce(normaliser.value(term)).is_zero)


def _polynomial_heads(term: Term, x: str) -> bool:
    """Only operations that keep it a polynomial of x, so that the value at 0 exists."""
    if x not in free_letters(term):
        return True
    if term.head == "pow":
        return not free_letters(term.args[1]) and _polynomial_heads(term.args[0], x)
    if term.head == "div":
        return x not in free_letters(term.args[1]) and _polynomial_heads(term.args[0], x)
    return term.head in ("symbol", "add", "neg", "mul") and all(_polynomial_heads(arg, x) for arg in term.args)


def _read(parts: Parts, x: str, facts: Facts) -> tuple[list[Term], list[Term]] | None:
    if not (_polynomial_heads(parts.polynomial, x) and _polynomial_heads(parts.exponent, x)):
        return None
    top, exponent = (
        coefficients(parts.polynomial, x, facts, HIGHEST),
        coefficients(parts.exponent, x, facts, 2),
    )
    return None if top is None or exponent is None else (top, [*exponent, ZERO, ZERO, ZERO][:3])


def _gaussian(parts: Parts, x: str, facts: Facts, half: bool) -> Term | None:
    """sqrt(pi/a) exp(c + b^2/(4 a)) E[P(Y)] for Y with mean b/(2 a) and variance 1/(2 a)."""
    read = _read(parts, x, facts)
    if read is None or parts.power != ZERO:
        return None
    top, (c, b, quadratic) = read
    a = Term("neg", (quadratic,))
    if not _positive(a, facts):
        return None
    if half and not (_is_zero(b, facts) and all(_is_zero(p, facts) for p in top[1::2])):
        return None
    mean = Term("div", (b, mul(number(2), a)))
    spread = Term("div", (ONE, mul(number(2), a)))
    moments = [ONE, mean]
    for k in range(2, len(top)):
        moments.append(add(mul(mean, moments[k - 1]), mul(number(k - 1), spread, moments[k - 2])))
    average = add(*(mul(p, m) for p, m in zip(top, moments, strict=False))) if top else ZERO
    scale = Term("sqrt", (Term("div", (PI, a)),))
    peak = Term("exp", (add(c, Term("div", (power(b, number(2)), mul(number(4), a)))),))
    whole = mul(scale, peak, average)
    return Term("div", (whole, number(2))) if half else whole


def _gamma(parts: Parts, x: str, facts: Facts) -> Term | None:
    """sum over k of p_k (n + k)! / a^(n + k + 1) exp(c)."""
    read = _read(parts, x, facts)
    if read is None:
        return None
    top, (c, b, quadratic) = read
    a, n = Term("neg", (b,)), parts.power
    if not _is_zero(quadratic, facts) or not _positive(a, facts):
        return None
    if n != ZERO and not (facts.kind(n) == "integer" and facts.non_negative(n)):
        return None
    pieces = []
    for k, p in enumerate(top):
        degree = number(k) if n == ZERO else add(n, number(k))
        pieces.append(Term("div", (mul(p, Term("factorial", (degree,))), power(a, add(degree, ONE)))))
    total = add(*pieces) if pieces else ZERO
    return mul(total, Term("exp", (c,)))


def _without_logarithm(body: Term, x: str) -> Term | None:
    """The other factors of a product with log(x); None where there is not one such factor."""
    logarithm = Term("log", (symbol(x),))
    factors = _factors(body, 1)
    rest = [(factor, sign) for factor, sign in factors if factor != logarithm]
    if len(rest) != len(factors) - 1 or (logarithm, 1) not in factors:
        return None
    return mul(ONE, *(factor if sign > 0 else Term("div", (ONE, factor)) for factor, sign in rest))


def _with_logarithm(body: Term, x: str, facts: Facts) -> Term | None:
    """sum over k of p_k k! / a^(k + 1) (1 + 1/2 + ... + 1/k - gamma - log(a)) exp(c): the logarithm is integrable at 0."""
    parts = _parts(body, x, facts)
    if parts is None or parts.power != ZERO or any(conditions(body, facts)):
        return None
    read = _read(parts, x, facts)
    if read is None:
        return None
    top, (c, b, quadratic) = read
    a = Term("neg", (b,))
    if not _is_zero(quadratic, facts) or not _positive(a, facts):
        return None
    pieces = [ZERO]
    for k, p in enumerate(top):
        harmonic = number(sum((Fraction(1, j) for j in range(1, k + 1)), Fraction(0)))
        middle = add(harmonic, Term("neg", (GAMMA,)), Term("neg", (Term("log", (a,)),)))
        pieces.append(Term("div", (mul(p, number(factorial(k)), middle), power(a, number(k + 1)))))
    return mul(add(*pieces), Term("exp", (c,)))


def _positive(a: Term, facts: Facts) -> bool:
    if facts.positive(a):
        return True
    return facts.positive(_tidy(a, facts))
