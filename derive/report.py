"""What the judge hands to the writers: a derivation with a finding for every claim."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isfinite
from typing import Any

from derive import __version__
from derive.codes import code_of, code_of_unjudged
from derive.core import (
    Claim,
    ClosedForm,
    Complex,
    Derivation,
    Family,
    Figure,
    FiniteLaw,
    Joint,
    Matrix,
    NumpyCheck,
    Point,
    Prose,
    Relation,
    Repair,
    Source,
    Status,
    Step,
    Table,
    Value,
)
from derive.formula import show
from derive.kernel import Verdict, genuine
from derive.kernel.terms import free_letters


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known of one claim. ``verdict`` is None unless the kernel made one. ``reason`` is one sentence.
    ``numpy`` is None where the claim has no numeric form; then ``numpy_reason`` says why. ``contradiction`` is a second
    genuine verdict that contradicts the first: a fault of ours. ``coded``: the code of the finding where it
    does not follow from the verdict: a failure that is not held against the author, a solution that is lost."""

    id: str
    claim: Claim
    status: Status
    reason: str
    verdict: Verdict | None
    numpy: NumpyCheck | None
    numpy_reason: str | None
    contradiction: Verdict | None = None
    coded: str = ""

    def __post_init__(self) -> None:
        sealed = self.status in (Status.PROVED, Status.SUPPORTED, Status.REFUTED, Status.CONDITIONAL)
        made = self.verdict if genuine(self.verdict) else None
        if sealed and (made is None or (made.status, made.claim) != (self.status, self.claim)):
            raise ValueError(f"step {self.id}: a finding '{self.status}' needs a genuine verdict")

    @property
    def trust(self) -> tuple[str, ...]:
        return self.verdict.trust if self.verdict else ()

    @property
    def assuming(self) -> tuple[Relation, ...]:
        return self.verdict.assuming if self.verdict else ()

    @property
    def counterexample(self) -> Point | None:
        """The point of the refutation, also of one with a repair."""
        if self.verdict is None or self.status not in (Status.REFUTED, Status.CONDITIONAL):
            return None
        evidence = self.verdict.evidence
        return getattr(evidence.refutation if isinstance(evidence, Repair) else evidence, "point", None)

    @property
    def repair(self) -> tuple[Relation, ...]:
        """The condition under which a refuted or conditional claim was proved."""
        return self.verdict.repair if self.verdict else ()

    @property
    def code(self) -> str | None:
        """As ``derive explain`` lists them; None for what needs no remark."""
        return self.coded or code_of(self.status, self.claim, self.verdict)

    @property
    def without_axioms(self) -> bool:
        """Proved by recomputation alone."""
        return self.status == Status.PROVED and not any(name.startswith("axiom:") for name in self.trust)


@dataclass(frozen=True, slots=True)
class JudgedStep:
    """A step with its number on the page (``2.3``), a finding for each relation, and the weakest status of them."""

    id: str
    step: Step
    status: Status
    findings: tuple[Finding, ...]

    @property
    def reason(self) -> str:
        """Of the first finding with the status of the step; why it was not read, or nothing can be decided, where there is none."""
        finding, source = self.deciding, self.step.source
        if finding is not None:
            return finding.reason
        return (source.unread or source.beyond) if source is not None else ""

    @property
    def code(self) -> str | None:
        """Of the first finding with the status of the step."""
        if self.deciding is not None:
            return self.deciding.code
        return code_of_unjudged(self.status, self.step.source.why if self.step.source else "")

    @property
    def deciding(self) -> Finding | None:
        """The first finding with the status of the step."""
        return next((finding for finding in self.findings if finding.status == self.status), None)


JudgedBlock = Prose | Table | Figure | JudgedStep


@dataclass(frozen=True, slots=True)
class JudgedSection:
    """A section of the page; ``number`` counts from 1 (0 for the opening)."""

    number: int
    key: str
    title: str
    blocks: tuple[JudgedBlock, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A derivation with everything that is known of it. ``alarms`` are faults of ours (exit code 3)."""

    derivation: Derivation
    sections: tuple[JudgedSection, ...]
    alarms: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[JudgedStep, ...]:
        return tuple(block for section in self.sections for block in section.blocks if isinstance(block, JudgedStep))

    @property
    def exit_code(self) -> int:
        """3 for an alarm of ours, 1 if a step that asserts is not at least supported."""
        if self.alarms:
            return 3
        fine = (Status.PROVED, Status.SUPPORTED, Status.ASSUMED)
        return int(any(step.step.stance == "asserts" and step.status not in fine for step in self.steps))

    @property
    def summary(self) -> dict[str, int]:
        """Steps by status, every status present."""
        counts = Counter(step.status for step in self.steps)
        return {status.value: counts[status] for status in Status}

    def to_json(self, *, measured: bool = True) -> str:
        """The machine-readable form (README, "JSON"). ``measured`` False leaves out what differs between processors: the
        largest error that NumPy met and its bound."""
        return as_json([self], measured=measured)


def with_changed_steps(report: Report, change: Callable[[JudgedStep], JudgedStep]) -> Report:
    """The report with each judged step changed, and all else as it was."""
    sections = tuple(
        replace(section, blocks=tuple(change(one) if isinstance(one, JudgedStep) else one for one in section.blocks))
        for section in report.sections
    )
    return replace(report, sections=sections)


def as_json(reports: Sequence[Report], *, measured: bool = True) -> str:
    """One document for several reports."""
    return document_json([entry_json(report, measured) for report in reports])


def document_json(entries: Sequence[dict[str, Any]]) -> str:
    """The document of these entries of ``files``."""
    counts = Counter(finding["verdict"] for entry in entries for finding in entry["findings"])
    summary = {status.value: counts[status.value] for status in Status}
    content = {"schema": SCHEMA, "version": __version__, "files": entries, "summary": summary}
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)


def entry_json(report: Report, measured: bool = True) -> dict[str, Any]:
    """One entry of ``files``."""
    findings = [entry for step in report.steps for entry in _step_json(step, measured)]
    judged = [finding for step in report.steps for finding in step.findings if finding.verdict is not None]
    coverage = {
        "formulas": len(report.steps),
        "read": sum(step.status != Status.UNREAD for step in report.steps),
        "relations": len(findings),
        "checked": len(judged),
    }
    entry: dict[str, Any] = {"path": report.derivation.name, "coverage": coverage, "findings": findings}
    figures = [
        _figure_json(block) for section in report.sections for block in section.blocks if isinstance(block, Figure)
    ]
    return entry | ({"figures": figures} if figures else {})


# ------------------------------------------------------------------------------------------------------------ as JSON

SCHEMA = 1


def _figure_json(figure: Figure) -> dict[str, str]:
    """What a figure says in words; only handouts have figures."""
    return {"key": figure.key, "caption": figure.caption, "alt": figure.alt}


def _step_json(step: JudgedStep, measured: bool) -> list[dict[str, Any]]:
    """One entry for each relation, one for a formula that is not read."""
    if step.findings:
        return [_finding_json(step, finding, measured) for finding in step.findings]
    source = step.step.source
    return [
        {
            "id": step.id,
            "stance": step.step.stance,
            "kind": source.kind if source else None,
            **_position_json(source),
            "shown": step.step.formula,
            **dict.fromkeys(("lhs", "relation", "rhs")),
            "verdict": step.status.value,
            "expected": source.expected if source else None,
            "code": step.code,
            "reason": step.reason if source else None,
            **dict.fromkeys(("counterexample", "repair")),
            "trust": [],
            "assuming": [],
            "numpy": None,
        }
    ]


def _position_json(source: Source | None) -> dict[str, int | None]:
    """A topic has no source text: there the four positions are null."""
    names = ("line", "column", "end_line", "end_column")
    return {name: getattr(source, name) if source else None for name in names}


def _finding_json(step: JudgedStep, finding: Finding, measured: bool) -> dict[str, Any]:
    claim, source = finding.claim, step.step.source
    return {
        "id": finding.id,
        "stance": step.step.stance,
        "kind": source.kind if source else _kind(step.step, claim),
        **_position_json(source),
        "shown": step.step.formula,
        "lhs": show(claim.lhs),
        "relation": claim.relation,
        "rhs": show(claim.rhs),
        "verdict": finding.status.value,
        "expected": source.expected if source else None,
        "code": finding.code,
        "reason": finding.reason,
        "counterexample": counterexample_json(finding),
        "repair": "; ".join(map(plain_relation, finding.repair)) or None,
        "trust": list(finding.trust),
        "assuming": [plain_relation(relation) for relation in finding.assuming],
        "numpy": _numpy_json(finding.numpy, measured),
    }


def _kind(step: Step, claim: Claim) -> str:
    """A definition has a bare letter on the left; a step is a link of a chain; the rest stands alone."""
    if step.assumed:
        return "definition" if claim.relation == "=" and claim.lhs.head == "symbol" else "constraint"
    return "step" if len(step.claims) > 1 else "identity"


def counterexample_json(finding: Finding) -> dict[str, str] | None:
    """The point and both sides there; for a limit both values."""
    if finding.status not in (Status.REFUTED, Status.CONDITIONAL) or finding.verdict is None:
        return None
    idle = {declaration.name for declaration in finding.claim.scope.declarations} - _letters_of(finding.claim)
    point = {name: plain_value(value) for name, value in finding.counterexample or () if name not in idle}
    return point | dict(zip(("lhs", "rhs"), finding.verdict.values or (), strict=False))


def _letters_of(claim: Claim) -> frozenset[str]:
    """The letters that a reader has to know the values of: those of the claim, of its hypotheses, and the sizes of matrices.
    The text around may have declared others."""
    terms = [claim.lhs, claim.rhs, *(side for h in claim.scope.hypotheses for side in (h.lhs, h.rhs))]
    used = frozenset[str]().union(*map(free_letters, terms))
    for declaration in claim.scope.declarations:
        if declaration.name in used:
            law = declaration.law
            said = [side for bound in declaration.where for side in (bound.lhs, bound.rhs)]
            said += [law.mean, law.variance, *law.parameters] if law is not None else []
            used = used.union(map(str, declaration.shape), *map(free_letters, said))
    return used


def _numpy_json(check: NumpyCheck | None, measured: bool) -> dict[str, Any] | None:
    if check is None:
        return None
    floats = (check.max_error, check.bound) if measured else (None, None)
    error, bound = (x if x is not None and isfinite(x) else None for x in floats)
    return {"points": check.points, "seed": check.seed, "max_error": error, "bound": bound}


def plain_relation(relation: Relation) -> str:
    return f"{show(relation.lhs)} {relation.relation} {show(relation.rhs)}"


def plain_value(value: Value) -> str:
    """An exact value as text: ``-1/2``, ``[[1, 2], [3, 4]]``, ``x -> x^2``."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, ClosedForm):
        return show(value.term)
    if isinstance(value, Complex):
        return f"{value.re} {'-' if value.im < 0 else '+'} {abs(value.im)} i"
    if isinstance(value, Matrix):
        return "[" + ", ".join("[" + ", ".join(map(plain_value, row)) + "]" for row in value.rows) + "]"
    if isinstance(value, Family):
        start = f" from index {value.first}" if value.first != 1 else ""
        return "(" + ", ".join(map(plain_value, value.members)) + f", ...){start}"
    if isinstance(value, FiniteLaw):
        return ", ".join(f"{atom} with probability {probability}" for atom, probability in value.atoms)
    if isinstance(value, Joint):
        names = ", ".join(value.names)
        atoms = (f"({', '.join(map(str, values))}) with probability {chance}" for values, chance in value.atoms)
        return f"({names}) = {', '.join(atoms)}"
    return f"{value.variable} -> {show(value.body)}"
