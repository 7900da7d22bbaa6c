"""A display of somebody's notes as rows, each with what stands left and right of the place of alignment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from derive.notes.document import Formula
from derive.notes.mapped import Mapped, joined
from derive.notes.pieces import split

_SILENT = re.compile(r"\\(?:label|tag\*?)\s*\{[^{}]*\}|\\(?:nonumber|notag|qedhere|displaystyle)(?![A-Za-z])")
_OUTER = re.compile(
    r"\s*\\begin\s*\{(?P<name>aligned|split|gathered|align\*?|alignedat)\}(?P<rest>.*)\\end\s*\{(?P=name)\}[\s.,;]*",
    re.DOTALL,
)
_COLUMNS = re.compile(r"\s*(?:\[[a-z]\]\s*)?\{[0-9]+\}")


@dataclass(frozen=True, slots=True)
class Row:
    """LaTeX. ``place``: from where to where it reaches in the text."""

    left: str
    right: str
    place: tuple[int, int]


def rows(formula: Formula) -> tuple[Row, ...]:
    """At least one, unless there is nothing."""
    text = formula.text.without(_SILENT)
    if (outer := _OUTER.fullmatch(text.text)) is not None:
        start, end = outer.span("rest")
        columns = _COLUMNS.match(text.text, start, end) if outer["name"] == "alignedat" else None
        text = text[columns.end() if columns else start : end]
    return tuple(_rows(text))


def _rows(text: Mapped) -> Iterator[Row]:
    for _, line in split(text, frozenset(["\\\\"])):
        place = line.strip().place
        if place is None:
            continue
        left, *others = (cell for _, cell in split(line, frozenset(["&"])))
        yield Row(left.text.strip(), joined(others).text.strip() if others else "", place)
