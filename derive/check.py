"""Other people's notes: a text to a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from derive.core import Prose, Status, Table
from derive.judge import WEAKEST_FIRST, judge
from derive.notes.markdown import read_markdown
from derive.notes.reading import derivation_of
from derive.report import Finding, JudgedStep, Report

if TYPE_CHECKING:
    from derive.cache import Cache


def check_text(
    text: str, path: str = "-", *, cache: Cache | None = None, done: Callable[[], None] | None = None
) -> Report:
    """The report on a Markdown text."""
    return tempered(judge(derivation_of(read_markdown(text, path)), cache=cache, numeric=False, audit=True, done=done))


def tempered(report: Report) -> Report:
    """The report without alarms that a careful reader would not raise."""
    sections = tuple(replace(section, blocks=tuple(map(_tempered, section.blocks))) for section in report.sections)
    return replace(report, sections=sections)


def _tempered(block: Prose | Table | JudgedStep) -> Prose | Table | JudgedStep:
    """A refutation in spite of a doubt is none."""
    source = block.step.source if isinstance(block, JudgedStep) else None
    if not isinstance(block, JudgedStep) or source is None or not source.doubt:
        return block
    findings = tuple(_doubted(finding, source.doubt) for finding in block.findings)
    status = min((finding.status for finding in findings), key=WEAKEST_FIRST.index, default=block.status)
    return replace(block, findings=findings, status=status)


def _doubted(finding: Finding, doubt: str) -> Finding:
    if finding.status not in (Status.REFUTED, Status.CONDITIONAL):
        return finding
    reason = f"{doubt}; as it stands it {finding.reason}"
    return replace(finding, status=Status.UNDECIDED, reason=reason, verdict=None)
