"""Series that diverge, shown by limits: the terms do not tend to 0, or outgrow a multiple of 1/k."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from derive.core import Declaration, Relation, Scope, Term, Value
from derive.kernel.asymptotic import facts_for_large, limit_value
from derive.kernel.balls import Undefined, evaluate
from derive.kernel.conditions import unsettled
from derive.kernel.facts import Facts, facts_of
from derive.kernel.heads import conditions_of
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import TooLarge
from derive.kernel.terms import INFINITY, free_letters, mul, number, power, substitute, subterms, symbol
from derive.kernel.verdict import NotAdmitted

LETTER = "k'"
PLACES = (100, 200)
FALL = 0.9


def divergent_part(term: Term, env: Mapping[str, Value]) -> str | None:
    """Why some infinite sum in ``term`` has no finite value where its letters have the values of ``env`` (None: not shown).
    Every term of that sum is defined."""
    for part in subterms(term):
        if part.head == "sum" and part.args[3] == INFINITY:
            closed = _closed(part, env)
            if closed is not None and (reason := _divergence(closed)) is not None:
                return reason
    return None


def _closed(series: Term, env: Mapping[str, Value]) -> Term | None:
    """The series with numbers for its letters."""
    for name, value in env.items():
        if isinstance(value, Fraction):
            series = substitute(series, name, number(value))
    return None if free_letters(series) else series


def _divergence(series: Term) -> str | None:
    body, bound, lower, _ = series.args
    letter = symbol(LETTER)
    facts = facts_of(Scope((Declaration(LETTER, "integer", where=(Relation(letter, ">=", lower),)),)))
    body = substitute(body, str(bound.value), letter)
    if _dies_out(body) or not _defined(body, facts):
        return None
    if _stays_away_from_zero(power(body, number(2)), facts):
        return "the terms of the series do not tend to 0"
    for signed in (body, Term("neg", (body,))):
        if _stays_away_from_zero(mul(letter, signed), facts):
            return "the series diverges: its terms outgrow a multiple of 1/k"
    return None


def _dies_out(body: Term) -> bool:
    """k times the term seems to fall: the limits below would not show anything."""
    try:
        near, far = (abs(evaluate(body, {LETTER: Fraction(k)}, 64)) for k in PLACES)  # type: ignore[arg-type]
    except Undefined:
        return False
    return bool(far * 2 < near * FALL)


def _defined(body: Term, facts: Facts) -> bool:
    """At every value of the letter."""
    try:
        return not any(list(unsettled(c, facts, hidden=True)) for c in conditions_of(body, facts.scope))
    except (NotAdmitted, NoNormalForm, TooLarge, ZeroDivisionError):
        return False


def _stays_away_from_zero(term: Term, facts: Facts) -> bool:
    """The limit exists and is positive, or infinity."""
    limit = Term("limit", (term, symbol(LETTER), INFINITY))

    def positive(normaliser: Normaliser) -> bool:
        found = limit_value(normaliser, limit, large)
        return True if isinstance(found, Term) else large.positive(normaliser.ratio_term(normaliser.reduce(found)))

    try:
        large = facts_for_large(limit, facts)
        return with_normaliser(large, positive)
    except (NotAdmitted, NoNormalForm, TooLarge, ZeroDivisionError):
        return False
