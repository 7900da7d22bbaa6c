"""Bounds ``c n^a q^n`` of a term that hold for all integers n >= N, from above and from below, by the structure of the term.

They give rigorous tails of infinite sums: for sum_{n >= N} c n^a q^n by the ratio of neighbours where q < 1, by the
integral of x^a where q = 1 and a < -1. A term of which no bound is known raises Undefined. A bound from above also
shows that the term is defined for every n >= N.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from flint import arb, fmpq

from derive.core import Term
from derive.kernel.balls.limits import Undefined
from derive.kernel.balls.place import Place, scalar_of
from derive.kernel.balls.values import Gauss, ball_of
from derive.kernel.terms import free_letters, linear_in, rational_value, substitute

LARGEST_DEGREE = 100


@dataclass(frozen=True, slots=True)
class Growth:
    """``c n^a q^n`` with c, q >= 0."""

    c: arb
    a: Fraction
    q: arb


@dataclass(frozen=True, slots=True)
class Ray:
    """The integers n >= ``first`` (at least 1) that the letter ``name`` runs through, at a place that gives the other letters."""

    name: str
    first: int
    place: Place

    def free(self, term: Term) -> bool:
        return self.name not in free_letters(term)

    def at_first(self, term: Term) -> arb:
        return real(scalar_of(term, self.place.bind(self.name, fmpq(self.first))))


def real(value: object) -> arb:
    """A real number as a ball. Raises Undefined for a complex one."""
    if not isinstance(value, fmpq | arb):
        raise Undefined("a number that is not certainly real")
    return arb(value)


def modulus(term: Term, ray: Ray) -> arb:
    """Of a term that does not depend on n."""
    value = scalar_of(term, ray.place)
    return (
        arb(abs(ball_of(value)))
        if isinstance(value, Gauss)
        else abs(cast(arb, arb(value) if isinstance(value, fmpq) else value))
    )


def raised(base: arb, exponent: Fraction) -> arb:
    """``base ^ exponent`` for base >= 0; exact where the exponent is an integer."""
    if exponent.denominator == 1:
        return base ** int(exponent)
    return base ** arb(fmpq(exponent.numerator, exponent.denominator))


def scaled(growth: Growth, exponent: Fraction) -> Growth:
    if abs(exponent) > LARGEST_DEGREE:
        raise Undefined("a power of high order")
    return Growth(raised(growth.c, exponent), growth.a * exponent, raised(growth.q, exponent))


def product(a: Growth, b: Growth) -> Growth:
    return Growth(a.c * b.c, a.a + b.a, a.q * b.q)


def constant(value: arb) -> Growth:
    return Growth(value, Fraction(0), arb(1))


def line(term: Term, ray: Ray) -> tuple[Fraction, Fraction] | None:
    """(s, b) where the term is ``s n + b`` with rational s and b."""
    slope = linear_in(term, ray.name)
    if slope is None:
        return None
    values = [
        scalar_of(part, ray.place) for part in (slope, substitute(term, ray.name, Term("number", (), Fraction(0))))
    ]
    if not all(isinstance(value, fmpq) for value in values):
        return None
    s, b = (Fraction(int(value.p), int(value.q)) for value in cast(list[fmpq], values))
    return s, b


def whole_line(term: Term, ray: Ray) -> tuple[int, int]:
    """The same with whole s >= 0 and b, and s n + b >= 0 on the ray. Raises Undefined."""
    found = line(term, ray)
    if found is None or any(part.denominator != 1 for part in found) or found[0] < 0:
        raise Undefined("the growth of a part of the term is not known")
    s, b = int(found[0]), int(found[1])
    if s * ray.first + b < 0:
        raise Undefined("a factorial or binomial of a negative number")
    return s, b


# ------------------------------------------------------------------------------------------------------------- signs


def non_negative(term: Term, ray: Ray) -> bool:
    """term >= 0 for every n of the ray, by its structure."""
    if ray.free(term):
        return bool(real(scalar_of(term, ray.place)) >= 0)
    if term.head == "symbol" or term.head in ("abs", "exp", "factorial", "binomial", "sqrt"):
        return True
    if (found := line(term, ray)) is not None:
        return found[0] >= 0 and found[0] * ray.first + found[1] >= 0
    if term.head in ("add", "mul", "div", "sum", "prod"):
        return term.head in ("add", "mul", "div") and all(non_negative(arg, ray) for arg in term.args)
    if term.head == "pow":
        exponent = rational_value(term.args[1])
        even = exponent is not None and exponent.denominator == 1 and exponent % 2 == 0
        return even or non_negative(term.args[0], ray)
    return False


# -------------------------------------------------------------------------------------------------------- from above


def above(term: Term, ray: Ray) -> Growth:
    """|term| <= c n^a q^n for every n of the ray, where it is defined. Raises Undefined."""
    if ray.free(term):
        return constant(modulus(term, ray).upper())
    head, args = term.head, term.args
    if head == "symbol":
        return Growth(arb(1), Fraction(1), arb(1))
    if head in ("neg", "abs"):
        return above(args[0], ray)
    if head == "add":
        total = above(args[0], ray)
        for arg in args[1:]:
            total = _sum_above(total, above(arg, ray), ray)
        return total
    if head == "mul":
        total = above(args[0], ray)
        for arg in args[1:]:
            total = product(total, above(arg, ray))
        return total
    if head == "div":
        return product(above(args[0], ray), _inverse(below(args[1], ray)))
    if head == "pow":
        return _power(args[0], args[1], ray, True)
    if head == "sqrt" and non_negative(args[0], ray):
        return scaled(above(args[0], ray), Fraction(1, 2))
    if head == "exp":
        return _exponential(args[0], ray)
    if head in ("floor", "ceil"):
        return _sum_above(above(args[0], ray), constant(arb(1)), ray)
    if head in ("sin", "cos", "tanh", "arctan"):
        return _bounded_function(head, args[0], ray)
    if head == "log":
        return _logarithm(args[0], ray)
    if head == "binomial":
        return _binomial_above(args[0], args[1], ray)
    raise Undefined(f"the growth of {head} is not known")


def _sum_above(a: Growth, b: Growth, ray: Ray) -> Growth:
    """c n^a q^n + d n^b r^n, with the larger a and q."""
    q = a.q if a.q == b.q or b.q <= a.q else b.q if a.q <= b.q else a.q.union(b.q).upper()
    degree = max(a.a, b.a)
    return Growth(sum((_lifted(part, degree, q, ray) for part in (a, b)), arb(0)), degree, q)


def _lifted(part: Growth, degree: Fraction, q: arb, ray: Ray) -> arb:
    """c n^(a - degree) (r / q)^n at the first n, the largest: a <= degree and r <= q."""
    scale = raised(arb(ray.first), part.a - degree)
    shrink = arb(1) if part.q == q or not q > 0 else (part.q / q) ** ray.first
    return part.c * scale * (shrink if shrink <= 1 else arb(1))


def _inverse(growth: Growth) -> Growth:
    if not growth.c > 0 or not growth.q > 0:
        raise Undefined("a divisor that may be 0")
    return Growth(1 / growth.c, -growth.a, 1 / growth.q)


def _power(base: Term, exponent: Term, ray: Ray, upper: bool) -> Growth:
    bound, other = (above, below) if upper else (below, above)
    if ray.free(exponent):
        e = scalar_of(exponent, ray.place)
        if not isinstance(e, fmpq):
            raise Undefined("a power of which the growth is not known")
        rational = Fraction(int(e.p), int(e.q))
        if rational.denominator != 1 and not non_negative(base, ray):
            raise Undefined("a root of what may be negative")
        if rational >= 0:
            return scaled(bound(base, ray), rational)
        return scaled(_inverse(other(base, ray)), -rational) if upper else _flipped(scaled(other(base, ray), -rational))
    if not ray.free(base):
        return _tower(base, exponent, ray, upper)
    return _power_of_constant(base, exponent, ray)


def _flipped(growth: Growth) -> Growth:
    """1 / (an upper bound) is a lower bound of the inverse."""
    if not growth.c > 0 or not growth.q > 0:
        raise Undefined("a bound that may be 0")
    return Growth(1 / growth.c, -growth.a, 1 / growth.q)


def _tower(base: Term, exponent: Term, ray: Ray, upper: bool) -> Growth:
    """n^(s n + b) >= N^(s n + b) from below."""
    found = line(exponent, ray)
    if upper or base.head != "symbol" or found is None or found[0] < 0 or found[0] * ray.first + found[1] < 0:
        raise Undefined("a power of which the growth is not known")
    first = arb(ray.first)
    return Growth(raised(first, found[1]), Fraction(0), raised(first, found[0]))


def _power_of_constant(base: Term, exponent: Term, ray: Ray) -> Growth:
    """|u^(s n + b)| = |u|^b (|u|^s)^n, both from above and from below."""
    found = line(exponent, ray)
    value = scalar_of(base, ray.place)
    size = modulus(base, ray)
    whole = found is not None and all(part.denominator == 1 for part in found)
    if found is None or (not whole and not (isinstance(value, fmpq | arb) and value > 0)):
        return _real_exponent(base, exponent, ray)
    s, b = found
    if not size > 0:
        if not (size == 0 and s >= 1 and s * ray.first + b >= 1):
            raise Undefined("a power of what may be 0")
        return Growth(arb(0), Fraction(0), arb(0))
    return Growth(raised(size, b), Fraction(0), raised(size, s))


def _real_exponent(base: Term, exponent: Term, ray: Ray) -> Growth:
    """u^(s n + b) for u > 0 and real s, b."""
    slope = linear_in(exponent, ray.name)
    value = scalar_of(base, ray.place)
    if slope is None or not isinstance(value, fmpq | arb) or not value > 0:
        raise Undefined("a power of which the growth is not known")
    s, b = (
        real(scalar_of(t, ray.place)) for t in (slope, substitute(exponent, ray.name, Term("number", (), Fraction(0))))
    )
    return Growth(arb(value) ** b, Fraction(0), arb(value) ** s)


def _exponential(argument: Term, ray: Ray) -> Growth:
    slope = linear_in(argument, ray.name)
    if slope is None:
        raise Undefined("an exponential of which the growth is not known")
    s, b = (
        real(scalar_of(t, ray.place)) for t in (slope, substitute(argument, ray.name, Term("number", (), Fraction(0))))
    )
    return Growth(b.exp(), Fraction(0), s.exp())


def _bounded_function(head: str, argument: Term, ray: Ray) -> Growth:
    """|sin u|, |cos u|, |tanh u| <= 1 and |arctan u| <= 2 for real u; |sin u|, |tanh u|, |arctan u| <= |u| where that is small."""
    ray.at_first(argument)  # real by its type
    small = above(argument, ray)  # defined for every n, too
    if head != "cos" and small.q <= 1 and small.a <= 0 and (small.a < 0 or small.q < 1):
        return small
    return constant(arb(2 if head == "arctan" else 1))


def _logarithm(argument: Term, ray: Ray) -> Growth:
    """0 <= log u <= 8 u^(1/8) for u >= 1; |log(1 + v)| <= 2 |v| for |v| <= 1/2."""
    if argument.head == "add" and Fraction(1) in map(rational_value, argument.args):
        position = next(i for i, arg in enumerate(argument.args) if rational_value(arg) == 1)
        rest = argument.args[:position] + argument.args[position + 1 :]
        v = above(rest[0] if len(rest) == 1 else Term("add", rest), ray)
        if v.a <= 0 and v.q <= 1 and v.c * raised(arb(ray.first), v.a) <= arb(1) / 2:
            return Growth(2 * v.c, v.a, v.q)
    low = below(argument, ray)
    if not (non_negative(argument, ray) and low.a >= 0 and low.q >= 1 and low.c * raised(arb(ray.first), low.a) >= 1):
        raise Undefined("a logarithm of which the growth is not known")
    high = scaled(above(argument, ray), Fraction(1, 8))
    return Growth(8 * high.c, high.a, high.q)


def _binomial_above(top: Term, bottom: Term, ray: Ray) -> Growth:
    """binomial(u, m) <= u^m / m! for fixed m (or fixed u - m); binomial(u, v) <= 2^u otherwise."""
    s, b = whole_line(top, ray)
    t, d = whole_line(bottom, ray)
    fixed = d if t == 0 else b - d if t == s else None
    if fixed is not None and 0 <= fixed <= LARGEST_DEGREE and s * ray.first + b >= t * ray.first + d:
        power = scaled(above(top, ray), Fraction(fixed))
        return Growth(power.c / arb(fixed).fac() if fixed else arb(1), power.a, power.q)
    return Growth(arb(2) ** b, Fraction(0), arb(2) ** s)


# -------------------------------------------------------------------------------------------------------- from below


def below(term: Term, ray: Ray) -> Growth:
    """|term| >= c n^a q^n > 0 for every n of the ray. Raises Undefined."""
    if ray.free(term):
        return constant(_certain(modulus(term, ray).lower()))
    head, args = term.head, term.args
    if head == "symbol":
        return Growth(arb(1), Fraction(1), arb(1))
    if head in ("neg", "abs"):
        return below(args[0], ray)
    if head == "add":
        return _sum_below(args, ray)
    if head == "mul":
        total = below(args[0], ray)
        for arg in args[1:]:
            total = product(total, below(arg, ray))
        return total
    if head == "div":
        return product(below(args[0], ray), _flipped(above(args[1], ray)))
    if head == "pow":
        return _power(args[0], args[1], ray, False)
    if head == "sqrt" and non_negative(args[0], ray):
        return scaled(below(args[0], ray), Fraction(1, 2))
    if head == "exp":
        return _exponential(args[0], ray)
    if head == "factorial":
        return _factorial_below(args[0], ray)
    if head == "binomial":
        return _binomial_below(args[0], args[1], ray)
    raise Undefined(f"the growth of {head} is not known")


def _certain(value: arb) -> arb:
    if not value > 0:
        raise Undefined("a part that may be 0")
    return value


def _sum_below(args: tuple[Term, ...], ray: Ray) -> Growth:
    """The largest part minus the others: of lower growth, and smaller at the first n."""
    for position, arg in enumerate(args):
        try:
            lead = below(arg, ray)
            others = [above(other, ray) for i, other in enumerate(args) if i != position]
        except Undefined:
            continue
        if all(o.a <= lead.a and (o.q == lead.q or o.q <= lead.q) for o in others):
            rest = lead.c - sum((_lifted(o, lead.a, lead.q, ray) for o in others), arb(0))
            if rest > 0:
                return Growth(rest, lead.a, lead.q)
    raise Undefined("a sum that may be 0")


def _factorial_below(argument: Term, ray: Ray) -> Growth:
    """(s n + b)! >= (s N + b)! (s N + b + 1)^(s (n - N))."""
    s, b = whole_line(argument, ray)
    start = s * ray.first + b
    step = arb(start + 1) ** s
    return Growth(arb(start).fac() / step**ray.first, Fraction(0), step)


def _binomial_below(top: Term, bottom: Term, ray: Ray) -> Growth:
    """binomial(2n, n) >= 4^n / (2n + 1) >= 4^n / (3n); else at least 1 where 0 <= v <= u."""
    s, b = whole_line(top, ray)
    t, d = whole_line(bottom, ray)
    if (s, b, t, d) == (2, 0, 1, 0):
        return Growth(arb(1) / 3, Fraction(-1), arb(4))
    if s < t or s * ray.first + b < t * ray.first + d:
        raise Undefined("a binomial that may be 0")
    return constant(arb(1))


# ------------------------------------------------------------------------------------------------------------- tails


def tail(growth: Growth, first: int) -> arb | None:
    """An upper bound of sum_{n >= first} c n^a q^n; None where it diverges or that is not certain."""
    c, a, q = growth.c, growth.a, growth.q
    start = c * raised(arb(first), a)
    if q == 1:
        if a >= -1:
            return None
        rest = arb(first) / arb(fmpq((-a - 1).numerator, (-a - 1).denominator))
        return (start * (1 + rest)).upper()
    ratio = q * raised(1 + 1 / arb(first), a) if a > 0 else q
    if not ratio < 1:
        return None
    return (start * q**first / (1 - ratio)).upper()
