"""Look for numbers written as terms, ``x = -sqrt(2)``, at which a claim fails though its hypotheses hold.

Hypotheses such as ``x^2 = 2`` hold at no rational number. The letters are drawn as elsewhere, and then changed until the equations
between them hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.checkers.closed_roots import closed_roots
from derive.checkers.sampling import sample
from derive.core import Claim, ClosedForm, Counterexample, Evidence, Hints, Point, Relation, Term, Value
from derive.kernel import NotAdmitted
from derive.kernel.balls import Undefined, evaluate, holds
from derive.kernel.balls.outside import BallMatrix
from derive.kernel.budget import spend
from derive.kernel.closed_points import COMPARED, is_closed
from derive.kernel.conditions import visible_conditions
from derive.kernel.continuity import CONTINUOUS
from derive.kernel.normal import NoNormalForm
from derive.kernel.ratio import TooLarge
from derive.kernel.terms import free_letters, heads, letters_of, number, rational_value, substitute

TURNS = 12
BITS = 96
PRICE = 100
"""Operations for one look."""
MOST_LETTERS = 6

Values = dict[str, Term]


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Only under equations between plain real numbers."""
    yield from map(Counterexample, sorted(failing_points(claim), key=_length))


def failing_points(claim: Claim) -> list[Point]:
    """All that were met, in the order in which they were met."""
    return [_point(values) for values in _candidates(claim) if _fails(claim, values)]


def admissible_points(claim: Claim) -> list[Point]:
    """Points at which the hypotheses seem to hold."""
    return [_point(values) for values in _candidates(claim) if _is_admissible(claim, values)]


def truth_at_closed(claim: Claim, point: Point) -> bool:
    """Whether the claim holds at a point that satisfies the hypotheses, equality to dozens of bits counting as equality."""
    values = {name: value.term if isinstance(value, ClosedForm) else number(value) for name, value in point}  # type: ignore[arg-type]
    told = _holds(Relation(claim.lhs, claim.relation, claim.rhs), values)
    return claim.relation in ("=", "<=", ">=") if told is None else told


def closed_witness(claim: Claim) -> Point | None:
    """A point at which the hypotheses and what is visible seem to hold."""
    try:
        visible = visible_conditions(claim)
    except (NotAdmitted, NoNormalForm, TooLarge, ZeroDivisionError):
        return None
    found = (values for values in _candidates(claim) if not any(_holds(one, values) is False for one in visible))
    return next((_point(values) for values in found if _is_admissible(claim, values)), None)


def suits(claim: Claim) -> bool:
    """Equations between plain real numbers are given."""
    if all(one.relation != "=" for one in claim.scope.hypotheses):
        return False
    terms = [claim.lhs, claim.rhs, *(side for one in claim.scope.hypotheses for side in (one.lhs, one.rhs))]
    met, letters = heads(*terms), frozenset[str]().union(*map(free_letters, terms))
    plain = all(
        d.domain in ("real", "integer") and not (d.shape or d.law or d.family or d.function)
        for d in claim.scope.declarations
        if d.name in letters or d.where or d.law
    )
    compared = all(one.relation in COMPARED for one in claim.scope.hypotheses) and claim.relation in COMPARED
    return plain and compared and len(letters) <= MOST_LETTERS and met <= CONTINUOUS and "decimal" not in met


def _candidates(claim: Claim) -> Iterator[Values]:
    """Values of all letters, each time others, at least one of them no rational number."""
    if not suits(claim):
        return
    equations = [one for one in claim.scope.hypotheses if one.relation == "="]
    met = set[Point]()
    wanted = _letters(claim)
    point: Point = ()
    drawn = sample(claim.scope, TURNS)
    for turn in range(TURNS):
        spend(PRICE)
        point = next(drawn, point)
        values = {name: number(value) for name, value in point if name in wanted and isinstance(value, Fraction)}
        _settle(values, equations, turn)
        if values.keys() == wanted and (found := _point(values)) not in met:
            met.add(found)
            if is_closed(found):
                yield values


def _point(values: Values) -> Point:
    return tuple(sorted((name, _value(term)) for name, term in values.items()))


def _value(term: Term) -> Value:
    exact = rational_value(term)
    return ClosedForm(term) if exact is None else exact


def _letters(claim: Claim) -> frozenset[str]:
    letters = free_letters(claim.lhs).union(free_letters(claim.rhs), *map(letters_of, claim.scope.hypotheses))
    return letters | {d.name for d in claim.scope.declarations if d.where}


def _settle(values: Values, equations: list[Relation], turn: int) -> None:
    """Give letters other values, one an equation, so that the equations hold; which letter and which root differs from turn to turn.
    What holds as drawn is solved again at every other turn: x^3 = 2 x has other solutions than 0."""
    settled = set[str]()
    for position, equation in enumerate(equations):
        if turn % 2 == 0 and _holds(equation, values) is True:
            settled |= letters_of(equation)
            continue
        free = sorted(letters_of(equation) - settled)
        for name in free[turn % len(free) :] + free[: turn % len(free)] if free else ():
            others = {other: value for other, value in values.items() if other != name}
            roots = closed_roots(_put_in(equation, others), name)
            if roots:
                values[name] = roots[(turn // len(free) + position) % len(roots)]
                break
        settled |= letters_of(equation)


def _is_admissible(claim: Claim, values: Values) -> bool:
    given = (*claim.scope.hypotheses, *(bound for d in claim.scope.declarations for bound in d.where))
    return not any(_holds(one, values) is False for one in given)


def _fails(claim: Claim, values: Values) -> bool:
    if not _is_admissible(claim, values):
        return False
    told = _holds(Relation(claim.lhs, claim.relation, claim.rhs), values)
    return told is False or (told is None and claim.relation in ("<", ">", "!="))


def _holds(relation: Relation, values: Values) -> bool | None:
    """None also where an equation holds as far as balls can tell. False where a side is not defined."""
    at = _put_in(relation, values)
    try:
        if any(isinstance(evaluate(side, {}, BITS), BallMatrix) for side in (at.lhs, at.rhs)):
            return False
        return holds(at, {}, BITS)
    except (Undefined, ZeroDivisionError):
        return False


def _put_in(relation: Relation, values: Values) -> Relation:
    lhs, rhs = relation.lhs, relation.rhs
    for name, value in values.items():
        lhs, rhs = substitute(lhs, name, value), substitute(rhs, name, value)
    return Relation(lhs, relation.relation, rhs)


def _length(point: Point) -> int:
    return len(str(point))
