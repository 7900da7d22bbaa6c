"""What a gradient asks of a point: its rule gives a term, ``X^-T`` for ``log det X``, that has values where the function has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from derive.core import Relation, Term
from derive.kernel.conditions import renamed, unsettled
from derive.kernel.facts import Facts
from derive.kernel.heads import Condition, Under, conditions_of
from derive.kernel.terms import number
from derive.kernel.verdict import NotAdmitted

MOST_TERMS = 60

ValueOf = Callable[[Term], object]
"""The exact value of a term at the point, or something else."""


def asked_at(side: Term, facts: Facts, value_of: ValueOf) -> Iterator[Relation]:
    """What must hold at the point for all that is written to be defined, sums written out. Raises NotAdmitted."""
    for condition in conditions_of(side, facts.scope):
        yield from _listed(condition, facts, value_of)


def _listed(condition: Condition, facts: Facts, value_of: ValueOf) -> Iterator[Relation]:
    if not isinstance(condition, Under):
        yield from unsettled(condition, facts, hidden=False)
        return
    first, last = value_of(condition.lower), value_of(condition.upper)
    if not isinstance(first, Fraction) or not isinstance(last, Fraction) or last - first >= MOST_TERMS:
        raise NotAdmitted("a condition inside a sum that is not written out at the point")
    for k in range(int(first), int(last) + 1):
        yield from _listed(renamed(condition.condition, str(condition.variable.value), number(k)), facts, value_of)
