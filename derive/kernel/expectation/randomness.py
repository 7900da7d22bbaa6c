"""Which letters are random, and on which of them a term depends."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from derive.core import Declaration, Law, Relation, Scope, Term
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm
from derive.kernel.terms import BINDERS, ZERO, free_letters, letters_of

AVERAGES = ("expect", "variance", "covariance", "probability")
"""Heads whose value depends on no outcome."""


def is_random(name: str, facts: Facts) -> bool:
    """The letter has a law, or a hypothesis ties it to a letter that has one (a definition makes only its left side random)."""
    return name in random_letters(facts.scope)


@lru_cache(maxsize=512)
def random_letters(scope: Scope) -> frozenset[str]:
    """All of them, by spreading from the letters with a law until nothing changes."""
    random = set(_with_law(scope))
    before = -1
    while len(random) != before:
        before = len(random)
        for hypothesis in scope.hypotheses:
            letters = letters_of(hypothesis)
            touched = _defined_by(hypothesis, scope) or letters
            random |= {name for name in touched if (letters - {name}) & random}
    return frozenset(random)


def has_laws(scope: Scope) -> bool:
    """A letter has a law; else nothing is random."""
    return any(declaration.law is not None for declaration in scope.declarations)


def _with_law(scope: Scope) -> frozenset[str]:
    return frozenset(declaration.name for declaration in scope.declarations if declaration.law is not None)


def _defined_by(hypothesis: Relation, scope: Scope) -> frozenset[str]:
    """The letter that ``X = term`` or ``X_t = term`` defines, if it has no law of its own; else nothing."""
    lhs = hypothesis.lhs
    letter = lhs.args[0] if lhs.head == "index" else lhs
    if hypothesis.relation != "=" or letter.head != "symbol":
        return frozenset()
    name = str(letter.value)
    circular = lhs == letter and name in free_letters(hypothesis.rhs)
    return frozenset() if circular else frozenset([name]) - _with_law(scope)


def _uncorrelated(hypothesis: Relation, scope: Scope) -> bool:
    """``Cov(X, Y) = 0`` for two numbers that have laws of their own."""
    lhs = hypothesis.lhs
    if (hypothesis.relation, lhs.head, hypothesis.rhs) != ("=", "covariance", ZERO) or lhs.args[0] == lhs.args[1]:
        return False
    plain = {d.name for d in scope.declarations if d.law is not None and not d.shape and not d.family}
    return all(arg.head == "symbol" and arg.value in plain for arg in lhs.args)


def require_free_laws(facts: Facts) -> None:
    """No hypothesis restricts a random letter: the declared laws and their independence stand. Raises NoNormalForm.

    That two letters are uncorrelated is no such restriction: independent ones with the declared laws are.
    """
    for hypothesis in facts.scope.hypotheses:
        if _uncorrelated(hypothesis, facts.scope):
            continue
        if not _defined_by(hypothesis, facts.scope) and any(is_random(name, facts) for name in letters_of(hypothesis)):
            raise NoNormalForm("a hypothesis restricts a random letter")


@lru_cache(maxsize=8192)
def random_in(term: Term, scope: Scope) -> frozenset[str]:
    """The random letters on whose outcome the value of the term depends."""
    if term.head in AVERAGES:
        return frozenset()
    if term.head == "expect_given":
        return frozenset().union(*(random_in(arg, scope) for arg in term.args[1:]))
    if term.head == "symbol":
        return frozenset([str(term.value)]) & random_letters(scope)
    return frozenset().union(*(random_in(arg, scope) for arg in term.args))


def law_of(name: str, facts: Facts) -> tuple[Declaration, Law]:
    """The declaration of a random letter and its law, whose parameters are fixed numbers and contradict no bound of the letter.
    Raises NoNormalForm."""
    declaration = next((d for d in facts.scope.declarations if d.name == name), None)
    if declaration is None or declaration.law is None:
        raise NoNormalForm("a random quantity whose law is not declared")
    law = declaration.law
    parameters = (law.mean, law.variance, *law.parameters)
    if any(is_random(letter, facts) for parameter in parameters for letter in free_letters(parameter)):
        raise NoNormalForm("a law whose parameters are random")
    if law.name != "moments" and any(relation.relation != "!=" for relation in declaration.where):
        raise NoNormalForm("a bound on a letter whose law is named")
    return declaration, law


def apart(names: frozenset[str], scope: Scope) -> bool:
    """The letters are mutually independent by declaration (one letter is)."""
    return len(names) < 2 or any(names <= set(group) for group in scope.independent)


def put_outcome(term: Term, name: str, value: Term) -> Term:
    """``term`` where a random letter, or the one member of a family that occurs, has this value. Inside an average the letter is
    bound: an average that still mentions it is refused with NoNormalForm."""
    if (term.head == "index" and term.args[0].value == name) or (term.head == "symbol" and term.value == name):
        return value
    if name not in free_letters(term):
        return term
    if term.head in (*AVERAGES, "expect_given"):
        raise NoNormalForm("an outcome of a letter over which something else is averaged")
    if free_letters(value) and term.head in BINDERS:
        raise NoNormalForm("a symbolic outcome under a sum")
    return replace(term, args=tuple(put_outcome(arg, name, value) for arg in term.args))
