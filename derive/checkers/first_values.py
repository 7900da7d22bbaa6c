"""The first values of an integer letter apart, where a proof goes through for all later ones only."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from derive.checkers import growing, induct, normalise, summing, zeilberger
from derive.core import Claim, Enclosure, Evidence, FirstValues, Hints, Normal, WhereVisible
from derive.kernel import NotAdmitted
from derive.kernel.balls import Undefined
from derive.kernel.normal import NoNormalForm
from derive.kernel.ratio import TooLarge
from derive.kernel.rules.basis import ORDER
from derive.kernel.rules.induction import instance, later_from, lowest
from derive.kernel.rules.inner import shown
from derive.kernel.rules.where_visible import within_visible_bounds
from derive.kernel.terms import free_letters, has_series, heads, number

COUNTED = frozenset(("sum", "prod", "index", "factorial", "binomial"))
MOST_APART = 3
TRIED = 6
"""Proofs of the rest that are tried for one start."""
REFUSALS = (NotAdmitted, NoNormalForm, Undefined, TooLarge, ZeroDivisionError, RecursionError)
BEYOND = frozenset(("integral", "antiderivative", "limit", "expect_given", "gradient", "hessian"))

PROVES = (r"\sum_{k=2}^{t} (k - 1) = \frac{t (t - 1)}{2}",)
DECLINES = (r"\sum_{k=2}^{t} (k - 1) = \frac{t (t + 1)}{2}",)


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Only for what is counted: sums, members of sequences, factorials."""
    met = heads(claim.lhs, claim.rhs)
    if claim.relation not in ("=", *ORDER) or not met & COUNTED or met & BEYOND or has_series(claim.lhs, claim.rhs):
        return
    if (bounded := _within(claim)) is not None and (proof := _from(bounded)) is not None:
        yield WhereVisible(proof)
        return
    letters = free_letters(claim.lhs) | free_letters(claim.rhs)
    for declaration in claim.scope.declarations:
        start = lowest(declaration) if declaration.domain == "integer" and declaration.name in letters else None
        if start is not None:
            yield from _apart(claim, declaration.name, start)


def _within(claim: Claim) -> Claim | None:
    """The claim where its integer letters keep the bounds that are visible in it; None where none is or they tell nothing new."""
    try:
        found = within_visible_bounds(claim)
    except REFUSALS:
        return None
    new = {d.name for d, old in zip(found.scope.declarations, claim.scope.declarations, strict=True) if d != old}
    return found if any(d.domain == "integer" and d.name in new for d in claim.scope.declarations) else None


def _apart(claim: Claim, name: str, start: int) -> Iterator[Evidence]:
    singles: list[Evidence] = []
    for count in range(1, MOST_APART + 1):
        single = _at(instance(claim, name, number(start + count - 1)))
        if single is None:
            return
        singles.append(single)
        rest = _from(later_from(claim, name, start + count))
        if rest is not None:
            yield FirstValues(name, start, tuple(singles), rest)
            return


def _at(claim: Claim) -> Evidence | None:
    return next((one for one in (Normal(), Enclosure()) if _holds(claim, one)), None)


def _from(claim: Claim) -> Evidence | None:
    found = chain(*(checker.find(claim, Hints()) for checker in (normalise, summing, induct, zeilberger)))
    later = growing.find(claim, Hints()) if claim.relation in ORDER else ()
    return next((one for one in islice(chain(found, later), TRIED) if _holds(claim, one)), None)


def _holds(claim: Claim, evidence: Evidence) -> bool:
    try:
        shown(claim, evidence)
    except REFUSALS:
        return False
    return True
