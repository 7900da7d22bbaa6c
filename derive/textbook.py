"""The textbook ledger: which entries there are, which of them are asked for, and their judgement.

Entries are found in the modules of ``derive/claims``, each of which has a tuple ``ENTRIES``: there is no list to keep.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from derive import claims, topics
from derive.core import Derivation, InputError, Prose, Section, Step, Table
from derive.entry import SOURCES, Entry, ReadingSteps, key, steps_of
from derive.judge import PATIENCE, judge
from derive.ledger import JudgedEntry, JudgedReading, TopicStep, Truth, judged_count
from derive.listing import did_you_mean, names, topic
from derive.report import JudgedStep

if TYPE_CHECKING:
    from derive.cache import Cache

Block = Prose | Table | JudgedStep

GROUPS = "ABCDEFGHMXT0"
"""The order of the groups: the chapters of the ledger, then what lecturers expect besides, single sentences, damaged formulas."""

Done = Callable[[int, int], None]
"""Called with how many steps of how many are judged."""


def entries() -> tuple[Entry, ...]:
    """All entries, in the order of their ids. Raises InputError where an id occurs twice."""
    found = [
        entry
        for module in iter_modules(claims.__path__)
        for entry in import_module(f"derive.claims.{module.name}").ENTRIES
    ]
    twice = {entry.id for entry in found if sum(other.id == entry.id for other in found) > 1}
    if twice:
        raise InputError(f"{', '.join(sorted(twice))} occurs twice in derive/claims")
    return tuple(sorted(found, key=lambda entry: _order(entry.id)))


def _order(identity: str) -> tuple[int, int, str]:
    """A2 before A10, group by group."""
    number = re.search(r"\d+$", identity)
    return GROUPS.find(identity[0]), int(number[0]) if number else 0, identity


# ------------------------------------------------------------------------------------------------------------ selection


def chosen(identities: Sequence[str], source: str | None = None) -> tuple[Entry, ...]:
    """The entries with these ids, or of these groups (``A``), from a source (``10.7``; ``10.11`` includes 10.11.1). Raises
    InputError for a word that is none."""
    known = entries()
    picked = [entry for identity in identities for entry in _named(identity, known)] if identities else known
    if source is not None:
        _check_source(source, known)
        picked = [entry for entry in picked if any(_within(key(place), source) for place in entry.source)]
    return tuple(dict.fromkeys(picked))


def _named(word: str, known: tuple[Entry, ...]) -> list[Entry]:
    upper = word.strip().upper()
    exact = [entry for entry in known if entry.id.upper() == upper]
    group = [entry for entry in known if len(upper) == 1 and entry.id.startswith(upper)]
    if not exact and not group:
        ids = [entry.id for entry in known]
        raise InputError(f"there is no claim {word[:40]!r}{did_you_mean(upper, ids)}; 'derive claims' lists them")
    return exact if exact and len(group) < 2 else group or exact


def _check_source(source: str, known: tuple[Entry, ...]) -> None:
    keys = dict.fromkeys(key(place) for entry in known for place in entry.source)
    if not any(_within(name, source) for name in keys):
        close = did_you_mean(source, SOURCES)
        raise InputError(f"no claim is from {source[:40]!r}{close}; choose one of {', '.join(sorted(keys))}")


def _within(name: str, source: str) -> bool:
    """A section holds its subsections; ``SE`` stands for SE-Q and SE-A."""
    name, source = name.upper(), source.strip().upper()
    return name == source or name.startswith((f"{source}.", f"{source}-"))


def read_truth(word: str) -> Truth:
    """A verdict, also with a dash for the blank. Raises InputError for a word that is none."""
    plain = " ".join(word.lower().replace("-", " ").split())
    if plain not in {truth.value for truth in Truth}:
        words = [truth.value for truth in Truth]
        raise InputError(
            f"option --verdict is {word[:40]!r}{did_you_mean(plain, words)}; choose one of {', '.join(words)}"
        )
    return Truth(plain)


# ------------------------------------------------------------------------------------------------------------- judgement


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
    cache: Cache | None = None,
    patience: float = PATIENCE,
    done: Done | None = None,
) -> tuple[JudgedEntry, ...]:
    """The entries with their readings judged. Raises InputError for a formula that cannot be read."""
    in_full = depth == Depth.FULL
    readings = {entry.id: _readings(entry) for entry in asked}
    derived = {} if depth == Depth.READINGS else _derived(asked)
    sections = [Section(entry.id, entry.id, tuple(_all_steps(readings[entry.id]))) for entry in asked]
    if in_full:
        sections += [Section("topics", "", tuple(step for found in derived.values() for _, _, step in found))]
    report = judge(
        Derivation("claims", "", (), tuple(sections)),
        patience=patience,
        cache=cache,
        numeric=in_full,
        done=_counted(sections, done),
    )
    own = {section.key: iter(section.blocks) for section in report.sections}
    return tuple(_entry(entry, readings[entry.id], own, derived.get(entry.id, [])) for entry in asked)


def _derived(asked: Sequence[Entry]) -> dict[str, list[Found]]:
    """The steps of topics that carry the id of an entry, or an id that it refers to."""
    ids = {entry.id: (entry.id, *entry.see) for entry in asked}
    found = steps_of_topics(dict.fromkeys(name for group in ids.values() for name in group))
    return {identity: [step for name in group for step in found[name]] for identity, group in ids.items()}


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


Found = tuple[str, str, Step]
"""A step of a topic: the topic, the title of the section, the step."""


def _entry(
    entry: Entry,
    readings: tuple[list[ReadingSteps], list[ReadingSteps]],
    own: Mapping[str, Iterator[Block]],
    derived: list[Found],
) -> JudgedEntry:
    blocks = own[entry.id]
    claimed, corrected = (tuple(_reading(made, blocks) for made in group) for group in readings)
    counts = tuple(map(judged_count, entry.experiment.run(entry.experiment.seed))) if entry.experiment else ()
    topics_blocks = own.get("topics")
    steps = tuple(
        TopicStep(name, title, step, _next(topics_blocks) if topics_blocks else None) for name, title, step in derived
    )
    return JudgedEntry(entry, claimed, corrected, counts, steps)


def _reading(made: ReadingSteps, blocks: Iterator[Block]) -> JudgedReading:
    plain, repaired = (tuple(_next(blocks) for _ in steps) for steps in (made.plain, made.repaired))
    return JudgedReading(made.reading, plain, repaired)


def _next(blocks: Iterator[Block]) -> JudgedStep:
    block = next(blocks)
    assert isinstance(block, JudgedStep)
    return block


# ------------------------------------------------------------------------------------------------- the steps of topics


def steps_of_topics(identities: Iterable[str]) -> dict[str, list[Found]]:
    """For each id the steps of topics that carry it. Only topics whose files name one of the ids are made."""
    wanted = {identity: list[Found]() for identity in identities}
    for name in names():
        if not _mentioned(name) & wanted.keys():
            continue
        made = topic(name).derivation()
        for section in made.sections:
            for block in section.blocks:
                for identity in block.ledger if isinstance(block, Step) else ():
                    if identity in wanted:
                        wanted[identity].append((name, section.title, block))
    return wanted


def _mentioned(name: str) -> set[str]:
    """The ids that stand between quotation marks in the files of a topic."""
    folder, file = Path(topics.__path__[0]), name.replace("-", "_")
    files = [*folder.glob(f"{file}.py"), *(folder / file).rglob("*.py")]
    return {found for path in files for found in re.findall(r"[\"']([A-Z]\d+|[A-Z])[\"']", path.read_text("utf-8"))}
