"""Closed forms of expectations at an exact point, for random letters whose law is known but has no finite stand-in: every average
over such letters is replaced by what the rules make of it once the values of the point are put into the laws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from derive.core import Declaration, FiniteLaw, Function, Law, Relation, Scope, Term, Value
from derive.kernel.conditions import unsettled
from derive.kernel.expectation.letters import InfiniteMean, letter_mean
from derive.kernel.expectation.means import letters_of_factor, monomials
from derive.kernel.expectation.randomness import random_in, random_letters
from derive.kernel.expectation.vectors import mentions_vector, vector_free
from derive.kernel.facts import Facts, facts_of
from derive.kernel.heads import conditions_of
from derive.kernel.normal import Normaliser, with_normaliser
from derive.kernel.support import inside
from derive.kernel.terms import BINDERS, free_letters, number, substitute, substitute_relation
from derive.kernel.verdict import NotAdmitted

AVERAGES = ("expect", "expect_given", "variance", "covariance", "probability")

Env = Mapping[str, Value]


def closed_relation(relation: Relation, scope: Scope, env: Env) -> tuple[Relation, tuple[Relation, ...]]:
    """The relation with closed forms put in, and the conditions under which they are right, to be checked at the point. Raises
    NoNormalForm where there is none, and NotAdmitted where an average is not certainly defined."""
    missing = frozenset(d.name for d in scope.declarations if d.law is not None and d.name not in env)
    if not missing:
        return relation, ()
    bound = _bound_letters(relation.lhs) | _bound_letters(relation.rhs)
    facts = facts_of(_at_point(scope, {name: value for name, value in env.items() if name not in bound}))
    conditions: list[Relation] = []
    sides = tuple(_closed(side, facts, env, missing, conditions) for side in (relation.lhs, relation.rhs))
    return Relation(sides[0], relation.relation, sides[1]), tuple(conditions)


def _at_point(scope: Scope, env: Env) -> Scope:
    """The random letters with their laws at the point, and the letters that are no plain numbers there."""
    kept = [
        replace(d, law=_law_at(d, env)) if d.law is not None else d
        for d in scope.declarations
        if not isinstance(env.get(d.name), Fraction)
    ]
    restricting = [h for h in scope.hypotheses if (free_letters(h.lhs) | free_letters(h.rhs)) & random_letters(scope)]
    if restricting:
        raise NotAdmitted("a hypothesis speaks of random letters")
    where = [replace(d, where=tuple(_put_relation(r, env) for r in d.where)) for d in kept]
    return Scope(tuple(where), (), (), scope.independent)


def _law_at(declaration: Declaration, env: Env) -> Law:
    law, value = declaration.law, env.get(declaration.name)
    assert law is not None
    if isinstance(value, FiniteLaw):
        mean = sum((x * p for x, p in value.atoms), Fraction(0))
        square = sum((x * x * p for x, p in value.atoms), Fraction(0))
        parameters = tuple(number(q) for atom in value.atoms for q in atom)
        return Law("finite", number(mean), number(square - mean**2), parameters)
    parameters = tuple(_put(parameter, env) for parameter in law.parameters)
    return Law(law.name, _put(law.mean, env), _put(law.variance, env), parameters)


def _bound_letters(term: Term) -> frozenset[str]:
    own = frozenset([str(term.args[1].value)]) if term.head in BINDERS else frozenset[str]()
    return own.union(*map(_bound_letters, term.args))


def _put(term: Term, env: Env) -> Term:
    for name in free_letters(term):
        value = env.get(name)
        if isinstance(value, Fraction):
            term = substitute(term, name, number(value))
    return term


def _put_relation(relation: Relation, env: Env) -> Relation:
    for name in free_letters(relation.lhs) | free_letters(relation.rhs):
        value = env.get(name)
        if isinstance(value, Fraction):
            relation = substitute_relation(relation, name, number(value))
    return relation


def _closed(term: Term, facts: Facts, env: Env, missing: frozenset[str], conditions: list[Relation]) -> Term:
    if not free_letters(term) & missing:
        return term
    if term.head in AVERAGES:
        return _closed_average(_put(term, env), facts, conditions)
    if term.head in ("sum", "prod"):
        body, letter, *ends = term.args
        inner = facts.under(letter, _put(ends[0], env), _put(ends[1], env))
        without = {name: value for name, value in env.items() if name != letter.value}
        return replace(term, args=(_closed(body, inner, without, missing, conditions), letter, *ends))
    if term.head in BINDERS:  # what the letter is at the point is no matter inside
        body, letter, *rest = term.args
        without = {name: value for name, value in env.items() if name != letter.value}
        outside = (_closed(arg, facts, env, missing, conditions) for arg in rest)
        return replace(term, args=(_closed(body, facts, without, missing, conditions), letter, *outside))
    return replace(term, args=tuple(_closed(arg, facts, env, missing, conditions) for arg in term.args))


def _closed_average(term: Term, facts: Facts, conditions: list[Relation]) -> Term:
    for condition in conditions_of(term, facts.scope):
        if any(True for _ in unsettled(condition, facts, hidden=True)):
            raise NotAdmitted("an average that is not certainly defined at the point")

    def found(normaliser: Normaliser) -> Term:
        value = normaliser.ratio_term(normaliser.reduce(normaliser.value(term, facts)))
        conditions.extend(normaliser.visible)
        return value

    if mentions_vector(term, facts):
        return vector_free(term, facts)
    return with_normaliser(facts, found)


def linked(relation: Relation, scope: Scope, env: Env) -> Relation:
    """A random letter that is a function of another one at the point is replaced by it."""
    for name, value in linked_letters(scope, env).items():
        relation = substitute_relation(relation, name, value.body)
    return relation


def almost_surely(relation: Relation, scope: Scope) -> Relation:
    """A relation between random quantities says that it holds with probability 1. Raises NotAdmitted for a decimal."""
    if not (random_in(relation.lhs, scope) or random_in(relation.rhs, scope)):
        return relation
    if relation.relation == "~~":
        raise NotAdmitted("a random quantity is compared with a decimal")
    return Relation(Term("probability", (relation.lhs, relation.rhs), relation.relation), "=", number(1))


def certainly_infinite(term: Term, scope: Scope, env: Env) -> bool:
    """``term`` is E[c f(X)] with c > 0, f >= 0 and E f(X) infinite, at the point. Raises NoNormalForm, NotAdmitted."""
    if term.head != "expect" or linked_letters(scope, env):
        return False
    facts = facts_of(_at_point(scope, env))
    body = _put(term.args[0], env)
    for condition in conditions_of(Term("expect", (body,)), facts.scope):
        if any(True for _ in unsettled(condition, facts, hidden=True)):
            raise NotAdmitted("an average that is not certainly defined at the point")

    def infinite(normaliser: Normaliser) -> bool:
        surely = inside(facts)
        parts = monomials(normaliser, normaliser.value(body, surely), surely)
        if len(parts) != 1 or not facts.positive(normaliser.ratio_term(normaliser.reduce(parts[0][0]))):
            return False
        names = frozenset[str]().union(*(letters_of_factor(normaliser, i, surely) for i in parts[0][1]))
        if len(names) != 1:
            return False
        try:
            letter_mean(normaliser, next(iter(names)), parts[0][1], surely)
        except InfiniteMean:
            return True
        return False

    return with_normaliser(facts, infinite)


def linked_letters(scope: Scope, env: Env) -> dict[str, Function]:
    """Random letters with the function of another letter that each is at the point."""
    random = {declaration.name for declaration in scope.declarations if declaration.law is not None}
    return {name: value for name, value in env.items() if name in random and isinstance(value, Function)}
