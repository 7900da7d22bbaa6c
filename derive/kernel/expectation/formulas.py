"""Closed forms of the moments of one random number, law by law, as terms: E X^k, E X^k e^{cX}, E X^s for a symbolic power.

Source: N. L. Johnson, A. W. Kemp, S. Kotz, *Univariate Discrete Distributions*, and N. L. Johnson, S. Kotz, N. Balakrishnan,
*Continuous Univariate Distributions*; the tests sum and integrate each again.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb, factorial

from derive.core import Law, Term
from derive.kernel import laws
from derive.kernel.normal import NoNormalForm
from derive.kernel.terms import ONE, ZERO, add, mul, number, power, sub

LARGEST_ORDER = 24
TWO = number(2)


@dataclass(frozen=True, slots=True)
class Moment:
    """A value, and what must be proved for it: terms that are positive, terms that are not zero. Where a term of ``finite`` is
    positive the mean is finite, else it is infinite, for what is averaged is not negative."""

    value: Term
    positive: tuple[Term, ...] = ()
    nonzero: tuple[Term, ...] = ()
    finite: tuple[Term, ...] = ()


def moment(law: Law, k: int) -> Moment:
    """E X^k, k a whole number. Raises NoNormalForm where it need not exist or is not tabled."""
    if k < 0:
        return _inverse_moment(law, k)
    if k <= 2:
        return Moment((ONE, law.mean, add(law.variance, power(law.mean, TWO)))[k])
    if law.name == "moments":
        raise NoNormalForm("a moment above the second of a law of which only mean and variance are declared")
    if k > LARGEST_ORDER and law.name not in laws.NAMED:
        raise NoNormalForm(f"a moment of order {k}")
    if law.name in laws.NAMED:
        return Moment(_by_central_moments(law, k))
    if law.name == "exponential":
        return Moment(Term("div", (number(factorial(k)), power(law.parameters[0], number(k)))))
    if law.name == "finite":
        values, weights = law.parameters[::2], law.parameters[1::2]
        return Moment(add(*(mul(p, power(x, number(k))) for x, p in zip(values, weights, strict=True))))
    return Moment(add(*(mul(number(stirling(k, j)), factorial_moment(law, j)) for j in range(1, k + 1))))


def _by_central_moments(law: Law, k: int) -> Term:
    parts = []
    for j in range(k // 2 + 1):
        factor = number(comb(k, 2 * j) * Fraction(laws.even_moment(law.name, j)))
        parts.append(mul(factor, power(law.variance, number(j)), power(law.mean, number(k - 2 * j))))
    return add(*parts)


def stirling(k: int, j: int) -> int:
    """The number of ways to split k things into j groups."""
    return sum((1 - 2 * (i % 2)) * comb(j, i) * int((j - i) ** k) for i in range(j + 1)) // factorial(j)


def factorial_moment(law: Law, j: int) -> Term:
    """E X (X - 1) ... (X - j + 1), j >= 1."""
    if law.name == "poisson":
        return power(law.parameters[0], number(j))
    if law.name == "bernoulli":
        return law.parameters[0] if j == 1 else ZERO
    if law.name == "binomial":
        n, p = law.parameters
        return mul(*(sub(n, number(i)) for i in range(j)), power(p, number(j)))
    if law.name == "geometric":
        p = law.parameters[0]
        top = mul(number(factorial(j)), power(sub(ONE, p), number(j - 1)))
        return Term("div", (top, power(p, number(j))))
    raise NoNormalForm(f"no table of the factorial moments of the {law.name} law")


def _inverse_moment(law: Law, k: int) -> Moment:
    """E X^k, k < 0, of a uniform law on positive numbers."""
    if law.name != "uniform" or len(law.parameters) != 2:
        raise NoNormalForm("the expectation of a quotient with a random denominator")
    a, b = law.parameters
    return Moment(_uniform_power(a, b, number(k), k == -1), (a,), (sub(b, a),))


def _uniform_power(a: Term, b: Term, s: Term, logarithmic: bool) -> Term:
    """The average of x^s over [a, b]."""
    if logarithmic:
        return Term("div", (sub(Term("log", (b,)), Term("log", (a,))), sub(b, a)))
    above = add(s, ONE)
    low = () if a == ZERO else (Term("neg", (power(a, above),)),)  # s >= 0 where an end may be 0
    return Term("div", (add(power(b, above), *low), mul(above, sub(b, a))))


def symbolic_moment(law: Law, s: Term, half: Term | None) -> Moment:
    """E X^s for a whole number s >= 0; for a central Gaussian X s is even, ``half`` of it given, or odd."""
    if law.name == "gaussian" and law.mean == ZERO:
        if half is None:
            return Moment(ZERO)
        top = mul(Term("factorial", (s,)), power(law.variance, half))
        return Moment(Term("div", (top, mul(power(TWO, half), Term("factorial", (half,))))))
    if law.name == "exponential":
        return Moment(Term("div", (Term("factorial", (s,)), power(law.parameters[0], s))))
    if law.name == "uniform" and len(law.parameters) == 2:
        a, b = law.parameters
        return Moment(_uniform_power(a, b, s, False), (), (sub(b, a),))
    raise NoNormalForm(f"no table of a symbolic power of a {law.name} letter")


def exponential_moment(law: Law, k: int, c: Term) -> Moment:
    """E X^k e^{cX}, k >= 0, c not 0: where it has a value."""
    if law.name == "gaussian":
        shifted = Law("gaussian", add(law.mean, mul(c, law.variance)), law.variance)
        inner = add(mul(law.mean, c), Term("div", (mul(power(c, TWO), law.variance), TWO)))
        return Moment(mul(Term("exp", (inner,)), moment(shifted, k).value))
    if law.name == "exponential":
        left = sub(law.parameters[0], c)
        top = mul(law.parameters[0], number(factorial(k)))
        return Moment(Term("div", (top, power(left, number(k + 1)))), finite=(left,))
    if law.name == "poisson":
        rate = mul(law.parameters[0], Term("exp", (c,)))
        whole = Term("exp", (sub(rate, law.parameters[0]),))
        return Moment(mul(whole, moment(Law("poisson", rate, rate, (rate,)), k).value))
    if k:
        raise NoNormalForm(f"no table of E X^{k} e^(cX) of the {law.name} law")
    return _generating_function(law, c)


def _generating_function(law: Law, c: Term) -> Moment:
    """E e^{cX}, c not 0."""
    grown = Term("exp", (c,))
    if law.name == "binomial":
        n, p = law.parameters
        return Moment(power(add(sub(ONE, p), mul(p, grown)), n))
    if law.name == "geometric":
        p = law.parameters[0]
        left = sub(ONE, mul(sub(ONE, p), grown))
        return Moment(Term("div", (mul(p, grown), left)), finite=(left,))
    if law.name == "uniform" and len(law.parameters) == 2:
        a, b = law.parameters
        top = sub(Term("exp", (mul(c, b),)), Term("exp", (mul(c, a),)))
        return Moment(Term("div", (top, mul(c, sub(b, a)))), (), (c, sub(b, a)))
    if law.name == "laplace":
        left = sub(ONE, Term("div", (mul(power(c, TWO), law.variance), TWO)))
        return Moment(Term("div", (Term("exp", (mul(law.mean, c),)), left)), finite=(left,))
    raise NoNormalForm(f"no table of the moment generating function of the {law.name} law")


def gaussian_square(law: Law, s: Term, c: Term) -> Moment:
    """E exp(s X^2 + c X) of a Gaussian X."""
    left = sub(ONE, mul(TWO, s, law.variance))
    top = add(mul(s, power(law.mean, TWO)), mul(law.mean, c), Term("div", (mul(power(c, TWO), law.variance), TWO)))
    return Moment(Term("div", (Term("exp", (Term("div", (top, left)),)), Term("sqrt", (left,)))), finite=(left,))
