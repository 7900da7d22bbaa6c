"""Points of a domain as floats, for search only: simple values, values near bounds, large and small ones, both signs."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from derive.checkers.floating import Floating, Numbers, floating
from derive.core import Declaration, Relation, Scope
from derive.kernel.budget import remembered, spend
from derive.kernel.terms import ZERO, letters_of, linear_in, rational_value, sub, substitute, symbol

TRIES = 600
MEMBERS = 6
SPREAD = (0.01, 0.1, 0.5, 1.0, 2.0, 5.0, 20.0)

HOLDS: dict[str, Callable[[float], bool]] = {
    ">": lambda d: d > 0,
    ">=": lambda d: d >= 0,
    "<": lambda d: d < 0,
    "<=": lambda d: d <= 0,
    "!=": lambda d: d != 0,
    "=": lambda d: abs(d) < 1e-9,
}


@remembered(maxsize=256)
def float_points(
    scope: Scope, visible: tuple[Relation, ...] = (), count: int = 60, seed: int = 7
) -> tuple[Numbers, ...]:
    """At most ``count`` points that satisfy declarations, hypotheses and ``visible``, always the same ones."""
    if any(d.law is not None or d.shape or d.function or d.domain == "complex" for d in scope.declarations):
        return ()
    random = Random(seed)
    relations = [(r, floating(sub(r.lhs, r.rhs))) for r in (*scope.hypotheses, *visible)]
    relations += [(r, floating(sub(r.lhs, r.rhs))) for d in scope.declarations if not d.family for r in d.where]
    solved = _solutions(scope)
    found = []
    for turn in range(TRIES):
        spend()
        point: dict[str, float | tuple[float, ...]] = {d.name: _value(d, random, turn) for d in scope.declarations}
        for name, solution in solved:
            point[name] = solution(point)
        if all(HOLDS[r.relation](f(point)) for r, f in relations if r.relation in HOLDS):
            found.append(point)
            if len(found) == count:
                break
    return tuple(found)


def _solutions(scope: Scope) -> list[tuple[str, Floating]]:
    """Letters that an equation among the hypotheses determines, where it is linear in them."""
    found: list[tuple[str, Floating]] = []
    for hypothesis in scope.hypotheses:
        if hypothesis.relation != "=":
            continue
        difference = sub(hypothesis.lhs, hypothesis.rhs)
        for name in sorted(letters_of(hypothesis), reverse=True):
            slope = linear_in(difference, name)
            if slope is not None and slope != ZERO and all(name != other for other, _ in found):
                found.append((name, _quotient(floating(substitute(difference, name, ZERO)), floating(slope))))
                break
    return found


def _quotient(rest: Floating, slope: Floating) -> Floating:
    def solution(numbers: Numbers) -> float:
        below = slope(numbers)
        return -rest(numbers) / below if below else math.nan

    return solution


def _value(declaration: Declaration, random: Random, turn: int) -> float | tuple[float, ...]:
    if declaration.family:
        return tuple(_number(declaration, random, turn) for _ in range(MEMBERS))
    return _number(declaration, random, turn)


def _number(declaration: Declaration, random: Random, turn: int) -> float:
    low, high = float_bounds(declaration)
    if declaration.domain == "integer":
        first = int(low) if low > -math.inf else -8
        return float(first + random.choice((0, 1, 2, 3, 4, 6, 9)))
    if low > -math.inf and high < math.inf:
        share = random.choice(
            (random.random(), random.random(), random.random() ** 4, 1 - random.random() ** 4, 0.0, 1.0)
        )
        return low + share * (high - low)
    size = random.choice(SPREAD) * random.random()
    if turn % 5 == 0:
        size = float(random.choice((0, 1, 2, 3, 1, 0.5)))
    if low > -math.inf:
        return low + size
    if high < math.inf:
        return high - size
    return size if random.random() < 0.5 else -size


def float_bounds(declaration: Declaration) -> tuple[float, float]:
    """The bounds of a letter, or of every member, that are numbers."""
    low, high = -math.inf, math.inf
    for relation in declaration.where:
        if relation.lhs != symbol(declaration.name) and relation.lhs.head != "index":
            continue
        value = rational_value(relation.rhs)
        bound = float(value) if value is not None else floating(relation.rhs)({})
        if math.isnan(bound):
            continue
        if relation.relation in (">", ">="):
            low = max(low, bound)
        elif relation.relation in ("<", "<="):
            high = min(high, bound)
    return low, high
