"""Theorems of the calculus in the closed list: the formulas of Stirling and Euler, the integrals of Gauss and Euler."""

from __future__ import annotations

from collections.abc import Callable

from derive.core import Claim, Term
from derive.kernel.axiom import Axiom
from derive.kernel.facts import Facts
from derive.kernel.known_integrals import known_integral
from derive.kernel.normal import NoNormalForm, with_normaliser
from derive.kernel.terms import INFINITY, ONE, mul, number, power

PI, E, GAMMA = (Term("constant", (), name) for name in ("pi", "e", "gamma"))


def _same(a: Term, b: Term, facts: Facts) -> bool:
    try:
        return with_normaliser(facts, lambda n: n.reduce(n.value(a) - n.value(b)).is_zero)
    except (NoNormalForm, ZeroDivisionError):
        return False


def _stirling(claim: Claim, facts: Facts) -> bool:
    """n! ~ sqrt(2 pi n) (n/e)^n for a letter n declared an integer."""
    if claim.relation != "~" or claim.lhs.head != "factorial":
        return False
    n = claim.lhs.args[0]
    if n.head != "symbol" or facts.kind(n) != "integer":
        return False
    size = mul(Term("sqrt", (mul(number(2), PI, n),)), power(Term("div", (n, E)), n))
    return _same(claim.rhs, size, facts)


def _harmonic(claim: Claim, facts: Facts) -> bool:
    """The limit of 1 + 1/2 + ... + 1/n - log n is gamma, for a letter n declared an integer."""
    if claim.relation != "=" or claim.lhs.head != "limit" or claim.rhs != GAMMA or claim.lhs.args[2] != INFINITY:
        return False
    body, n = claim.lhs.args[:2]
    if facts.kind(n) != "integer" or body.head != "add" or len(body.args) != 2 or claim.lhs.value:
        return False
    total, rest = body.args
    j = total.args[1] if total.head == "sum" else n
    sums = total.head == "sum" and j != n and total.args == (Term("div", (ONE, j)), j, ONE, n)
    return sums and rest == Term("neg", (Term("log", (n,)),))


def _integral(name: str) -> Callable[[Claim, Facts], bool]:
    def applies(claim: Claim, facts: Facts) -> bool:
        if claim.relation != "=" or claim.lhs.head != "integral":
            return False
        known = known_integral(claim.lhs, facts)
        return known is not None and known[1] == name and _same(claim.rhs, known[0], facts)

    return applies


CALCULUS_AXIOMS = (
    Axiom(
        "stirling",
        "log n! has the asymptotic expansion (n + 1/2) log n - n + log(2 pi)/2 + 1/(12 n) - 1/(360 n^3) + ...",
        "n is an integer that tends to infinity",
        "Olver, Asymptotics and Special Functions, chapter 8, section 4",
        _stirling,
    ),
    Axiom(
        "harmonic",
        "1 + 1/2 + ... + 1/n has the asymptotic expansion log n + gamma + 1/(2 n) - 1/(12 n^2) + 1/(120 n^4) - ...",
        "n is an integer that tends to infinity",
        "Olver, Asymptotics and Special Functions, chapter 8, section 3",
        _harmonic,
    ),
    Axiom(
        "gaussian_integral",
        "The integral of exp(-x^2) over the line is sqrt(pi); with a linear change of x, that of P(x) exp(-a x^2 + b x + c).",
        "a > 0 by declaration, P a polynomial; over the half line b = 0 and P even",
        "Gradshteyn and Ryzhik, Table of Integrals, 7th ed., 3.323",
        _integral("gaussian_integral"),
    ),
    Axiom(
        "gamma_integral",
        "The integral of x^n exp(-x) over x > 0 is n!; with a linear change of x, that of P(x) x^n exp(-a x + c).",
        "a > 0 by declaration, n an integer >= 0, P a polynomial",
        "Gradshteyn and Ryzhik, Table of Integrals, 7th ed., 3.351",
        _integral("gamma_integral"),
    ),
    Axiom(
        "gamma_logarithm_integral",
        "The integral of x^n log(x) exp(-x) over x > 0 is n! (1 + 1/2 + ... + 1/n - gamma); with a linear change of x, that of "
        "P(x) log(x) exp(-a x + c).",
        "a > 0 by declaration, P a polynomial",
        "Gradshteyn and Ryzhik, Table of Integrals, 7th ed., 4.352",
        _integral("gamma_logarithm_integral"),
    ),
    Axiom(
        "sine_product_integral",
        "The integral of sin(a_0 x) ... sin(a_n x) / x^(n + 1) over x > 0 is pi / (2^(n + 1) n!) times the sum over all signs of "
        "s_1 ... s_n b^n sgn(b), b = a_0 + s_1 a_1 + ... + s_n a_n.",
        "a_0, ..., a_n are positive numbers, or one and the same positive quantity",
        "Borwein and Borwein, Some remarkable properties of sinc and related integrals, Ramanujan Journal 5 (2001), theorem 2",
        _integral("sine_product_integral"),
    ),
)
