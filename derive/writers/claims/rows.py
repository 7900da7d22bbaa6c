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
from derive.writers.words import Words, words

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


@dataclass(frozen=True, slots=True)
class Row:
    """One entry. Everything but the id and the mark is Markdown-lite; what there is not is empty."""

    id: str
    place: str
    claim: str
    truth: Truth
    verdict: str
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
    "missing",
    "counterexample",
    "correction",
    "topic",
)
"""The columns of the full table; what they are called is in the words."""


def row(judged: JudgedEntry, say: Words) -> Row:
    """What the table says of an entry."""
    entry = judged.entry
    return Row(
        entry.id,
        "; ".join(entry.source),
        entry.claim,
        judged.verdict,
        verdict(judged.verdict, say),
        MARKS[judged.verdict],
        missing(judged, say),
        counterexample(judged, say),
        entry.correction,
        judged.topic or "",
    )


def verdict(truth: Truth, say: Words) -> str:
    return say(f"claims.verdict.{key_of(truth)}")


def key_of(truth: Truth) -> str:
    """``true_if``: by what name the words know it."""
    return truth.value.replace(" ", "_")


def labelled(line: Row, say: Words) -> list[tuple[str, str]]:
    """What is said of the entry, each with its word."""
    names = ("missing", "counterexample", "correction", "topic")
    said = [(say(f"claims.label.{name}"), getattr(line, name)) for name in names]
    return [(word, text) for word, text in said if text]


def cells(line: Row) -> tuple[str, ...]:
    """In the order of ``HEADER``."""
    verdict = f"{line.mark} {line.verdict}"
    topic = f"`{line.topic}`" if line.topic else ""
    return line.id, line.place, line.claim, verdict, line.missing, line.counterexample, line.correction, topic


def missing(judged: JudgedEntry, say: Words) -> str:
    """The hypothesis that is not said; which reading is meant; what was lost; what was observed."""
    kind, truth = judged.entry.kind, judged.verdict
    if kind == Kind.EMPIRICAL:
        return "; ".join(observed(count, say) for count in judged.counts) or judged.entry.note
    if kind != Kind.MATHEMATICAL:
        return judged.entry.note
    if truth == Truth.VAGUE:
        return say("claims.missing.vague", readings=_sides(judged.readings, say))
    if truth == Truth.UNDECIDED:
        return "; ".join(filter(None, (undecided(one, say) for one in judged.readings))) or say(
            "claims.missing.no_reading"
        )
    return wording.joined(list(dict.fromkeys(hypothesis.words for hypothesis in judged.hypotheses)), say)


def observed(judged: JudgedCount, say: Words | None = None) -> str:
    """``T = 10: 37 of 40 (80 % to 98 %)``."""
    count = judged.count
    said = {"setting": count.setting, "successes": count.successes, "trials": count.trials}
    say = say or words()
    return say("claims.missing.observed", **said, interval=interval(judged, say))


def interval(judged: JudgedCount, say: Words) -> str:
    """Outwards to whole per cents."""
    return say("claims.missing.interval", low=floor(judged.low * 100), high=ceil(judged.high * 100))


def _sides(readings: Sequence[JudgedReading], say: Words) -> str:
    """``true as “rows”; false as “columns”``."""
    parts: dict[str, list[str]] = {}
    for judged in readings:
        word = say(f"claims.holds.{judged.outcome.name.lower()}")
        parts.setdefault(word, []).append(f"“{judged.reading.name}”")
    return "; ".join(say("claims.holds.as", verdict=word, readings=", ".join(names)) for word, names in parts.items())


def undecided(judged: JudgedReading, say: Words) -> str:
    """Why a reading, or a lemma of it, is not decided; empty where it is."""
    if judged.outcome != Outcome.UNDECIDED:
        return ""
    steps = [step for step in judged.plain if step.status != Status.PROVED]
    reason = next((f.reason for step in steps for f in step.findings if f.status != Status.PROVED), "")
    return say("claims.missing.undecided", reading=judged.reading.name, reason=escape.markdown(reason))


def counterexample(judged: JudgedEntry, say: Words) -> str:
    """Where the reading with the smallest counterexample fails, and which reading that is where there are several."""
    failing = judged.counterexample
    if failing is None or failing.failing is None:
        return ""
    why = wording.refutation(failing.failing, say)
    return say("claims.because", reading=failing.reading.name, why=why) if len(judged.readings) > 1 else why


def totals(entries: Sequence[JudgedEntry], say: Words) -> str:
    """``12 true · 9 true if · 20 false``, the verdicts that occur."""
    counts = Counter(judged.verdict for judged in entries)
    found = [truth for truth in Truth if counts[truth]]
    return " · ".join(say("claims.totals", count=counts[truth], verdict=verdict(truth, say)) for truth in found)


def places(entries: Sequence[JudgedEntry], say: Words) -> str:
    """What the first words of the places stand for, in Markdown-lite."""
    keys = dict.fromkeys(key(place) for judged in entries for place in judged.entry.source)
    numbers = [say("claims.numbers", book=BOOK)] if any(name[0].isdigit() for name in keys) else []
    others = [f"{name}: {SOURCES[name]}" for name in SOURCES if name in keys and not name[0].isdigit()]
    return say("claims.places", places="; ".join([*numbers, *others])) if keys else ""
