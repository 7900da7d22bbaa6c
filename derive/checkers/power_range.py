"""A power of a number with a natural exponent as any number of its range."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from derive.core import Boxes, Claim, Evidence, Hints, Normal, Polynomial, PowerInRange, Term
from derive.kernel import NotAdmitted
from derive.kernel.balls import Undefined
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import facts_of
from derive.kernel.normal import NoNormalForm
from derive.kernel.ratio import TooLarge
from derive.kernel.rules.basis import ORDER
from derive.kernel.rules.power_range import with_number_for_power
from derive.kernel.terms import free_letters, subterms

REFUSALS = (NotAdmitted, NoNormalForm, Undefined, TooLarge, ZeroDivisionError)
MOST_POWERS = 3

PROVES = (r"\left(-\frac{2}{3}\right)^t > -\frac{7}{10}",)
DECLINES = (r"\left(-\frac{2}{3}\right)^t > -\frac{6}{10}",)


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    if claim.relation not in (*ORDER, "!="):
        return
    parts = (part for side in (claim.lhs, claim.rhs) for part in subterms(side))
    powers = dict.fromkeys(
        p for p in parts if p.head == "pow" and not free_letters(p.args[0]) and free_letters(p.args[1])
    )
    for power in islice(powers, MOST_POWERS):
        try:
            facts = facts_of(claim.scope).assuming(visible_conditions(claim))
            inner = with_number_for_power(claim, power, facts)
        except REFUSALS:
            continue
        yield PowerInRange(power, Normal())
        yield PowerInRange(power, Polynomial())
        if (box := _box(inner)) is not None:
            yield PowerInRange(power, box)


def _box(inner: Claim) -> Evidence | None:
    """Where the number between its ends is the only letter."""
    letter = inner.scope.declarations[-1]
    ends: list[Term] = [bound.rhs for bound in letter.where]
    if len(ends) != 2 or free_letters(inner.lhs) | free_letters(inner.rhs) != {letter.name}:
        return None
    return Boxes(((letter.name, ends[0], ends[1]),))
