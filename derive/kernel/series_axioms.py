"""The closed list of power series and numerical series: general term, where it converges, value, source.

Each is the statement ``sum_{k >= first} term(k) = value`` for every argument that satisfies ``conditions``. The terms are real,
and so is the argument, except where ``complex_argument`` says that the statement holds for complex ones, too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.core import Relation, Term
from derive.kernel.terms import ONE, ZERO, add, mul, number, power, rational_value, sub

PI = Term("constant", (), "pi")
TWO = number(2)

GeneralTerm = Callable[[Term, Term, Term | None], Term]
"""Of the index k, the argument u and the parameter."""


@dataclass(frozen=True, slots=True)
class Series:
    """A theorem of the list. ``parameter``: none, natural (an integer term >= 0) or even (a numeral of ``PARAMETERS``)."""

    name: str
    statement: str
    hypotheses: str
    source: str
    first: int
    term: GeneralTerm
    value: Callable[[Term, Term | None], Term]
    conditions: Callable[[Term], tuple[Relation, ...]]
    parameter: str = "none"
    complex_argument: bool = False


RIEMANN = {2: (6, 1), 4: (90, 1), 6: (945, 1), 8: (9450, 1)}
"""zeta(m) = numerator / denominator pi^m, as (denominator, numerator)."""


def _over_factorial(k: Term, u: Term, m: Term | None) -> Term:
    """k (k - 1) ... (k - m + 1) u^k / k!."""
    order = int(rational_value(m) or 0) if m is not None else 0
    falling = [sub(k, number(j)) for j in range(order)]
    return Term("div", (mul(*falling, power(u, k)), Term("factorial", (k,))))


def _exponential(u: Term, m: Term | None) -> Term:
    return mul(power(u, m if m is not None else ZERO), Term("exp", (u,)))


def _sign(k: Term) -> Term:
    return power(number(-1), k)


def _odd(k: Term) -> Term:
    return add(mul(TWO, k), ONE)


def _even(k: Term) -> Term:
    return mul(TWO, k)


def _div(a: Term, b: Term) -> Term:
    return Term("div", (a, b))


def _factorial(a: Term) -> Term:
    return Term("factorial", (a,))


def _of(head: str) -> Callable[[Term, Term | None], Term]:
    return lambda u, m: Term(head, (u,))


def _everywhere(u: Term) -> tuple[Relation, ...]:
    return ()


def _inside(u: Term) -> tuple[Relation, ...]:
    return (Relation(u, "<", ONE), Relation(u, ">", number(-1)))


def _inside_or_on(u: Term) -> tuple[Relation, ...]:
    return (Relation(u, "<=", ONE), Relation(u, ">=", number(-1)))


def _left_end(u: Term) -> tuple[Relation, ...]:
    return (Relation(u, "<", ONE), Relation(u, ">=", number(-1)))


def _quarter(u: Term) -> tuple[Relation, ...]:
    quarter = _div(ONE, number(4))
    return (Relation(u, "<", quarter), Relation(u, ">", Term("neg", (quarter,))))


def _up_to_two_pi(u: Term) -> tuple[Relation, ...]:
    return (Relation(u, ">", ZERO), Relation(u, "<", mul(TWO, PI)))


def _up_to_two_pi_or_on(u: Term) -> tuple[Relation, ...]:
    return (Relation(u, ">=", ZERO), Relation(u, "<=", mul(TWO, PI)))


def _is_one(u: Term) -> tuple[Relation, ...]:
    """Numerical series have no argument."""
    return () if u == ONE else (Relation(u, "=", ONE),)


def _exponent(m: Term | None) -> int:
    return int(rational_value(m) or 0) if m is not None else 0


def _riemann(m: Term | None) -> Term:
    below, above = RIEMANN[_exponent(m)]
    return _div(mul(number(above), power(PI, number(_exponent(m)))), number(below))


def _part_of_riemann(share: Callable[[int], Term]) -> Callable[[Term, Term | None], Term]:
    return lambda u, m: mul(share(_exponent(m)), _riemann(m))


def _central(k: Term) -> Term:
    return Term("binomial", (_even(k), k))


def _artanh(u: Term, m: Term | None) -> Term:
    return _div(sub(Term("log", (add(ONE, u),)), Term("log", (sub(ONE, u),))), TWO)


ANALYSIS = "W. Rudin, Principles of Mathematical Analysis, ch. 8"
TABLES = "NIST Digital Library of Mathematical Functions"

_LIST = (
    Series(
        "exponential_series",
        "sum k (k-1) ... (k-m+1) u^k / k! = u^m exp(u), k >= 0",
        "m a numeral 0, 1, ..., 8",
        ANALYSIS,
        0,
        _over_factorial,
        _exponential,
        _everywhere,
        "order",
        True,
    ),
    Series(
        "sine_series",
        "sum (-1)^k u^(2k+1) / (2k+1)! = sin u, k >= 0",
        "none",
        ANALYSIS,
        0,
        lambda k, u, m: _div(mul(_sign(k), power(u, _odd(k))), _factorial(_odd(k))),
        _of("sin"),
        _everywhere,
        complex_argument=True,
    ),
    Series(
        "cosine_series",
        "sum (-1)^k u^(2k) / (2k)! = cos u, k >= 0",
        "none",
        ANALYSIS,
        0,
        lambda k, u, m: _div(mul(_sign(k), power(u, _even(k))), _factorial(_even(k))),
        _of("cos"),
        _everywhere,
        complex_argument=True,
    ),
    Series(
        "hyperbolic_sine_series",
        "sum u^(2k+1) / (2k+1)! = sinh u, k >= 0",
        "none",
        ANALYSIS,
        0,
        lambda k, u, m: _div(power(u, _odd(k)), _factorial(_odd(k))),
        _of("sinh"),
        _everywhere,
        complex_argument=True,
    ),
    Series(
        "hyperbolic_cosine_series",
        "sum u^(2k) / (2k)! = cosh u, k >= 0",
        "none",
        ANALYSIS,
        0,
        lambda k, u, m: _div(power(u, _even(k)), _factorial(_even(k))),
        _of("cosh"),
        _everywhere,
        complex_argument=True,
    ),
    Series(
        "logarithm_series",
        "sum u^k / k = -log(1 - u), k >= 1",
        "-1 <= u < 1",
        ANALYSIS,
        1,
        lambda k, u, m: _div(power(u, k), k),
        lambda u, m: Term("neg", (Term("log", (sub(ONE, u),)),)),
        _left_end,
    ),
    Series(
        "arctangent_series",
        "sum (-1)^k u^(2k+1) / (2k+1) = arctan u, k >= 0",
        "-1 <= u <= 1",
        ANALYSIS,
        0,
        lambda k, u, m: _div(mul(_sign(k), power(u, _odd(k))), _odd(k)),
        _of("arctan"),
        _inside_or_on,
    ),
    Series(
        "area_tangent_series",
        "sum u^(2k+1) / (2k+1) = (log(1 + u) - log(1 - u)) / 2, k >= 0",
        "-1 < u < 1",
        ANALYSIS,
        0,
        lambda k, u, m: _div(power(u, _odd(k)), _odd(k)),
        _artanh,
        _inside,
    ),
    Series(
        "negative_binomial_series",
        "sum binomial(k + m, m) u^k = 1 / (1 - u)^(m + 1), k >= 0",
        "m an integer >= 0, -1 < u < 1",
        ANALYSIS,
        0,
        lambda k, u, m: mul(Term("binomial", (add(k, m or ZERO), m or ZERO)), power(u, k)),
        lambda u, m: _div(ONE, power(sub(ONE, u), add(m or ZERO, ONE))),
        _inside,
        "natural",
    ),
    Series(
        "central_binomial_series",
        "sum binomial(2k, k) u^k = 1 / sqrt(1 - 4u), k >= 0",
        "-1/4 < u < 1/4",
        TABLES,
        0,
        lambda k, u, m: mul(_central(k), power(u, k)),
        lambda u, m: _div(ONE, Term("sqrt", (sub(ONE, mul(number(4), u)),))),
        _quarter,
    ),
    Series(
        "arcsine_square_series",
        "sum (2u)^(2k) / (k^2 binomial(2k, k)) = 2 arcsin(u)^2, k >= 1",
        "-1 <= u <= 1",
        TABLES + " 4.24",
        1,
        lambda k, u, m: _div(power(mul(TWO, u), _even(k)), mul(power(k, TWO), _central(k))),
        lambda u, m: mul(TWO, power(Term("arcsin", (u,)), TWO)),
        _inside_or_on,
    ),
    Series(
        "riemann_series",
        "sum 1 / k^m = zeta(m), k >= 1: pi^2/6, pi^4/90, pi^6/945, pi^8/9450",
        "m is 2, 4, 6 or 8",
        TABLES + " 25.6",
        1,
        lambda k, u, m: _div(ONE, power(k, m or ZERO)),
        lambda u, m: _riemann(m),
        _is_one,
        "even",
    ),
    Series(
        "alternating_riemann_series",
        "sum (-1)^(k+1) / k^m = (1 - 2^(1-m)) zeta(m), k >= 1",
        "m is 2, 4, 6 or 8",
        TABLES + " 25.2",
        1,
        lambda k, u, m: _div(_sign(add(k, ONE)), power(k, m or ZERO)),
        _part_of_riemann(lambda m: sub(ONE, _div(TWO, number(2**m)))),
        _is_one,
        "even",
    ),
    Series(
        "odd_riemann_series",
        "sum 1 / (2k+1)^m = (1 - 2^(-m)) zeta(m), k >= 0",
        "m is 2, 4, 6 or 8",
        TABLES + " 25.2",
        0,
        lambda k, u, m: _div(ONE, power(_odd(k), m or ZERO)),
        _part_of_riemann(lambda m: sub(ONE, _div(ONE, number(2**m)))),
        _is_one,
        "even",
    ),
    Series(
        "sawtooth_series",
        "sum sin(k u) / k = (pi - u) / 2, k >= 1",
        "0 < u < 2 pi",
        TABLES + " 1.8",
        1,
        lambda k, u, m: _div(Term("sin", (mul(k, u),)), k),
        lambda u, m: _div(sub(PI, u), TWO),
        _up_to_two_pi,
    ),
    Series(
        "parabola_series",
        "sum cos(k u) / k^2 = pi^2/6 - pi u/2 + u^2/4, k >= 1",
        "0 <= u <= 2 pi",
        TABLES + " 1.8",
        1,
        lambda k, u, m: _div(Term("cos", (mul(k, u),)), power(k, TWO)),
        lambda u, m: add(
            _div(power(PI, TWO), number(6)),
            Term("neg", (_div(mul(PI, u), TWO),)),
            _div(power(u, TWO), number(4)),
        ),
        _up_to_two_pi_or_on,
    ),
)

SERIES: dict[str, Series] = {series.name: series for series in _LIST}
"""The closed list, by name."""
