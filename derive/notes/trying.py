"""A look at a relation at a few points: whether it may be an identity. It decides nothing; it tells equations from identities."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from derive.core import Claim, Matrix, Value
from derive.kernel.balls import exact, holds
from derive.kernel.budget import metered
from derive.kernel.points import grounded
from derive.kernel.terms import free_letters, heads, sub

BUDGET = 5_000
BITS = 96
SLOW = frozenset(["limit", "integral", "antiderivative", "expect", "variance", "covariance", "probability"])
VALUES = ((Fraction(3, 7), Fraction(5, 3)), (Fraction(11, 5), Fraction(2, 9)), (Fraction(7, 2), Fraction(4, 5)))


@lru_cache(maxsize=2048)
def seems_an_identity(claim: Claim) -> bool:
    """It fails at none of three points with different positive numbers, or matrices of such, for its letters, and is defined at one."""
    used = free_letters(claim.lhs) | free_letters(claim.rhs)
    letters = tuple(d for d in claim.scope.declarations if d.name in used)
    sizes = {size for d in letters for size in d.shape if isinstance(size, str)}
    counts = tuple(d for d in claim.scope.declarations if d.name in sizes - used)
    claim = replace(claim, scope=replace(claim.scope, declarations=(*counts, *letters)))
    if claim.relation != "=" or any(d.properties or d.family or d.law or d.function for d in letters):
        return False
    if claim.scope.hypotheses or heads(claim.lhs, claim.rhs) & SLOW:
        return False
    told = [_fails(claim, first, step) for first, step in VALUES]
    return True not in told and False in told


def never_holds(claim: Claim) -> bool:
    """At each of the points the sides differ by the same number: no value of the letters that they share solves such an equation."""
    used = free_letters(claim.lhs) | free_letters(claim.rhs)
    letters = tuple(d for d in claim.scope.declarations if d.name in used)
    plain = not any(d.shape or d.family or d.law or d.function for d in letters)
    shared = free_letters(claim.lhs) & free_letters(claim.rhs)
    if claim.relation != "=" or not plain or not shared or heads(claim.lhs, claim.rhs) & SLOW:
        return False
    claim = replace(claim, scope=replace(claim.scope, declarations=letters, hypotheses=()))
    found = {_difference(claim, first, step) for first, step in VALUES}
    return len(found) == 1 and not found & {None, Fraction(0)}


def _difference(claim: Claim, first: Fraction, step: Fraction) -> Fraction | None:
    try:
        with metered(BUDGET):
            relation, env = grounded(claim, _point(claim, first, step))
            value = exact(sub(relation.lhs, relation.rhs), env)
    except Exception:
        return None
    return value if isinstance(value, Fraction) else None


def _fails(claim: Claim, first: Fraction, step: Fraction) -> bool | None:
    """None where nothing is told: the point is not admissible, or a look costs too much."""
    try:
        with metered(BUDGET):
            relation, env = grounded(claim, _point(claim, first, step))
            return holds(relation, env, BITS) is False
    except Exception:
        return None


def _point(claim: Claim, first: Fraction, step: Fraction) -> tuple[tuple[str, Value], ...]:
    """Whole numbers that grow with the first value, and fractions; matrices of such, of different sizes."""
    letters = claim.scope.declarations
    names = sorted({size for d in letters for size in d.shape if isinstance(size, str)})
    sizes = {name: place + 2 for place, name in enumerate(names)}
    numbers: dict[str, Value] = {name: Fraction(size) for name, size in sizes.items()}
    for place, d in enumerate(letters):
        if d.name in sizes:
            continue
        start = first + step * place
        numbers[d.name] = (
            _matrix([size if isinstance(size, int) else sizes[size] for size in d.shape], start, step, place)
            if d.shape
            else Fraction(int(first) + 2 + place)
            if d.domain == "integer"
            else start
        )
    return tuple(numbers.items())


def _matrix(shape: list[int], start: Fraction, step: Fraction, place: int) -> Matrix:
    """Entries that no two rows share; matrices at other places are no multiples of it, nor do they commute with it."""
    rows, columns = (*shape, 1)[:2]

    def entry(i: int, j: int) -> Fraction:
        return start + step * (i * i + 3 * i * j + j + place * i * (j + 1))

    return Matrix(tuple(tuple(entry(i, j) for j in range(columns)) for i in range(rows)))
