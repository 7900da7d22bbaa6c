"""Limits and comparisons of growth."""

from __future__ import annotations

from derive.core import Asymptotic, Claim, Term
from derive.kernel.asymptotic import facts_for_large, limit_value
from derive.kernel.facts import Facts
from derive.kernel.limit import MINUS_INFINITY, limit_of, same_limit, stays_bounded
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.rules.basis import Basis, basis_of
from derive.kernel.terms import INFINITY, free_letters, symbol
from derive.kernel.verdict import NotAdmitted

INFINITE = (INFINITY, MINUS_INFINITY)


def asymptotic(claim: Claim, evidence: Asymptotic, facts: Facts) -> Basis:
    """lim body = value, with the limit computed from the normal form at infinity, or from the expansion of the body at the
    point; ``~`` and ``O`` through the limit of the ratio."""
    if claim.relation in ("~", "O"):
        return _compared(claim, facts)
    limit, value = sides_of(claim)
    if limit.args[2] == INFINITY:
        try:
            return _by_normal_form(limit, value, facts)
        except (NoNormalForm, NotAdmitted, ZeroDivisionError):
            pass

    def same(normaliser: Normaliser) -> Basis:
        found = limit_of(normaliser, limit, facts)
        if not same_limit(normaliser, found, value_of_side(normaliser, value, facts)):
            raise NotAdmitted("the limit is another value, or not known to be this one")
        what = "the leading term of the expansion" if isinstance(found, Term) else "the expansion of the body"
        return basis_of(normaliser, f"{what} at the point gives the limit")

    return with_normaliser(facts, same)


def sides_of(claim: Claim) -> tuple[Term, Term]:
    """The limit and the value that is claimed for it. Raises NotAdmitted for other claims."""
    limit, value = (claim.lhs, claim.rhs) if claim.lhs.head == "limit" else (claim.rhs, claim.lhs)
    if claim.relation != "=" or limit.head != "limit":
        raise NotAdmitted("not a limit")
    if str(limit.args[1].value) in free_letters(value):
        raise NotAdmitted("the value of a limit speaks of the letter that varies in it")
    return limit, value


def value_of_side(normaliser: Normaliser, value: Term, facts: Facts) -> Ratio | Term:
    """The value of the other side, which may be infinite, or a limit."""
    if value in INFINITE:
        return value
    if value.head != "limit":
        return normaliser.value(value, facts)
    try:
        return limit_of(normaliser, value, facts)
    except NoNormalForm:
        if value.args[2] != INFINITY:
            raise
    found = _limit_on_its_own(value, facts)
    return found if found in INFINITE else normaliser.value(found, facts)


def _limit_on_its_own(limit: Term, facts: Facts) -> Term:
    """The limit by the normal form at infinity. It is found apart: what is known of the letter there holds nowhere else."""
    large = facts_for_large(limit, facts)

    def found(normaliser: Normaliser) -> Term:
        value = limit_value(normaliser, limit, large)
        if normaliser.visible or normaliser.trust:
            raise NoNormalForm("a limit that exists under conditions of its own")
        return value if isinstance(value, Term) else normaliser.ratio_term(normaliser.reduce(value))

    return with_normaliser(large, found)


def _by_normal_form(limit: Term, value: Term, told: Facts) -> Basis:
    facts = facts_for_large(limit, told)

    def same(normaliser: Normaliser) -> Basis:
        found = limit_value(normaliser, limit, facts)
        if isinstance(found, Term):
            if value != INFINITY:
                raise NotAdmitted("the limit is infinite")
            return basis_of(normaliser, "the leading part grows without bound")
        other = value_of_side(normaliser, value, told) if value.head == "limit" else None
        other = normaliser.value(value) if other is None and value not in INFINITE else other
        if not isinstance(other, Ratio) or not normaliser.reduce(found - other).is_zero:
            raise NotAdmitted("the limit is another value")
        return basis_of(normaliser, "the limit of each part of the normal form is known")

    return with_normaliser(facts, same)


def ratio_limit(claim: Claim, facts: Facts) -> Term:
    """The limit of the ratio of the sides, as the one letter that they share grows."""
    shared = sorted(
        name
        for name in free_letters(claim.lhs) & free_letters(claim.rhs)
        if (declaration := facts.declaration(name)) is not None and declaration.domain == "integer"
    )
    if len(shared) != 1:
        raise NotAdmitted("it is not clear which letter tends to infinity")
    return Term("limit", (Term("div", (claim.lhs, claim.rhs)), symbol(shared[0]), INFINITY))


def _compared(claim: Claim, facts: Facts) -> Basis:
    """lhs ~ rhs: the ratio tends to 1. lhs = O(rhs): the ratio stays bounded."""
    limit = ratio_limit(claim, facts)
    name = limit.args[1].value
    large = facts_for_large(limit, facts)

    def tends(normaliser: Normaliser) -> Basis:
        found = limit_value(normaliser, limit, large)
        if isinstance(found, Term) or (claim.relation == "~" and found.constant() != 1):
            raise NotAdmitted("the ratio of the sides does not tend to such a value")
        return basis_of(normaliser, f"the ratio of the sides has a finite limit as {name} grows")

    def expanded(normaliser: Normaliser) -> Basis:
        if claim.relation == "O":
            if not stays_bounded(normaliser, limit, facts):
                raise NotAdmitted("the ratio of the sides is not bounded")
            return basis_of(normaliser, f"by its expansion, the ratio of the sides stays bounded as {name} grows")
        found = limit_of(normaliser, limit, facts)
        if isinstance(found, Term) or found.constant() != 1:
            raise NotAdmitted("the ratio of the sides does not tend to 1")
        return basis_of(normaliser, f"by its expansion, the ratio of the sides tends to 1 as {name} grows")

    try:
        return with_normaliser(large, tends)
    except (NoNormalForm, NotAdmitted, ZeroDivisionError):
        return with_normaliser(facts, expanded)
