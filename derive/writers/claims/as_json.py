"""The ledger as JSON: a list of objects."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from derive.ledger import JudgedCount, JudgedEntry, JudgedReading, TopicStep
from derive.report import Finding, counterexample_json, plain_relation
from derive.writers.claims.rows import observed

if TYPE_CHECKING:
    from derive.writers.layout import Layout


def write(entries: Sequence[JudgedEntry], layout: Layout) -> str:
    """Every entry in full; what is absent is null."""
    return json.dumps([_entry(judged) for judged in entries], ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _entry(judged: JudgedEntry) -> dict[str, Any]:
    entry, failing = judged.entry, judged.counterexample
    return {
        "id": entry.id,
        "source": "; ".join(entry.source),
        "claim": entry.claim,
        "verdict": judged.verdict.value,
        "readings": [*map(_reading, judged.readings), *map(_count, judged.counts)],
        "hypotheses": [hypothesis.words for hypothesis in judged.hypotheses],
        "counterexample": counterexample_json(failing.failing) if failing and failing.failing else None,
        "correction": entry.correction or None,
        "topic": judged.topic,
        "steps": [*map(_corrected, judged.corrected), *map(_step, judged.steps)],
    }


def _reading(judged: JudgedReading) -> dict[str, Any]:
    last = judged.plain[-1]
    return {
        "name": judged.reading.name,
        "says": judged.reading.says or None,
        "formula": last.step.formula,
        "given": judged.reading.given if isinstance(judged.reading.given, str) else None,
        "verdict": judged.outcome.value,
        "reason": _reason(judged.findings),
        "hypothesis": judged.hypothesis.words if judged.hypothesis else None,
        "assuming": [plain_relation(relation) for relation in judged.assuming],
        "counterexample": counterexample_json(judged.failing) if judged.failing else None,
    }


def _count(judged: JudgedCount) -> dict[str, Any]:
    return {
        "name": judged.count.setting,
        "says": observed(judged),
        "formula": None,
        "given": None,
        "verdict": "empirical",
        "reason": f"{judged.count.successes} of {judged.count.trials}",
        "hypothesis": None,
        "assuming": [],
        "counterexample": None,
    }


def _corrected(judged: JudgedReading) -> dict[str, Any]:
    """A formula of the correction."""
    return {
        "topic": None,
        "section": "correction",
        "formula": judged.plain[-1].step.formula,
        "reason": judged.reading.says or judged.reading.name,
        "stance": "asserts",
        "verdict": judged.plain[-1].status.value,
        "why": _reason(judged.findings),
    }


def _step(listed: TopicStep) -> dict[str, Any]:
    return {
        "topic": listed.topic,
        "section": listed.section,
        "formula": listed.step.formula,
        "reason": listed.step.reason,
        "stance": listed.step.stance,
        "verdict": listed.judged.status.value if listed.judged else None,
        "why": _reason(listed.judged.findings) if listed.judged else None,
    }


def _reason(findings: Sequence[Finding]) -> str:
    return "; ".join(dict.fromkeys(finding.reason for finding in findings))
