"""A claim speaks only of where what is written in it is defined: bounds of its letters that can be read off there are put into their
declarations, so that an induction may begin there."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.core import Claim, Relation, Term, WhereVisible
from derive.kernel.conditions import unsettled
from derive.kernel.facts import Facts, facts_of, linear_form
from derive.kernel.heads import Under, conditions_of
from derive.kernel.narrowing import narrowed
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.induction import lowest
from derive.kernel.rules.inner import shown
from derive.kernel.terms import number, sub
from derive.kernel.verdict import NotAdmitted

TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">="}


def where_visible(claim: Claim, evidence: WhereVisible, facts: Facts) -> Basis:
    """The claim where its letters keep the bounds that are visible in it."""
    return shown(within_visible_bounds(claim), evidence.proof)


def within_visible_bounds(claim: Claim) -> Claim:
    """The claim with what is visible in it among the declarations. Raises NotAdmitted where no bound is visible."""
    whole = (d for d in claim.scope.declarations if d.domain == "integer")
    first = {d.name: start for d in whole if (start := lowest(d)) is not None}
    bounds = [bound for one in _outside(claim) if (bound := _bound(one, first)) is not None]
    if not bounds:
        raise NotAdmitted("no bound of a letter is visible")
    return narrowed(claim, tuple(dict.fromkeys(bounds)))


def _outside(claim: Claim) -> Iterator[Relation]:
    """What is visible outside of sums and products: one without terms has a value whatever its terms would ask for."""
    facts = facts_of(claim.scope)
    for side in (claim.lhs, claim.rhs):
        for condition in conditions_of(side, claim.scope):
            if not isinstance(condition, Under):
                yield from unsettled(condition, facts, hidden=False)


def _bound(condition: Relation, first: dict[str, int]) -> Relation | None:
    """``n > 1`` for ``n - 1 > 0``, and for ``n - 1 != 0`` where integers n are at least 1; None for what is no bound of one letter by a
    number."""
    form = {key: c for key, c in linear_form(sub(condition.lhs, condition.rhs)).items() if c}
    constant = form.pop(None, 0)
    letter, slope = next(iter(form.items()), (None, 0))
    if len(form) != 1 or not isinstance(letter, Term) or letter.head != "symbol" or not slope:
        return None
    value = Fraction(-constant / slope)
    if condition.relation == "!=":
        return Relation(letter, ">", number(value)) if first.get(str(letter.value)) == value else None
    relation = condition.relation if slope > 0 else TURNED.get(condition.relation)
    return None if relation not in TURNED else Relation(letter, relation, number(value))
