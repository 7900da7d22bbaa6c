"""Sequences given by a start and a recurrence among the hypotheses: ``h_0 = 1``, ``h_t = w_t h_{t-1}`` for all t allowed.

A hypothesis whose left side is a member ``index(h, t)`` of a family holds for every t that satisfies the declaration of t.
Where start values are given, it holds from them on, whatever bound from below the claim has: it speaks of no member before
the first one, and start values that nothing continues would mean nothing.
A member is unrolled only while its index has a positive constant part, so ``h_{t+1}`` unrolls once, to ``h_t``.
"""

from __future__ import annotations

from fractions import Fraction

from derive.core import Declaration, Relation, Term
from derive.kernel.balls import holds
from derive.kernel.facts import Facts, linear_form
from derive.kernel.terms import (
    free_letters,
    letters_of,
    number,
    rational_value,
    sub,
    substitute,
    substitute_relation,
    subterms,
)

UNROLL_LIMIT = 60


def unroll(term: Term, facts: Facts) -> Term | None:
    """The right side that a start value or one turn of the recurrence gives for ``index(h, e)``, or None."""
    family, index = term.args
    turns = []
    for hypothesis in facts.scope.hypotheses:
        lhs = hypothesis.lhs
        if hypothesis.relation != "=" or lhs.head != "index" or lhs.args[0] != family:
            continue
        if (start := rational_value(lhs.args[1])) is None:
            turns.append(hypothesis)
        elif set(linear_form(index)) <= {None} and linear_form(index).get(None, 0) == start:
            return hypothesis.rhs
    return next((found for turn in turns if (found := _turn(turn, index, facts)) is not None), None)


def _turn(hypothesis: Relation, index: Term, facts: Facts) -> Term | None:
    pattern = hypothesis.lhs.args[1]
    letters = sorted(free_letters(pattern))
    offset = linear_form(index).get(None, 0)
    if len(letters) != 1 or not 1 <= offset <= UNROLL_LIMIT:
        return None
    letter = letters[0]
    shift = linear_form(pattern).get(None, 0)
    if linear_form(pattern) not in ({**_letter_form(letter), None: shift}, _letter_form(letter)):
        return None
    value = sub(index, number(shift)) if shift else index
    return substitute(hypothesis.rhs, letter, value) if turn_allowed(hypothesis, letter, value, facts) else None


def first_turn(hypothesis: Relation, letter: str, facts: Facts) -> Fraction | None:
    """The least t from which on the recurrence holds, where start values tell: the first of them is the earliest member that
    it speaks of. What is declared of t (``t >= 50``) is said of the claim."""
    family = hypothesis.lhs.args[0]
    starts = [
        value
        for other in facts.scope.hypotheses
        if other.relation == "=" and other.lhs.head == "index" and other.lhs.args[0] == family
        if (value := rational_value(other.lhs.args[1])) is not None
    ]
    back = [
        linear_form(part.args[1])
        for part in subterms(hypothesis.rhs)
        if part.head == "index" and part.args[0] == family
    ]
    plain = [
        form.get(None, Fraction(0)) for form in back if {k: c for k, c in form.items() if k} == _letter_form(letter)
    ]
    if not starts or not back or len(plain) < len(back):
        return None
    return min(starts) - min(plain)


def _said_of(letter: str, facts: Facts) -> Declaration | None:
    """The declaration of the running letter of a hypothesis, also where a letter of that name is bound."""
    return next((d for d in facts.scope.declarations if d.name == letter), None) or facts.declaration(letter)


def _is_lower_bound(relation: Relation, letter: str) -> bool:
    return relation.relation == ">=" and relation.lhs.head == "symbol" and relation.lhs.value == letter


def gives(hypothesis: Relation, member: Fraction, facts: Facts) -> bool | None:
    """Whether the recurrence gives the member of that number; None where that cannot be told."""
    pattern = hypothesis.lhs.args[1]
    form, letters = linear_form(pattern), sorted(free_letters(pattern))
    if len(letters) != 1 or {key: c for key, c in form.items() if key is not None} != _letter_form(letters[0]):
        return None
    declaration = _said_of(letters[0], facts)
    value = member - form.get(None, Fraction(0))
    if declaration is None or declaration.domain != "integer":
        return None
    earliest = first_turn(hypothesis, letters[0], facts)
    if earliest is not None and value < earliest:
        return False
    asked = [r for r in declaration.where if earliest is None or not _is_lower_bound(r, letters[0])]
    known = [holds(substitute_relation(r, letters[0], number(value)), {}) for r in asked]
    if False in known or value.denominator != 1:
        return False
    return None if None in known else True


def _letter_form(letter: str) -> dict[Term | None, object]:
    from derive.kernel.terms import symbol

    return {symbol(letter): 1}


def turn_allowed(hypothesis: Relation, letter: str, value: Term, facts: Facts) -> bool:
    """Every condition of the letter's declaration holds for ``value``, and the members that the turn speaks of are there."""
    declaration = _said_of(letter, facts)
    if declaration is None or declaration.domain != "integer" or facts.kind(value) != "integer":
        return False
    if any(letter in letters_of(h) and h.lhs.head != "index" for h in facts.scope.hypotheses):
        return False  # a hypothesis may restrict the letter further
    earliest = first_turn(hypothesis, letter, facts)
    if earliest is not None and not facts.non_negative(sub(value, number(earliest))):
        return False
    for relation in declaration.where:
        if earliest is not None and _is_lower_bound(relation, letter):
            continue
        at = substitute_relation(relation, letter, value)
        lhs, rhs = (at.lhs, at.rhs) if at.relation in (">=", ">") else (at.rhs, at.lhs)
        gap = sub(lhs, rhs)
        if at.relation in (">=", "<=") and not facts.non_negative(gap):
            return False
        if at.relation in (">", "<") and not facts.positive(gap):
            return False
        if at.relation not in (">=", "<=", ">", "<"):
            return False
    return True
