"""Points at the ends of a domain that hypotheses give: where ``x y >= -1/10^9`` is an equality, and close to it.

Numbers that are drawn one by one seldom come near such an end, or into a corner such as x < 0, y < 0, x + y > -1.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product

from derive.checkers.spread import bounds_of, spread
from derive.checkers.tied_numbers import roots_for
from derive.core import Claim, Declaration, Point, Relation, Value
from derive.kernel.terms import free_letters, letters_of

BASES = 8
"""Points from which one letter is moved."""
STEPS = tuple(Fraction(q) for q in ("0", "1/1000000", "-1/1000000", "1/10", "-1/10"))
SHRUNK = tuple(Fraction(q) for q in ("1/10", "1/1000", "1/1000000"))
MOST_CORNERED = 4
ROOMS = tuple(Fraction(q) for q in ("0", "1/1000000000000", "1/10000000"))
FEW, TINY = 3, tuple(Fraction(q) for q in ("1/1000", "1/1000000", "1/1000000000000"))
"""From so many of them one letter is moved also where the others are small."""
ORDER = ("<", "<=", ">", ">=")


def near_bounds(claim: Claim) -> Iterator[Point]:
    """The points, each once: at the corners of a box, with all numbers small, of all signs, and with one letter at or beside an end."""
    bounds = [one for one in claim.scope.hypotheses if one.relation in ORDER]
    real = [d.name for d in claim.scope.declarations if d.domain == "real" and not d.function]
    boxed = {d.name: ends for d in claim.scope.declarations if d.name in real and (ends := _ends(d))}
    if not real or not (bounds or len(boxed) > 1):
        return
    met = set[Point]()
    tied = (*_small(claim, real), *_at_ends(claim, bounds, real)) if bounds else ()
    for point in (*_corners(claim, boxed), *tied):
        if point not in met:
            met.add(point)
            yield point


def _bases(claim: Claim) -> list[Point]:
    letters = (free_letters(claim.lhs) | free_letters(claim.rhs)).union(*map(letters_of, claim.scope.hypotheses))
    return [point for point, _ in islice(spread(claim.scope, letters, 6 * BASES), 6 * BASES)]


def _ends(declaration: Declaration) -> list[tuple[Fraction, int]]:
    """The ends of a domain, each with the direction into it."""
    lower, upper = bounds_of(declaration)
    return [(end, inward) for end, inward in ((lower, 1), (upper, -1)) if end is not None]


def _corners(claim: Claim, boxed: dict[str, list[tuple[Fraction, int]]]) -> Iterator[Point]:
    """All bounded letters at ends at once, or next to them."""
    names = sorted(boxed)[:MOST_CORNERED]
    if len(names) < 2:
        return
    for point in _bases(claim)[:1]:
        for room in ROOMS:
            for ends in product(*(boxed[name] for name in names)):
                yield _changed(point, {n: end + inward * room for n, (end, inward) in zip(names, ends, strict=True)})


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
