"""What was found in one text, as plain data: it travels between processes, and every format of ``derive check`` is written from it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from derive.codes import UNEXPECTED
from derive.notes.document import Document, Heading, Lines
from derive.report import Report, entry_json

Entry = dict[str, Any]
DEEPEST_SECTION = 6
"""Levels of headings; theorems and proofs are sections below these."""


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: ``entry`` as it stands in the JSON, the title of its ``section``, and the ``text`` of the line that it begins on.
    ``announced``: a comment in the text expects this verdict."""

    entry: Entry
    section: str = ""
    text: str = ""
    announced: bool = False

    @property
    def code(self) -> str | None:
        return self.entry["code"]  # type: ignore[no-any-return]

    @property
    def formula(self) -> str:
        """As written, up to spaces."""
        return " ".join(str(self.entry["shown"]).split())


@dataclass(frozen=True, slots=True)
class Text:
    """A text with everything that was found in it. ``alarms``: faults of ours. ``left_out``: findings that were not asked for.
    ``main``: the file that includes it, or its own."""

    path: str
    coverage: dict[str, int]
    found: tuple[Found, ...]
    alarms: tuple[str, ...] = ()
    left_out: int = 0
    main: str = ""


def text_of(report: Report, document: Document, main: str = "") -> Text:
    """A report with the text that its places are in; ``main``: the file that includes it."""
    entry = entry_json(report)
    lines = document.text.split("\n")
    sections = _sections(document)
    begins = [line for line, _ in sections]
    found = [
        Found(one, sections[bisect_right(begins, one["line"] or 1) - 1][1], _line(lines, one["line"]))
        for one in entry["findings"]
    ]
    return Text(report.derivation.name, entry["coverage"], tuple(_expected(found)), report.alarms, main=main)


def _sections(document: Document) -> list[tuple[int, str]]:
    """The lines on which sections begin, and their titles."""
    lines = Lines.of(document.text)
    headings = [part for part in document.parts if isinstance(part, Heading) and part.level <= DEEPEST_SECTION]
    return [(0, ""), *((lines.position(part.start)[0], part.title) for part in headings)]


def _line(lines: list[str], number: int | None) -> str:
    return lines[number - 1].rstrip("\r") if number is not None and number <= len(lines) else ""


def _expected(found: Iterable[Found]) -> Iterator[Found]:
    """A comment speaks of a whole display: one of its relations has the verdict that it announces, or the first is not as expected."""
    for expected, group in groupby(found, lambda one: one.entry["expected"]):
        members = list(group)
        if expected is None:
            yield from members
        elif any(one.entry["verdict"] == expected for one in members):
            for one in members:
                yield Found(one.entry, one.section, one.text, announced=one.entry["verdict"] == expected)
        else:
            first, *others = members
            reason = f"expected to be {expected}: {first.entry['reason']}"
            yield Found({**first.entry, "code": UNEXPECTED, "reason": reason}, first.section, first.text)
            yield from others


def without(text: Text, gone: Sequence[Found]) -> Text:
    """The text without some of its findings (these very objects)."""
    those = set(map(id, gone))
    kept = tuple(found for found in text.found if id(found) not in those)
    return replace(text, found=kept, left_out=text.left_out + len(text.found) - len(kept))
