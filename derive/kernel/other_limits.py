"""Why a claimed limit is wrong: the kernel's own value of it, which is certainly another, or the sides of the point that differ."""

from __future__ import annotations

from derive.core import Claim, Relation, Term
from derive.kernel.asymptotic import facts_for_large, limit_value
from derive.kernel.facts import Facts
from derive.kernel.limit import MINUS_INFINITY, NoLimit, differ, limit_of
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.oscillation import why_it_oscillates
from derive.kernel.ratio import Ratio
from derive.kernel.rules.limits import INFINITE, ratio_limit, sides_of, value_of_side
from derive.kernel.terms import INFINITY, subterms
from derive.kernel.verdict import NotAdmitted

Wrong = tuple[str, tuple[Relation, ...], frozenset[str]]


def why_no_such_limit(claim: Claim, facts: Facts) -> Wrong:
    """One sentence, the conditions that the normal form made visible, and what was relied on. Raises NotAdmitted."""
    if claim.relation in ("~", "O"):
        limit = ratio_limit(claim, facts)
        test = _ratio_tends_elsewhere if claim.relation == "~" else _ratio_grows
        return with_normaliser(facts, lambda normaliser: test(normaliser, limit, facts))
    limit, value = sides_of(claim)
    return with_normaliser(facts, lambda normaliser: _another(normaliser, limit, value, facts))


def _another(normaliser: Normaliser, limit: Term, value: Term, facts: Facts) -> Wrong:
    if value not in INFINITE and any(part == INFINITY for part in subterms(value) if value.head != "limit"):
        raise NotAdmitted("a value with infinity in it")
    try:
        found = any_limit(normaliser, limit, facts)
    except NoLimit as none:
        return _wrong(normaliser, str(none))
    except NoNormalForm:
        return _wrong(normaliser, why_it_oscillates(normaliser, limit, facts))
    claimed = value_of_side(normaliser, value, facts)
    if not differ(normaliser, found, claimed, facts):
        raise NotAdmitted("the limit is not certainly another value")
    return _wrong(normaliser, f"the limit is {shown(normaliser, found)}, not {shown(normaliser, claimed)}")


def any_limit(normaliser: Normaliser, limit: Term, facts: Facts) -> Ratio | Term:
    """By the normal form at infinity, else by the expansion. Raises NoNormalForm."""
    if limit.args[2] == INFINITY:
        try:
            return limit_value(normaliser, limit, facts_for_large(limit, facts))
        except (NoNormalForm, NotAdmitted, ZeroDivisionError):
            pass
    return limit_of(normaliser, limit, facts)


def _ratio_tends_elsewhere(normaliser: Normaliser, limit: Term, facts: Facts) -> Wrong:
    found = any_limit(normaliser, limit, facts)
    if not differ(normaliser, found, normaliser.constant(1), facts):
        raise NotAdmitted("the ratio is not certain to tend to another value")
    return _wrong(normaliser, f"the ratio of the sides tends to {shown(normaliser, found)}, not to 1")


def _ratio_grows(normaliser: Normaliser, limit: Term, facts: Facts) -> Wrong:
    if not isinstance(any_limit(normaliser, limit, facts), Term):
        raise NotAdmitted("the ratio of the sides stays bounded")
    return _wrong(normaliser, "the ratio of the sides grows without bound")


def _wrong(normaliser: Normaliser, why: str) -> Wrong:
    return why, tuple(normaliser.visible), frozenset({"flint", *normaliser.trust})


def shown(normaliser: Normaliser, value: Ratio | Term) -> str:
    """A value in a sentence: a number, infinity, or what it is called."""
    if isinstance(value, Term):
        return "infinity" if value == INFINITY else "minus infinity" if value == MINUS_INFINITY else "another value"
    constant = normaliser.reduce(value).constant()
    if constant is not None:
        return str(constant)
    from derive.kernel.balls import Undefined
    from derive.kernel.points import shown_values

    term = normaliser.ratio_term(normaliser.reduce(value))
    try:
        return shown_values(Relation(term, "=", term), {})[0]
    except Undefined:
        return "another value"
