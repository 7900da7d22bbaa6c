"""The steps of topics that derive a claim, found by the ids that they carry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from derive import topics
from derive.core import Section, Step
from derive.entry import Entry
from derive.formula.family import subterms
from derive.listing import names, topic

Found = tuple[str, str, Step]
"""A step of a topic: the topic, the title of the section, the step."""


def steps_of_topics(identities: Iterable[str]) -> dict[str, list[Found]]:
    """For each id the steps of topics that carry it, each behind the definitions of its section that it needs. Only topics
    whose files name one of the ids are made."""
    wanted = {identity: list[Found]() for identity in identities}
    for name in names():
        if not _mentioned(name) & wanted.keys():
            continue
        for section in topic(name).derivation().sections:
            _collect(name, section, wanted)
    return wanted


def _collect(name: str, section: Section, wanted: dict[str, list[Found]]) -> None:
    definitions: list[Step] = []
    for block in section.blocks:
        if isinstance(block, Step) and block.assumed:
            definitions.append(block)
        elif isinstance(block, Step):
            needed = [d for d in definitions if _defined(d) & _letters(block)]
            for found in (wanted[identity] for identity in block.ledger if identity in wanted):
                found += [(name, section.title, s) for s in (*needed, block) if (name, section.title, s) not in found]


def _defined(definition: Step) -> set[str]:
    """The letters that stand alone on the left."""
    return {str(claim.lhs.value) for claim in definition.claims if claim.lhs.head == "symbol"}


def _letters(step: Step) -> set[str]:
    sides = (side for claim in step.claims for side in (claim.lhs, claim.rhs))
    return {str(leaf.value) for side in sides for leaf in subterms(side) if leaf.head == "symbol"}


def topic_of(entry: Entry) -> str | None:
    """The topic that the entry names, else the first whose files name its id, or one that it refers to."""
    ids = (entry.id, *entry.see)
    return entry.topic or next((name for identity in ids for name in names() if identity in _mentioned(name)), None)


_ID = re.compile(r"[\"']([A-Z]\d+)[\"']")
_LETTER = re.compile(r"ledger=\([^()]*?[\"']([A-Z])[\"']")


@cache
def _mentioned(name: str) -> frozenset[str]:
    """The ids that stand between quotation marks in the files of a topic; a single letter, which could be a matrix, only where
    the ids of a step stand."""
    folder, file = Path(topics.__path__[0]), name.replace("-", "_")
    texts = [path.read_text("utf-8") for path in (*folder.glob(f"{file}.py"), *(folder / file).rglob("*.py"))]
    return frozenset(found for text in texts for pattern in (_ID, _LETTER) for found in pattern.findall(text))


def derived(asked: Sequence[Entry]) -> dict[str, list[Found]]:
    """For each entry the steps of topics that carry its id, or an id that it refers to."""
    ids = {entry.id: (entry.id, *entry.see) for entry in asked}
    found = steps_of_topics(dict.fromkeys(name for group in ids.values() for name in group))
    return {identity: [step for name in group for step in found[name]] for identity, group in ids.items()}
