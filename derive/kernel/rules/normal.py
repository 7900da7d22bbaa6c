"""Equality by normal forms; an inequality by the sign of the difference."""

from __future__ import annotations

from derive.core import Claim, Normal
from derive.kernel.differentiated import differentiated
from derive.kernel.facts import Facts
from derive.kernel.rules.basis import ORDER, Basis
from derive.kernel.rules.equality import equal
from derive.kernel.rules.sign import sign
from derive.kernel.verdict import NotAdmitted


def normal(claim: Claim, evidence: Normal, facts: Facts) -> Basis:
    """Equality by normal forms; an inequality by the sign of the difference."""
    if claim.relation == "=":
        claim = differentiated(claim)
    if claim.relation in ("=", "!="):
        basis = equal(claim, facts)
        if (basis is None) == (claim.relation == "="):
            raise NotAdmitted("the two sides do not reach the same normal form")
        if claim.relation == "=" and basis is not None:
            return basis
        raise NotAdmitted("equal normal forms, so not different")
    if claim.relation in ORDER:
        return sign(claim, facts)
    raise NotAdmitted(f"no normal form decides {claim.relation}")
