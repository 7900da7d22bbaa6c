"""A look at a relation at a few points: whether it may be an identity. It decides nothing; it tells equations from identities."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from derive.core import Claim
from derive.kernel.balls import holds
from derive.kernel.budget import metered
from derive.kernel.points import grounded
from derive.kernel.terms import free_letters, heads

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


def _fails(claim: Claim, first: Fraction, step: Fraction) -> bool | None:
    """None where nothing is told: the point is not admissible, or a look costs too much."""
    point = tuple(
        (d.name, Fraction(2 + place) if d.domain == "integer" else first + step * place)
        for place, d in enumerate(claim.scope.declarations)
    )
    try:
        with metered(BUDGET):
            relation, env = grounded(claim, point)
            return holds(relation, env, BITS) is False
    except Exception:
        return None
