"""A claim for all integers from a start on: its first values one by one, and what lies behind them by a proof of its own.

``x_n = 2^n`` may hold from n = 0 on though the recurrence of the x begins at n = 3, and a sum from 1 to n be given a closed form that
holds from n = 0 on, of which the proof begins where the sum is not empty.
"""

from __future__ import annotations

from derive.core import Claim, FirstValues
from derive.kernel.facts import Facts
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.induction import check_induction_letter, instance, later_from
from derive.kernel.rules.inner import shown
from derive.kernel.terms import letters_of, number
from derive.kernel.verdict import NotAdmitted

MOST_VALUES = 6


def first_values(claim: Claim, evidence: FirstValues, facts: Facts) -> Basis:
    """The claim at ``start``, ``start`` + 1, ..., and for all integers behind these: nothing but the claim, and what gives members of
    sequences, speaks of the letter."""
    name, count = evidence.variable, len(evidence.first)
    if not 1 <= count <= MOST_VALUES:
        raise NotAdmitted(f"{count} first values")
    check_induction_letter(claim, name, evidence.start, facts)
    singles = [
        shown(instance(claim, name, number(evidence.start + j)), proof) for j, proof in enumerate(evidence.first)
    ]
    rest = shown(later_from(claim, name, evidence.start + count), evidence.rest)
    visible = tuple(dict.fromkeys(one for basis in (*singles, rest) for one in basis.visible))
    if any(name in letters_of(one) for one in visible):
        raise NotAdmitted(f"a condition that depends on {name} is not settled")
    values = " and ".join(f"{name} = {evidence.start + j}" for j in range(count))
    trust = rest.trust.union(*(basis.trust for basis in singles))
    return Basis(f"at {values} by itself; from {name} = {evidence.start + count} on: {rest.why}", trust, visible)
