"""The end of a half-line: proved apart where the proof inside does not cover it, and looked beyond, so that no condition is
offered that is stronger than need be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from derive.checkers.repair.candidates import Condition
from derive.checkers.repair.seen import Seen, truth_at
from derive.core import Claim, Evidence, Point, Relation, Split, Term
from derive.kernel import NotAdmitted
from derive.kernel.balls import BallMatrix, Undefined, evaluate
from derive.kernel.narrowing import narrowed
from derive.kernel.rules.nested import with_hypotheses
from derive.kernel.terms import free_letters, number, rational_value, substitute, symbol

Prove = Callable[[Claim], tuple[Evidence, Point | None] | None]

BEYOND = (Fraction(1, 2), Fraction(1), Fraction(1, 10), Fraction(3), Fraction(10))
PROVED_BEYOND = {"real": (Fraction(1, 2), Fraction(3)), "integer": (Fraction(1), Fraction(3))}
"""How far outside a bound a proof is looked for, which is dear: near it, and away from it."""


class TooDear(Exception):
    """The operations allowed for a proof are used up; others of the same claim would go the same way."""


def strictly(claim: Claim, condition: Condition) -> Condition | None:
    """x > c for a condition x >= c on a real letter, c a numeral; whole numbers have no such end."""
    relation = condition.relations[0]
    letter = next((d for d in claim.scope.declarations if relation.lhs == symbol(d.name)), None)
    if len(condition.relations) > 1 or relation.relation not in ("<=", ">=") or rational_value(relation.rhs) is None:
        return None
    if letter is None or letter.domain != "real":
        return None
    return Condition((Relation(relation.lhs, relation.relation[0], relation.rhs),))


def proof_inside(narrow: Claim, strict: Condition, prove: Prove) -> tuple[Evidence, Point | None] | None:
    """Of a claim under x >= c, the part x > c."""
    return prove(replace(narrow, scope=with_hypotheses(narrow.scope, strict.relations)))


def with_the_end_apart(
    claim: Claim, strict: Condition, inside: tuple[Evidence, Point | None], prove: Prove
) -> tuple[Evidence, Point | None] | None:
    """x > c, which is proved, and x = c for a claim under x >= c, c a numeral."""
    relation = strict.relations[0]
    x, at = relation.lhs, relation.rhs
    lhs, rhs = (substitute(side, str(x.value), at) for side in (claim.lhs, claim.rhs))
    both = with_hypotheses(claim.scope, (Relation(x, "<=", at), Relation(x, ">=", at)))
    there = prove(Claim(lhs, claim.relation, rhs, both))
    if there is None:
        return None
    sides = (None, inside[0]) if relation.relation == ">" else (inside[0], None)
    return Split(x, at, sides[0], there[0], sides[1]), inside[1]


def holds_outside(claim: Claim, condition: Condition, prove: Prove) -> bool:
    """The claim is proved at some number beyond the condition, which is stronger than need be then."""
    relation = condition.relations[0]
    if len(condition.relations) > 1 or free_letters(relation.rhs):
        return False
    x = relation.lhs.args[0] if relation.lhs.head == "abs" else relation.lhs
    domain = next((d.domain for d in claim.scope.declarations if x == symbol(d.name)), "")
    steps = PROVED_BEYOND.get(domain, ())
    return bool(steps) and any(_holds_at(claim, x, value, prove) for value in _beyond(relation, steps))


def seen_to_hold_outside(claim: Claim, condition: Condition, seen: Seen) -> bool:
    """The claim holds at some point beyond the condition that differs in one letter from a point already looked at."""
    alone = len(condition.relations) == 1
    points = (*seen.bad[:2], *seen.good[:1]) if alone else seen.good[:3]
    return any(_seen_beyond(claim, relation, points) for relation in condition.relations)


def _seen_beyond(claim: Claim, relation: Relation, points: tuple[Point, ...]) -> bool:
    x = relation.lhs.args[0] if relation.lhs.head == "abs" else relation.lhs
    if x.head != "symbol" or free_letters(relation.rhs):
        return False
    moved = (_moved(point, str(x.value), value) for value in _beyond(relation) for point in points)
    return any(truth_at(claim, point) is True for point in moved)


def _moved(point: Point, name: str, value: Fraction) -> Point:
    return tuple((other, value if other == name else old) for other, old in point)


def _beyond(relation: Relation, steps: tuple[Fraction, ...] = BEYOND) -> Iterator[Fraction]:
    """Numbers just outside a bound of a letter or of its modulus."""
    exact = rational_value(relation.rhs)
    end = _near(relation.rhs) if exact is None else exact
    if end is None:
        return
    outward = {">": (-1,), ">=": (-1,), "<": (1,), "<=": (1,)}.get(relation.relation, ())
    modulus = relation.lhs.head == "abs"
    for side in outward:
        yield from (end,) if relation.relation in ("<", ">") and exact is not None else ()
        yield from (end + side * step for step in steps)
        if modulus:
            yield from (-end,) if relation.relation == "<" and exact is not None else ()
            yield -end - side


def _near(end: Term) -> Fraction | None:
    """A rational number within 1/64 of an end such as pi/2; what lies beyond it by more is certainly outside."""
    try:
        value = evaluate(end, {}, 64)
    except (Undefined, ZeroDivisionError):
        return None
    return None if isinstance(value, BallMatrix) else Fraction(round(float(value.real.mid()) * 64), 64)


def _holds_at(claim: Claim, x: Term, value: Fraction, prove: Prove) -> bool:
    try:
        there = narrowed(claim, (Relation(x, "=", number(value)),))  # no witness where the text excludes the value
        lhs, rhs = (substitute(side, str(x.value), number(value)) for side in (claim.lhs, claim.rhs))
        return prove(replace(there, lhs=lhs, rhs=rhs)) is not None
    except (NotAdmitted, TooDear):
        return False
