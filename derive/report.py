"""What the judge hands to the writers: a derivation with a finding for every claim."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from derive.core import Claim, Derivation, Point, Prose, Relation, Status, Step, Table
from derive.floats import NumpyCheck
from derive.kernel import Verdict, genuine


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known of one claim. ``verdict`` is None unless the kernel made one. ``reason`` is one sentence.
    ``numpy`` is None where the claim has no numeric form; then ``numpy_reason`` says why. ``contradiction`` is a second
    genuine verdict that contradicts the first: a fault of ours."""

    id: str
    claim: Claim
    status: Status
    reason: str
    verdict: Verdict | None
    numpy: NumpyCheck | None
    numpy_reason: str | None
    contradiction: Verdict | None = None

    def __post_init__(self) -> None:
        sealed = self.status in (Status.PROVED, Status.SUPPORTED, Status.REFUTED, Status.CONDITIONAL)
        if sealed and not (genuine(self.verdict) and self.verdict is not None and self.verdict.status == self.status):
            raise ValueError(f"step {self.id}: a finding '{self.status}' needs a genuine verdict")

    @property
    def trust(self) -> tuple[str, ...]:
        return self.verdict.trust if self.verdict else ()

    @property
    def assuming(self) -> tuple[Relation, ...]:
        return self.verdict.assuming if self.verdict else ()

    @property
    def counterexample(self) -> Point | None:
        return getattr(self.verdict.evidence, "point", None) if self.verdict and self.status == Status.REFUTED else None

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


@dataclass(frozen=True, slots=True)
class JudgedSection:
    """A section of the page; ``number`` counts from 1 (0 for the opening)."""

    number: int
    key: str
    title: str
    blocks: tuple[Prose | Table | JudgedStep, ...]


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
    def summary(self) -> dict[str, int]:
        """Steps by status, every status present."""
        counts = Counter(step.status for step in self.steps)
        return {status.value: counts[status] for status in Status}

    def to_json(self) -> str:
        """The machine-readable form (README, "JSON")."""
        from derive.writers.json import write

        return write(self)
