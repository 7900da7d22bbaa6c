"""An entry of the textbook ledger with everything that is known of it. Its verdict follows from the judged readings; none is
stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from derive.binomial import clopper_pearson
from derive.core import Complex, Family, FiniteLaw, Function, Joint, Matrix, Relation, Status, Step, Value
from derive.entry import Count, Entry, Kind, Provided, Reading
from derive.report import Finding, JudgedStep


class Truth(StrEnum):
    """What is known of a sentence as a whole."""

    TRUE = "true"
    TRUE_IF = "true if"
    FALSE = "false"
    VAGUE = "vague"
    EMPIRICAL = "empirical"
    NOT_MATHEMATICAL = "not mathematical"
    UNREADABLE = "unreadable"
    SUPPORTED = "supported"
    UNDECIDED = "undecided"


class Outcome(StrEnum):
    """What is known of one reading."""

    PROVED = "proved"
    REPAIRED = "true if"
    REFUTED = "refuted"
    SUPPORTED = "supported"
    UNDECIDED = "undecided"


OF_STATUS = {
    Status.PROVED: Outcome.PROVED,
    Status.SUPPORTED: Outcome.SUPPORTED,
    Status.REFUTED: Outcome.REFUTED,
    Status.CONDITIONAL: Outcome.REFUTED,
}


@dataclass(frozen=True, slots=True)
class JudgedReading:
    """A reading with its judged steps: ``plain`` as it stands, ``repaired`` under its printed hypothesis. The last step of
    each is the formula itself, those before it are its lemmas."""

    reading: Reading
    plain: tuple[JudgedStep, ...]
    repaired: tuple[JudgedStep, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Repaired: it fails as it stands, and is proved under the hypothesis."""
        found = _outcome(self.plain)
        if found == Outcome.REFUTED and self.repaired and _outcome(self.repaired) == Outcome.PROVED:
            return Outcome.REPAIRED
        return found

    @property
    def hypothesis(self) -> Provided | None:
        """The printed hypothesis, where the reading needs it and it suffices."""
        return self.reading.repair if self.outcome == Outcome.REPAIRED else None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Of the formula itself."""
        return self.plain[-1].findings

    @property
    def failing(self) -> Finding | None:
        """The finding that refutes the reading."""
        return next((f for f in self.findings if OF_STATUS.get(f.status) == Outcome.REFUTED), None)

    @property
    def assuming(self) -> tuple[Relation, ...]:
        """What must be visible for the formula, or for a lemma of it, to be defined; the lemmas themselves are proved."""
        steps = self.repaired if self.outcome == Outcome.REPAIRED else self.plain
        proved = {Relation(c.lhs, c.relation, c.rhs) for step in steps[:-1] for c in step.step.claims}
        assumed = (r for step in steps for f in step.findings for r in f.assuming)
        return tuple(dict.fromkeys(r for r in assumed if r not in proved))


def _outcome(steps: tuple[JudgedStep, ...]) -> Outcome:
    """That of the formula, if the lemmas before it are proved."""
    *lemmas, last = steps
    if any(step.status != Status.PROVED for step in lemmas):
        return Outcome.UNDECIDED
    return OF_STATUS.get(last.status, Outcome.UNDECIDED)


@dataclass(frozen=True, slots=True)
class JudgedCount:
    """A count with an exact interval for the probability behind it."""

    count: Count
    low: Fraction
    high: Fraction


def judged_count(count: Count) -> JudgedCount:
    """The interval of Clopper and Pearson, 95 %."""
    return JudgedCount(count, *clopper_pearson(count.successes, count.trials))


@dataclass(frozen=True, slots=True)
class TopicStep:
    """A step of a topic that carries the id of the entry; ``judged`` is None where nobody asked for its verdict."""

    topic: str
    section: str
    step: Step
    judged: JudgedStep | None = None


@dataclass(frozen=True, slots=True)
class JudgedEntry:
    """An entry, its judged readings and correction, the counts of its experiment, the steps of topics that derive it, and the
    topic to look in."""

    entry: Entry
    readings: tuple[JudgedReading, ...] = ()
    corrected: tuple[JudgedReading, ...] = ()
    counts: tuple[JudgedCount, ...] = ()
    steps: tuple[TopicStep, ...] = ()
    topic: str | None = None

    @property
    def verdict(self) -> Truth:
        """From the kind of the entry, or from the outcomes of its readings."""
        if self.entry.kind != Kind.MATHEMATICAL:
            return Truth(self.entry.kind.value)
        return verdict_of({judged.outcome for judged in self.readings})

    @property
    def hypotheses(self) -> tuple[Provided, ...]:
        """What is missing: the hypotheses under which failing readings are proved."""
        return tuple(dict.fromkeys(h for judged in self.readings if (h := judged.hypothesis)))

    @property
    def counterexample(self) -> JudgedReading | None:
        """The failing reading with the smallest point. What a damaged formula says, taken literally, is no counterexample."""
        if self.entry.kind == Kind.UNREADABLE:
            return None
        failing = [judged for judged in self.readings if judged.failing is not None]
        return min(failing, key=_size, default=None)

    @property
    def alarms(self) -> Iterator[str]:
        """Faults of ours: a formula that is both proved and refuted, or proved and false in floating point."""
        for judged in (*self.readings, *self.corrected):
            for step in (*judged.plain, *judged.repaired):
                for finding in step.findings:
                    beyond = finding.numpy is not None and not finding.numpy.ok
                    if finding.contradiction is not None:
                        yield f"{self.entry.id}: {step.step.formula} is both proved and refuted: {finding.reason}"
                    elif finding.status == Status.PROVED and beyond:
                        yield f"{self.entry.id}: {step.step.formula} is proved, but NumPy finds an error beyond its bound"

    @property
    def unproved(self) -> tuple[JudgedReading, ...]:
        """Corrections that are not at least supported."""
        fine = (Outcome.PROVED, Outcome.SUPPORTED)
        return tuple(judged for judged in self.corrected if judged.outcome not in fine)


def verdict_of(outcomes: set[Outcome]) -> Truth:
    """True: all proved. True if: those that fail are proved under their hypotheses. False: all refuted. Vague: some hold and
    some fail. Where a reading is not decided, that is said, unless the others disagree already."""
    hold = outcomes & {Outcome.PROVED, Outcome.REPAIRED, Outcome.SUPPORTED}
    if hold and Outcome.REFUTED in outcomes:
        return Truth.VAGUE
    if not outcomes or Outcome.UNDECIDED in outcomes:
        return Truth.UNDECIDED
    if Outcome.REFUTED in outcomes:
        return Truth.FALSE
    if Outcome.SUPPORTED in outcomes:
        return Truth.SUPPORTED
    return Truth.TRUE_IF if Outcome.REPAIRED in outcomes else Truth.TRUE


# ------------------------------------------------------------------------------------------------- how large a point is


def _size(judged: JudgedReading) -> tuple[int, int]:
    """Few numbers before many, small ones before large ones; what has no point last."""
    finding = judged.failing
    point = finding.counterexample if finding else None
    if point is None:
        return 1_000_000, 0
    numbers = [q for _, value in point for q in _numbers(value)]
    return len(numbers), sum(abs(q.numerator) + q.denominator for q in numbers)


def _numbers(value: Value) -> Iterator[Fraction]:
    if isinstance(value, Fraction):
        yield value
    elif isinstance(value, Complex):
        yield from (value.re, value.im)
    elif isinstance(value, Matrix):
        for row in value.rows:
            for entry in row:
                yield from _numbers(entry)
    elif isinstance(value, Family):
        for member in value.members:
            yield from _numbers(member)
    elif isinstance(value, FiniteLaw):
        for atom, chance in value.atoms:
            yield from (atom, chance)
    elif isinstance(value, Joint):
        for atoms, chance in value.atoms:
            yield from (*atoms, chance)
    else:
        assert isinstance(value, Function)
        yield Fraction(1)
