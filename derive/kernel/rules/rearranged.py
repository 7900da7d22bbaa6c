"""Terms moved from one side to the other, and a positive factor."""

from __future__ import annotations

from derive.core import Claim, Rearranged
from derive.kernel.conditions import settled_by, visible_conditions
from derive.kernel.facts import Facts
from derive.kernel.normal import Normaliser, with_normaliser
from derive.kernel.rules.basis import ORDER, Basis
from derive.kernel.rules.inner import shown
from derive.kernel.verdict import NotAdmitted
from derive.kernel.words import is_matrix

TURNED = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def rearranged(claim: Claim, evidence: Rearranged, facts: Facts) -> Basis:
    """a R b if c R' d, where c - d = q (a - b) in normal form for a rational q: R' is R for q > 0, turned round for q < 0.

    Refused for matrices, and where c or d asks for more than a and b do to be defined.
    """
    inner = Claim(evidence.lhs, evidence.relation, evidence.rhs, claim.scope)
    require_same(claim, inner, facts)
    return shown(inner, evidence.then)


def require_same(claim: Claim, inner: Claim, facts: Facts) -> None:
    """Both claims say the same. Raises NotAdmitted."""
    if claim.relation not in ("=", *ORDER) or any(
        is_matrix(side, facts) for side in (claim.lhs, claim.rhs, inner.lhs, inner.rhs)
    ):
        raise NotAdmitted("only relations between numbers are rearranged")
    if not all(settled_by(condition, facts) for condition in visible_conditions(inner)):
        raise NotAdmitted("the rearranged relation asks for more than the claim does")
    sign = with_normaliser(facts, lambda normaliser: _factor_sign(normaliser, claim, inner))
    if inner.relation != (claim.relation if sign > 0 else TURNED[claim.relation]):
        raise NotAdmitted("the relation is turned the wrong way round")


def _factor_sign(normaliser: Normaliser, claim: Claim, inner: Claim) -> int:
    """The sign of the rational q with c - d = q (a - b)."""
    value = normaliser.value
    new, old = (normaliser.reduce(value(c.lhs) - value(c.rhs)) for c in (inner, claim))
    factor = None if old.is_zero or new.is_zero else normaliser.reduce(new / old).constant()
    if not factor or normaliser.visible:
        raise NotAdmitted("the rearranged relation is another one")
    return 1 if factor > 0 else -1
