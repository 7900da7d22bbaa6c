"""Points at the ends of a domain that hypotheses give: where ``x y >= -1/10^9`` is an equality, and close to it.

Numbers that are drawn one by one seldom come near such an end, or into a corner such as x < 0, y < 0, x + y > -1.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from derive.checkers.spread import spread
from derive.checkers.tied_numbers import roots_for
from derive.core import Claim, Point, Relation, Value
from derive.kernel.terms import free_letters, letters_of

BASES = 8
"""Points from which one letter is moved."""
STEPS = tuple(Fraction(q) for q in ("0", "1/1000000", "-1/1000000", "1/10", "-1/10"))
SHRUNK = tuple(Fraction(q) for q in ("1/10", "1/1000", "1/1000000"))
FEW, TINY = 3, tuple(Fraction(q) for q in ("1/1000", "1/1000000", "1/1000000000000"))
"""From so many of them one letter is moved also where the others are small."""
ORDER = ("<", "<=", ">", ">=")


def near_bounds(claim: Claim) -> Iterator[Point]:
    """The points, each once: with all numbers small, of all signs; and with one letter at or beside an end."""
    bounds = [one for one in claim.scope.hypotheses if one.relation in ORDER]
    real = [d.name for d in claim.scope.declarations if d.domain == "real" and not d.function]
    if not bounds or not real:
        return
    met = set[Point]()
    for point in (*_small(claim, real), *_at_ends(claim, bounds, real)):
        if point not in met:
            met.add(point)
            yield point


def _bases(claim: Claim) -> list[Point]:
    letters = (free_letters(claim.lhs) | free_letters(claim.rhs)).union(*map(letters_of, claim.scope.hypotheses))
    return [point for point, _ in islice(spread(claim.scope, letters, 6 * BASES), 6 * BASES)]


def _small(claim: Claim, real: list[str]) -> Iterator[Point]:
    for point in _bases(claim):
        for share in SHRUNK:
            yield _changed(point, {name: value * share for name, value in _numbers(point, real)})


def _at_ends(claim: Claim, bounds: list[Relation], real: list[str]) -> Iterator[Point]:
    bases = _bases(claim)[:BASES]
    small = [_changed(p, {n: v * share for n, v in _numbers(p, real)}) for p in bases[:FEW] for share in TINY]
    for point in (*bases, *small):
        env = dict(point)
        for bound in bounds:
            end = Relation(bound.lhs, "=", bound.rhs)
            for name in sorted(letters_of(bound) & set(real)):
                for root in roots_for(end, name, env):
                    yield from (_changed(point, {name: root + step}) for step in STEPS)


def _numbers(point: Point, names: list[str]) -> list[tuple[str, Fraction]]:
    return [(name, value) for name, value in point if name in names and isinstance(value, Fraction)]


def _changed(point: Point, values: dict[str, Fraction]) -> Point:
    def kept(name: str, value: Value) -> Value:
        return values.get(name, value)

    return tuple((name, kept(name, value)) for name, value in point)
