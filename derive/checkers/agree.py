"""Agreement at many exact points, when nothing better was found: supports, never proves."""

from __future__ import annotations

from collections.abc import Iterator

from derive.checkers.corners import failing_corner
from derive.checkers.low_members import reaching
from derive.checkers.refute import fails_at
from derive.checkers.sampling import sample
from derive.core import Claim, Counterexample, Evidence, Hints, Overlap, Point
from derive.kernel import NotAdmitted
from derive.kernel.balls import Undefined
from derive.kernel.points import OVERLAPS_NEEDED, check_overlap, distinct
from derive.kernel.terms import heads

TRIES = 96


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    if claim.relation != "=" or heads(claim.lhs, claim.rhs) & {"limit", "integral", "probability"}:
        return
    good: list[Point] = []
    for point in reaching(claim, sample(claim.scope, TRIES)):
        try:
            check_overlap(claim, point)
        except (NotAdmitted, Undefined):
            if fails_at(claim, point):
                return  # one certain failure outweighs any agreement
            continue
        if distinct(claim, [*good, point]) > len(good):
            good.append(point)
        if len(good) == OVERLAPS_NEEDED:
            corner = failing_corner(claim)
            yield Overlap(tuple(good)) if corner is None else Counterexample(corner)
            return
