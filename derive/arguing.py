"""Findings on arguments: whether a failure is held against the author, and which solutions are lost or gained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derive.codes import DOES_NOT_FOLLOW, GAINED, GAINED_UNLESS, LOST, LOST_UNLESS
from derive.core import Claim, Counterexample, Declaration, Point, Status
from derive.kernel import NotAdmitted, admit
from derive.kernel.budget import BudgetSpent, metered
from derive.kernel.terms import free_letters, letters_of, relation_of
from derive.report import Finding, JudgedStep, plain_relation, plain_value

UNKNOWNS = frozenset("xyz")
"""Letters that are unknowns rather than quantities: nobody takes them to be positive."""
COUNTING = frozenset("ijklmnpqrNMKdT")
"""Letters that often stand for whole numbers."""
MOST_NAMED = 4
BUDGET = 20_000


def argument_readings(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """Other readings of the letters of an argument."""
    whole = tuple(map(_made_whole, claim.scope.declarations))
    if whole != claim.scope.declarations:
        yield "with whole numbers", replace(claim, scope=replace(claim.scope, declarations=whole))


def _made_whole(declaration: Declaration) -> Declaration:
    plain = not (declaration.declared or declaration.shape or declaration.law or declaration.function)
    counts = plain and declaration.name[:1] in COUNTING and declaration.domain == "real"
    return replace(declaration, domain="integer") if counts else declaration


def unnamed_letter(finding: Finding) -> str:
    """A letter that the conclusion drops: it may range over all numbers, as in a comparison of coefficients. Empty where none is,
    or where the failure is repaired by a condition on it, as for what was divided by."""
    claim = finding.claim
    told = frozenset[str]().union(*map(letters_of, claim.scope.hypotheses))
    given = frozenset(str(one.lhs.value) for one in claim.scope.hypotheses if one.relation == "=" and not one.lhs.args)
    dropped = told - free_letters(claim.lhs) - free_letters(claim.rhs) - given
    repaired = frozenset[str]().union(*map(letters_of, finding.repair))
    return "" if dropped <= repaired else min(dropped)


def holds_without_signs(finding: Finding) -> bool:
    """What is true for positive letters is held against the author all the same: what was divided by may be 0, or the one letter
    is an unknown."""
    letters = free_letters(finding.claim.lhs) | free_letters(finding.claim.rhs)
    letters = letters.union(*map(letters_of, finding.claim.scope.hypotheses))
    divided = bool(finding.repair) and all(one.relation == "!=" for one in finding.repair)
    return finding.status == Status.CONDITIONAL and (divided or (len(letters) == 1 and letters <= UNKNOWNS))


def with_solutions(step: JudgedStep) -> JudgedStep:
    """The alarms of an argument, with the solutions that are lost or gained."""
    source = step.step.source
    if source is None or not source.argument:
        return step
    findings = tuple(
        _named(one, source.argument) if one.status in (Status.REFUTED, Status.CONDITIONAL) else one
        for one in step.findings
    )
    return replace(step, findings=findings)


def _named(finding: Finding, argument: str) -> Finding:
    claim = finding.claim
    found = [_shown(point, claim) for point in _failing(finding)]
    before = " and ".join(map(plain_relation, claim.scope.hypotheses[-1:]))
    conditional = finding.status == Status.CONDITIONAL
    if argument == "converse":
        code, verb = (GAINED_UNLESS if conditional else GAINED), "gains"
    elif claim.relation == "=":
        code, verb = (LOST_UNLESS if conditional else LOST), "loses"
    else:
        code, verb = (LOST_UNLESS if conditional else DOES_NOT_FOLLOW), "does not follow at"
    if not found:
        return replace(finding, coded=code)
    words = f"{verb} {', '.join(found)}: there {before} holds, {plain_relation(relation_of(claim))} does not"
    return replace(finding, coded=code, reason=f"{words}; {finding.reason}")


def _failing(finding: Finding) -> list[Point]:
    """The point of the refutation; for one unknown, every rational solution of what stands before at which the claim fails."""
    point = finding.counterexample
    if point is None:
        return []
    letters = [name for name, _ in point]
    if len(letters) != 1:
        return [point]
    from derive.checkers.closed_points import failing_points  # the checkers are imported where something fails
    from derive.checkers.tied_numbers import solutions

    tried: list[Point] = [((letters[0], root),) for root in solutions(finding.claim.scope, letters[0])]
    tried += failing_points(finding.claim)
    failing = [one for one in dict.fromkeys(tried) if _fails(finding.claim, one)][:MOST_NAMED]
    return failing if point in failing else [point]


def _fails(claim: Claim, point: Point) -> bool:
    try:
        with metered(BUDGET):
            return admit(claim, Counterexample(point)).status == Status.REFUTED
    except (NotAdmitted, BudgetSpent):
        return False


def _shown(point: Point, claim: Claim) -> str:
    told = free_letters(claim.lhs).union(free_letters(claim.rhs), *map(letters_of, claim.scope.hypotheses))
    return ", ".join(f"{name} = {plain_value(value)}" for name, value in point if name in told)
