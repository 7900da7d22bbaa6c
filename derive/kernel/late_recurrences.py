"""Recurrences that are declared only from a later t on: ``h_0 = 1`` and ``h_t = 2 h_{t-1}`` for ``t >= 5`` do not give h_1.

``recurrence`` lets a recurrence hold from its start values on and takes a bound on its letter for a bound of the claim. That is
right where the claim speaks of that letter (``h_t = 2^t`` for t >= 5) and where the bound is that of the natural numbers. Where it
is not, the bound can only be meant for the recurrence. A proof then does without the start values before it: fewer hypotheses prove
less, and a recurrence without earlier start values holds where its letter's declaration says so. These start values are values of
single members then: ``0 = F_0`` begins nothing, and speaks of no member that the recurrence gives.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derive.core import Claim, Relation
from derive.kernel.budget import remembered
from derive.kernel.facts import Facts, facts_of, linear_form
from derive.kernel.recurrence import first_turn
from derive.kernel.terms import free_letters, heads, rational_value

NATURAL = Fraction(1)
"""``n in N`` bounds n by 1, and says no more than that n counts."""


def without_early_starts(claim: Claim) -> Claim:
    """The same claim, without the start values that come before all that its recurrence is declared for."""
    hypotheses = claim.scope.hypotheses
    if not any(hypothesis.lhs.head == "index" for hypothesis in hypotheses):
        return claim
    early = _early(claim)
    if not early:
        return claim
    return replace(claim, scope=replace(claim.scope, hypotheses=tuple(h for h in hypotheses if h not in early)))


def with_early_members(claim: Claim) -> Claim:
    """The same claim, with such start values as plain equations of single members. They clash with nothing: the recurrence, and what
    the later start values say, speak of later members only."""
    kept = without_early_starts(claim)
    if kept is claim:
        return claim
    early = [h for h in claim.scope.hypotheses if h not in kept.scope.hypotheses]
    values = tuple(Relation(h.rhs, "=", h.lhs) for h in early if "index" not in heads(h.rhs))
    return replace(kept, scope=replace(kept.scope, hypotheses=(*kept.scope.hypotheses, *values)))


@remembered(maxsize=256)
def _early(claim: Claim) -> frozenset[Relation]:
    facts = facts_of(claim.scope)
    spoken = free_letters(claim.lhs) | free_letters(claim.rhs)
    found: set[Relation] = set()
    for recurrence in claim.scope.hypotheses:
        letters = free_letters(recurrence.lhs.args[1]) if _of_members(recurrence) else frozenset()
        if len(letters) == 1 and not letters & spoken:
            found |= _starts_before(recurrence, min(letters), facts)
    return frozenset(found)


def _of_members(hypothesis: Relation) -> bool:
    return hypothesis.relation == "=" and hypothesis.lhs.head == "index"


def _starts_before(recurrence: Relation, letter: str, facts: Facts) -> set[Relation]:
    """The start values before the first member of which the recurrence, from its declared bound on, speaks."""
    earliest, bound = first_turn(recurrence, letter, facts), _declared_from(letter, facts)
    if earliest is None or bound is None or bound <= max(earliest, NATURAL):
        return set()
    starts = {
        other: start
        for other in facts.scope.hypotheses
        if _of_members(other) and other.lhs.args[0] == recurrence.lhs.args[0]
        if (start := rational_value(other.lhs.args[1])) is not None
    }
    first = min(starts.values()) + bound - earliest
    return {other for other, start in starts.items() if start < first}


def _declared_from(letter: str, facts: Facts) -> Fraction | None:
    """The largest numeral that bounds the letter from below, or None; a bound with letters is larger than any start value."""
    declaration = next((d for d in facts.scope.declarations if d.name == letter), None)
    bounds = [r.rhs for r in declaration.where if r.relation == ">=" and r.lhs.value == letter] if declaration else []
    values = [linear_form(bound) for bound in bounds]
    return max((form.get(None, Fraction(0)) if set(form) <= {None} else NEVER for form in values), default=None)


NEVER = Fraction(10**9)
