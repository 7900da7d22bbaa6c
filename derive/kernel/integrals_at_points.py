"""Integrals where a claim is looked at in one point: worked out by antiderivatives, or shown to diverge."""

from __future__ import annotations

from fractions import Fraction

from derive.core import Claim, DivergentIntegral, Function, IntegratedCounterexample, Point, Relation, Scope, Term
from derive.kernel import points
from derive.kernel.balls import BALLS
from derive.kernel.balls.limit_values import with_values
from derive.kernel.balls.limits import Undefined
from derive.kernel.balls.place import Budget, Place
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import facts_of
from derive.kernel.limit import limit_of
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.primitive import serves
from derive.kernel.ratio import Ratio
from derive.kernel.rules.integrated import Book, worked_out
from derive.kernel.terms import INFINITY, heads, relation_of, sub, subterms
from derive.kernel.verdict import NotAdmitted

NOTHING = facts_of(Scope())


def at_point(claim: Claim, point: Point) -> Relation:
    """The relation with the values of the point put in; every visible condition holds there. Raises NotAdmitted."""
    relation, env = points.grounded(claim, point)
    for condition in visible_conditions(claim):
        points.require_at(claim, condition, env)
    place = Place(BALLS, env, Budget(), 64)
    if not all(isinstance(value, Fraction | int | Function) for value in env.values()):
        raise NotAdmitted("a point with matrices or families")
    try:
        return Relation(with_values(relation.lhs, place), relation.relation, with_values(relation.rhs, place))
    except Undefined as refusal:
        raise NotAdmitted(str(refusal)) from None


def at_point_without_integrals(claim: Claim, evidence: IntegratedCounterexample) -> tuple[Relation, frozenset[str]]:
    """Values for all integrals at the point, and what was relied on."""
    relation = at_point(claim, evidence.point)
    book = Book(dict(evidence.primitives))
    found = worked_out(Claim(relation.lhs, relation.relation, relation.rhs), book, NOTHING)
    return relation_of(found), frozenset(book.trust)


def why_divergent(claim: Claim, evidence: DivergentIntegral) -> str:
    """One sentence. Raises NotAdmitted where the integral is not shown to diverge."""
    relation = at_point(claim, evidence.point)
    require_finite_claim(relation)
    integrals = [p for side in (relation.lhs, relation.rhs) for p in subterms(side) if p.head == "integral"]
    if len(integrals) != 1 or evidence.position != 0:
        raise NotAdmitted("not one integral")
    body, letter, lower, upper = integrals[0].args
    _require_within(evidence.lower, evidence.upper, lower, upper)
    part = Term("integral", (body, letter, evidence.lower, evidence.upper))
    name = str(letter.value)
    serves(body, evidence.primitive, name, evidence.lower, evidence.upper, NOTHING)
    for end, side in ((evidence.upper, "-"), (evidence.lower, "+")):
        if _infinite(evidence.primitive, letter, end, side):
            return "the integral diverges: its antiderivative grows without bound at an end or at a pole"
    raise NotAdmitted(f"the integral over {part.head} is not shown to diverge")


def require_finite_claim(relation: Relation) -> None:
    """An equation that speaks of infinity in ranges only. Raises NotAdmitted."""
    if relation.relation != "=" or any(part == INFINITY for part in subterms(_sides_without_ranges(relation))):
        raise NotAdmitted("an infinite value, or no equation")
    if "limit" in heads(relation.lhs, relation.rhs):
        raise NotAdmitted("a limit beside an integral")


def _sides_without_ranges(relation: Relation) -> Term:
    """Both sides, an integral replaced by its integrand: infinity may stand in a range."""

    def opened(term: Term) -> Term:
        if term.head == "integral":
            return opened(term.args[0])
        return Term(term.head, tuple(opened(arg) for arg in term.args), term.value)

    return Term("add", (opened(relation.lhs), opened(relation.rhs)))


def _require_within(first: Term, last: Term, lower: Term, upper: Term) -> None:
    """first < last, both in the range of the integral (which runs upwards)."""
    minus = Term("neg", (INFINITY,))
    for low, high, strict in ((first, last, True), (lower, first, False), (last, upper, False)):
        if low == high and not strict:
            continue
        if low != high and (low == minus or high == INFINITY) and low != INFINITY and high != minus:
            continue
        if INFINITY in (low, high) or minus in (low, high) or not NOTHING.positive(sub(high, low)):
            raise NotAdmitted("a range that is not part of the range of the integral")


def _infinite(primitive: Term, letter: Term, end: Term, side: str) -> bool:
    value = side if end not in (INFINITY, Term("neg", (INFINITY,))) else None
    limit = Term("limit", (primitive, letter, end), value)

    def found(normaliser: Normaliser) -> bool:
        return not isinstance(limit_of(normaliser, limit, NOTHING), Ratio)

    try:
        return with_normaliser(NOTHING, found)
    except NoNormalForm:
        return False
