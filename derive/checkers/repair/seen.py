"""Where a claim was seen to hold and where to fail: numerically, trusted by nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from flint import ctx

from derive.checkers.closed_points import admissible_points, truth_at_closed
from derive.checkers.low_members import reaching
from derive.checkers.sampling import sample
from derive.checkers.screen import Letters, NotCompiled, Sight, clearly_holds, compiled, gap_of, in_floats, sight
from derive.core import Claim, Point, Relation, Value
from derive.kernel import NotAdmitted
from derive.kernel.balls import Undefined, holds
from derive.kernel.balls.asking import compute
from derive.kernel.balls.comparing import truth_of
from derive.kernel.balls.limits import Unclear
from derive.kernel.balls.values import Scalar, ball_of
from derive.kernel.budget import remembered
from derive.kernel.closed_points import is_closed
from derive.kernel.conditions import visible_conditions
from derive.kernel.divergence import divergent_part
from derive.kernel.normal import NoNormalForm
from derive.kernel.points import grounded, require_at
from derive.kernel.ratio import TooLarge
from derive.kernel.terms import INFINITY, heads, subterms

POINTS = 40
ENOUGH_BAD, ENOUGH_OF_DEAR_ONES = 8, 6
"""A claim that fails at so many points before it is seen to hold is given up; of matrices no more points are looked at."""
LOOKS = ((64, 40), (160, 100))
"""Bits of the balls, and to how many bits they must agree to count as equal: series are dear at many bits."""
SEEN = {Sight.HOLDS: True, Sight.FAILS: False, Sight.NOWHERE: None, Sight.DOUBTFUL: None}
AVERAGES = {"expect", "variance", "covariance", "probability", "expect_given"}
BEYOND_EVALUATION = {"limit", "integral"}
"""Heads whose value at a point is not computed."""


Place = tuple[Point, Letters | None]
Test = Callable[[Place], bool | None]


@dataclass(frozen=True)
class Seen:
    """Points at which the claim holds and at which it fails. ``evaluated``: the claim has values at points at all."""

    claim: Claim
    good: tuple[Point, ...]
    bad: tuple[Point, ...]
    evaluated: bool

    @cached_property
    def places(self) -> tuple[list[Place], list[Place]]:
        """The bad points and the good ones, each with its numbers in floating point where it has such."""
        bad, good = ([(point, in_floats(point)) for point in points] for points in (self.bad, self.good))
        return bad, good

    @property
    def hopeless(self) -> bool:
        """It was looked at and never seen to hold. Points seldom hit upon matrices that commute or are symmetric."""
        return self.evaluated and not self.good and not self.matrices

    @cached_property
    def everywhere(self) -> bool:
        """The claim has a value at every point where it is defined, so that the points tell where it holds."""
        infinite = any(INFINITY in subterms(side) for side in (self.claim.lhs, self.claim.rhs))
        return self.evaluated and not infinite

    @cached_property
    def matrices(self) -> bool:
        return any(declaration.shape for declaration in self.claim.scope.declarations)

    def separated_by(self, condition: tuple[Relation, ...]) -> bool:
        """The condition holds at no bad point and at every good one."""
        bad, good = self.places
        tests = [self._test(relation) for relation in condition]
        if any(_all_hold(tests, place) is not False for place in bad):
            return False
        if self.matrices:  # where (A - A^T) x = 0 a claim may hold without what it needs
            return True
        return all(_all_hold(tests, place) is not False for place in good)

    def _test(self, relation: Relation) -> Test:
        """Whether the relation holds at a place: in floating point where that leaves no doubt."""
        claim = Claim(relation.lhs, relation.relation, relation.rhs, self.claim.scope)
        try:
            left, right = compiled(relation.lhs), compiled(relation.rhs)
        except NotCompiled:
            return lambda place: _holds(claim, place[0])

        def test(place: Place) -> bool | None:
            point, letters = place
            clear = None if letters is None else clearly_holds(relation.relation, left, right, letters)
            return _holds(claim, point) if clear is None else clear

        return test


def _all_hold(tests: list[Test], place: Place) -> bool | None:
    answers = [test(place) for test in tests]
    return False if False in answers else None if None in answers else True


def look(claim: Claim, failing: Point | None) -> Seen:
    """The claim at sampled points; ``failing`` is one at which it is known to fail."""
    bad = [failing] if failing else []
    if not evaluable(claim):
        return Seen(claim, (), tuple(bad), False)
    good: list[Point] = []
    enough = ENOUGH_OF_DEAR_ONES if gap_of(claim) is None else ENOUGH_BAD
    claim_of_numbers = not any(declaration.shape for declaration in claim.scope.declarations)
    for point in reaching(claim, sample(claim.scope, POINTS)):
        truth = truth_at(claim, point)
        if truth is not None:
            (good if truth else bad).append(point)
        if len(bad) > enough and not (good and claim_of_numbers):
            break
    if not good:
        told = [(point, truth_at_closed(claim, point)) for point in admissible_points(claim)]
        good += [point for point, truth in told if truth]
        bad += [point for point, truth in told if not truth]
    return Seen(claim, tuple(good), tuple(bad), bool(good) or len(bad) > 1)


def evaluable(claim: Claim) -> bool:
    """Averages of letters of which only moments are declared are dear, and seldom seen to hold."""
    used = heads(claim.lhs, claim.rhs)
    any_law = any(d.law is not None and d.law.name == "moments" for d in claim.scope.declarations)
    return not used & BEYOND_EVALUATION and not (any_law and used & AVERAGES)


def truth_at(claim: Claim, point: Point) -> bool | None:
    """Whether the claim holds at an admissible point, equality to dozens of bits counting as equality."""
    if is_closed(point):
        return truth_at_closed(claim, point)
    seen = sight(claim, point)
    if seen is not Sight.DOUBTFUL:
        return SEEN[seen]
    try:
        relation, env = grounded(claim, point)
        if claim.relation == "=" and any(divergent_part(side, env) for side in (relation.lhs, relation.rhs)):
            for condition in visible_conditions(claim):
                require_at(claim, condition, env)
            return False
        answers = (_truth_of(relation, env, bits, agreement) for bits, agreement in LOOKS)
        return next((answer for answer in answers if answer is not None), None)
    except (NotAdmitted, Undefined, NoNormalForm, TooLarge, ZeroDivisionError):
        return None


def _truth_of(relation: Relation, env: Mapping[str, Value], bits: int, agreement: int) -> bool | None:
    if relation.relation == "~~":
        return holds(relation, env, bits)
    try:
        left, right = (compute(side, env, bits) for side in (relation.lhs, relation.rhs))
    except Unclear:
        return None
    with ctx.workprec(bits):
        truth = truth_of(relation.relation, left, right)
        if truth is not None or relation.relation not in ("=", "<=", ">="):
            return truth
        if not isinstance(left, Scalar) or not isinstance(right, Scalar):
            return None
        a, b = ball_of(left), ball_of(right)
        return True if abs(a - b).upper() <= 2.0**-agreement * (1 + abs(a).upper()) else None


@remembered(maxsize=4096)
def _holds(condition: Claim, point: Point) -> bool | None:
    return truth_at(condition, point)
