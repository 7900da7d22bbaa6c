"""Terms as functions of floating-point numbers, fast and approximate: where a claim seems to fail is worth an exact look.

``compiled`` turns a term into nested functions; what it cannot do, or what is not defined at a point, raises. Real numbers are
floats and keep to real domains; complex ones are complex, with principal branches.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import Any

from derive.core import Claim, Complex, Function, Point, Relation, Term, Value
from derive.kernel.budget import spend
from derive.kernel.terms import heads, rational_value

Number = Any
"""float or complex."""
Letters = Mapping[str, Any]
Compiled = Callable[[Letters], Number]

UNDEFINED = (ValueError, ArithmeticError, KeyError, TypeError)
"""What a compiled term raises where it has no value."""
LONGEST_RANGE = 400
LONGEST_RANGE_OF_RANGES = 20
TERMS_OF_AN_OPERATION = 16
"""Floats are quick."""


class NotCompiled(Exception):
    """The term has a head that is not evaluated in floating point here."""


@lru_cache(maxsize=4096)
def compiled(term: Term) -> Compiled:
    """The term as a function of its letters. Raises NotCompiled."""
    value = rational_value(term)
    if value is not None:
        constant = _float(value)
        return lambda letters: constant
    head, args = term.head, term.args
    if head == "symbol":
        name = str(term.value)
        return lambda letters: letters[name]
    if head == "constant":
        if term.value not in CONSTANTS:
            raise NotCompiled(str(term.value))
        named = CONSTANTS[str(term.value)]
        return lambda letters: named
    if head in ("add", "mul"):
        return _sum(args) if head == "add" else _product(args)
    if head == "pow":
        return _power(args[0], args[1])
    if head in ("sum", "prod"):
        return _range(term)
    if head == "derivative":
        return _derivative(term)
    if head in ("apply", "prime"):
        return _applied(term)
    if head == "index":
        return _member(term)
    inner = [compiled(arg) for arg in args]
    if head in FOLDED:
        return FOLDED[head](inner)
    if head == "div":
        top, bottom = inner
        return lambda letters: top(letters) / bottom(letters)
    if head == "root":
        return _root(inner[0], rational_value(args[1]))
    if head in FUNCTIONS:
        real, complex_one = FUNCTIONS[head]
        (argument,) = inner
        return _of_one(argument, real, complex_one)
    if head == "binomial":
        upper, lower = inner
        return lambda letters: float(math.comb(_natural(upper(letters)), _natural(lower(letters))))
    raise NotCompiled(head)


def given(value: Value) -> Any:
    """A value of a point, for ``compiled``. Raises NotCompiled, and OverflowError for a number beyond the floats."""
    if isinstance(value, Fraction):
        return _float(value)
    if isinstance(value, Complex):
        return complex(_float(value.re), _float(value.im))
    if isinstance(value, Function):
        return value
    raise NotCompiled(type(value).__name__)


def _float(value: Fraction) -> float:
    return value.numerator / value.denominator


CONSTANTS: dict[str, Number] = {"pi": math.pi, "e": math.e, "i": 1j, "gamma": 0.5772156649015329}


def _sum(args: tuple[Term, ...]) -> Compiled:
    """Written out for the usual lengths, numerals apart: there are tens of thousands of calls in one search for a bound."""
    numeral, inner = _apart(args, sum)
    if len(inner) == 1 and numeral is not None:
        (a,) = inner
        return lambda letters: a(letters) + numeral
    inner = inner if numeral is None else [*inner, lambda letters: numeral]
    if len(inner) == 2:
        a, b = inner
        return lambda letters: a(letters) + b(letters)
    if len(inner) == 3:
        a, b, c = inner
        return lambda letters: a(letters) + b(letters) + c(letters)
    return lambda letters: sum([part(letters) for part in inner])


def _product(args: tuple[Term, ...]) -> Compiled:
    numeral, inner = _apart(args, math.prod)
    if len(inner) == 1 and numeral is not None:
        (a,) = inner
        return lambda letters: numeral * a(letters)
    inner = inner if numeral is None else [lambda letters: numeral, *inner]
    if len(inner) == 2:
        a, b = inner
        return lambda letters: a(letters) * b(letters)
    if len(inner) == 3:
        a, b, c = inner
        return lambda letters: a(letters) * b(letters) * c(letters)
    return lambda letters: math.prod([part(letters) for part in inner])


def _apart(args: tuple[Term, ...], joined: Callable[[list[float]], float]) -> tuple[float | None, list[Compiled]]:
    """The numerals among the arguments taken together, if there are any, and the others."""
    values = [rational_value(arg) for arg in args]
    numerals = [_float(value) for value in values if value is not None]
    rest = [compiled(arg) for arg, value in zip(args, values, strict=True) if value is None]
    return joined(numerals) if numerals else None, rest


def _negative(inner: list[Compiled]) -> Compiled:
    (a,) = inner
    return lambda letters: -a(letters)


FOLDED: dict[str, Callable[[list[Compiled]], Compiled]] = {
    "neg": _negative,
    "max": lambda inner: lambda letters: max(part(letters) for part in inner),
    "min": lambda inner: lambda letters: min(part(letters) for part in inner),
}


def _of_one(argument: Compiled, real: Callable[[float], float], other: Callable[[complex], complex] | None) -> Compiled:
    def value(letters: Letters) -> Number:
        x = argument(letters)
        if type(x) is complex:
            if other is None:
                raise ValueError("a complex argument")
            return other(x)
        return real(x)

    return value


def _tiny(x: Number) -> Number:
    """A divisor that rounding may have kept from 0."""
    if abs(x) < 1e-12:
        raise ZeroDivisionError
    return x


FUNCTIONS: dict[str, tuple[Callable[[float], float], Callable[[complex], complex] | None]] = {
    "sqrt": (math.sqrt, cmath.sqrt),
    "exp": (math.exp, cmath.exp),
    "log": (math.log, cmath.log),
    "abs": (abs, abs),
    "sin": (math.sin, cmath.sin),
    "cos": (math.cos, cmath.cos),
    "tan": (lambda x: math.sin(x) / _tiny(math.cos(x)), cmath.tan),
    "cot": (lambda x: math.cos(x) / _tiny(math.sin(x)), None),
    "sec": (lambda x: 1 / _tiny(math.cos(x)), None),
    "csc": (lambda x: 1 / _tiny(math.sin(x)), None),
    "sinh": (math.sinh, cmath.sinh),
    "cosh": (math.cosh, cmath.cosh),
    "tanh": (math.tanh, cmath.tanh),
    "arctan": (math.atan, cmath.atan),
    "arcsin": (math.asin, None),
    "arccos": (math.acos, None),
    "floor": (lambda x: float(math.floor(x)), None),
    "ceil": (lambda x: float(math.ceil(x)), None),
    "factorial": (lambda x: float(math.factorial(_natural(x))), None),
}


def _natural(x: Number) -> int:
    n: int = round(x)
    if n != x or not 0 <= n <= 2000:
        raise ValueError("no small natural number")
    return n


def _power(base: Term, exponent: Term) -> Compiled:
    u, numeral = compiled(base), rational_value(exponent)
    if numeral is not None and numeral.denominator == 1 and abs(numeral) < 10**6:
        m = int(numeral)
        return lambda letters: u(letters) ** m
    a = compiled(exponent)

    def value(letters: Letters) -> Number:
        x, y = u(letters), a(letters)
        if type(x) is not complex and type(y) is not complex and x < 0 and y != math.floor(y):
            raise ValueError("a power of a negative number")
        return x**y

    return value


def _root(radicand: Compiled, order: Fraction | None) -> Compiled:
    if order is None or order.denominator != 1 or order < 1:
        raise NotCompiled("root")
    k = int(order)

    def value(letters: Letters) -> Number:
        x = radicand(letters)
        if type(x) is not complex and x < 0:
            if k % 2 == 0:
                raise ValueError("an even root of a negative number")
            return -((-x) ** (1 / k))
        return x ** (1 / k)

    return value


def _range(term: Term) -> Compiled:
    body, name = compiled(term.args[0]), str(term.args[1].value)
    lower, upper = (compiled(end) for end in term.args[2:])
    longest = LONGEST_RANGE_OF_RANGES if heads(term.args[0]) & {"sum", "prod"} else LONGEST_RANGE

    def value(letters: Letters) -> Number:
        first, last = lower(letters), upper(letters)
        if first != math.floor(first) or last != math.floor(last) or last - first > longest:
            raise ValueError("a long range, or ends that are not whole")
        spend(int(last - first) // TERMS_OF_AN_OPERATION + 1 if last >= first else 1)
        values = (body({**letters, name: float(k)}) for k in range(int(first), int(last) + 1))
        return sum(values) if term.head == "sum" else math.prod(values)

    return value


def _derivative(term: Term) -> Compiled:
    from derive.kernel.differentiate import differentiate
    from derive.kernel.normal import NoNormalForm

    body, letter = term.args
    try:
        return compiled(differentiate(body, str(letter.value)))
    except NoNormalForm as refusal:
        raise NotCompiled(str(refusal)) from None


def _applied(term: Term) -> Compiled:
    name, argument = str(term.args[0].value), compiled(term.args[1])
    order = int(rational_value(term.args[2]) or 0) if term.head == "prime" else 0

    def value(letters: Letters) -> Number:
        found = letters[name]
        return _body(found, order)({found.variable: argument(letters)})

    return value


def _member(term: Term) -> Compiled:
    """A member of a family, whose value is the sequence of its members."""
    name, position = str(term.args[0].value), compiled(term.args[1])

    def value(letters: Letters) -> Number:
        k = _natural(position(letters))
        if not 1 <= k <= len(letters[name]):
            raise KeyError(k)
        return letters[name][k - 1]

    return value


@lru_cache(maxsize=256)
def _body(function: Function, order: int) -> Compiled:
    from derive.kernel.differentiate import differentiate

    body = function.body
    for _ in range(order):
        body = differentiate(body, function.variable)
    return compiled(body)


# ------------------------------------------------------------------------------------------------------- whole claims


class Gap:
    """By how much a claim holds at a point, in floating point: negative where it fails, None where it is not admissible."""

    def __init__(self, claim: Claim) -> None:
        self.relation = claim.relation
        self.sides = compiled(claim.lhs), compiled(claim.rhs)
        where = [relation for d in claim.scope.declarations for relation in d.where]
        self.hypotheses = [(r.relation, *_sides(r)) for r in (*where, *claim.scope.hypotheses)]

    def __call__(self, letters: dict[str, float]) -> float | None:
        try:
            if not all(_true(relation, low(letters), high(letters)) for relation, low, high in self.hypotheses):
                return None
            gap, noise = _gap(self.relation, *(side(letters) for side in self.sides))
        except UNDEFINED:
            return None
        return None if math.isnan(gap) or math.isinf(gap) else gap - noise

    def suspicious(self, point: Point) -> bool:
        """The claim seems to fail there, or to be an equality where it must be strict."""
        try:
            letters = {name: given(value) for name, value in point}
        except OverflowError:
            return False
        gap = self(letters)
        return gap is not None and gap <= 0

    def sight(self, letters: Letters) -> Sight:
        try:
            for relation, low, high in self.hypotheses:
                a, b = low(letters), high(letters)
                if not abs(a - b) > DOUBT:
                    return Sight.DOUBTFUL
                if relation == "=" or not _true(relation, a, b):
                    return Sight.NOWHERE
            low, high = self.sides
            return _seen(self.relation, low(letters), high(letters))
        except (ZeroDivisionError, ValueError):
            return Sight.NOWHERE
        except UNDEFINED:
            return Sight.DOUBTFUL


def _seen(relation: str, a: Number, b: Number) -> Sight:
    distance, size = abs(a - b), abs(a) + abs(b)
    apart = distance > DOUBT * max(size, 1.0)  # 0 on one side may be 1e-13 in floating point
    if not math.isfinite(size) or not (apart or (relation in ("=", "!=") and distance <= 1e-13 * size)):
        return Sight.DOUBTFUL
    return Sight.HOLDS if (_orders(relation, a, b) if apart else relation == "=") else Sight.FAILS


def _sides(relation: Relation) -> tuple[Compiled, Compiled]:
    return compiled(relation.lhs), compiled(relation.rhs)


def _true(relation: str, a: float, b: float) -> bool:
    """A hypothesis, as far as rounding lets one see."""
    if relation == "!=":
        return a != b
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}.get(relation, True)


def _gap(relation: str, a: complex, b: complex) -> tuple[float, float]:
    """The gap, and what of it may be rounding: for an equation the gap is never above 0."""
    noise = 1e-13 * (abs(a) + abs(b))
    if relation == "=":
        return (-abs(a - b) + noise, 0.0) if abs(a - b) > noise else (1.0, 0.0)
    if relation == "!=":
        return abs(a - b), noise
    if isinstance(a, complex) or isinstance(b, complex):
        raise TypeError("an order between complex numbers")
    gap = a - b if relation in (">", ">=") else b - a
    return (gap, noise) if relation in ("<", ">") else (gap + noise, 0.0)


@lru_cache(maxsize=1024)
def gap_of(claim: Claim) -> Gap | None:
    """The gap of a claim about plain numbers, or None."""
    try:
        return Gap(claim)
    except (NotCompiled, *UNDEFINED):
        return None


class Sight(Enum):
    """What floating point shows of a claim at a point. ``NOWHERE``: the point is not admissible, or a side has no value there."""

    HOLDS = "holds"
    FAILS = "fails"
    NOWHERE = "nowhere"
    DOUBTFUL = "doubtful"


def sight(claim: Claim, point: Point) -> Sight:
    """Whether the claim holds at a point, where floating point leaves no doubt of it: equality counts from 13 digits on."""
    gap = gap_of(claim)
    letters = None if gap is None else in_floats(point)
    return Sight.DOUBTFUL if gap is None or letters is None else gap.sight(letters)


def in_floats(point: Point) -> Letters | None:
    """The values of a point in floating point, or None where they are not all plain numbers."""
    try:
        return {name: given(value) for name, value in point}
    except (NotCompiled, OverflowError):
        return None


def clearly_holds(relation: str, left: Compiled, right: Compiled, letters: Letters) -> bool | None:
    """Whether the relation holds between the sides, where floating point leaves no doubt of it."""
    try:
        a, b = left(letters), right(letters)
        distance, size = abs(a - b), abs(a) + abs(b)
        if distance > DOUBT * max(size, 1.0):
            return _orders(relation, a, b)
        return relation in ("=", "<=", ">=") if distance == 0 else None
    except UNDEFINED:
        return None


def _orders(relation: str, a: float, b: float) -> bool:
    """For numbers that are apart. Raises TypeError for an order between complex numbers."""
    return relation == "!=" if relation in ("=", "!=") else (a < b) == (relation in ("<", "<="))


DOUBT = 1e-9
