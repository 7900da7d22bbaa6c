"""Averages that nothing computes: a seeded sample, of a size that is chosen beforehand. Supports, never proves, never refutes."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Claim, Evidence, Hints, Sampled
from derive.kernel import NotAdmitted
from derive.kernel.balls import decimal_tolerance
from derive.kernel.facts import facts_of
from derive.kernel.statistics.grid import SPREADS
from derive.kernel.statistics.looks import MOST_NUMBERS, ONE_LOOK, SIZES
from derive.kernel.statistics.radii import Spread, product_of_means
from derive.kernel.statistics.support import RELATIONS, Grid, grid_of, the_average
from derive.kernel.terms import heads

SEED = 0
AFFORDABLE = 5 * 2**17
"""Random numbers that one claim may cost: about a fifth of a second."""
USUAL_ROOM = 0.1
"""Relative accuracy that is aimed at where the claim does not say how much it needs."""
BOUNDED = 2**15

PROVES: tuple[str, ...] = ()
DECLINES = (r"a < a + 1",)


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """One sample, where the claim is about one average over independent letters."""
    if claim.relation not in RELATIONS or not heads(claim.lhs, claim.rhs) & {"expect", "variance", "probability"}:
        return
    try:
        _, average = the_average(claim)
    except NotAdmitted:
        return
    what = grid_of(average, facts_of(claim.scope))
    if what is None:
        yield Sampled("bounded_mean", SEED, BOUNDED)
    else:
        yield from _on_a_grid(what, _room(claim))


def _room(claim: Claim) -> float:
    """The relative accuracy that the claim asks for: half the last digit of its numeral."""
    known = decimal_tolerance(claim.rhs) if claim.relation == "~~" else None
    return USUAL_ROOM if known is None or known[0] == 0 else abs(float(known[1] / known[0]))


def _on_a_grid(what: Grid, room: float) -> Iterator[Evidence]:
    """The estimator that needs fewer draws, by its kappa, which is known before any draw."""
    for estimator in ("tilt", "full_grid"):
        spread = SPREADS.get((estimator, what.law))
        if spread is not None:
            yield Sampled(estimator, SEED, draws_for(spread, what.factors, room / 2))
            return


def draws_for(spread: Spread, factors: int, room: float) -> int:
    """The least admissible number of draws a factor whose interval is narrower than ``room`` on either side; else the largest that
    is affordable."""
    affordable: list[int] = [size for size in SIZES if size * factors <= min(AFFORDABLE, MOST_NUMBERS)] or [SIZES[0]]
    for size in affordable:
        ends = product_of_means(spread, factors, size, ONE_LOOK)
        if ends is not None and ends[0] >= 1 - room and ends[1] <= 1 + room:
            return size
    return affordable[-1]
