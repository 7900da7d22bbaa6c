"""Where a claim was seen to hold and where to fail: numerically, trusted by nobody."""

from __future__ import annotations

from dataclasses import dataclass

from flint import ctx

from derive.checkers.sampling import sample
from derive.checkers.screen import clearly
from derive.core import Claim, Point, Relation
from derive.kernel import NotAdmitted
from derive.kernel.balls import BallMatrix, Undefined, evaluate, holds
from derive.kernel.budget import remembered
from derive.kernel.conditions import visible_conditions
from derive.kernel.divergence import divergent_part
from derive.kernel.normal import NoNormalForm
from derive.kernel.points import grounded, require_at
from derive.kernel.ratio import TooLarge
from derive.kernel.terms import INFINITY, heads, subterms

POINTS = 40
ENOUGH_BAD = 8
"""A claim that fails at so many points before it is seen to hold is given up."""
BITS = 160
AGREEMENT_BITS = 100
AVERAGES = {"expect", "variance", "covariance", "probability", "expect_given"}
BEYOND_EVALUATION = {"limit", "integral"}
"""Heads whose value at a point is not computed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Points at which the claim holds and at which it fails. ``evaluated``: the claim has values at points at all."""

    claim: Claim
    good: tuple[Point, ...]
    bad: tuple[Point, ...]
    evaluated: bool

    @property
    def hopeless(self) -> bool:
        """It was looked at and never seen to hold. Points seldom hit upon matrices that commute or are symmetric."""
        return self.evaluated and not self.good and not self.matrices

    @property
    def everywhere(self) -> bool:
        """The claim has a value at every point where it is defined, so that the points tell where it holds."""
        infinite = any(INFINITY in subterms(side) for side in (self.claim.lhs, self.claim.rhs))
        return self.evaluated and not infinite

    @property
    def matrices(self) -> bool:
        return any(declaration.shape for declaration in self.claim.scope.declarations)

    def separated_by(self, condition: tuple[Relation, ...]) -> bool:
        """The condition holds at no bad point and at every good one."""
        if any(_all_hold(self.claim, condition, point) is not False for point in self.bad):
            return False
        if self.matrices:  # where (A - A^T) x = 0 a claim may hold without what it needs
            return True
        return all(_all_hold(self.claim, condition, point) is not False for point in self.good)


def look(claim: Claim, failing: Point | None) -> Seen:
    """The claim at sampled points; ``failing`` is one at which it is known to fail."""
    bad = [failing] if failing else []
    if not evaluable(claim):
        return Seen(claim, (), tuple(bad), False)
    good: list[Point] = []
    for point in sample(claim.scope, POINTS):
        truth = truth_at(claim, point)
        if truth is not None:
            (good if truth else bad).append(point)
        if not good and len(bad) > ENOUGH_BAD:
            break
    return Seen(claim, tuple(good), tuple(bad), bool(good) or len(bad) > 1)


def evaluable(claim: Claim) -> bool:
    """Averages of letters of which only moments are declared are dear, and seldom seen to hold."""
    used = heads(claim.lhs, claim.rhs)
    any_law = any(d.law is not None and d.law.name == "moments" for d in claim.scope.declarations)
    return not used & BEYOND_EVALUATION and not (any_law and used & AVERAGES)


def truth_at(claim: Claim, point: Point) -> bool | None:
    """Whether the claim holds at an admissible point, equality to AGREEMENT_BITS bits counting as equality."""
    if (clear := clearly(claim, point)) is not None:
        return clear
    try:
        relation, env = grounded(claim, point)
        if claim.relation == "=" and any(divergent_part(side, env) for side in (relation.lhs, relation.rhs)):
            for condition in visible_conditions(claim):
                require_at(claim, condition, env)
            return False
        truth = holds(relation, env, BITS)
        if truth is not None or relation.relation not in ("=", "<=", ">="):
            return truth
        left, right = (evaluate(side, env, BITS) for side in (relation.lhs, relation.rhs))
    except (NotAdmitted, Undefined, NoNormalForm, TooLarge, ZeroDivisionError):
        return None
    if isinstance(left, BallMatrix) or isinstance(right, BallMatrix):
        return None
    with ctx.workprec(BITS):
        return True if abs(left - right).upper() <= 2.0**-AGREEMENT_BITS * (1 + abs(left).upper()) else None


def _all_hold(claim: Claim, condition: tuple[Relation, ...], point: Point) -> bool | None:
    answers = [_holds(Claim(r.lhs, r.relation, r.rhs, claim.scope), point) for r in condition]
    return False if False in answers else None if None in answers else True


@remembered(maxsize=4096)
def _holds(condition: Claim, point: Point) -> bool | None:
    return truth_at(condition, point)
