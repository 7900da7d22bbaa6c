"""Which findings belong to which formula, and to which row of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.found import Found, Text
from derive.notes.document import Document, Formula, Lines

SILENT = ("assumed", "vacuous", "unread")
"""Verdicts that are no news of a formula among words."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding, where it begins in its text, and its id on the page."""

    found: Found
    offset: int
    id: str

    @property
    def verdict(self) -> str:
        return str(self.found.entry["verdict"])


def placed(document: Document, text: Text | None, prefix: str) -> tuple[Placed, ...]:
    """The findings of a document in the order of its text."""
    lines = Lines.of(document.text)
    here = [found for found in (text.found if text is not None else ()) if found.entry["line"] is not None]
    where = (lines.begins[found.entry["line"] - 1] + found.entry["column"] - 1 for found in here)
    marked = (Placed(found, offset, f"{prefix}{found.entry['id']}") for found, offset in zip(here, where, strict=True))
    return tuple(sorted(marked, key=lambda one: one.offset))


def within(findings: Sequence[Placed], start: int, end: int) -> tuple[Placed, ...]:
    """Those that begin between two places of the text."""
    return tuple(one for one in findings if start <= one.offset < end)


def of_formula(findings: Sequence[Placed], formula: Formula) -> tuple[Placed, ...]:
    """Among words only what is judged counts."""
    those = within(findings, formula.start, formula.end)
    return those if formula.display else tuple(one for one in those if one.verdict not in SILENT)
