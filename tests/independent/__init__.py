"""A second opinion on claims: every term evaluated again in mpmath to 200 digits, without FLINT and without the kernel.

``at_point`` says whether a claim holds at a point; ``look_for_failure`` tries random points of the declared domain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from mpmath import mp

from derive.core import Claim, Point, Relation, Term
from independent import chance
from independent.evaluate import value
from independent.points import Inadmissible, Letters, letters_of, require_admissible, sampled, truth
from independent.values import Diverges, Eye, Undefined, Unsuited, is_matrix
from independent.world import World, parts, world_of

DIGITS = 200
TRIES = 20
MORE_DIGITS = 620
"""For sides that agree to 200 digits although a refutation says that they differ."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """``outcome``: holds, fails, inadmissible (a hypothesis fails or a side is undefined there) or open (with the reason)."""

    outcome: str
    reason: str = ""


def at_point(claim: Claim, point: Point, digits: int = DIGITS) -> Opinion:
    """At a point that the kernel speaks of."""
    with mp.workdps(digits):
        try:
            letters = letters_of(claim, point)
        except (Unsuited, Undefined) as problem:
            return Opinion("open", str(problem))
        opinion = _opinion(claim, letters)
    if opinion.outcome == "holds" and digits == DIGITS:
        return at_point(claim, point, MORE_DIGITS)
    return opinion


def random_opinions(claim: Claim, count: int, seed: int = 1, digits: int = 60) -> Iterator[Opinion]:
    """At ``count`` random points of the declared domain, or at fewer where most of those tried are not admissible."""
    random, given = Random(seed), 0
    closed = not claim.scope.declarations
    with mp.workdps(digits):
        for _ in range(1 if closed else TRIES * count):
            try:
                opinion = _opinion(claim, sampled(claim, random))
            except (Unsuited, Undefined, chance.Undrawn) as problem:
                opinion = Opinion("open", str(problem))
            if opinion.outcome != "inadmissible":
                yield opinion
                given += 1
            if given == count:
                return


def _opinion(claim: Claim, letters: Letters) -> Opinion:
    w = world_of(claim, letters)
    try:
        require_admissible(claim, w)
    except (Inadmissible, Undefined) as problem:
        return Opinion("inadmissible", str(problem))
    except (Unsuited, chance.Undrawn) as problem:
        return Opinion("open", str(problem))
    try:
        holds = _holds(claim, w)
    except Diverges as problem:
        return Opinion("fails", str(problem))
    except (Undefined, ZeroDivisionError) as problem:
        return Opinion("inadmissible", str(problem))
    except (Unsuited, chance.Undrawn, mp.NoConvergence, OverflowError, ValueError) as problem:
        return Opinion("open", str(problem) or type(problem).__name__)
    if holds is None:
        return Opinion("open", "the error of a numerical method leaves it open")
    return Opinion("holds" if holds else "fails")


def _holds(claim: Claim, w: World) -> bool | None:
    lhs, relation, rhs = claim.lhs, claim.relation, claim.rhs
    if relation in ("~", "O"):
        raise Unsuited("a relation of growth")
    if rhs.head == "antiderivative" or lhs.head == "antiderivative":
        found, other = (lhs, rhs) if lhs.head == "antiderivative" else (rhs, lhs)
        lhs, rhs = Term("derivative", (other, found.args[1])), found.args[0]
    if any(part.head == "antiderivative" for part in (*parts(lhs), *parts(rhs))):
        raise Unsuited("an antiderivative inside a formula")
    a, b = _both(lhs, rhs, w)
    if relation == "~~":
        return _approximates(a, b, lhs, rhs)
    if any(not is_matrix(x) and not isinstance(x, Eye) and abs(x) == mp.inf for x in (a, b)):
        raise Unsuited("infinity as a side")
    return truth(relation, a, b, w)


def _both(lhs: Term, rhs: Term, w: World) -> tuple[Any, Any]:
    """Both values. That a side diverges is only said where the other is visibly defined."""
    try:
        a = value(lhs, w)
    except Diverges:
        value(rhs, w)
        raise
    return a, value(rhs, w)


def _approximates(a: Any, b: Any, lhs: Term, rhs: Term) -> bool:
    for term in (rhs, lhs):
        text = str((term.args[0] if term.head == "neg" else term).value)
        if (term.args[0] if term.head == "neg" else term).head in ("decimal", "number"):
            places = len(text.partition(".")[2]) if "." in text else 0
            return bool(abs(a - b) <= mp.mpf(10) ** -places / 2)
    raise Unsuited("no numeral to compare with")


def opinion_at(claim: Claim, letters: Letters) -> Opinion:
    """At a point of our own."""
    return _opinion(claim, letters)


def condition_at(claim: Claim, conditions: tuple[Relation, ...], letters: Letters) -> bool | None:
    """Whether all of the conditions hold at an admissible point; None where that is not known or it is not admissible."""
    w = world_of(claim, letters)
    try:
        require_admissible(claim, w)
        truths = [truth(r.relation, value(r.lhs, w), value(r.rhs, w), w) for r in conditions]
    except (Inadmissible, Undefined, Unsuited, chance.Undrawn, ZeroDivisionError):
        return None
    return False if False in truths else None if None in truths else True
