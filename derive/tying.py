"""Relations under the equations which the text assumes of their letters: what follows from these is proved and says so, and what fails
under them as well is no longer excused by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from derive.core import Claim, Status, Tied
from derive.report import Finding, JudgedStep, Report, with_changed_steps

ALARMS = (Status.REFUTED, Status.CONDITIONAL)


def tied_claims(report: Report) -> list[Claim]:
    """Of steps that are not decided as they stand, what they say under the equations before them."""
    return [one.claim for step in report.steps if _is_open(step) for one in _tied(step)]


def tied(report: Report, found: Mapping[Claim, Finding]) -> Report:
    """The report with what is found of such steps under the equations, as far as it decides them."""
    if all(finding.status not in (Status.PROVED, *ALARMS) for finding in found.values()):
        return report
    return with_changed_steps(report, lambda one: _with(one, found))


def _tied(step: JudgedStep) -> tuple[Tied, ...]:
    return step.step.source.tied if step.step.source is not None else ()


def _is_open(step: JudgedStep) -> bool:
    """Undecided, or refuted where a hypothesis may hide that was not looked at."""
    source = step.step.source
    if source is None or source.argument:
        return False
    if step.status == Status.ASSUMED:  # an equation by itself may follow from those before it
        return source.kind == "constraint"
    return step.status == Status.UNDECIDED or (step.status in ALARMS and bool(source.doubt))


def _with(block: JudgedStep, found: Mapping[Claim, Finding]) -> JudgedStep:
    if not _is_open(block) or len(block.findings) > 1:
        return block
    for one in _tied(block):
        finding = found.get(one.claim)
        if finding is not None and finding.status == Status.PROVED:
            return _decided(block, one, finding)
        if finding is not None and finding.status in ALARMS and block.status in ALARMS and not one.doubt:
            return _decided(block, one, finding)
    return block


def _decided(block: JudgedStep, one: Tied, finding: Finding) -> JudgedStep:
    """The step under the equations, with nothing left that would excuse a failure."""
    source = block.step.source
    assert source is not None
    name = block.findings[0].id if block.findings else finding.id
    shown = replace(finding, id=name, reason=f"{finding.reason}, with {one.words}")
    source = replace(source, doubt="", kind="identity" if source.kind == "constraint" else source.kind)
    step = replace(block.step, claims=(one.claim,), source=source, assumed=False)
    return replace(block, step=step, findings=(shown,), status=finding.status)


__all__ = ["tied", "tied_claims"]
