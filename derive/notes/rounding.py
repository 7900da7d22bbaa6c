"""Decimals are rounded: a relation that fails by no more than the last digits of its numerals is no mistake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from derive.core import Claim, Point, Relation, Term
from derive.kernel.balls import Env, evaluate, exact
from derive.kernel.balls.outside import BallMatrix
from derive.kernel.points import grounded
from derive.kernel.terms import subterms

ORDER = ("<", "<=", ">", ">=")
MOST_NUMERALS = 40
BITS = 128
LEAST_OFF = Fraction(1, 1000)
LEAST_WHOLE = 100
LEAST_RELATIVE = Fraction(1, 200)
"""Irrational values that differ by less were computed with rounded numbers."""


def may_be_rounded(claim: Claim, point: Point | None) -> bool:
    """Each decimal may be off by one unit of its last digit, and so, to first order, may both sides."""
    if claim.relation not in ("=", "~~", *ORDER) or point is None:
        return False
    try:
        relation, env = grounded(claim, point)
        return _is_near(relation, env)
    except Exception:  # not defined there, or a fault of a library: then nothing is said for the author
        return False


def _is_near(relation: Relation, env: Env) -> bool:
    gap = _differences(relation.lhs, relation.rhs, env)
    decimals = _decimals(relation)
    if not decimals:
        if relation.relation == "~~" and _are_whole(relation, env) and _is_small(gap, relation, env):
            return True
        near = (_irrational(relation, env) and _is_small(gap, relation, env)) or _to_whole(relation, env)
        return relation.relation not in ORDER and near
    if relation.relation == "~~" and all(side.head in ("decimal", "number") for side in (relation.lhs, relation.rhs)):
        return _is_small(gap, relation, env)  # two values of what was computed
    if len(decimals) > MOST_NUMERALS:
        return False
    if relation.relation in ("=", "~~") and _near_whole(relation, env):
        return True
    room = [0.0] * len(gap)
    for numeral in decimals:
        lhs, rhs = (_moved(side, numeral) for side in (relation.lhs, relation.rhs))
        moved = _differences(lhs, rhs, env)
        room = [most + abs(new - old) for most, new, old in zip(room, moved, gap, strict=True)]
    return all(abs(one) <= most * 1.001 for one, most in zip(gap, room, strict=True))


def _decimals(relation: Relation) -> list[str]:
    """The decimal numerals, each once."""
    parts = (part for side in (relation.lhs, relation.rhs) for part in subterms(side))
    return sorted({str(part.value) for part in parts if part.head == "decimal"})


def _moved(term: Term, numeral: str) -> Term:
    """The term with one unit added to the last digit of a numeral."""
    if term.head == "decimal" and term.value == numeral:
        unit = Fraction(1, 10 ** len(numeral.partition(".")[2]))
        return Term("number", (), Fraction(numeral) + unit)
    return replace(term, args=tuple(_moved(arg, numeral) for arg in term.args)) if term.args else term


def _differences(lhs: Term, rhs: Term, env: Env) -> list[float]:
    """Entry by entry."""
    sides = [list(_entries(side, env)) for side in (lhs, rhs)]
    return [left - right for left, right in zip(*sides, strict=True)]


def _entries(term: Term, env: Env) -> Iterator[float]:
    value = evaluate(term, env, BITS)
    entries = [entry for row in value.rows for entry in row] if isinstance(value, BallMatrix) else [value]
    yield from (float(entry.real.mid()) for entry in entries)


def _irrational(relation: Relation, env: Env) -> bool:
    """Numbers without letters, one of which is no rational number."""
    sides = (relation.lhs, relation.rhs)
    letters = any(part.head == "symbol" for side in sides for part in subterms(side))
    return not letters and any(exact(side, env) is None for side in sides)


def _are_whole(relation: Relation, env: Env) -> bool:
    """``399 \\approx 400``: one of them is round."""
    return all(
        isinstance(value := exact(side, env), Fraction) and value.denominator == 1
        for side in (relation.lhs, relation.rhs)
    )


def _to_whole(relation: Relation, env: Env) -> bool:
    """A quotient beside the whole number next to it, of three digits or more."""
    for side, other in ((relation.lhs, relation.rhs), (relation.rhs, relation.lhs)):
        whole, value = exact(side, env), exact(other, env)
        if side.head == "number" and isinstance(whole, Fraction) and isinstance(value, Fraction):
            return whole.denominator == 1 < value.denominator and abs(whole) >= LEAST_WHOLE and abs(whole - value) < 1
    return False


def _near_whole(relation: Relation, env: Env) -> bool:
    """What was computed with decimals beside the whole number next to it: ``6665.9 / 333.33 = 20``."""
    for side, other in ((relation.lhs, relation.rhs), (relation.rhs, relation.lhs)):
        whole, value = exact(side, env), exact(other, env)
        if side.head == "number" and isinstance(whole, Fraction) and isinstance(value, Fraction):
            near = abs(whole - value) <= min(Fraction(1, 2), abs(whole) * LEAST_OFF)
            return whole.denominator == 1 and near
    return False


def _is_small(gap: list[float], relation: Relation, env: Env) -> bool:
    sizes = [
        max(map(abs, pair)) for pair in zip(*(_entries(s, env) for s in (relation.lhs, relation.rhs)), strict=True)
    ]
    return all(abs(one) <= size * LEAST_RELATIVE for one, size in zip(gap, sizes, strict=True))
