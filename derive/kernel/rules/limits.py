"""Limits at infinity and comparisons of growth."""

from __future__ import annotations

from derive.core import Asymptotic, Claim, Term
from derive.kernel.asymptotic import facts_for_large, limit_value
from derive.kernel.facts import Facts
from derive.kernel.normal import Normaliser, with_normaliser
from derive.kernel.rules.basis import Basis, basis_of
from derive.kernel.terms import INFINITY, free_letters, symbol
from derive.kernel.verdict import NotAdmitted


def asymptotic(claim: Claim, evidence: Asymptotic, facts: Facts) -> Basis:
    """lim body = value, with the limit computed from the normal form; ``~`` and ``O`` through the limit of the ratio."""
    if claim.relation in ("~", "O"):
        return _compared(claim, facts)
    if claim.relation != "=" or claim.lhs.head != "limit":
        raise NotAdmitted("not a limit")
    if str(claim.lhs.args[1].value) in free_letters(claim.rhs):
        raise NotAdmitted("the value of a limit speaks of the letter that tends to infinity")
    facts = facts_for_large(claim.lhs, facts)

    def same(normaliser: Normaliser) -> Basis:
        found = limit_value(normaliser, claim.lhs, facts)
        if isinstance(found, Term):
            if claim.rhs != INFINITY:
                raise NotAdmitted("the limit is infinite")
            return basis_of(normaliser, "the leading part grows without bound")
        if claim.rhs == INFINITY or not normaliser.reduce(found - normaliser.value(claim.rhs)).is_zero:
            raise NotAdmitted("the limit is another value")
        return basis_of(normaliser, "the limit of each part of the normal form is known")

    return with_normaliser(facts, same)


def _compared(claim: Claim, facts: Facts) -> Basis:
    """lhs ~ rhs: the ratio tends to 1. lhs = O(rhs): the ratio tends to a finite value."""
    shared = sorted(
        name
        for name in free_letters(claim.lhs) & free_letters(claim.rhs)
        if (declaration := facts.declaration(name)) is not None and declaration.domain == "integer"
    )
    if len(shared) != 1:
        raise NotAdmitted("it is not clear which letter tends to infinity")
    ratio = Term("div", (claim.lhs, claim.rhs))
    limit = Term("limit", (ratio, symbol(shared[0]), INFINITY))
    facts = facts_for_large(limit, facts)

    def bounded(normaliser: Normaliser) -> Basis:
        found = limit_value(normaliser, limit, facts)
        if isinstance(found, Term) or (claim.relation == "~" and found.constant() != 1):
            raise NotAdmitted("the ratio of the sides does not tend to such a value")
        return basis_of(normaliser, f"the ratio of the sides has a finite limit as {shared[0]} grows")

    return with_normaliser(facts, bounded)
