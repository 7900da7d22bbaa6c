"""What was found in somebody's notes, for the terminal: place, verdict, the line with a caret under it, the point where it fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.core import Status
from derive.formula import show_relation
from derive.report import Finding, JudgedStep, Report, plain_value

ALARMS = (Status.REFUTED, Status.CONDITIONAL)
WIDEST = 110


def write(reports: Sequence[Report], texts: Sequence[str], *, strict: bool = False) -> str:
    """One block for each alarm (with ``strict`` also for what is undecided or unread), then a line of totals for each file."""
    blocks: list[str] = []
    for report, text in zip(reports, texts, strict=True):
        lines = text.splitlines()
        shown = [step for step in report.steps if _shows(step, strict)]
        blocks += ["\n".join(_block(report.derivation.name, step, lines)) for step in shown]
        blocks.append(f"{report.derivation.name}: {totals(report)}")
    return "\n\n".join(blocks) + "\n"


def _shows(step: JudgedStep, strict: bool) -> bool:
    return step.status in ALARMS or (strict and step.status in (Status.UNDECIDED, Status.UNREAD))


def _block(path: str, step: JudgedStep, lines: Sequence[str]) -> Iterator[str]:
    source = step.step.source
    assert source is not None
    finding = step.deciding
    yield f"{path}:{source.line}:{source.column}: {step.status}: {step.reason} [{step.code}]"
    yield from _marked(
        lines[source.line - 1], source.column, source.end_column if source.end_line == source.line else 0
    )
    if finding is not None:
        yield from _detail(finding)


def _marked(line: str, column: int, end: int) -> Iterator[str]:
    """The line, cut to a window around the place, and a caret under it."""
    begin = max(0, min(column - 1 - 20, len(line) - WIDEST)) if len(line) > WIDEST else 0
    window = line[begin : begin + WIDEST]
    length = max(1, min((end or len(line) + 1) - column, len(window) - (column - 1 - begin)))
    yield f"    {window}"
    yield f"    {' ' * (column - 1 - begin)}{'^' * length}"


def _detail(finding: Finding) -> Iterator[str]:
    values = finding.verdict.values if finding.verdict is not None else None
    point = ", ".join(f"{name} = {plain_value(value)}" for name, value in finding.counterexample or ())
    if point or values:
        sides = f"{values[0]} against {values[1]}" if values else ""
        yield "    " + ": ".join(part for part in (f"at {point}" if point else "", sides) if part)
    if finding.repair:
        yield f"    true if {' and '.join(map(show_relation, finding.repair))}"


def totals(report: Report) -> str:
    """How much was read and judged, and what came out."""
    counts = report.summary
    read = len(report.steps) - counts["unread"]
    parts = [
        f"{counts[name]} {name}" for name in ("proved", "supported", "refuted", "conditional", "undecided", "assumed")
    ]
    return (
        f"{len(report.steps)} relations, {read} read: {', '.join(part for part in parts if not part.startswith('0 '))}"
    )
