"""A look at a relation at a few points: whether it may be an identity. It decides nothing; it tells equations from identities."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from derive.core import Claim
from derive.kernel.balls import exact, holds
from derive.kernel.budget import metered
from derive.kernel.points import grounded
from derive.kernel.terms import free_letters, heads, sub

BUDGET = 5_000
BITS = 96
SLOW = frozenset(["limit", "integral", "antiderivative", "expect", "variance", "covariance", "probability"])
VALUES = ((Fraction(3, 7), Fraction(5, 3)), (Fraction(11, 5), Fraction(2, 9)), (Fraction(7, 2), Fraction(4, 5)))


@lru_cache(maxsize=512)
def seems_an_identity(claim: Claim) -> bool:
    """It fails at none of three points with different positive numbers for its letters, and is defined at one."""
    used = free_letters(claim.lhs) | free_letters(claim.rhs)
    letters = tuple(d for d in claim.scope.declarations if d.name in used)
    claim = replace(claim, scope=replace(claim.scope, declarations=letters))
    if claim.relation != "=" or any(d.shape or d.family or d.law or d.function for d in claim.scope.declarations):
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


def _point(claim: Claim, first: Fraction, step: Fraction) -> tuple[tuple[str, Fraction], ...]:
    """Whole numbers that grow with the first value, and fractions."""
    return tuple(
        (d.name, Fraction(int(first) + 2 + place) if d.domain == "integer" else first + step * place)
        for place, d in enumerate(claim.scope.declarations)
    )
