"""Quantities in independent random numbers as functions of floats, and the range of their values.

Each value comes with a bound of its rounding error, which is counted against the claim: no event happens by rounding alone.
Only heads that are defined for all real arguments: a sample never meets a point at which the quantity has no value. Refused:
everything else, sums and products whose ends are no numerals, members of a family at an index that is no numeral.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce

from derive.core import Term
from derive.kernel.balls import decimal_tolerance
from derive.kernel.terms import number, rational_value, substitute
from derive.kernel.verdict import NotAdmitted

Key = tuple[str, int | None]
"""A random letter, or a member of a random family."""
Number = tuple[float, float]
"""A number in floating point, and how far it may be from the number that is meant."""
Draws = Sequence[Number]
Compiled = Callable[[Draws], Number]
UNIT = 2.0**-52
TINY = 1e-300
WHOLE = 2.0**53
"""Below it, whole numbers are added and multiplied exactly."""
LARGEST_TERM = 2000
CONSTANTS = {"pi": math.pi, "e": math.e, "gamma": 0.5772156649015329}


def coordinates(term: Term) -> tuple[Key, ...]:
    """The random letters and members that occur, in a fixed order."""
    return tuple(sorted(_keys(term), key=lambda key: (key[0], key[1] or 0)))


def _keys(term: Term) -> frozenset[Key]:
    if term.head == "index":
        place = rational_value(term.args[1])
        if place is None or place.denominator != 1:
            raise NotAdmitted("a member of a family at an index that is no numeral")
        return frozenset([(str(term.args[0].value), int(place))])
    if term.head == "symbol":
        return frozenset([(str(term.value), None)])
    return frozenset[Key]().union(*map(_keys, term.args))


def written_out(term: Term, room: int = LARGEST_TERM) -> Term:
    """Sums and products between numerals, term by term."""
    if room <= 0:
        raise NotAdmitted("a quantity with too many terms")
    if term.head not in ("sum", "prod"):
        return Term(term.head, tuple(written_out(arg, room - 1) for arg in term.args), term.value)
    body, letter, *ends = term.args
    lower, upper = (rational_value(end) for end in ends)
    if lower is None or upper is None or lower.denominator != 1 or upper.denominator != 1 or upper - lower >= room:
        raise NotAdmitted("a sum or product between ends that are no numerals, or far apart")
    parts = tuple(
        written_out(substitute(body, str(letter.value), number(k)), room - 1) for k in range(int(lower), int(upper) + 1)
    )
    empty = number(0 if term.head == "sum" else 1)
    return Term("add" if term.head == "sum" else "mul", parts) if len(parts) > 1 else parts[0] if parts else empty


def compiled(term: Term, place: dict[Key, int]) -> Compiled:
    """The value at numbers for the coordinates, with its error. Raises NotAdmitted for a head that is not in the tables below."""
    constant = _constant(term)
    if constant is not None:
        exact = rational_value(term) == Fraction(constant)
        known = constant, 0.0 if exact else UNIT * abs(constant)
        return lambda draws: known
    if term.head in ("symbol", "index"):
        (key,) = _keys(term)
        at = place[key]
        return lambda draws: draws[at]
    if term.head == "pow":
        base, order = compiled(term.args[0], place), whole_power(term)
        return lambda draws: _power(base(draws), order)
    parts = [compiled(arg, place) for arg in term.args]
    if term.head in FUNCTIONS:
        (part,), function = parts, FUNCTIONS[term.head]
        return lambda draws: function(*part(draws))
    if term.head in FOLDS:
        fold = FOLDS[term.head]
        return lambda draws: fold([part(draws) for part in parts])
    if term.head == "div":
        divisor = _constant(term.args[1])
        if divisor:
            return lambda draws: _over(parts[0](draws), divisor)
    raise NotAdmitted(f"a quantity with the head {term.head} is not sampled")


def _constant(term: Term) -> float | None:
    value = rational_value(term)
    if value is None and term.head == "decimal":
        known = decimal_tolerance(term)
        value = None if known is None else known[0]
    return CONSTANTS.get(str(term.value)) if term.head == "constant" else None if value is None else float(value)


def _over(a: Number, divisor: float) -> Number:
    value = a[0] / divisor
    return value, a[1] / abs(divisor) * (1 + 4 * UNIT) + 4 * UNIT * abs(value) + TINY


def _times_number(a: Number, b: Number) -> Number:
    value = a[0] * b[0]
    if a[1] == b[1] == 0.0 and a[0].is_integer() and b[0].is_integer() and abs(value) < WHOLE:
        return value, 0.0
    return value, abs(a[0]) * b[1] + abs(b[0]) * a[1] + a[1] * b[1] + UNIT * abs(value) + TINY


def _power(base: Number, order: int) -> Number:
    return reduce(_times_number, [base] * order) if order else (1.0, 0.0)


def _total(parts: list[Number]) -> Number:
    """fsum rounds once."""
    value, error = math.fsum([x for x, _ in parts]), math.fsum([e for _, e in parts])
    exact = error == 0.0 and all(x.is_integer() for x, _ in parts) and abs(value) < WHOLE
    return value, 0.0 if exact else error * (1 + UNIT) + UNIT * abs(value)


def _exponential(x: float, error: float) -> Number:
    value = math.exp(x)
    return value, value * math.expm1(error) * (1 + 4 * UNIT) + 4 * UNIT * value + TINY


def _slow(function: Callable[[float], float]) -> Callable[[float, float], Number]:
    """Of slope at most 1, with values between -2 and 2."""
    return lambda x, error: (function(x), min(error, 4.0) + 4 * UNIT)


def whole_power(term: Term) -> int:
    order = rational_value(term.args[1])
    if order is None or order.denominator != 1 or not 0 <= order <= 64:
        raise NotAdmitted("a power that is no small whole number")
    return int(order)


FUNCTIONS: dict[str, Callable[[float, float], Number]] = {
    "neg": lambda x, error: (-x, error),
    "abs": lambda x, error: (abs(x), error),
    "sin": _slow(math.sin),
    "cos": _slow(math.cos),
    "tanh": _slow(math.tanh),
    "arctan": _slow(math.atan),
    "exp": _exponential,
}
FOLDS: dict[str, Callable[[list[Number]], Number]] = {
    "add": _total,
    "mul": lambda parts: reduce(_times_number, parts),
    "max": lambda parts: (max(x for x, _ in parts), max(e for _, e in parts)),
    "min": lambda parts: (min(x for x, _ in parts), max(e for _, e in parts)),
}

# ------------------------------------------------------------------------------------------------------------- ranges

Range = tuple[float, float]


def range_of(term: Term) -> Range:
    """Numbers between which the quantity stays whatever is drawn, infinite where none are seen; rounded outwards."""
    constant = _constant(term)
    parts = [range_of(arg) for arg in term.args] if constant is None and term.head not in ("symbol", "index") else []
    low, high = (constant, constant) if constant is not None else _range(term, parts)
    if constant is not None and rational_value(term) == Fraction(constant):
        return low, high
    sizes = [abs(end) for inside in (*parts, (low, high)) for end in inside if math.isfinite(end)]
    room = 4 * (len(parts) + 1) * UNIT * max(sizes, default=0.0) if term.head not in ("sin", "cos", "tanh") else 0.0
    even = term.head == "abs" or (term.head == "pow" and whole_power(term) % 2 == 0)
    return max(0.0, low - room) if even else low - room, high + room


def _range(term: Term, parts: list[Range]) -> Range:
    if term.head in ("sin", "cos", "tanh"):
        return -1.0, 1.0
    if term.head == "neg":
        return -parts[0][1], -parts[0][0]
    if term.head == "abs":
        return _even(parts[0], 1)
    if term.head == "pow" and whole_power(term) % 2 == 0:
        return _even(parts[0], whole_power(term))
    if term.head == "pow":
        return reduce(_times, [parts[0]] * whole_power(term))
    if term.head == "mul":
        return reduce(_times, parts)
    if term.head == "add":
        return sum(low for low, _ in parts), sum(high for _, high in parts)
    if term.head == "div" and _constant(term.args[1]):
        return _times(parts[0], (1 / parts[1][0], 1 / parts[1][0]))
    if term.head == "exp":
        return _exp(parts[0][0]), _exp(parts[0][1])
    if term.head in ("max", "min"):
        pick = max if term.head == "max" else min
        return pick(low for low, _ in parts), pick(high for _, high in parts)
    return -math.inf, math.inf


def _even(inside: Range, order: int) -> Range:
    low, high = inside
    ends = abs(low), abs(high)
    return (0.0 if low <= 0 <= high else min(ends)) ** order, max(ends) ** order


def _times(a: Range, b: Range) -> Range:
    products = [x * y if x and y else 0.0 for x in a for y in b]
    return min(products), max(products)


def _exp(x: float) -> float:
    return math.exp(x) if x < 700 else math.inf
