"""Terms as functions of floats, compiled once: for search only. What is undefined or too large is NaN."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from derive.core import Term
from derive.kernel.terms import rational_value

Numbers = Mapping[str, float | Sequence[float]]
Floating = Callable[[Numbers], float]
MOST_TERMS = 2000

CONSTANTS = {"pi": math.pi, "e": math.e, "gamma": 0.5772156649015329}


def _cbrt(x: float, k: float) -> float:
    if x < 0 and k % 2 == 1:
        return -math.pow(-x, 1 / k)
    return math.pow(x, 1 / k) if x >= 0 else math.nan


def _power(x: float, y: float) -> float:
    if x < 0 and y != int(y):
        return math.nan
    return math.pow(x, y)


ONE_PLACE: dict[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "abs": abs,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "cot": lambda x: 1 / math.tan(x),
    "sec": lambda x: 1 / math.cos(x),
    "csc": lambda x: 1 / math.sin(x),
    "arctan": math.atan,
    "arcsin": math.asin,
    "arccos": math.acos,
    "floor": lambda x: float(math.floor(x)),
    "ceil": lambda x: float(math.ceil(x)),
    "factorial": lambda x: float(math.factorial(int(x))) if x == int(x) else math.nan,
    "neg": lambda x: -x,
}
TWO_PLACES: dict[str, Callable[[float, float], float]] = {
    "div": lambda x, y: x / y,
    "pow": _power,
    "root": _cbrt,
    "binomial": lambda n, k: float(math.comb(int(n), int(k))),
}
MANY_PLACES: dict[str, Callable[[Sequence[float]], float]] = {
    "add": math.fsum,
    "mul": math.prod,
    "max": max,
    "min": min,
}


def floating(term: Term) -> Floating:
    """The value at given numbers as a float, NaN where there is none."""
    inner = _compiled(term)

    def value(numbers: Numbers) -> float:
        try:
            found = inner(numbers)
        except (ValueError, OverflowError, ZeroDivisionError, KeyError, IndexError, TypeError):
            return math.nan
        return found if isinstance(found, float | int) else math.nan

    return value


def _nan(numbers: Numbers) -> float:
    return math.nan


@lru_cache(maxsize=4096)
def _compiled(term: Term) -> Floating:
    numeral = rational_value(term)
    if numeral is not None:
        fixed = float(numeral)
        return lambda numbers: fixed
    head = term.head
    if head == "constant":
        known = CONSTANTS.get(str(term.value), math.nan)
        return lambda numbers: known
    if head == "symbol":
        name = str(term.value)
        return lambda numbers: numbers[name]  # type: ignore[return-value]
    if head == "index":
        return _member(term)
    if head in ("sum", "prod"):
        return _folded(term)
    parts = [_compiled(arg) for arg in term.args]
    if head in ONE_PLACE and len(parts) == 1:
        f, part = ONE_PLACE[head], parts[0]
        return lambda numbers: f(part(numbers))
    if head in TWO_PLACES and len(parts) == 2:
        g, (left, right) = TWO_PLACES[head], parts
        return lambda numbers: g(left(numbers), right(numbers))
    if head in MANY_PLACES:
        h = MANY_PLACES[head]
        return lambda numbers: h([part(numbers) for part in parts])
    return _nan


def _member(term: Term) -> Floating:
    name, position = str(term.args[0].value), _compiled(term.args[1])

    def member(numbers: Numbers) -> float:
        k = int(position(numbers))
        if k < 1:
            raise IndexError(k)
        return numbers[name][k - 1]  # type: ignore[index]

    return member


def _folded(term: Term) -> Floating:
    body, letter = _compiled(term.args[0]), str(term.args[1].value)
    lower, upper = _compiled(term.args[2]), _compiled(term.args[3])
    fold = math.fsum if term.head == "sum" else math.prod

    def folded(numbers: Numbers) -> float:
        first, last = int(lower(numbers)), int(upper(numbers))
        if last - first > MOST_TERMS:
            return math.nan
        return fold([body({**numbers, letter: float(k)}) for k in range(first, last + 1)])

    return folded
