"""Steps that are refuted by special cases of what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from derive.core import Claim, Instance, Status
from derive.notes.readings import other_readings
from derive.notes.rounding import may_be_rounded
from derive.report import Finding, JudgedStep, Report, with_changed_steps


def instances_asked(report: Report) -> list[Claim]:
    """The special cases of what is undecided."""
    return list(dict.fromkeys(claim for step in report.steps if _is_open(step) for claim in _claims(step)))


def _is_open(step: JudgedStep) -> bool:
    return step.status in (Status.UNDECIDED, Status.ASSUMED) and bool(step.step.instances)


def _claims(step: JudgedStep) -> Iterator[Claim]:
    for case in (case for one in step.step.instances for reading in one.readings for case in reading):
        yield case.claim
        yield from (read for _, read in other_readings(case.claim, step.step.formula))


def with_instances(report: Report, found: Mapping[Claim, Finding]) -> Report:
    """The report where a step that fails in a case of each of its readings is refuted."""
    if not found:
        return report
    return with_changed_steps(report, lambda one: _with(one, found) if _is_open(one) else one)


def _with(step: JudgedStep, found: Mapping[Claim, Finding]) -> JudgedStep:
    for one in step.step.instances:
        failing = [_failing(reading, step.step.formula, found) for reading in one.readings]
        if failing and failing[0] is not None and all(failing):
            finding = replace(failing[0], id=step.id)
            changed = replace(step.step, claims=(finding.claim,), assumed=False)
            return replace(step, step=changed, findings=(finding,), status=Status.REFUTED)
    return step


def _failing(reading: tuple[Instance, ...], shown: str, found: Mapping[Claim, Finding]) -> Finding | None:
    """The first case that fails however it is read."""
    for case in reading:
        read = [case.claim, *(other for _, other in other_readings(case.claim, shown))]
        finding = found[case.claim]
        if may_be_rounded(case.claim, finding.counterexample):
            continue
        if all(found[one].status == Status.REFUTED for one in read):
            return replace(finding, reason=f"{finding.reason}, {case.words}")
    return None


__all__ = ["instances_asked", "with_instances"]
