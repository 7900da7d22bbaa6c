"""Slides for a projector, as PDF: one idea a slide, the links of a chain and the verdict uncovered one after another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derive.writers.pdf import Book, data
from derive.writers.typst_engine import typeset

if TYPE_CHECKING:
    from derive.report import Report
    from derive.writers.layout import Layout
    from derive.writers.typst_page import Data

SHORT = 230
"""Signs of prose that still share a slide with the step that they announce."""


def write(report: Report, layout: Layout) -> bytes:
    """The handout as slides; evidence is for paper. Raises InputError where the extra is missing or a template is broken."""
    from derive.writers.html_prose import plain
    from derive.writers.page import page

    shown = page(report, replace(layout, audience="student"))
    return slides(Book(plain(shown.title), (shown,)), layout)


def slides(content: Book, layout: Layout) -> bytes:
    """The slides of one or more pages, one after another."""
    told = data(content, layout)
    for part in told["parts"]:
        for section in part["sections"]:
            section["slides"] = [
                {"blocks": blocks, "stages": _stages(blocks[-1])} for blocks in grouped(section["blocks"])
            ]
    return typeset("slides.typ", told, layout)


def grouped(blocks: list[Data]) -> list[list[Data]]:
    """The blocks of a section, slide by slide: prose that is short stands over the step that follows it."""
    groups: list[list[Data]] = []
    for block in blocks:
        before = groups[-1] if groups else []
        if before and before[-1]["kind"] == "paragraph" and _length(before) + _length([block]) <= SHORT:
            before.append(block)
        else:
            groups.append([block])
    return groups


def _length(blocks: list[Data]) -> int:
    """Signs of prose; all else has a slide of its own."""
    if any(block["kind"] not in ("paragraph", "step") for block in blocks):
        return SHORT + 1
    return sum(len(piece.get("alt") or piece["text"]) for block in blocks for piece in block["text"])


def _stages(block: Data) -> int:
    """In how many stages a slide is uncovered: a relation at a time, at last what is said of the step."""
    if block["kind"] != "step":
        return 1
    relations = max(1, len(block.get("links", ())) - 1)
    return relations + bool(block["words"])
