"""``AO + OB``: pairs of capitals are lines between points, or vectors along them, and no products."""

from __future__ import annotations

from derive.core import Claim, Term
from derive.kernel.terms import free_letters, rational_value

REASON = "pairs of capitals may be lines between points"


def may_be_segments(claim: Claim) -> bool:
    """Each term of both sides is a multiple of a pair of capitals, of which the text says nothing; there are two such pairs at least."""
    letters = free_letters(claim.lhs) | free_letters(claim.rhs)
    known = {d.name for d in claim.scope.declarations if d.declared or d.shape or d.law or d.where}
    if known & letters or not all(len(name) == 1 and name.isupper() for name in letters):
        return False
    parts = [part for side in (claim.lhs, claim.rhs) for part in _terms(side)]
    return len(parts) > 1 and all(map(_is_pair, parts))


def _terms(side: Term) -> list[Term]:
    """Without signs, numerical factors and divisors."""
    if side.head == "add":
        return [part for arg in side.args for part in _terms(arg)]
    if side.head == "neg" or (side.head == "div" and rational_value(side.args[1]) is not None):
        return _terms(side.args[0])
    if side.head == "mul":
        rest = tuple(arg for arg in side.args if rational_value(arg) is None)
        return _terms(rest[0]) if len(rest) == 1 else [Term("mul", rest)]
    return [side]


def _is_pair(part: Term) -> bool:
    return part.head == "mul" and len(part.args) == 2 and all(arg.head == "symbol" for arg in part.args)


__all__ = ["REASON", "may_be_segments"]
