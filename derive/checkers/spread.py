"""Many exact points for claims about numbers alone: simple ones first, then special ones (ends of the domain and places close to
them, all letters equal, opposite or reciprocal, integers and halves, near multiples of pi), then several scales at random."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import chain, islice, product
from itertools import count as positions
from random import Random
from typing import Any

from derive.checkers.sampling import FUNCTIONS
from derive.checkers.screen import given
from derive.core import Complex, Declaration, Point, Relation, Scope, Term, Value
from derive.kernel.terms import rational_value, symbol

SEED = 7
MOST_RANDOM = 1000
DRAWN_APART, NARROW = 16, 12
"""So many draws for three letters and more, from so many of the simplest values."""
FIRST_INTEGERS = 64
LAST_INTEGER = 1100
"""Of one integer letter alone so many values are tried in order: a law that fails from n = 7 on, or n = 50."""

SIMPLE = tuple(map(Fraction, "1 2 -1 1/2 0 3 -2 -1/2 3/2 1/3 -3 10 -3/2 4 5 -4 -5 1/10 -1/10".split()))  # noqa: SIM905
SPECIAL = tuple(
    map(
        Fraction,
        "22/7 11/7 -22/7 -11/7 44/7 33/7 5/2 7/2 -5/2 7/3 -7/3 9/10 -9/10 11/10 100 -100 1/100 -1/100 1000 -1000 1/1000 -1/1000 "  # noqa: SIM905
        "1000000 1/1000000 -1/1000000 999/1000 1001/1000 -999/1000 7 20 30 50 -20 1/7 2/3 3/4 355/113 19/10 21/10 6 8 9".split(),
    )
)
SHARES = tuple(map(Fraction, "1/2 1/4 3/4 1/10 9/10 1/100 99/100 1/1000000 999999/1000000 1/3 2/3 1/5 4/5".split()))  # noqa: SIM905
SMALL = Fraction(1, 10**6)
GAUSSIAN = tuple(
    Complex(Fraction(a), Fraction(b))
    for a, b in (
        ("1", "0"), ("0", "1"), ("1", "1"), ("-1", "0"), ("0", "-1"), ("2", "-1"), ("-1", "2"), ("1/2", "-1/3"), ("0", "0"),
        ("3/5", "4/5"), ("-2", "3"), ("-1/2", "-5"), ("1", "7"), ("-3", "-1"), ("3/2", "-13"), ("1/100", "-1/50"), ("-3/5", "4/5"),
    )
)  # fmt: skip


def suits(scope: Scope) -> bool:
    """Only plain numbers and unknown functions, and nothing that ties letters by an equation."""
    plain = all(not (d.shape or d.law or d.family) for d in scope.declarations)
    return plain and not scope.realisation and all(h.relation != "=" for h in scope.hypotheses)


def spread(scope: Scope, letters: frozenset[str], count: int) -> Iterator[tuple[Point, dict[str, Any]]]:
    """At most ``count`` points, each once, with the same values as ``screen`` takes them. Letters that do not occur keep their
    simplest value."""
    only = [d for d in scope.declarations if d.name in letters]
    one_integer = len(only) == 1 and only[0].domain == "integer" and count > FIRST_INTEGERS
    yield from _run(scope, letters).up_to(LAST_INTEGER if one_integer else count)


class _Run:
    """The points of some letters, made as far as anybody asked."""

    def __init__(self, scope: Scope, letters: frozenset[str]) -> None:
        self.made: list[tuple[Point, dict[str, Any]]] = []
        self.rest = self._distinct(_points(scope, letters))

    def up_to(self, count: int) -> Iterator[tuple[Point, dict[str, Any]]]:
        for position in range(count):
            if position == len(self.made):
                new = next(self.rest, None)
                if new is None:
                    return
                self.made.append(new)
            yield self.made[position]

    @staticmethod
    def _distinct(points: Iterator[Point]) -> Iterator[tuple[Point, dict[str, Any]]]:
        met: set[Point] = set()
        for point in points:
            before = len(met)
            met.add(point)  # hashed once, which is dear
            if len(met) > before:
                yield point, {name: given(value) for name, value in point}


@lru_cache(maxsize=128)
def _run(scope: Scope, letters: frozenset[str]) -> _Run:
    return _Run(scope, letters)


def _points(scope: Scope, letters: frozenset[str]) -> Iterator[Point]:
    used = [d for d in scope.declarations if d.name in letters]
    rest = {d.name: _values(d).first(1)[0] for d in scope.declarations if d.name not in letters}
    if not used:
        yield tuple(sorted(rest.items()))
        return
    for values in _combinations(used):
        env = {**rest, **dict(zip((d.name for d in used), values, strict=True))}
        yield tuple(sorted(env.items()))


def _combinations(used: list[Declaration]) -> Iterator[tuple[Value, ...]]:
    made = [_values(d) for d in used]
    few = [values.first(4) for values in made]
    for k in range(4):  # the simplest values, the same place in each list
        yield tuple([values[k % len(values)] for values in few])
    if len(used) > 2:
        yield from _apart([values.first(NARROW) for values in made])
    if len(used) == 1:
        yield from ((value,) for value in made[0])
        if used[0].domain == "integer":
            yield from ((value,) for value in _later_integers(used[0]))
    elif len(used) <= 3:
        yield from _small_grid([values.first(9 if len(made) == 2 else 4) for values in made])
    random, lists = Random(SEED), [values.all() for values in made]
    numbers = [i for i, d in enumerate(used) if not d.function]
    yield from _related(used, lists, numbers)
    wholes = [d.domain == "integer" for d in used]
    for _ in range(MOST_RANDOM):
        yield tuple(
            _random(d, values, random)
            if not d.function and random.random() < 0.4 and not whole
            else random.choice(values)
            for d, values, whole in zip(used, lists, wholes, strict=True)
        )


def _apart(lists: list[tuple[Value, ...]]) -> Iterator[tuple[Value, ...]]:
    """Simple values, drawn for each letter by itself: what holds wherever two letters agree is seen to fail."""
    random = Random(SEED + 1)
    for _ in range(DRAWN_APART):
        yield tuple(random.choice(values) for values in lists)


def _small_grid(lists: list[tuple[Value, ...]]) -> Iterator[tuple[Value, ...]]:
    grid = product(*(range(len(values)) for values in lists))
    for places in sorted(grid, key=sum):
        yield tuple(values[place] for values, place in zip(lists, places, strict=True))


def _related(
    used: list[Declaration], lists: list[tuple[Value, ...]], numbers: list[int]
) -> Iterator[tuple[Value, ...]]:
    """All letters equal; one opposite or reciprocal to the others; one special value with simple ones for the rest."""
    first = [values[0] for values in lists]
    for value in SIMPLE[:12] + SPECIAL[:4]:
        for mate in (value, -value, 1 / value if value else value, 1 - value):
            values = list(first)
            for position, i in enumerate(numbers):
                values[i] = value if position == 0 else mate
            if all(_within(used[i], values[i]) for i in numbers):
                yield tuple(values)
    for i in numbers:
        for special in lists[i]:
            for other in (0, 1):
                values = [candidates[other % len(candidates)] for candidates in lists]
                values[i] = special
                yield tuple(values)


def _within(declaration: Declaration, value: Value) -> bool:
    if not isinstance(value, Fraction) or declaration.domain == "complex":
        return True
    lower, upper = bounds_of(declaration)
    whole = declaration.domain != "integer" or value.denominator == 1
    return (
        whole
        and (lower is None or value >= lower)
        and (upper is None or value <= upper)
        and _satisfies(declaration, value)
    )


def _random(declaration: Declaration, values: tuple[Value, ...], random: Random) -> Value:
    """A rational number of a random scale, beyond a bound where there is one."""
    scale = Fraction(10) ** random.choice((-3, -1, 0, 0, 0, 1, 2))
    number = Fraction(random.randint(-400, 400), random.choice((7, 16, 100, 97))) * scale
    if declaration.domain == "complex":
        return Complex(number, Fraction(random.randint(-400, 400), random.choice((7, 16, 100))) * scale)
    lower, upper = bounds_of(declaration)
    if lower is not None and upper is not None:
        return lower + (upper - lower) * Fraction(random.randint(1, 10**4 - 1), 10**4)
    if lower is not None:
        return lower + abs(number)
    return upper - abs(number) if upper is not None else number


X = symbol("x")


class _Values:
    """Values in order, made as far as anybody asked: most claims are settled at the first few."""

    def __init__(self, values: Iterator[Value]) -> None:
        self.made: list[Value] = []
        self.rest = values

    def __iter__(self) -> Iterator[Value]:
        for position in positions():
            if position == len(self.made):
                new = next(self.rest, None)
                if new is None:
                    return
                self.made.append(new)
            yield self.made[position]

    def first(self, count: int) -> tuple[Value, ...]:
        return tuple(islice(self, count))

    def all(self) -> tuple[Value, ...]:
        return tuple(self)


def _values(declaration: Declaration) -> _Values:
    """Values of one letter, simple ones first, within its bounds by numerals and at their ends. Letters with the same bounds
    have the same values."""
    if declaration.function:
        return _Values(iter(FUNCTIONS))
    letter, numerals = symbol(declaration.name), []
    for relation in declaration.where:
        of_modulus = relation.lhs.head == "abs" and relation.lhs.args[0] == letter
        if (of_modulus or relation.lhs == letter) and rational_value(relation.rhs) is not None:
            numerals.append(Relation(Term("abs", (X,)) if of_modulus else X, relation.relation, relation.rhs))
    return _values_within(Declaration("x", declaration.domain, where=tuple(numerals)))


@lru_cache(maxsize=512)
def _values_within(declaration: Declaration) -> _Values:
    if declaration.domain == "complex":
        return _Values(iter([z.re if not z.im and z.re > 0 else z for z in GAUSSIAN]))
    lower, upper = bounds_of(declaration)
    if declaration.domain == "integer":
        return _Values(_integers(lower, upper))
    inside = _inside(lower, upper)
    admitted = _each_once(v for v in inside if _satisfies(declaration, v))
    return _Values(chain((next(admitted, Fraction(0)),), admitted))


def _each_once(values: Iterator[Fraction]) -> Iterator[Fraction]:
    met: set[Fraction] = set()
    for value in values:
        if value not in met:
            met.add(value)
            yield value


def _inside(lower: Fraction | None, upper: Fraction | None) -> Iterator[Fraction]:
    for v in (*SIMPLE, *SPECIAL):
        if (lower is None or v >= lower) and (upper is None or v <= upper):
            yield v
    if lower is not None and upper is not None:
        yield from (lower, upper)
        yield from (lower + share * (upper - lower) for share in SHARES)
    elif lower is not None:
        yield lower
        yield from (lower + v for v in (*SIMPLE, *SPECIAL, SMALL) if v > 0)
    elif upper is not None:
        yield upper
        yield from (upper - v for v in (*SIMPLE, *SPECIAL, SMALL) if v > 0)


def _integers(lower: Fraction | None, upper: Fraction | None) -> Iterator[Value]:
    if lower is not None or upper is not None:
        start, step = (lower, 1) if lower is not None else (upper or Fraction(0), -1)
        first = -(-start.numerator // start.denominator) if step > 0 else start.numerator // start.denominator
        values: Iterator[int] = (first + step * k for k in (*range(FIRST_INTEGERS), 100, 128, 1000))
    else:
        values = (v for k in range(FIRST_INTEGERS // 2) for v in ((k, -k) if k else (0,)))
        values = chain(values, (100, -100, 1000))
    kept = (Fraction(v) for v in values if (upper is None or v <= upper) and (lower is None or v >= lower))
    return chain((next(kept, Fraction(0)),), kept)


def _later_integers(declaration: Declaration) -> Iterator[Value]:
    """Beyond the first ones, in order."""
    lower, upper = bounds_of(declaration)
    start = int(lower) if lower is not None else 0
    yield from (Fraction(k) for k in range(start + FIRST_INTEGERS, LAST_INTEGER) if upper is None or k <= upper)


def bounds_of(declaration: Declaration) -> tuple[Fraction | None, Fraction | None]:
    """The best numeral bounds, strict or not; of ``|x| < c``, both."""
    lower: Fraction | None = None
    upper: Fraction | None = None
    letter = symbol(declaration.name)
    for relation in declaration.where:
        c = rational_value(relation.rhs)
        inside = relation.lhs.head == "abs" and relation.lhs.args[0] == letter
        if c is None or not (relation.lhs == letter or inside):
            continue
        if relation.relation in ("<", "<="):
            upper = c if upper is None else min(upper, c)
            lower = (-c if lower is None else max(lower, -c)) if inside else lower
        elif relation.relation in (">", ">=") and not inside:
            lower = c if lower is None else max(lower, c)
    return lower, upper


def _satisfies(declaration: Declaration, value: Fraction) -> bool:
    """Every bound by a numeral: an open end is no value."""
    letter = symbol(declaration.name)
    return all(_holds(relation, value) for relation in declaration.where if relation.lhs == letter)


ORDERS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "!=": operator.ne}


def _holds(relation: Relation, value: Fraction) -> bool:
    c = rational_value(relation.rhs)
    return c is None or relation.relation not in ORDERS or bool(ORDERS[relation.relation](value, c))
