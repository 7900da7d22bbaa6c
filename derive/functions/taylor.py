"""A term in x on a whole interval: rigorous enclosures of its Taylor coefficients there, by Arb's power series."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction

from flint import arb, arb_series, ctx, fmpq

from derive.core import Term
from derive.kernel.terms import rational_value


class Outside(Exception):
    """The term is defined at no point of the interval."""


class Unclear(Exception):
    """The term may be undefined somewhere in the interval, or without a derivative there."""


def derivatives(term: Term, x: arb, order: int, bits: int = 128) -> list[arb]:
    """Enclosures of term, term', term''/2, ... on the ball x. Raises Outside or Unclear."""
    with precision(bits, order + 1):
        return coefficients(taylor(term, arb_series([x, arb(1)])), order)


def coefficients(series: arb_series, order: int) -> list[arb]:
    found = [series[k] for k in range(order + 1)]
    if not all(c.is_finite() for c in found):
        raise Unclear
    return found


@contextmanager
def precision(bits: int, cap: int) -> Iterator[None]:
    """FLINT's two global settings, put back afterwards."""
    before = ctx.cap
    ctx.cap = cap
    try:
        with ctx.workprec(bits):
            yield
    finally:
        ctx.cap = before


SHARP = 640
"""Bits to which a rational number becomes a ball at least, whatever the precision around it."""


def ball(low: Fraction, high: Fraction) -> arb:
    """A ball that contains the interval."""
    with ctx.workprec(max(SHARP, ctx.prec)):
        return point(low).union(point(high))


def point(q: Fraction) -> arb:
    """A ball around the number, of radius 0 where that is possible."""
    with ctx.workprec(max(SHARP, ctx.prec)):
        return arb(fmpq(q.numerator, q.denominator))


def taylor(term: Term, x: arb_series) -> arb_series:
    """The term at a power series. Raises Outside or Unclear."""
    value = rational_value(term)
    if value is not None:
        return arb_series([point(value)])
    if term.head == "symbol":
        return x
    if term.head == "constant":
        return arb_series([arb.pi() if term.value == "pi" else arb.const_e()])
    if term.head == "pow":
        return _power(taylor(term.args[0], x), term.args[1], x)
    if term.head == "root":
        return _root(taylor(term.args[0], x), int(Fraction(term.args[1].value or 0)))
    return RULES[term.head](*(taylor(part, x) for part in term.args))


def _sum(*parts: arb_series) -> arb_series:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _product(*parts: arb_series) -> arb_series:
    total = parts[0]
    for part in parts[1:]:
        total = total * part
    return total


def _inverse(u: arb_series) -> arb_series:
    if u[0].is_zero():
        raise Outside
    if u[0].contains(0):
        raise Unclear
    return 1 / u


def _log(u: arb_series) -> arb_series:
    _require_positive(u)
    return u.log()


def _require_positive(u: arb_series) -> None:
    if u[0] <= 0:
        raise Outside
    if not u[0] > 0:
        raise Unclear


def _sqrt(u: arb_series) -> arb_series:
    if u[0] < 0:
        raise Outside
    if not u[0] > 0:
        raise Unclear
    return u.sqrt()


def _power(base: arb_series, exponent: Term, x: arb_series) -> arb_series:
    q = rational_value(exponent)
    if q is not None and q.denominator == 1:
        return _whole_power(base, int(q))
    _require_positive(base)
    return (taylor(exponent, x) * base.log()).exp()


def _whole_power(base: arb_series, n: int) -> arb_series:
    if n < 0:
        return _inverse(_whole_power(base, -n))
    result = arb_series([arb(1)])
    if n % 2 == 0 and n:  # an even power is a square, which a product of balls does not know
        half = _whole_power(base, n // 2)
        return _squared(half)
    for _ in range(n):
        result = result * base
    return result


def _squared(u: arb_series) -> arb_series:
    return _with_constant(u[0] ** 2, u * u)


def _root(u: arb_series, k: int) -> arb_series:
    if u[0].contains(0):
        raise Unclear
    if u[0] > 0:
        return (u.log() / k).exp()
    if k % 2 == 0:
        raise Outside
    return -(((-u).log() / k).exp())


def _within_one(u: arb_series) -> arb_series:
    if abs(u[0]) > 1:
        raise Outside
    if not abs(u[0]) < 1:
        raise Unclear
    return u


def _with_constant(constant: arb, series: arb_series) -> arb_series:
    """The series with another, sharper, enclosure of its first coefficient."""
    return arb_series([constant, *(series[k] for k in range(1, ctx.cap))])


def _cosh(u: arb_series) -> arb_series:
    return _with_constant(u[0].cosh(), (u.exp() + (-u).exp()) / 2)


def _sinh(u: arb_series) -> arb_series:
    return _with_constant(u[0].sinh(), (u.exp() - (-u).exp()) / 2)


def _tanh(u: arb_series) -> arb_series:
    """y' = (1 - y^2) u', one coefficient after the other: no overflow, and sharp where u is wide."""
    y = [u[0].tanh()]
    for k in range(1, ctx.cap):
        square = [sum((y[i] * y[j - i] for i in range(j + 1)), arb(0)) for j in range(k)]
        square[0] = y[0] ** 2
        rest = [(1 if j == 0 else 0) - square[j] for j in range(k)]
        y.append(sum((rest[j] * (k - j) * u[k - j] for j in range(k)), arb(0)) / k)
    return arb_series(y)


def _tan(u: arb_series) -> arb_series:
    return u.sin() * _inverse(u.cos())


RULES: dict[str, Callable[..., arb_series]] = {
    "add": _sum,
    "mul": _product,
    "neg": lambda u: -u,
    "div": lambda u, v: u * _inverse(v),
    "sqrt": _sqrt,
    "exp": lambda u: u.exp(),
    "log": _log,
    "sin": lambda u: u.sin(),
    "cos": lambda u: u.cos(),
    "tan": _tan,
    "cot": lambda u: u.cos() * _inverse(u.sin()),
    "sec": lambda u: _inverse(u.cos()),
    "csc": lambda u: _inverse(u.sin()),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "arctan": lambda u: u.atan(),
    "arcsin": lambda u: _within_one(u).asin(),
    "arccos": lambda u: _within_one(u).acos(),
}
