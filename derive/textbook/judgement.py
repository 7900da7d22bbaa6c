"""The entries asked for, judged: readings, corrections, experiments, and the steps of topics."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from derive.core import Derivation, Section, Step
from derive.entry import Entry, ReadingSteps, steps_of
from derive.judge import PATIENCE, judge
from derive.ledger import JudgedCount, JudgedEntry, JudgedReading, TopicStep
from derive.report import JudgedBlock, JudgedStep
from derive.textbook.derived import Found, derived, topic_of
from derive.textbook.experiments import counts_of, experimenting
from derive.textbook.simplest import simplest

if TYPE_CHECKING:
    from derive.cache import Cache
Done = Callable[[int, int], None]
"""Called with how many steps of how many are judged."""


class Depth(StrEnum):
    """How much is judged: the readings; besides, the steps of topics are listed; or all of it, beside a NumPy check."""

    READINGS = "readings"
    LISTED = "listed"
    FULL = "full"


def depth(identities: Sequence[str], asked: Sequence[Entry], *, as_json: bool) -> Depth:
    """A single entry is wanted in full; so is JSON of what was named, while JSON of everything lists the steps."""
    if len(asked) == 1 or (identities and as_json):
        return Depth.FULL
    return Depth.LISTED if as_json else Depth.READINGS


def judged(
    asked: Sequence[Entry],
    depth: Depth = Depth.READINGS,
    *,
    audit: bool = False,
    cache: Cache | None = None,
    patience: float = PATIENCE,
    done: Done | None = None,
) -> tuple[JudgedEntry, ...]:
    """The entries with their readings judged. With ``audit`` prover, refuter and NumPy check all run on every claim. Raises
    InputError for a formula that cannot be read."""
    in_full = depth == Depth.FULL
    readings = {entry.id: _readings(entry) for entry in asked}
    listed = {} if depth == Depth.READINGS else derived(asked)
    sections = [Section(entry.id, entry.id, tuple(_all_steps(readings[entry.id]))) for entry in asked]
    if in_full:
        sections += [Section("topics", "", tuple(step for found in listed.values() for _, _, step in found))]
    with experimenting(asked) as experiments:
        report = judge(
            Derivation("claims", "", (), tuple(sections)),
            audit=audit,
            patience=patience,
            cache=cache,
            numeric=in_full or audit,
            done=_counted(sections, done),
        )
        counts = {entry.id: counts_of(entry, experiments) for entry in asked}
    own = {section.key: iter(section.blocks) for section in report.sections}
    return tuple(_entry(entry, readings[entry.id], own, counts[entry.id], listed.get(entry.id, [])) for entry in asked)


def _readings(entry: Entry) -> tuple[list[ReadingSteps], list[ReadingSteps]]:
    """Of the claim and of its correction."""
    return (
        [steps_of(reading, entry.id) for reading in entry.readings],
        [steps_of(reading, entry.id, "asserts") for reading in entry.corrected],
    )


def _all_steps(readings: tuple[list[ReadingSteps], list[ReadingSteps]]) -> Iterator[Step]:
    for made in (*readings[0], *readings[1]):
        yield from (*made.plain, *made.repaired)


def _counted(sections: list[Section], done: Done | None) -> Callable[[], None] | None:
    if done is None:
        return None
    total, so_far = sum(len(section.blocks) for section in sections), iter(range(1, 10**9))
    return lambda: done(next(so_far), total)


def _entry(
    entry: Entry,
    readings: tuple[list[ReadingSteps], list[ReadingSteps]],
    own: Mapping[str, Iterator[JudgedBlock]],
    counts: tuple[JudgedCount, ...],
    listed: list[Found],
) -> JudgedEntry:
    blocks = own[entry.id]
    claimed, corrected = (tuple(_reading(made, blocks) for made in group) for group in readings)
    claimed = tuple(map(_at_a_simple_point, claimed))
    topics_blocks = own.get("topics")
    steps = tuple(
        TopicStep(name, title, step, _next(topics_blocks) if topics_blocks else None) for name, title, step in listed
    )
    return JudgedEntry(entry, claimed, corrected, counts, steps, topic_of(entry))


def _reading(made: ReadingSteps, blocks: Iterator[JudgedBlock]) -> JudgedReading:
    plain, repaired = (tuple(_next(blocks) for _ in steps) for steps in (made.plain, made.repaired))
    return JudgedReading(made.reading, plain, repaired)


def _at_a_simple_point(judged: JudgedReading) -> JudgedReading:
    """With a counterexample that is easy to see."""
    *lemmas, last = judged.plain
    shown = replace(last, findings=tuple(map(simplest, last.findings)))
    return replace(judged, plain=(*lemmas, shown))


def _next(blocks: Iterator[JudgedBlock]) -> JudgedStep:
    block = next(blocks)
    assert isinstance(block, JudgedStep)
    return block
