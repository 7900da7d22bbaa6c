"""Through an increasing function: powers of sides that are not negative, odd powers and exponentials of real sides."""

from __future__ import annotations

from dataclasses import replace

from derive.core import Claim, Injective, Term
from derive.kernel.facts import Facts
from derive.kernel.rules.basis import ORDER, Basis
from derive.kernel.rules.inner import shown
from derive.kernel.rules.sign import MAY_NOT_EXIST
from derive.kernel.terms import heads, number, power
from derive.kernel.verdict import NotAdmitted
from derive.kernel.words import is_matrix

LARGEST_POWER = 12


def injective(claim: Claim, evidence: Injective, facts: Facts) -> Basis:
    """a = b if a^k = b^k with a, b >= 0 (or k odd), or exp a = exp b; a < b if |a|^k < b^k with b >= 0, or exp a < exp b. The sides
    are real; refused for a power of sides that may be negative."""
    k = evidence.order
    if claim.relation not in ("=", *ORDER) or not 0 <= k <= LARGEST_POWER or k == 1:
        raise NotAdmitted("no increasing function of that kind")
    sides = (claim.lhs, claim.rhs)
    if any(is_matrix(side, facts) or facts.kind(side) == "complex" for side in sides) or heads(*sides) & MAY_NOT_EXIST:
        raise NotAdmitted("an increasing function of what is not certainly a real number")
    high = {"=": sides, ">": sides[:1], ">=": sides[:1]}.get(claim.relation, sides[1:])
    if k % 2 == 0 and k > 0 and not all(facts.non_negative(side) for side in high):
        raise NotAdmitted("an even power of a side that may be negative")
    lhs, rhs = (power(side, number(k)) if k else Term("exp", (side,)) for side in sides)
    found = shown(replace(claim, lhs=lhs, rhs=rhs), evidence.then)
    return replace(found, why=f"{'exponentials' if k == 0 else f'powers {k}'} of both sides: {found.why}")
