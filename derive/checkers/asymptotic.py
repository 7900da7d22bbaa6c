"""Limits at infinity: prove the claimed value, or another one."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Asymptotic, Claim, Evidence, Hints, OtherValue, Term
from derive.kernel import NotAdmitted
from derive.kernel.asymptotic import facts_for_large, limit_value
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import facts_of
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import TooLarge
from derive.kernel.terms import free_letters

PROVES = (r"\lim_{t \to \infty} \left(\frac{1}{2}\right)^{t} = 0",)
DECLINES = (r"\lim_{t \to \infty} \left(\frac{1}{2}\right)^{t} = 1",)


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Equations whose left side is a limit, and comparisons of growth."""
    if claim.relation in ("~", "O"):
        yield Asymptotic()
    if claim.lhs.head != "limit" or claim.relation != "=":
        return
    yield Asymptotic()
    value = _limit(claim)
    if value is not None and value != claim.rhs:
        yield OtherValue(value)


def _limit(claim: Claim) -> Term | None:
    """The value of the limit as a term without letters, where the kernel's own rule gives one."""

    def value(normaliser: Normaliser) -> Term:
        found = limit_value(normaliser, claim.lhs, facts)
        return found if isinstance(found, Term) else normaliser.ratio_term(found)

    try:
        facts = facts_for_large(claim.lhs, facts_of(claim.scope).assuming(visible_conditions(claim)))
        term = with_normaliser(facts, value)
    except (NoNormalForm, NotAdmitted, TooLarge, ZeroDivisionError):
        return None
    return None if free_letters(term) else term
