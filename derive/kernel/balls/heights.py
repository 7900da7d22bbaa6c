"""Is a closed algebraic number 0? By its height: a number that is not 0 cannot be too small.

For an algebraic number x != 0 in a number field of degree D, Liouville's inequality says log|x| >= -D h(x), with h the absolute
logarithmic Weil height. The height is bounded along the term: h(p/q) = log max(|p|, q), h(xy) <= h(x) + h(y),
h(x_1 + ... + x_n) <= h(x_1) + ... + h(x_n) + log n, h(1/x) = h(x), h(x^(1/k)) = h(x)/k, h(root of unity) = 0. The degree is at most
the product of the orders of the radicals that occur and of phi(N), where all roots of unity that occur have orders that divide N.

Source: M. Waldschmidt, Diophantine Approximation on Linear Algebraic Groups, Springer 2000, sections 3.2 and 3.5.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm, log2, prod

from flint import fmpz

from derive.core import Complex, Term
from derive.kernel.balls.place import Env
from derive.kernel.terms import rational_value

MOST_SEPARATION = 20_000
"""Numbers for which the bound asks for more bits than these are left alone."""
LARGEST_ORDER = 5_000
"""Of a root of unity."""
LONGEST_NUMERAL = 4_000

CIRCULAR = ("sin", "cos", "tan", "cot", "sec", "csc")


class NotAlgebraic(Exception):
    """The term is not written as an algebraic number in a way that is understood here."""


@dataclass(slots=True)
class Field:
    """The radicals and the roots of unity that occur."""

    radicals: set[tuple[Term, int]] = field(default_factory=set)
    order: int = 1

    def unity(self, order: int) -> None:
        self.order = lcm(self.order, order)
        if self.order > LARGEST_ORDER:
            raise NotAlgebraic("roots of unity of a high order")

    @property
    def degree(self) -> int:
        return prod(k for _, k in self.radicals) * int(fmpz(self.order).euler_phi())


def separation(lhs: Term, rhs: Term, env: Env) -> int | None:
    """Bits B such that ``lhs - rhs``, where defined, is 0 or at least 2^-B in modulus; None where none is known, or too many."""
    found = Field()
    try:
        height = _height(lhs, env, found) + _height(rhs, env, found) + 1
    except NotAlgebraic:
        return None
    bits = found.degree * (height * 1.0001 + 0.001)  # room for the rounding of the heights
    return int(bits) + 2 if bits < MOST_SEPARATION else None


def _height(term: Term, env: Env, found: Field) -> float:
    """An upper bound of the height, as a logarithm to base 2. Raises NotAlgebraic."""
    value = rational_value(term)
    if value is not None:
        return _of_rational(value)
    head, args = term.head, term.args
    if head == "symbol":
        return _of_letter(term, env, found)
    if head == "constant" and term.value == "i":
        found.unity(4)
        return 0.0
    if head == "add":
        return sum(_height(arg, env, found) for arg in args) + log2(len(args))
    if head in ("neg", "mul", "div"):
        return sum(_height(arg, env, found) for arg in args)
    if head == "abs" and _real(args[0], env):
        return _height(args[0], env, found)
    if head in ("max", "min"):
        return max(_height(arg, env, found) for arg in args)
    if head == "sqrt":
        return _of_root(args[0], 2, env, found)
    if head == "root":
        return _of_root(args[0], _order(rational_value(args[1])), env, found)
    if head == "pow" and args[0] != Term("constant", (), "e"):
        return _of_power(args[0], rational_value(args[1]), env, found)
    if head in CIRCULAR:
        return _of_unity(args[0], 0, env, found)
    if head in ("exp", "pow"):
        return _of_unity(args[-1], 1, env, found)
    raise NotAlgebraic(f"{head} of an algebraic number")


def _of_rational(value: Fraction) -> float:
    size = max(value.numerator.bit_length(), value.denominator.bit_length())
    if size > LONGEST_NUMERAL:
        raise NotAlgebraic("a long numeral")
    return log2(max(abs(value.numerator), value.denominator)) if size <= 500 else float(size)


def _of_letter(term: Term, env: Env, found: Field) -> float:
    value = env.get(str(term.value))
    if isinstance(value, Complex):
        found.unity(4)
        return _of_rational(value.re) + _of_rational(value.im) + 1
    if not isinstance(value, Fraction):
        raise NotAlgebraic("a letter without a rational value")
    return _of_rational(value)


def _real(term: Term, env: Env) -> bool:
    """Neither i nor a complex letter occurs, nor the exponential through which they would come."""
    if term.head == "symbol":
        return isinstance(env.get(str(term.value)), Fraction)
    return term != Term("constant", (), "i") and all(_real(arg, env) for arg in term.args)


def _order(k: Fraction | None) -> int:
    if k is None or k.denominator != 1 or not 1 <= k <= 1000:
        raise NotAlgebraic("a root whose order is no small numeral")
    return int(k)


def _of_root(radicand: Term, k: int, env: Env, found: Field) -> float:
    found.radicals.add((radicand, k))
    return _height(radicand, env, found) / k


def _of_power(base: Term, exponent: Fraction | None, env: Env, found: Field) -> float:
    if exponent is None or abs(exponent.numerator) > 10**6:
        raise NotAlgebraic("a power whose exponent is no numeral")
    if exponent.denominator > 1:
        found.radicals.add((base, _order(Fraction(exponent.denominator))))
    return _height(base, env, found) * float(abs(exponent))


def _of_unity(argument: Term, i: int, env: Env, found: Field) -> float:
    """A circular function of a rational multiple of pi (i = 0), or exp of one times i (i = 1)."""
    turn = _angle(argument, env)
    if turn is None or (turn[0] and turn[1:] != (1, i)):
        raise NotAlgebraic("a function of what is no rational multiple of pi")
    found.unity(lcm(4, 2 * turn[0].denominator))
    return 0.0 if i else 4.0  # quotients of two of (z + 1/z) / 2 and (z - 1/z) / 2i, each of height at most 2


def _angle(term: Term, env: Env) -> tuple[Fraction, int, int] | None:
    """(q, m, n) for q pi^m i^n, n = 0 or 1: only what is plainly written so."""
    value = rational_value(term)
    if value is not None:
        return value, 0, 0
    if term.head == "symbol":
        letter = env.get(str(term.value))
        return (letter, 0, 0) if isinstance(letter, Fraction) else None
    if term.head == "constant" and term.value in ("pi", "i"):
        return Fraction(1), int(term.value == "pi"), int(term.value == "i")
    parts = [_angle(arg, env) for arg in term.args] if term.head in ("neg", "mul", "div", "add") else []
    known = [part for part in parts if part is not None]
    if not parts or len(known) < len(parts):
        return None
    q, m, n = known[0]
    if term.head == "neg":
        return -q, m, n
    for other in known[1:]:
        if term.head == "add":
            if other[1:] != (m, n):
                return None
            q += other[0]
        elif term.head == "mul":
            q, m, n = q * other[0], m + other[1], n + other[2]
        elif other[0] and other[2] == 0:
            q, m = q / other[0], m - other[1]
        else:
            return None
    return (q, m, n) if n <= 1 else None
