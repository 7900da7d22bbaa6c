"""A letter that one side of a relation lacks may have been given a value that was not read, or it was lost by a slip of the pen.

It was lost where the relation becomes true with the letter put in at one place, or for another letter that is new there. Which of these
changes is true is for the judge to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice

from derive.core import Claim, Point, Term
from derive.kernel.budget import BudgetSpent, metered
from derive.kernel.terms import free_letters, mul, power, substitute, subterms, symbol
from derive.notes.mending import BUDGET, LARGEST, TWO, fails_at, other_signs, points_near
from derive.notes.plain_letters import filled

ONE_SIDED = "stands on one side only"
MOST_PLACES = 120
MOST_LEFT = 6
"""Changes that are handed to the judge."""


def is_lost(doubt: str) -> bool:
    """Nothing else is doubted than that letters stand on one side only."""
    return bool(doubt) and all(part.endswith(ONE_SIDED) for part in doubt.split("; "))


def restorations(claim: Claim, point: Point | None) -> list[Claim]:
    """The relation with the letter put back, as far as that does not fail near the point where the relation fails."""
    if claim.relation != "=" or point is None or not (_fitting(claim) or _may_cancel(claim)):
        return []
    near, left = list(points_near(claim, point)), []
    few = bool(_only(claim)[1])  # the judge looks at them all, where a look here would cost much
    with suppress(BudgetSpent), metered(BUDGET):
        for changed in islice(_restored(claim), MOST_PLACES):
            if (near or few) and not any(fails_at(changed, one) for one in near):
                left.append(changed)
            if len(left) == MOST_LEFT:
                break
    return left


def _fitting(claim: Claim) -> bool:
    """One letter was lost, of a side that is computed and not a mere number, and at most one came for it."""
    lost, new = _only(claim)
    small = sum(1 for _ in islice(subterms(claim.rhs), LARGEST + 1)) <= LARGEST
    computed = bool(claim.lhs.args) and bool(claim.rhs.args)  # x = y is an equation
    return small and computed and len(lost) == 1 and len(new) <= 1 and bool(free_letters(claim.rhs))


def _only(claim: Claim) -> tuple[list[str], list[str]]:
    lhs, rhs = free_letters(claim.lhs), free_letters(claim.rhs)
    return sorted(lhs - rhs), sorted(rhs - lhs)


LEAST_SUMMANDS = 3


def _may_cancel(claim: Claim) -> bool:
    """``(x + 1) b + S + x b`` for ``(x + 1) b + S - x b - S``: letters of a long side of which nothing is left on the other one."""
    lost, new = _only(claim)
    small = sum(1 for _ in islice(subterms(claim.lhs), LARGEST + 1)) <= LARGEST
    long = claim.lhs.head == "add" and len(claim.lhs.args) >= LEAST_SUMMANDS
    return small and long and bool(lost) and not new and bool(free_letters(claim.rhs))


def _restored(claim: Claim) -> Iterator[Claim]:
    if _may_cancel(claim):
        for _, lhs in other_signs(claim.lhs, frozenset()):
            yield filled(replace(claim, lhs=lhs))
    if _fitting(claim):
        yield from _put_back(claim)


def _put_back(claim: Claim) -> Iterator[Claim]:
    (lost,), new = _only(claim)
    letter = symbol(lost)
    for name in new:
        for value in (letter, *_ends_of(name, claim.lhs)):
            rhs = substitute(claim.rhs, name, value)
            if rhs != claim.lhs:  # else D D^T = C C^T says the same of two things
                yield replace(claim, rhs=rhs)
        return
    if not any(d.name == lost and (d.shape or d.family or d.function) for d in claim.scope.declarations):
        for rhs in _multiplied(claim.rhs, letter):
            yield replace(claim, rhs=rhs)


def _ends_of(name: str, side: Term) -> Iterator[Term]:
    """Where the sums of the other side begin and end that bind a letter which escaped from them."""
    for part in subterms(side):
        if part.head in ("sum", "prod") and part.args[1] == symbol(name):
            yield from (end for end in part.args[2:] if free_letters(end))


def _multiplied(term: Term, letter: Term) -> Iterator[Term]:
    """The term with one of its parts multiplied or divided by the letter, whole parts first; no exponent or index is changed."""
    yield mul(letter, term)
    yield Term("div", (term, letter))
    yield mul(power(letter, TWO), term)
    inner = (
        term.args[:1] if term.head in ("pow", "index") else () if term.head in ("sum", "prod", "matrix") else term.args
    )
    for place, arg in enumerate(inner):
        for new in _multiplied(arg, letter):
            yield replace(term, args=(*term.args[:place], new, *term.args[place + 1 :]))
    if term.head in ("sum", "prod"):
        for new in _multiplied(term.args[0], letter):
            yield replace(term, args=(new, *term.args[1:]))


__all__ = ["ONE_SIDED", "is_lost", "restorations"]
