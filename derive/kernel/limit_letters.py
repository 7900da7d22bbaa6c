"""The letter of a limit is bound there. Where the text also says something of it, values at points do not decide."""

from __future__ import annotations

from derive.core import Claim, Relation, Term
from derive.kernel.terms import INFINITY, free_letters, heads, letters_of, subterms
from derive.kernel.verdict import NotAdmitted


def _kept_by_large(bound: Relation, limit: Term) -> bool:
    """A bound ``t >= c`` of a letter that tends to infinity."""
    letter, point = limit.args[1:]
    return point == INFINITY and bound.relation in (">", ">=") and bound.lhs == letter and not free_letters(bound.rhs)


def require_plain_limits(claim: Claim) -> None:
    """No letter of a limit occurs outside it, is bounded, complex or no number, or stands in a hypothesis. Raises NotAdmitted."""
    if "limit" not in heads(claim.lhs, claim.rhs):
        return
    limits = [part for side in (claim.lhs, claim.rhs) for part in subterms(side) if part.head == "limit"]
    free = free_letters(claim.lhs) | free_letters(claim.rhs)
    spoken = free.union(*map(letters_of, claim.scope.hypotheses)) if claim.scope.hypotheses else free
    for part in limits:
        name = str(part.args[1].value)
        said = next((d for d in claim.scope.declarations if d.name == name), None)
        plain = said is None or not (
            not all(_kept_by_large(bound, part) for bound in said.where)
            or said.shape
            or said.law
            or said.family
            or said.function
            or said.domain == "complex"
        )
        if name in spoken or not plain:
            raise NotAdmitted(f"the text says something of {name}, which varies in a limit")
