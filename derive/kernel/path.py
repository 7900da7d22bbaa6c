"""What holds throughout a range of a real letter: an integrand is continuous there, a condition is met.

A condition follows from the declared facts, or, for a range between numbers and one free letter, from balls that cover the
range. Every head that is admitted here is continuous wherever its conditions hold; floor, ceiling and factorial are not.
"""

from __future__ import annotations

from flint import arb, ctx

from derive.core import Declaration, Relation, Term
from derive.kernel.balls.comparing import truth_of
from derive.kernel.balls.limits import Unclear, Undefined
from derive.kernel.balls.place import Budget, Place, value_of
from derive.kernel.balls.table import BALLS
from derive.kernel.balls.values import Scalar, as_scalar, rounded
from derive.kernel.conditions import unsettled
from derive.kernel.continuity import CONTINUOUS
from derive.kernel.facts import Facts
from derive.kernel.heads import conditions_of
from derive.kernel.normal.ring import NoNormalForm
from derive.kernel.terms import INFINITY, ZERO, free_letters, letters_of, linear_in, sub, substitute, symbol
from derive.kernel.verdict import NotAdmitted

PATHWISE = CONTINUOUS | {"apply", "prime"}
"""Heads that are continuous where they are defined."""
PIECES = 4096
BITS = 64
MINUS_INFINITY = Term("neg", (INFINITY,))


def continuous_around(body: Term, t: str, lower: Term, upper: Term, facts: Facts) -> None:
    """The body is continuous for all t in the closed range, and a little beyond. Raises NoNormalForm."""
    require_continuous_heads(body, t)
    for relation in conditions_along(body, t, lower, upper, facts):
        strict = ">" if relation.relation == ">=" else relation.relation
        if not throughout(Relation(relation.lhs, strict, relation.rhs), t, lower, upper, facts):
            raise NoNormalForm("the integrand is not known to be continuous throughout the range")


def require_continuous_heads(body: Term, t: str) -> None:
    """Nothing in the body may jump where it is defined. Raises NoNormalForm."""
    if t not in free_letters(body):
        return
    if body.head in ("sum", "prod"):
        if t in free_letters(body.args[2]) | free_letters(body.args[3]):
            raise NoNormalForm(f"a {body.head} up to an end that varies")
        require_continuous_heads(body.args[0], t)
        return
    if body.head not in PATHWISE:
        raise NoNormalForm(f"{body.head} is not known to be continuous")
    for arg in body.args:
        require_continuous_heads(arg, t)


def conditions_along(body: Term, t: str, lower: Term, upper: Term, facts: Facts) -> tuple[Relation, ...]:
    """The conditions of the body that speak of t and do not follow from the facts alone, for all real t in the range.

    Raises NoNormalForm where one cannot be written as a relation."""
    inside = with_letter(t, lower, upper, facts)
    found: list[Relation] = []
    try:
        for condition in conditions_of(body, inside.scope):
            found += unsettled(condition, with_letter(t, None, None, facts), hidden=False)
    except NotAdmitted as refusal:
        raise NoNormalForm(str(refusal)) from None
    return tuple(relation for relation in dict.fromkeys(found))


def with_letter(t: str, lower: Term | None, upper: Term | None, facts: Facts, *, strict: bool = True) -> Facts:
    """The facts within the range: t is real and lies between the ends, where these are given and their order is known."""
    letter = symbol(t)
    bounds: list[Relation] = []
    if lower is not None and upper is not None:
        first, last = in_order(lower, upper, facts)
        bounds += [Relation(letter, ">" if strict else ">=", first)] if first != MINUS_INFINITY else []
        bounds += [Relation(letter, "<" if strict else "<=", last)] if last != INFINITY else []
        bounds = [bound for bound in bounds if t not in free_letters(bound.rhs)]
    return facts.extended(Declaration(t, "real"), bounds)


def in_order(lower: Term, upper: Term, facts: Facts) -> tuple[Term, Term]:
    """The smaller and the larger end; the whole line where that is not known."""
    if lower == MINUS_INFINITY or upper == INFINITY:
        return lower, upper
    if lower == INFINITY or upper == MINUS_INFINITY:
        return upper, lower
    if facts.at_least(upper, lower):
        return lower, upper
    return (upper, lower) if facts.at_least(lower, upper) else (MINUS_INFINITY, INFINITY)


def throughout(relation: Relation, t: str, lower: Term, upper: Term, facts: Facts) -> bool:
    """The relation holds for all t of the closed range (without ends that are infinite)."""
    difference = relation.lhs if relation.rhs == ZERO else sub(relation.lhs, relation.rhs)
    for inside in (with_letter(t, None, None, facts), with_letter(t, lower, upper, facts, strict=False)):
        if holds_by(inside, relation.relation, difference):
            return True
    if _at_both_ends(relation.relation, difference, t, lower, upper, facts):
        return True
    return letters_of(relation) <= {t} and covered(relation, t, lower, upper)


def _at_both_ends(relation: str, difference: Term, t: str, lower: Term, upper: Term, facts: Facts) -> bool:
    """What is linear in t lies between its values at the ends, in whichever order they are."""
    if linear_in(difference, t) is None or {lower, upper} & {INFINITY, MINUS_INFINITY}:
        return False
    if t in free_letters(lower) | free_letters(upper):
        return False
    values = [substitute(difference, t, end) for end in (lower, upper)]
    wanted = (">", "<") if relation == "!=" else (relation,)
    return any(all(holds_by(facts, sign, value) for value in values) for sign in wanted)


def holds_by(facts: Facts, relation: str, difference: Term) -> bool:
    """``difference relation 0`` by the declared facts."""
    if relation == "!=":
        return facts.nonzero(difference)
    if relation in (">", ">="):
        return facts.positive(difference) if relation == ">" else facts.non_negative(difference)
    negated = Term("neg", (difference,))
    return facts.positive(negated) if relation == "<" else facts.non_negative(negated)


# ------------------------------------------------------------------------------------------------------ balls that cover


def covered(relation: Relation, t: str, lower: Term, upper: Term) -> bool:
    """The relation holds for all t between two numbers: on each of finitely many balls that cover the closed range."""
    if free_letters(lower) | free_letters(upper) or not letters_of(relation) <= {t}:
        return False
    with ctx.workprec(BITS):
        try:
            first, last = (rounded(_number(end)) for end in (lower, upper))
        except Undefined:
            return False
        if not isinstance(first, arb) or not isinstance(last, arb):
            return False
        return _holds_throughout(relation, t, first, last)


def _number(term: Term) -> Scalar:
    return as_scalar(value_of(term, Place(BALLS, {}, Budget(), BITS)))


def _holds_throughout(relation: Relation, t: str, first: arb, last: arb) -> bool:
    """The range is halved where the relation is not certain; False where a piece gets too small, or there are too many."""
    todo, left = [(first, last)], PIECES
    while todo:
        low, high = todo.pop()
        piece = low.union(high)
        left -= 1
        if left < 0:
            return False  # whatever holds on this piece, others were not looked at
        if _holds_on(relation, t, piece):
            continue
        if piece.rad() < arb(2) ** -30:
            return False
        middle = arb((low + high).mid()) / 2
        todo += [(low, middle), (middle, high)]
    return True


def _holds_on(relation: Relation, t: str, piece: arb) -> bool:
    place = Place(BALLS, {}, Budget(), BITS, {t: piece})
    try:
        return truth_of(relation.relation, value_of(relation.lhs, place), value_of(relation.rhs, place)) is True
    except (Unclear, Undefined):
        return False
