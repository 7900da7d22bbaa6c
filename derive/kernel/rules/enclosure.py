"""Nothing is free: rigorous balls decide."""

from __future__ import annotations

from derive.core import Claim, Enclosure
from derive.kernel import points
from derive.kernel.balls import approximates, holds
from derive.kernel.facts import Facts
from derive.kernel.rules.basis import Basis
from derive.kernel.verdict import NotAdmitted


def enclosure(claim: Claim, evidence: Enclosure, facts: Facts) -> Basis:
    """Nothing free is left once definitions are put in: balls decide."""
    relation = points.closed(claim)
    if claim.relation == "~~":
        if approximates(relation.lhs, relation.rhs, {}) is True:
            return Basis("rigorous enclosure: within half a unit of the last digit")
        raise NotAdmitted("not within half a unit of the last digit, or not certified")
    if holds(relation, {}) is not True:
        raise NotAdmitted("the enclosures do not decide this")
    exact = claim.relation == "="  # which ``holds`` certifies by exact values only
    return Basis("both sides are the same exact number" if exact else "rigorous enclosures of both sides")
