"""Points whose coordinates are numbers written as terms, ``x = -sqrt(2)``: for hypotheses that no rational number satisfies.

Everything is put in at once, so that nothing but numbers is left: inequalities between these are decided by balls, equations by exact
values or by normal forms.
"""

from __future__ import annotations

from fractions import Fraction

from derive.core import Claim, ClosedForm, Declaration, Point, Relation, Scope, Term
from derive.kernel.balls import evaluate, holds
from derive.kernel.coincidence import same_number
from derive.kernel.conditions import visible_conditions
from derive.kernel.continuity import CONTINUOUS
from derive.kernel.facts import facts_of
from derive.kernel.points import conditions_of_powers
from derive.kernel.terms import (
    INFINITY,
    free_letters,
    heads,
    letters_of,
    number,
    rational_value,
    relation_of,
    substitute,
)
from derive.kernel.verdict import NotAdmitted

COMPARED = ("=", "!=", "<", "<=", ">", ">=")
STRICT = ("<", ">", "!=")
BITS = 128

Values = dict[str, Term]


def is_closed(point: Point) -> bool:
    """Some number of the point is written as a term."""
    return any(isinstance(value, ClosedForm) for _, value in point)


def failing_relation(claim: Claim, point: Point) -> Relation:
    """The claim with the numbers put in, after checking that they are admissible and that it fails there. Raises NotAdmitted."""
    if claim.relation not in COMPARED or not heads(claim.lhs, claim.rhs) <= CONTINUOUS:
        raise NotAdmitted("only relations between plain numbers are looked at with terms put in")
    values = _admissible(claim, point, (*visible_conditions(claim), *conditions_of_powers(claim)))
    found = _put_in(relation_of(claim), values)
    if not (holds(found, {}) is False or (found.relation in STRICT and same_number(found, {}))):
        raise NotAdmitted("the relation does not certainly fail there")
    return found


def check_closed_witness(claim: Claim, visible: tuple[Relation, ...], point: Point) -> None:
    """All that is said, and all that is visible, holds at the point. Raises NotAdmitted."""
    _admissible(claim, point, visible)


def _admissible(claim: Claim, point: Point, asked: tuple[Relation, ...]) -> Values:
    """The values, at which the hypotheses, the bounds and what is ``asked`` certainly hold."""
    letters = _letters(claim, asked)
    values = {name: _term(value) for name, value in point if name in letters}
    if len(dict(point)) != len(point) or letters != values.keys():
        raise NotAdmitted("a letter without a value, or with two")
    declared = {declaration.name: declaration for declaration in claim.scope.declarations}
    for name, value in values.items():
        if name not in declared:
            raise NotAdmitted(f"{name} is not declared")
        _check_value(declared[name], value)
    bounds = [bound for name in values for bound in declared[name].where]
    for one in (*bounds, *claim.scope.hypotheses, *asked):
        _require(_put_in(one, values))
    return values


def admissible_values(scope: Scope, point: Point) -> Values:
    """Values of some letters, at which everything holds that is said of them. Raises NotAdmitted, also where more is said."""
    values = {name: _term(value) for name, value in point}
    declared = {declaration.name: declaration for declaration in scope.declarations}
    if len(dict(point)) != len(point) or not values or not values.keys() <= declared.keys():
        raise NotAdmitted("no letter with a value, or one that is not declared or has two")
    for name, value in values.items():
        _check_value(declared[name], value)
    for one in (*(bound for name in values for bound in declared[name].where), *scope.hypotheses):
        if not letters_of(one) <= values.keys():
            raise NotAdmitted("something is said of a letter without a value")
        _require(_put_in(one, values))
    return values


def _letters(claim: Claim, asked: tuple[Relation, ...]) -> frozenset[str]:
    """All of which anything is said."""
    letters = free_letters(claim.lhs).union(
        free_letters(claim.rhs), *map(letters_of, (*claim.scope.hypotheses, *asked))
    )
    for declaration in claim.scope.declarations:
        if declaration.name in letters or declaration.where or declaration.law is not None:
            letters = letters.union({declaration.name}, *map(letters_of, declaration.where))
    return letters


def _term(value: object) -> Term:
    if isinstance(value, ClosedForm):
        return value.term
    if isinstance(value, Fraction):
        return number(value)
    raise NotAdmitted("a value that is no real number beside one that is written as a term")


def _check_value(declaration: Declaration, value: Term) -> None:
    """A real number, an integer where that is declared."""
    kept = declaration.shape or declaration.law or declaration.family or declaration.function
    if kept or declaration.properties or declaration.domain not in ("real", "integer"):
        raise NotAdmitted(f"{declaration.name} is no plain real number")
    if free_letters(value) or not heads(value) <= CONTINUOUS or INFINITY == value:
        raise NotAdmitted("the value is not a number")
    whole = rational_value(value)
    if declaration.domain == "integer" and (whole is None or whole.denominator != 1):
        raise NotAdmitted(f"{declaration.name} is an integer")
    itself = Claim(value, "=", value, Scope())
    if facts_of(Scope()).kind(value) == "complex":
        raise NotAdmitted("the value may not be real")
    for condition in visible_conditions(itself):
        _require(condition)
    evaluate(value, {}, BITS)


def _put_in(relation: Relation, values: Values) -> Relation:
    """The values have no letters, so that one after the other is the same as all at once."""
    lhs, rhs = relation.lhs, relation.rhs
    if not heads(lhs, rhs) <= CONTINUOUS:
        raise NotAdmitted("a hypothesis that speaks of more than plain numbers")
    for name, value in values.items():
        lhs, rhs = substitute(lhs, name, value), substitute(rhs, name, value)
    return Relation(lhs, relation.relation, rhs)


def _require(relation: Relation) -> None:
    if relation.relation not in COMPARED:
        raise NotAdmitted("a hypothesis that is no comparison of numbers")
    if holds(relation, {}) is not True and not (relation.relation in ("=", "<=", ">=") and same_number(relation, {})):
        raise NotAdmitted("a hypothesis or condition does not certainly hold there")
