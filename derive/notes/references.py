r"""Equations that a text refers to: ``\label``, ``\tag``, numbers written out, labels of Quarto and MyST; and the words that use them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derive.notes.display import Statement, statements
from derive.notes.document import Formula
from derive.notes.mapped import Mapped
from derive.notes.pieces import pieces

_LABEL = re.compile(r"\\(?:label|tag\*?)\s*\{\s*([^{}]{1,80}?)\s*\}")
_NUMBER = re.compile(r"\\q?quad\s*(?:\\(?:text|mbox)\s*\{\s*)?\(\s*(\d+[a-z]?|\*+)\s*\)\s*\}?[\s.,]*$")
_BEHIND = re.compile(r"[ \t]*(?:\{#(?P<quarto>eq[\w:.-]*)\}|\((?P<myst>[A-Za-z][\w:.-]*)\)[ \t]*(?:\n|$))")
_USED = re.compile(
    r"\\(?:eqref|ref|cref|Cref|autoref)\s*\{\s*(?P<tex>[^{}]{1,80}?)\s*\}|@(?P<quarto>eq[\w:.-]*\w)|\{(?:eq|numref|ref)\}`(?P<myst>[^`<>]{1,80})`"
    r"|\[[^\[\]]*\]\(#(?P<link>[\w:.-]+)\)|\((?P<number>\d+[a-z]?|\*+)\)"
)
_REMARK = re.compile(
    r"\\(?:text|textrm|mbox|hbox|intertext)\s*\{(?:[^{}]|\{[^{}]*\})*\}|\\overset\s*\{(?:[^{}]|\{[^{}]*\})*\}"
)
_TAKES = re.compile(
    r"\b(?:by|from|using|with|plugging|plug|substituting|substitute|inserting|insert|combining|combine|adding|subtracting|into|"
    r"multiplying|dividing|eliminating|solving)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-Z\\])|\n\s*\n")
LONGEST_LEAD = 200
"""Characters of the sentence in front of a display that takes equations from elsewhere."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a display as it stands in the file: the labels that it carries, and the equations that it refers to."""

    start: int
    end: int
    labels: tuple[str, ...]
    used: tuple[str, ...]


def rows_of(formula: Formula) -> list[Row]:
    """The rows with what they say of labels."""
    text = formula.text
    if not text.text or not any(sign in text.text for sign in ("\\label", "\\tag", "ref", "(", "@")):
        return []
    ends = [(piece.start, piece.end) for piece in pieces(text.text) if piece.text.startswith(r"\\")]
    begins = [0, *(end for _, end in ends)]
    bounds = zip(begins, [*(start for start, _ in ends), len(text)], strict=True)
    return [_row(text[begin:end]) for begin, end in bounds if end > begin]


def _row(text: Mapped) -> Row:
    remarks = " ".join(found.group() for found in _REMARK.finditer(text.text))
    return Row(min(text.starts), max(text.ends), tuple(_labels(text.text)), tuple(used(remarks)))


def _labels(row: str) -> Iterator[str]:
    yield from _LABEL.findall(row)
    if number := _NUMBER.search(row):
        yield number[1]


def label_behind(words: str) -> str:
    """``{#eq-x}`` and ``(x)`` right behind a display."""
    found = _BEHIND.match(words)
    return (found["quarto"] or found["myst"]) if found else ""


def used(words: str) -> Iterator[str]:
    """The names of equations that are referred to."""
    for found in _USED.finditer(words):
        name = next(filter(None, found.groups()), "")
        if name:
            yield name


def taken(before: str) -> list[str]:
    """The equations from which the display behind these words is drawn: those in the sentence that leads to it, if it says so."""
    sentence = _SENTENCE.split(before.rstrip())[-1]
    if len(sentence) > LONGEST_LEAD or not _TAKES.search(sentence):
        return []
    return list(used(sentence))


_WRITTEN_NUMBER = re.compile(r"\((\d+(?:\.\d+)+[a-z]?)\)")


def numbers_taken(sentence: str) -> list[str]:
    """All equations that a sentence names, also as (3.2)."""
    return [*used(sentence), *_WRITTEN_NUMBER.findall(sentence)]


def labelled(formula: Formula, behind: str) -> Iterator[tuple[str, tuple[Statement, ...]]]:
    """Each label with the statements that it stands for."""
    found = statements(formula)
    if not found:
        return
    whole = [name for name in (formula.label, label_behind(behind)) if name]
    rows = rows_of(formula)
    carrying = [row for row in rows if row.labels]
    one = len(rows) == 1 or (len(carrying) == 1 and not formula.environment.startswith(("align", "gather", "eqnarray")))
    for row in carrying:
        inside = [s for s in found if s.links and row.start <= s.links[0].place[0] < row.end]
        for name in row.labels:
            yield name, found if one else tuple(inside)
    for name in whole:
        yield name, found


def used_at(rows: Sequence[Row], place: int) -> tuple[str, ...]:
    """What the row at a place of the file refers to."""
    return next((row.used for row in rows if row.start <= place < row.end), ())
