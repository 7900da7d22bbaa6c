"""From a term to its expansion as T grows, where the letter x of the limit is T, -T, a + 1/T or a - 1/T."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

from derive.core import Term
from derive.kernel.balls import Undefined, evaluate
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm
from derive.kernel.ratio import Ratio
from derive.kernel.scale import UNIT, Monomial, degree_of
from derive.kernel.series import Arithmetic, MoreTerms, Series
from derive.kernel.terms import ONE, add, free_letters, mul, number, power, rational_value, sub, substitute

MOST_LISTED = 60
HALF = Fraction(1, 2)
BERNOULLI = (Fraction(1, 12), Fraction(-1, 360), Fraction(1, 1260), Fraction(-1, 1680), Fraction(1, 1188))
"""Of the expansion of log z! beyond (z + 1/2) log z - z + log(2 pi)/2: the coefficients of 1/z, 1/z^3, ..."""
HARMONIC = (Fraction(-1, 12), Fraction(1, 120), Fraction(-1, 252), Fraction(1, 240), Fraction(-1, 132))
"""Of the expansion of 1 + 1/2 + ... + 1/z beyond log z + gamma + 1/(2 z): the coefficients of 1/z^2, 1/z^4, ..."""
PI = Term("constant", (), "pi")


@dataclass(frozen=True, slots=True)
class Expander:
    """Expands terms in one letter. ``facts`` know the letter near the point."""

    arithmetic: Arithmetic
    name: str
    letter: Series
    facts: Facts

    def series(self, term: Term) -> Series:
        """Raises NoNormalForm for what has no expansion here, MoreTerms where a longer one may tell."""
        if self.name not in free_letters(term):
            return self.steady(term)
        if term.head == "symbol":
            return self.letter
        rule = RULES.get(term.head)
        if rule is None:
            raise NoNormalForm(f"no expansion of {term.head}")
        return rule(self, term)

    def steady(self, term: Term) -> Series:
        """What does not depend on the letter."""
        if self.facts.kind(term) == "complex":
            raise NoNormalForm("a limit of complex numbers")
        return self.arithmetic.constant(self.arithmetic.scale.normaliser.value(term, self.facts))

    def value(self, term: Term) -> Ratio:
        return self.arithmetic.scale.normaliser.value(term, self.facts)

    def constant_and_small(self, term: Term) -> tuple[Term, Series] | None:
        """The finite limit of a term, as a term, and what is left, which tends to 0; None for what grows."""
        return self.near(self.series(term))

    def near(self, series: Series) -> tuple[Term, Series] | None:
        large, constant, small = self.arithmetic.split(series)
        if large:
            return None
        if small.error is not None and self.arithmetic.scale.compare(small.error, UNIT) >= 0:
            raise MoreTerms
        return self.arithmetic.scale.term(constant), small


# ---------------------------------------------------------------------------------------------------------- arithmetic


def _add(e: Expander, term: Term) -> Series:
    total = e.series(term.args[0])
    for arg in term.args[1:]:
        total = e.arithmetic.plus(total, e.series(arg))
    return total


def _neg(e: Expander, term: Term) -> Series:
    return e.arithmetic.scaled(e.series(term.args[0]), -1)


def _mul(e: Expander, term: Term) -> Series:
    total = e.series(term.args[0])
    for arg in term.args[1:]:
        total = e.arithmetic.times(total, e.series(arg))
    return total


def _div(e: Expander, term: Term) -> Series:
    top, bottom = (e.series(arg) for arg in term.args)
    return e.arithmetic.times(top, e.arithmetic.inverse(bottom))


def _pow(e: Expander, term: Term) -> Series:
    base, exponent = term.args
    numeral = rational_value(exponent)
    if base == Term("constant", (), "e"):
        return e.arithmetic.exponential(e.series(exponent))
    if numeral is not None and numeral.denominator == 1:
        return e.arithmetic.whole_power(e.series(base), int(numeral))
    if numeral is not None:
        return e.arithmetic.rational_power(e.series(base), numeral)
    foundation = e.series(base)
    if not foundation.terms and foundation.error is None:
        raise NoNormalForm("a power of 0")
    lead_sign = e.arithmetic.sign(foundation)
    if lead_sign > 0:
        return e.arithmetic.exponential(e.arithmetic.times(e.series(exponent), e.arithmetic.logarithm(foundation)))
    if e.facts.kind(exponent) != "integer":
        raise NoNormalForm("a power of what is negative there")
    modulus = e.arithmetic.logarithm(e.arithmetic.scaled(foundation, -1))  # the sign turns: only the size is known
    size = e.arithmetic.exponential(e.arithmetic.times(e.series(exponent), modulus))
    return e.arithmetic.bounded(e.arithmetic.top(size))


def _sqrt(e: Expander, term: Term) -> Series:
    return e.arithmetic.rational_power(e.series(term.args[0]), HALF)


def _root(e: Expander, term: Term) -> Series:
    order = rational_value(term.args[1])
    inside = e.series(term.args[0])
    if order is None or order.denominator != 1 or order < 1:
        return e.series(power(term.args[0], Term("div", (ONE, term.args[1]))))
    if order % 2 and inside.terms and e.arithmetic.sign(inside) < 0:
        return e.arithmetic.scaled(e.arithmetic.rational_power(e.arithmetic.scaled(inside, -1), 1 / order), -1)
    return e.arithmetic.rational_power(inside, 1 / order)


def _abs(e: Expander, term: Term) -> Series:
    inside = e.series(term.args[0])
    if not inside.terms:
        return inside
    if e.arithmetic.scale.facts.kind(term.args[0]) == "complex":
        raise NoNormalForm("a limit of complex numbers")
    return e.arithmetic.scaled(inside, e.arithmetic.sign(inside))


def _extremum(e: Expander, term: Term) -> Series:
    found = e.series(term.args[0])
    for arg in term.args[1:]:
        other = e.series(arg)
        sign = e.arithmetic.sign(e.arithmetic.minus(found, other))
        found = found if sign == (1 if term.head == "max" else -1) or sign == 0 else other
    return found


# ----------------------------------------------------------------------------------------------------------- functions


def _exp(e: Expander, term: Term) -> Series:
    return e.arithmetic.exponential(e.series(term.args[0]))


def _log(e: Expander, term: Term) -> Series:
    return e.arithmetic.logarithm(e.series(term.args[0]))


def _sine_and_cosine(e: Expander, inside: Term) -> tuple[Series, Series] | None:
    """Of what has a finite limit: sin(c + u) = sin c cos u + cos c sin u."""
    near = e.constant_and_small(inside)
    if near is None:
        return None
    constant, small = near
    a, n = e.arithmetic, e.arithmetic.order
    taylor = [Fraction((-1) ** (k // 2), factorial(k)) for k in range(n + 1)]
    sine = a.composed(small, [taylor[k] if k % 2 else Fraction(0) for k in range(n + 1)])
    cosine = a.composed(small, [Fraction(0) if k % 2 else taylor[k] for k in range(n + 1)])
    if rational_value(constant) == 0:
        return sine, cosine
    s, c = e.value(Term("sin", (constant,))), e.value(Term("cos", (constant,)))
    return (
        a.plus(a.scaled(cosine, s), a.scaled(sine, c)),
        a.minus(a.scaled(cosine, c), a.scaled(sine, s)),
    )


def _sin_or_cos(e: Expander, term: Term) -> Series:
    try:
        both = _sine_and_cosine(e, term.args[0])
    except MoreTerms:
        both = None
    return e.arithmetic.bounded() if both is None else both[term.head == "cos"]


def _circular_quotient(e: Expander, term: Term) -> Series:
    both = _sine_and_cosine(e, term.args[0])
    if both is None:
        raise NoNormalForm(f"{term.head} of what grows without bound")
    sine, cosine = both
    a = e.arithmetic
    if term.head == "tan":
        return a.times(sine, a.inverse(cosine))
    if term.head == "cot":
        return a.times(cosine, a.inverse(sine))
    return a.inverse(cosine if term.head == "sec" else sine)


def _hyperbolic(e: Expander, term: Term) -> Series:
    a = e.arithmetic
    inside = e.series(term.args[0])
    plus, minus = a.exponential(inside), a.exponential(a.scaled(inside, -1))
    odd, even = a.scaled(a.minus(plus, minus), HALF), a.scaled(a.plus(plus, minus), HALF)
    if term.head == "tanh":
        return a.times(odd, a.inverse(even))
    return odd if term.head == "sinh" else even


def _arctan(e: Expander, term: Term) -> Series:
    try:
        return _arctan_of(e, e.series(term.args[0]))
    except MoreTerms:
        return e.arithmetic.bounded()


def _arctan_of(e: Expander, inside: Series) -> Series:
    """arctan(c + u) = arctan c + arctan(u / (1 + c (c + u))) for small u; pi/2 - arctan(1/u) for u that grows."""
    a = e.arithmetic
    near = e.near(inside)
    if near is None:
        quarter = e.value(Term("div", (PI, number(2))))
        sign = a.sign(inside)
        return a.minus(a.scaled(a.constant(quarter), sign), _arctan_of(e, a.inverse(inside)))
    constant, small = near
    series = [Fraction(0) if k % 2 == 0 else Fraction((-1) ** (k // 2), k) for k in range(a.order + 1)]
    if rational_value(constant) == 0:
        return a.composed(small, list(series))
    c = a.constant(e.value(constant))
    reduced = a.times(small, a.inverse(a.plus(a.constant(1), a.times(c, a.plus(c, small)))))
    return a.plus(a.constant(e.value(Term("arctan", (constant,)))), a.composed(reduced, list(series)))


def _arccos(e: Expander, term: Term) -> Series:
    """arccos y = 2 arctan sqrt((1 - y)/(1 + y)) for -1 < y <= 1."""
    a = e.arithmetic
    y = e.series(term.args[0])
    one = a.constant(1)
    if a.sign(a.plus(one, y)) <= 0:
        raise NoNormalForm("arccos near -1")
    quotient = a.times(a.minus(one, y), a.inverse(a.plus(one, y)))
    if e.near(quotient) is None:  # y tends to -1: pi - arccos(-y)
        flipped = a.times(a.plus(one, y), a.inverse(a.minus(one, y)))
        angle = a.scaled(_arctan_of(e, a.rational_power(flipped, HALF)), 2)
        return a.minus(a.constant(e.value(PI)), angle)
    return a.scaled(_arctan_of(e, a.rational_power(quotient, HALF)), 2)


def _arcsin(e: Expander, term: Term) -> Series:
    near = e.constant_and_small(term.args[0])
    a = e.arithmetic
    if near is not None and rational_value(near[0]) == 0:  # arctan(y / sqrt(1 - y^2))
        y = near[1]
        below = a.rational_power(a.minus(a.constant(1), a.times(y, y)), HALF)
        return _arctan_of(e, a.times(y, a.inverse(below)))
    return a.minus(a.constant(e.value(Term("div", (PI, number(2))))), _arccos(e, term))


def _floor(e: Expander, term: Term) -> Series:
    """The whole part: constant near what is no integer; one-sided near an integer; within 1 of what grows."""
    a = e.arithmetic
    if term.head == "ceil":
        return a.scaled(_floor(e, Term("floor", (Term("neg", term.args),))), -1)
    inside = e.series(term.args[0])
    near = e.near(inside) if not inside.error or a.scale.compare(inside.error, UNIT) < 0 else None
    if near is None:
        return a.plus(Series(inside.terms, inside.error), a.bounded())
    constant, small = near
    value = rational_value(constant)
    if value is not None and value.denominator == 1:
        return a.constant(value if a.sign(small) >= 0 else value - 1)
    if free_letters(constant):
        raise NoNormalForm("the whole part near a letter")
    return a.constant(_whole_part(constant))


def _whole_part(constant: Term) -> int:
    try:
        ball = evaluate(Term("floor", (constant,)), {}, 256)
    except Undefined:
        raise NoNormalForm("a whole part that is not certain") from None
    unique = ball.real.unique_fmpz() if hasattr(ball, "real") else None
    if unique is None:
        raise NoNormalForm("a whole part that is not certain")
    return int(unique)


# ----------------------------------------------------------------------------------- factorials, unknown functions, sums


def _factorial(e: Expander, term: Term) -> Series:
    """The formula of Stirling for z! with z tending to infinity."""
    a = e.arithmetic
    z = e.series(term.args[0])
    if e.facts.kind(term.args[0]) != "integer":
        raise NoNormalForm("a factorial of what is no integer")
    if e.near(z) is not None or a.sign(z) < 0:
        raise NoNormalForm("a factorial of what does not tend to infinity")
    e.arithmetic.scale.normaliser.trust.add("axiom:stirling")
    logarithm = a.logarithm(z)
    total = a.minus(a.times(a.plus(z, a.constant(HALF)), logarithm), z)
    root = e.value(Term("div", (Term("log", (mul(number(2), PI),)), number(2))))
    total = a.plus(total, a.constant(root))
    reciprocal = a.inverse(z)
    square, odd = a.times(reciprocal, reciprocal), reciprocal
    kept = BERNOULLI[: max(1, min(len(BERNOULLI), a.order // 2))]
    for coefficient in kept:
        total = a.plus(total, a.scaled(odd, coefficient))
        odd = a.times(odd, square)
    return a.exponential(a.plus(total, a.bounded(a.top(odd))))


def _binomial(e: Expander, term: Term) -> Series:
    upper, lower = term.args
    k = rational_value(lower)
    if k is not None and k.denominator == 1 and 0 <= k <= MOST_LISTED:
        total, n = e.arithmetic.constant(1), e.series(upper)
        for j in range(int(k)):
            total = e.arithmetic.times(total, e.arithmetic.minus(n, e.arithmetic.constant(j)))
            total = e.arithmetic.scaled(total, Fraction(1, j + 1))
        return total
    room = e.series(sub(upper, lower))
    if not e.facts.non_negative(lower) or (room.terms and e.arithmetic.sign(room) < 0):
        raise NoNormalForm("a binomial coefficient that may be 0")
    parts = [Term("factorial", (part,)) for part in (upper, lower, sub(upper, lower))]
    return e.series(Term("div", (parts[0], mul(*parts[1:]))))


def _apply(e: Expander, term: Term) -> Series:
    """An unknown function, which is differentiable as often as needed, by its Taylor polynomial at the limit of its argument."""
    function, argument = term.args[:2]
    if len(term.args) != (3 if term.head == "prime" else 2):
        raise NoNormalForm("a function of several arguments")
    near = e.constant_and_small(argument)
    if near is None:
        raise NoNormalForm("an unknown function of what grows without bound")
    constant, small = near
    order = term.args[2] if term.head == "prime" else None
    coefficients: list[Ratio | Fraction | int] = []
    for k in range(min(e.arithmetic.order, 6) + 1):
        if order is None and k == 0:
            slope = Term("apply", (function, constant))
        else:
            slope = Term("prime", (function, constant, number(k) if order is None else add(order, number(k))))
        coefficients.append(e.value(slope) * e.arithmetic.scale.normaliser.constant(Fraction(1, factorial(k))))
    return e.arithmetic.composed(small, coefficients)


def _listed(e: Expander, term: Term) -> Series:
    """A sum or product between numerals."""
    body, letter, *ends = term.args
    values = [rational_value(end) for end in ends]
    if term.head == "sum" and values[0] is not None and values[1] is None:
        return _harmonic(e, term)
    if None in values or any(value.denominator != 1 for value in values if value is not None):
        raise NoNormalForm(f"no expansion of a {term.head} with ends that are not numerals")
    low, high = (int(value) for value in values if value is not None)
    if high - low >= MOST_LISTED:
        raise NoNormalForm(f"a {term.head} of too many terms")
    parts = [substitute(body, str(letter.value), number(k)) for k in range(low, high + 1)]
    if not parts:
        return e.arithmetic.constant(0 if term.head == "sum" else 1)
    return (_add if term.head == "sum" else _mul)(e, Term("add", tuple(parts)))


def _harmonic(e: Expander, term: Term) -> Series:
    """The sum of c/j from a numeral to z, with z tending to infinity."""
    body, letter, lower, upper = term.args
    first, name, a = rational_value(lower), str(letter.value), e.arithmetic
    plain = body.head == "div" and body.args[1] == letter and name not in free_letters(body.args[0])
    if not plain or first is None or first.denominator != 1 or not 1 <= first <= MOST_LISTED:
        raise NoNormalForm("no expansion of a sum with ends that are not numerals")
    z = e.series(upper)
    if e.facts.kind(upper) != "integer" or e.near(z) is not None or a.sign(z) < 0:
        raise NoNormalForm("a sum whose end does not tend to infinity in steps of 1")
    a.scale.normaliser.trust.add("axiom:harmonic")
    before = sum((Fraction(1, j) for j in range(1, int(first))), Fraction(0))
    reciprocal = a.inverse(z)
    total = a.plus(a.logarithm(z), a.constant(e.value(Term("constant", (), "gamma"))))
    total = a.plus(total, a.plus(a.scaled(reciprocal, HALF), a.constant(-before)))
    even = square = a.times(reciprocal, reciprocal)
    for coefficient in HARMONIC[: max(1, min(len(HARMONIC), a.order // 2))]:
        total = a.plus(total, a.scaled(even, coefficient))
        even = a.times(even, square)
    return a.times(e.series(body.args[0]), a.plus(total, a.bounded(a.top(even))))


def _derivative(e: Expander, term: Term) -> Series:
    from derive.kernel.differentiate import differentiate
    from derive.kernel.tied import with_definitions

    body, letter = with_definitions(term, e.facts).args
    return e.series(differentiate(body, letter, e.facts))


RULES: dict[str, Callable[[Expander, Term], Series]] = {
    "add": _add,
    "neg": _neg,
    "mul": _mul,
    "div": _div,
    "pow": _pow,
    "sqrt": _sqrt,
    "root": _root,
    "abs": _abs,
    "max": _extremum,
    "min": _extremum,
    "exp": _exp,
    "log": _log,
    "sin": _sin_or_cos,
    "cos": _sin_or_cos,
    **dict.fromkeys(("tan", "cot", "sec", "csc"), _circular_quotient),
    **dict.fromkeys(("sinh", "cosh", "tanh"), _hyperbolic),
    "arctan": _arctan,
    "arcsin": _arcsin,
    "arccos": _arccos,
    "floor": _floor,
    "ceil": _floor,
    "factorial": _factorial,
    "binomial": _binomial,
    "apply": _apply,
    "prime": _apply,
    "sum": _listed,
    "prod": _listed,
    "derivative": _derivative,
}


def letter_series(arithmetic: Arithmetic, point: Ratio | None, sign: int) -> Series:
    """T or -T at infinity; a + 1/T or a - 1/T at the point a."""
    if point is None:
        return arithmetic.single(Monomial(degree_of(1)), sign)
    return arithmetic.plus(arithmetic.constant(point), arithmetic.single(Monomial(degree_of(-1)), sign))
