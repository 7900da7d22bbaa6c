"""A document with what it includes as one run of parts: macros are taken up where they are defined, and expanded behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from derive.notes.definitions import define, definitions
from derive.notes.document import Definition, Document, Formula, Included, Part, Prose
from derive.notes.macros import Macro, NotExpanded, expand
from derive.notes.mapped import joined

MOST_REFUSED = 30
"""Formulas of a document of which the macros are expanded in vain."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A part, and the document whose text it stands in."""

    document: Document
    part: Part


def expanded(document: Document, macros: Mapping[str, Macro] | None = None) -> list[Placed]:
    """All parts in the order of reading. ``macros``: what holds from the beginning."""
    return list(_expanded(document, dict(macros or {}), []))


def _expanded(document: Document, macros: dict[str, Macro], refused: list[str]) -> Iterator[Placed]:
    """``refused``: why formulas were not expanded so far."""
    for part in document.parts:
        match part:
            case Included():
                yield from _expanded(part.document, macros, refused)
            case Definition():
                define(macros, part.macro)
            case Formula():
                yield Placed(document, _formula(part, macros, refused))
            case Prose():
                yield Placed(document, _prose(part, macros))
            case _:
                yield Placed(document, part)


def _formula(formula: Formula, macros: dict[str, Macro], refused: list[str]) -> Formula:
    """Without the definitions that stand in it, and with its macros expanded."""
    text = formula.text
    if "\\" not in text.text:
        return formula
    found = list(definitions(text.text))
    for _, _, macro in found:
        define(macros, macro)
    for start, end, _ in reversed(found):
        text = joined([text[:start], text[end:]])
    if len(refused) >= MOST_REFUSED:
        return replace(
            formula,
            text=formula.text[0:0],
            unread=f"its macros are not expanded, since {MOST_REFUSED} formulas before could not be: {refused[-1]}",
        )
    try:
        return replace(formula, text=expand(text, macros))
    except NotExpanded as problem:
        refused.append(str(problem))
        return replace(formula, text=formula.text[0:0], unread=str(problem))


def _prose(prose: Prose, macros: dict[str, Macro]) -> Prose:
    """Pandoc and notebooks take definitions that stand between paragraphs."""
    found = list(definitions(prose.text)) if "\\" in prose.text else []
    for _, _, macro in found:
        define(macros, macro)
    for start, end, _ in reversed(found):
        prose = replace(prose, text=prose.text[:start] + " " * (end - start) + prose.text[end:])
    return prose
