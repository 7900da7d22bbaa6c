"""The labelled notes of ``tests/notes``: a text, and what its author says that a linter should say of it.

The labels stand at the end of a document, in a comment that begins with ``labels``, one a line: a status and the text of the right
side of the relation that has it. ``wrong`` is ``refuted`` or ``conditional``. ``@2`` behind it means that the second occurrence is
meant; where a few signs occur often, the signs before them stand in front of ``»``. In a notebook the labels stand in its metadata.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from derive.checking import check_files
from derive.core import Source
from derive.notes.document import Lines
from derive.report import JudgedStep

FOLDER = Path(__file__).parent / "notes"
ALARMS = ("refuted", "conditional")
_BLOCK = re.compile(r"^(?:<!-- labels\n(?P<md>.*?)\n-->|% labels\n(?P<tex>(?:% .*\n?)+))", re.DOTALL | re.MULTILINE)
_LABEL = re.compile(r"(?P<status>[a-z]+): (?:(?P<before>.*)» )?(?P<text>.*?)(?: @(?P<number>\d+))?")


@dataclass(frozen=True)
class Label:
    """``status`` is due to the relation whose right side is the ``number``-th occurrence of ``text``."""

    status: str
    before: str
    text: str
    number: int


@dataclass(frozen=True)
class Found:
    """What the tool says of a relation, and where that stands."""

    status: str
    start: int
    end: int
    words: str

    @property
    def is_alarm(self) -> bool:
        return self.status in ALARMS


def notes(kind: str) -> list[str]:
    """The names of the documents of a folder."""
    return sorted(path.name for path in (FOLDER / kind).iterdir())


def labels(path: Path) -> list[Label]:
    """The labels at the end of a document. Raises ValueError for one that is not of their form."""
    if path.suffix == ".ipynb":
        lines = json.loads(path.read_text("utf-8"))["metadata"].get("labels", [])
    else:
        block = _BLOCK.search(path.read_text("utf-8"))
        lines = [line.removeprefix("% ") for line in (block["md"] or block["tex"]).splitlines()] if block else []
    return [_label(line, path) for line in lines]


def _label(line: str, path: Path) -> Label:
    found = _LABEL.fullmatch(line.strip())
    if found is None:
        raise ValueError(f"{path.name}: {line!r} is no label")
    return Label(found["status"], found["before"] or "", found["text"], int(found["number"] or 1))


@cache
def checked(path: Path) -> tuple[str, list[Found]]:
    """The texts of the document one after the other, and what is said of each relation in them."""
    result = check_files([str(path)])
    assert not result.problems
    whole, found = "", []
    for report, text in zip(result.reports, result.texts, strict=True):
        lines = Lines.of(text)
        found += [_found(step, step.step.source, lines, len(whole)) for step in report.steps if step.step.source]
        whole += f"{text}\n"
    return whole, found


def _found(step: JudgedStep, source: Source, lines: Lines, before: int) -> Found:
    start = lines.begins[source.line - 1] + source.column - 1
    end = lines.begins[source.end_line - 1] + source.end_column - 1
    said = (source.unread, source.beyond, source.doubt, *(finding.reason for finding in step.findings))
    words = "; ".join(filter(None, said))
    return Found(str(step.status), before + start, before + end, f"{source.kind}: {words}")


def place_of(label: Label, text: str) -> tuple[int, int]:
    """Where the right side that is meant stands. Raises ValueError where that is not clear."""
    body = text[: block.start()] if (block := _BLOCK.search(text)) else text
    places = [found.start() for found in re.finditer(re.escape(label.before + label.text), body)]
    if len(places) < label.number or (label.number == 1 and len(places) > 1):
        raise ValueError(f"{label.text!r} occurs {len(places)} times")
    start = places[label.number - 1] + len(label.before)
    return start, start + len(label.text)


def meant(label: Label, text: str, found: list[Found]) -> Found | None:
    """The relation that ends with the right side of the label: the shortest one, since the first of a chain shows its left side, too."""
    start, end = place_of(label, text)
    ending = [one for one in found if one.end == end and one.start <= start]
    return max(ending, key=lambda one: one.start, default=None)
