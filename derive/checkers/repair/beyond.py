"""Just beyond a bound: where the claim still holds there, the bound is stronger than need be."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.checkers.repair.candidates import Condition
from derive.checkers.repair.seen import Seen, truth_at
from derive.core import Claim, Point, Relation
from derive.kernel.balls import BallMatrix, Undefined, evaluate
from derive.kernel.terms import free_letters, rational_value

STEPS = tuple(Fraction(k) for k in ("1/1000000", "1/1000", "1/20", "1/4", "1/2", "1", "2", "3"))
BASES = 2
"""Points whose other letters are kept."""


def holds_beyond(claim: Claim, condition: Condition, seen: Seen) -> bool:
    """The claim is seen to hold at a point where only a bound of a letter (or of its modulus) by a number fails, near it."""
    if seen.matrices or not seen.good:
        return False
    return any(
        truth_at(claim, moved) is True
        for relation in condition.relations
        for value in _outside(relation)
        for moved in _moved(seen.good[:BASES], relation, value)
    )


def _moved(points: tuple[Point, ...], relation: Relation, value: Fraction) -> Iterator[Point]:
    letter = relation.lhs.args[0] if relation.lhs.head == "abs" else relation.lhs
    for point in points:
        yield tuple((name, value if name == letter.value else old) for name, old in point)


def _outside(relation: Relation) -> Iterator[Fraction]:
    """Numbers at which the relation fails, those near its bound first; none where it is no bound by a number."""
    modulus = relation.lhs.head == "abs"
    letter = relation.lhs.args[0] if modulus else relation.lhs
    outward = {">": -1, ">=": -1, "<": 1, "<=": 1}.get(relation.relation)
    if letter.head != "symbol" or outward is None or free_letters(relation.rhs):
        return
    exact = rational_value(relation.rhs)
    end = exact if exact is not None else _near(relation)
    if end is None:
        return
    ends = [end] if exact is not None and relation.relation in ("<", ">") else []
    for value in (*ends, *(end + outward * step for step in STEPS)):
        yield value
        if modulus:
            yield -value


def _near(relation: Relation) -> Fraction | None:
    """A rational number near the bound."""
    try:
        ball = evaluate(relation.rhs, {}, 64)
    except Undefined:
        return None
    return None if isinstance(ball, BallMatrix) else Fraction(float(ball.real.mid())).limit_denominator(10**12)
