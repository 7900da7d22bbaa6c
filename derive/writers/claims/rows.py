"""What the table says of an entry, in Markdown-lite, the same for every target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from derive.core import Status
from derive.entry import BOOK, SOURCES, Kind, key
from derive.ledger import JudgedCount, JudgedEntry, JudgedReading, Outcome, Truth
from derive.writers import escape, wording

MARKS: dict[Truth, str] = {
    Truth.TRUE: "✓",
    Truth.TRUE_IF: "±",
    Truth.FALSE: "✗",
    Truth.VAGUE: "≶",
    Truth.EMPIRICAL: "#",
    Truth.NOT_MATHEMATICAL: "–",
    Truth.UNREADABLE: "…",
    Truth.SUPPORTED: "≈",
    Truth.UNDECIDED: "?",
}
HOLDS = {Outcome.PROVED: "true", Outcome.SUPPORTED: "seen to hold", Outcome.REPAIRED: "true under a hypothesis"}


@dataclass(frozen=True, slots=True)
class Row:
    """One entry. Everything but the id and the mark is Markdown-lite; what there is not is empty."""

    id: str
    place: str
    claim: str
    truth: Truth
    mark: str
    missing: str
    counterexample: str
    correction: str
    topic: str


HEADER = (
    "id",
    "place",
    "claim",
    "verdict",
    "what is missing",
    "smallest counterexample",
    "corrected statement",
    "topic",
)


def row(judged: JudgedEntry) -> Row:
    """What the table says of an entry."""
    entry = judged.entry
    return Row(
        entry.id,
        "; ".join(entry.source),
        entry.claim,
        judged.verdict,
        MARKS[judged.verdict],
        missing(judged),
        counterexample(judged),
        entry.correction,
        judged.topic or "",
    )


def cells(line: Row) -> tuple[str, ...]:
    """In the order of ``HEADER``."""
    verdict = f"{line.mark} {line.truth}"
    topic = f"`{line.topic}`" if line.topic else ""
    return line.id, line.place, line.claim, verdict, line.missing, line.counterexample, line.correction, topic


def missing(judged: JudgedEntry) -> str:
    """The hypothesis that is not said; which reading is meant; what was lost; what was observed."""
    kind, truth = judged.entry.kind, judged.verdict
    if kind == Kind.EMPIRICAL:
        return "; ".join(map(observed, judged.counts)) or judged.entry.note
    if kind != Kind.MATHEMATICAL:
        return judged.entry.note
    if truth == Truth.VAGUE:
        return f"which is meant: {_sides(judged.readings)}"
    if truth == Truth.UNDECIDED:
        return "; ".join(map(undecided, judged.readings)) or "no formal reading is written down yet"
    return " and ".join(dict.fromkeys(hypothesis.words for hypothesis in judged.hypotheses))


def observed(judged: JudgedCount) -> str:
    """``T = 10: 37 of 40 (80 % to 98 %)``."""
    count = judged.count
    return f"{count.setting}: {count.successes} of {count.trials} ({interval(judged)})"


def interval(judged: JudgedCount) -> str:
    """Outwards to whole per cents."""
    return f"{floor(judged.low * 100)} % to {ceil(judged.high * 100)} %"


def _sides(readings: Sequence[JudgedReading]) -> str:
    """``true as “rows”; false as “columns”``."""
    parts: dict[str, list[str]] = {}
    for judged in readings:
        word = HOLDS.get(judged.outcome, "false" if judged.outcome == Outcome.REFUTED else "not decided")
        parts.setdefault(word, []).append(judged.reading.name)
    return "; ".join(f"{word} as {', '.join(f'“{name}”' for name in names)}" for word, names in parts.items())


def undecided(judged: JudgedReading) -> str:
    """Why a reading, or a lemma of it, is not decided; empty where it is."""
    if judged.outcome != Outcome.UNDECIDED:
        return ""
    steps = [step for step in judged.plain if step.status != Status.PROVED]
    reason = next((f.reason for step in steps for f in step.findings if f.status != Status.PROVED), "")
    return f"“{judged.reading.name}” is not decided: {escape.markdown(reason)}"


def counterexample(judged: JudgedEntry) -> str:
    """Where the reading with the smallest counterexample fails, and which reading that is where there are several."""
    failing = judged.counterexample
    if failing is None or failing.failing is None:
        return ""
    words = wording.refutation(failing.failing)
    return f"“{failing.reading.name}”: {words}" if len(judged.readings) > 1 else words


def totals(entries: Sequence[JudgedEntry]) -> str:
    """``12 true · 9 true if · 20 false``, the verdicts that occur."""
    counts = Counter(judged.verdict for judged in entries)
    return " · ".join(f"{counts[truth]} {truth}" for truth in Truth if counts[truth])


def places(entries: Sequence[JudgedEntry]) -> str:
    """What the first words of the places stand for, in Markdown-lite."""
    keys = dict.fromkeys(key(place) for judged in entries for place in judged.entry.source)
    numbers = [f"numbers are sections of {BOOK}"] if any(name[0].isdigit() for name in keys) else []
    others = [f"{name}: {SOURCES[name]}" for name in SOURCES if name in keys and not name[0].isdigit()]
    return f"Places: {'; '.join([*numbers, *others])}." if keys else ""
