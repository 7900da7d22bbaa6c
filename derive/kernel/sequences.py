"""Sequences given by a formula, ``a_k = (-1)^k k`` for all k: their members are written out before anything else is done."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derive.core import Claim, Declaration, Relation, Scope, Term
from derive.kernel.budget import remembered
from derive.kernel.facts import Facts, facts_of
from derive.kernel.recurrence import turn_allowed
from derive.kernel.terms import (
    BINDERS,
    INFINITY,
    free_letters,
    heads,
    letters_of,
    linear_in,
    number,
    rational_value,
    substitute,
    symbol,
)
from derive.kernel.terms import ONE as SLOPE_ONE
from derive.kernel.verdict import NotAdmitted

RANGES = ("sum", "prod")


def written_out(claim: Claim) -> Claim:
    """The same claim, with the members of such sequences written out, and without the sequences where none is left."""
    if not any(hypothesis.lhs.head == "index" for hypothesis in claim.scope.hypotheses):
        return claim
    return _written_out(claim)


@remembered(maxsize=256)
def _written_out(claim: Claim) -> Claim:
    facts = facts_of(claim.scope)
    for hypothesis in claim.scope.hypotheses:
        if _by_formula(hypothesis, claim.scope):
            claim = _without(claim, hypothesis, facts)
    return claim


def _by_formula(hypothesis: Relation, scope: Scope) -> bool:
    """``h_k = formula`` with nothing else said of h, and no member of a sequence in the formula."""
    lhs = hypothesis.lhs
    if hypothesis.relation != "=" or lhs.head != "index" or lhs.args[1].head != "symbol":
        return False
    family, letter = str(lhs.args[0].value), str(lhs.args[1].value)
    others = [h for h in scope.hypotheses if h is not hypothesis]
    declared = {d.name: d for d in scope.declarations}
    plain = family in declared and not (declared[family].law or declared[family].where or declared[family].shape)
    plain = plain and (not declared[family].declared or _fits(hypothesis.rhs, declared[family].domain, facts_of(scope)))
    counts = letter in declared and declared[letter].domain == "integer" and not declared[letter].family
    return (
        plain
        and counts
        and "index" not in heads(hypothesis.rhs)
        and all(family not in letters_of(h) and (letter not in letters_of(h) or h.lhs.head == "index") for h in others)
    )


def _fits(formula: Term, domain: str, facts: Facts) -> bool:
    """The values of the formula are of the set that the sequence is declared for."""
    kind = facts.kind(formula)
    return domain == "complex" or kind == "integer" or (domain == "real" and kind == "real")


def require_written_out(claim: Claim) -> None:
    """No member is left of a sequence that is given by a formula: there the formula need not hold. Raises NotAdmitted."""
    free = free_letters(claim.lhs) | free_letters(claim.rhs)
    if any(_by_formula(h, claim.scope) and str(h.lhs.args[0].value) in free for h in claim.scope.hypotheses):
        raise NotAdmitted("a member of a sequence at a place for which its formula is not known to hold")


def require_given_members(claim: Claim) -> None:
    """No member of a sequence with start values comes before all of them: points at which there is none would not show it. Raises
    NotAdmitted."""
    first: dict[str, Fraction] = {}
    for h in claim.scope.hypotheses:
        start = rational_value(h.lhs.args[1]) if h.relation == "=" and h.lhs.head == "index" else None
        if start is not None:
            family = str(h.lhs.args[0].value)
            first[family] = min(start, first.get(family, start))
    for side in (claim.lhs, claim.rhs) if first else ():
        _require_from(side, first, facts_of(claim.scope))


def _require_from(term: Term, first: dict[str, Fraction], facts: Facts) -> None:
    family = str(term.args[0].value) if term.head == "index" else ""
    if family in first and not facts.at_least(term.args[1], number(first[family])):
        raise NotAdmitted(f"a member of {family} that may come before the first one")
    if term.head in RANGES:
        _require_from(term.args[0], first, facts.under(*term.args[1:]))
    for arg in term.args if term.head not in BINDERS else term.args[2:]:
        _require_from(arg, first, facts)


def _without(claim: Claim, hypothesis: Relation, facts: Facts) -> Claim:
    lhs, rhs = (_put_in(side, hypothesis, facts, frozenset(), frozenset()) for side in (claim.lhs, claim.rhs))
    claim = replace(claim, lhs=lhs, rhs=rhs)
    family = str(hypothesis.lhs.args[0].value)
    if family in free_letters(lhs) | free_letters(rhs):
        return claim
    scope = replace(
        claim.scope,
        declarations=tuple(d for d in claim.scope.declarations if d.name != family),
        hypotheses=tuple(h for h in claim.scope.hypotheses if h is not hypothesis),
    )
    return replace(claim, scope=scope)


def _put_in(term: Term, hypothesis: Relation, facts: Facts, bound: frozenset[str], large: frozenset[str]) -> Term:
    """``bound``: letters that are bound here; ``large``: those of them that tend to infinity."""
    if term.head == "index" and term.args[0] == hypothesis.lhs.args[0]:
        return _member(term, hypothesis, facts, bound, large)
    if not term.args:
        return term
    if term.head not in BINDERS:
        return replace(term, args=tuple(_put_in(arg, hypothesis, facts, bound, large) for arg in term.args))
    body, letter, *ends = term.args
    name = str(letter.value)
    inside = facts
    if term.head in RANGES:
        inside = facts.extended(
            Declaration(name, "integer"), [Relation(letter, ">=", ends[0])] if ends[0] != INFINITY else []
        )
    elif name != str(hypothesis.lhs.args[1].value):
        inside = facts.extended(Declaration(name, "real"))
    limit = term.head == "limit" and ends[0] == INFINITY and term.value is None
    body = _put_in(body, hypothesis, inside, bound | {name}, large | {name} if limit else large - {name})
    rest = (_put_in(end, hypothesis, facts, bound, large) for end in ends)
    return replace(term, args=(body, letter, *rest))


def _member(term: Term, hypothesis: Relation, facts: Facts, bound: frozenset[str], large: frozenset[str]) -> Term:
    """The formula at the index, where that is allowed there and captures no letter; else the member as it is."""
    letter, index = str(hypothesis.lhs.args[1].value), term.args[1]
    captured = (free_letters(hypothesis.rhs) - {letter}) & bound
    tends = any(linear_in(index, name) == SLOPE_ONE for name in large) and not free_letters(index) - large
    tends = tends and facts.kind(index) == "integer" and _for_all_large(letter, facts)
    if captured or not (tends or turn_allowed(hypothesis, letter, index, facts)):
        return term
    return substitute(hypothesis.rhs, letter, index)


def _for_all_large(letter: str, facts: Facts) -> bool:
    """Nothing but bounds from below is said of the letter for which the formula is stated."""
    declaration = next((d for d in facts.scope.declarations if d.name == letter), None)
    bounds = declaration.where if declaration is not None else ()
    below = all(
        b.relation in (">", ">=") and b.lhs == symbol(letter) and letter not in free_letters(b.rhs) for b in bounds
    )
    spoken = any(letter in letters_of(h) and h.lhs.head != "index" for h in facts.scope.hypotheses)
    return below and not spoken
