"""A counterexample made as simple as the kernel admits: a reader should see at a glance where a claim fails.

Number by number, 0, 1, -1, 2 and 1/2 are put for what is larger, as long as the claim still fails there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from derive.core import Claim, Counterexample, Evidence, Matrix, Point, Repair, Value
from derive.kernel import NotAdmitted, Verdict, admit
from derive.kernel.budget import BudgetSpent, metered
from derive.report import Finding

SIMPLE = tuple(Fraction(text) for text in ("0", "1", "-1", "2", "1/2"))
BUDGET = 20_000
"""Operations that the search for a simpler point may cost."""


def simplest(finding: Finding) -> Finding:
    """The same finding at a simpler point; as it is, where it was not refuted at a point or no simpler one is admitted."""
    evidence = finding.verdict.evidence if finding.verdict else None
    refutation = evidence.refutation if isinstance(evidence, Repair) else evidence
    if finding.contradiction is not None or not isinstance(refutation, Counterexample):
        return finding
    point = _simpler(finding.claim, refutation.point)
    again: Evidence = Counterexample(point)
    verdict = _admitted(finding.claim, replace(evidence, refutation=again) if isinstance(evidence, Repair) else again)
    if point == refutation.point or verdict is None or verdict.status != finding.status:
        return finding
    return replace(finding, verdict=verdict, reason=verdict.why)


def _simpler(claim: Claim, point: Point) -> Point:
    try:
        with metered(BUDGET):
            found = True
            while found:
                found = False
                for candidate in _candidates(claim, point):
                    if _admitted(claim, Counterexample(candidate)) is not None:
                        point, found = candidate, True
                        break
    except BudgetSpent:
        pass
    return point


def _admitted(claim: Claim, evidence: Evidence) -> Verdict | None:
    try:
        return admit(claim, evidence)
    except NotAdmitted:
        return None


def _candidates(claim: Claim, point: Point) -> Iterator[Point]:
    """Points with one number made simpler. Letters that are sizes of others stay as they are."""
    sizes = {size for declaration in claim.scope.declarations for size in declaration.shape}
    for position, (name, value) in enumerate(point):
        for simpler in () if name in sizes else _values(value):
            yield (*point[:position], (name, simpler), *point[position + 1 :])


def _values(value: Value) -> Iterator[Value]:
    if isinstance(value, Fraction):
        yield from (number for number in SIMPLE if _order(number) < _order(value))
    elif isinstance(value, Matrix):
        for i, row in enumerate(value.rows):
            for j, entry in enumerate(row):
                for simpler in _values(entry):
                    assert isinstance(simpler, Fraction)
                    rows = [list(line) for line in value.rows]
                    rows[i][j] = simpler
                    yield Matrix(tuple(map(tuple, rows)))


def _order(number: Fraction) -> tuple[int, bool]:
    """Small numerators and denominators first, positive before negative."""
    return abs(number.numerator) + number.denominator, number < 0
