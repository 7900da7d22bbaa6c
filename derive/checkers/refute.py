"""Look for exact admissible points at which the claim fails, and offer the simplest of the first few.

Claims about numbers are tried in floating point at hundreds of points; where one seems to fail, and at a few of the simplest
points in any case, an exact look follows. Inequalities are also followed downhill. Other claims are tried exactly at each point.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from derive.checkers.descent import bottoms
from derive.checkers.low_members import reaching
from derive.checkers.near_bounds import near_bounds
from derive.checkers.sampling import sample
from derive.checkers.screen import Gap, Sight, gap_of, given, sight
from derive.checkers.spread import spread, suits
from derive.core import Claim, Counterexample, Evidence, Hints, Matrix, Point, Relation
from derive.kernel import NotAdmitted
from derive.kernel.balls import Env, Undefined, approximates, holds
from derive.kernel.budget import POINT, at_hand, spend
from derive.kernel.coincidence import same_number
from derive.kernel.points import grounded
from derive.kernel.refutations import STRICT
from derive.kernel.terms import free_letters, has_series, heads, letters_of

POINTS = 48
POINTS_WITH_BRANCHES = 192
"""For complex letters: a principal branch shows itself at few points, some of them on the cut."""
POINTS_OF_SERIES = 12
"""Each of them takes hundreds of terms."""
POINTS_OF_LIMITS = 24
SCREENED = 400
"""So many points are tried in floating point."""
LONG = 80
"""Sums and products take long at large ends."""
GLANCED = 24
IN_SIGHT = 5
"""Points that are tried before anything else is."""
SOON = 8
"""Points that are tried before anything dear is: most false claims fail at them."""
EXACT = 4
"""So many are looked at exactly though nothing seems wrong there: a claim may be wrong by less than a float tells."""
SUSPECTS = 24
"""So many exact looks at points where floating point sees a difference that may be rounding."""
DESCENTS = 3
SCREEN_BITS = 128
SIMPLE = tuple(Fraction(q) for q in (1, 2, -1, -2, 0, 3, -3))
COMPARED = 3
"""So many failing points are found before the simplest is chosen."""
ORDER = ("<", "<=", ">", ">=")

REFUTES = (r"(a + b)^2 = a^2 + b^2", r"\sqrt{x^2} = x", r"x^2 - 2 x + 0.999999 \ge 0", r"a^2 + b^2 > 2 a b")
DECLINES = (r"(a + b)^2 = a^2 + 2 a b + b^2", r"a^2 + b^2 \ge 2 a b")


def find_in_sight(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """The simplest failing one of the first few points, where floating point leaves no doubt that the claim fails there."""
    if claim.relation in ("~", "O", "~~") or not suits(claim.scope):
        return
    gap, letters = gap_of(claim), _letters(claim)
    if gap is None or not letters:
        return
    failing = (point for point, values in spread(claim.scope, letters, IN_SIGHT) if gap.sight(values) is Sight.FAILS)
    for point in sorted(islice(failing, COMPARED), key=_length):
        yield from _simplest_first(claim, point)


def find_soon(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """The simplest failing one of the first few points."""
    yield from islice(_candidates(claim, SOON), 2)


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    yield from _candidates(claim, SCREENED)


def glance(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """For a claim that is proved: a contradiction would be a fault of ours, and would show at the first points."""
    yield from _candidates(claim, GLANCED)


def _candidates(claim: Claim, screened: int) -> Iterator[Evidence]:
    if claim.relation in ("~", "O") or (claim.relation == "!=" and has_series(claim.lhs, claim.rhs)):
        return  # that two series are equal is no matter of enclosures
    failing = _failing(claim, screened)
    dear = any(d.shape or d.law for d in claim.scope.declarations)
    for point in sorted(islice(failing, 1 if dear else COMPARED), key=_length):
        yield from _simplest_first(claim, point)


def _simplest_first(claim: Claim, point: Point) -> Iterator[Evidence]:
    """The point made simpler, if it can be, then the point itself."""
    simple = shrunk(claim, point)
    yield Counterexample(simple)
    if simple is not point:
        yield Counterexample(point)


def _failing(claim: Claim, screened: int) -> Iterator[Point]:
    if suits(claim.scope) and claim.relation != "~~":
        gap = gap_of(claim)
        if gap is not None:
            yield from _screened(claim, gap, screened)
            if screened > GLANCED:
                yield from _near_bounds(claim, gap)
            return
    complex_letter = any(d.domain == "complex" and not d.shape for d in claim.scope.declarations)
    most = POINTS_WITH_BRANCHES if complex_letter else POINTS
    most = POINTS_OF_SERIES if has_series(claim.lhs, claim.rhs) else most
    most = POINTS_OF_LIMITS if heads(claim.lhs, claim.rhs) & {"limit", "integral"} else most
    points = reaching(claim, sample(claim.scope, min(screened, most)))
    yield from (point for point in points if fails_at(claim, point))


def _screened(claim: Claim, gap: Gap, screened: int) -> Iterator[Point]:
    letters = _letters(claim)
    suspects = exact = 0
    low: list[tuple[float, Point]] = []
    if heads(claim.lhs, claim.rhs) & {"sum", "prod"}:
        screened = min(screened, LONG)
    for point, values in spread(claim.scope, letters, screened):
        spend(2)
        found = gap(values)
        if found is not None and found <= 0:
            suspects += 1
            clear = screened <= SOON and gap.sight(values) is Sight.FAILS  # the kernel looks at the one that is chosen
            if suspects <= SUSPECTS and (clear or fails_at(claim, point)):
                yield point
        elif exact < EXACT and screened > SOON and fails_at(claim, point):
            yield point
        exact += found is not None
        if found is not None and claim.relation in ORDER:
            low.append((found, point))
    if claim.relation in ORDER and suspects < SUSPECTS and screened > GLANCED:
        yield from _downhill(claim, gap, [point for _, point in sorted(low, key=lambda entry: entry[0])[:DESCENTS]])


def _near_bounds(claim: Claim, gap: Gap) -> Iterator[Point]:
    """Failing points at the ends of the domain that hypotheses give."""
    for point in near_bounds(claim):
        spend(2)
        if gap.suspicious(point) and fails_at(claim, point):
            yield point


def _letters(claim: Claim) -> frozenset[str]:
    """Those of the claim and of its hypotheses."""
    return free_letters(claim.lhs).union(free_letters(claim.rhs), *map(letters_of, claim.scope.hypotheses))


def _downhill(claim: Claim, gap: Gap, starts: list[Point]) -> Iterator[Point]:
    """Points near the bottom of the gap, found from the lowest of the points tried."""
    real = {d.name for d in claim.scope.declarations if d.domain == "real" and not d.function}
    for start in starts:
        values = {name: given(value) for name, value in start}
        names = [name for name, value in start if name in real and isinstance(value, Fraction)]
        for bottom in bottoms(gap, values, names) if names else ():
            spend(POINT)
            point = tuple((name, bottom.get(name, value)) for name, value in start)
            if gap.suspicious(point) and fails_at(claim, point):
                yield point


def shrunk(claim: Claim, point: Point) -> Point:
    """Replace one number after the other by a simpler one while the claim still fails."""
    sizes = _sizes_of_matrices(claim, point)
    for position, (name, value) in enumerate(point):
        for simpler in _simpler(value) if isinstance(value, Fraction) and name not in sizes else ():
            candidate = (*point[:position], (name, simpler), *point[position + 1 :])
            seen = sight(claim, candidate)
            if (seen is Sight.DOUBTFUL and fails_at(claim, candidate)) or seen is Sight.FAILS:
                point = candidate
                break
    return point


def _sizes_of_matrices(claim: Claim, point: Point) -> frozenset[str]:
    """Sizes that the matrices at the point have: with another size they would not fit."""
    given = {name for name, value in point if isinstance(value, Matrix)}
    return frozenset(
        size for d in claim.scope.declarations if d.name in given for size in d.shape if isinstance(size, str)
    )


def _simpler(value: Fraction) -> Iterator[Fraction]:
    if value in SIMPLE:
        yield from SIMPLE[: SIMPLE.index(value)]
        return
    yield from SIMPLE
    near = (value.limit_denominator(d) for d in (1, 2, 3, 5, 10, 20, 100) if d < value.denominator)
    yield from dict.fromkeys(near)


def _length(point: Point) -> int:
    """How much there is to write down: the simplest counterexample is shown."""
    return len(str(point))


def fails_at(claim: Claim, point: Point) -> bool:
    """A cheap screen at low precision; the kernel decides."""
    try:
        relation, env = grounded(claim, point)
        if "integral" not in heads(relation.lhs, relation.rhs):
            return _fails(relation, env)
        own = tuple((name, env[name]) for name in sorted(letters_of(relation)) if name in env)
        known: dict[object, bool] = at_hand().setdefault("integrals that fail", {})
        if (relation, own) not in known:  # letters that it does not speak of change nothing
            known[relation, own] = _fails(relation, env)
        return known[relation, own]
    except (NotAdmitted, Undefined):
        return False


def _fails(relation: Relation, env: Env) -> bool:
    if relation.relation == "~~":
        return approximates(relation.lhs, relation.rhs, env) is False
    if relation.relation not in STRICT:
        return holds(relation, env, SCREEN_BITS) is False
    return holds(relation, env) is False or same_number(relation, env)
