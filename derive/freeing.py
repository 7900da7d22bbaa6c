"""Claims that hold whatever the text assumes of their letters: what is proved of more is proved of less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from derive.core import Claim, Status
from derive.kernel.terms import free_letters, subterms
from derive.report import Finding, JudgedStep, Report, with_changed_steps


def hindered(report: Report) -> dict[Claim, Claim]:
    """What is undecided under hypotheses, and the same without them."""
    return {claim: _without_hypotheses(claim) for step in report.steps for claim in _hindered(step)}


def freed(report: Report, found: Mapping[Claim, Finding]) -> Report:
    """The report where what is undecided under hypotheses is proved without them, as far as it can be."""
    proved = {claim: finding for claim, finding in found.items() if finding.status == Status.PROVED}
    if not proved:
        return report
    return with_changed_steps(report, lambda one: _with(one, proved))


def _hindered(step: JudgedStep) -> Iterator[Claim]:
    if step.status == Status.UNDECIDED and not (step.step.source and step.step.source.argument == "converse"):
        yield from (one.claim for one in step.findings if one.status == Status.UNDECIDED and one.claim.scope.hypotheses)


def _without_hypotheses(claim: Claim) -> Claim:
    """Without the definitions of letters of partial derivatives, which take these for free; else without any hypothesis, with
    the letters of the claim itself alone: the others say nothing."""
    by = {
        str(part.args[1].value)
        for side in (claim.lhs, claim.rhs)
        for part in subterms(side)
        if part.head == "derivative" and part.value == "partial"
    }
    kept = tuple(one for one in claim.scope.hypotheses if not (one.relation == "=" and one.lhs.value in by))
    if len(kept) < len(claim.scope.hypotheses):
        return replace(claim, scope=replace(claim.scope, hypotheses=kept))
    used = free_letters(claim.lhs) | free_letters(claim.rhs)
    letters = tuple(d for d in claim.scope.declarations if d.name in used or d.name in _sizes(claim, used))
    return replace(claim, scope=replace(claim.scope, hypotheses=(), declarations=letters))


def _sizes(claim: Claim, used: frozenset[str]) -> frozenset[str]:
    shapes = [d.shape for d in claim.scope.declarations if d.name in used]
    return frozenset(size for shape in shapes for size in shape if isinstance(size, str))


def _with(block: JudgedStep, proved: dict[Claim, Finding]) -> JudgedStep:
    """With the claims that were proved in place of those with hypotheses."""
    if not any(one.claim in proved for one in block.findings if one.status == Status.UNDECIDED):
        return block
    findings = tuple(
        replace(proved[one.claim], id=one.id) if one.status == Status.UNDECIDED and one.claim in proved else one
        for one in block.findings
    )
    step = replace(block.step, claims=tuple(one.claim for one in findings))
    status = Status.PROVED if all(one.status == Status.PROVED for one in findings) else block.status
    return replace(block, step=step, findings=findings, status=status)


__all__ = ["freed", "hindered"]
