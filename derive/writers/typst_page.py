"""A page as plain data for the Typst templates: texts stay texts, formulas are translated, places to link to are named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from derive.writers.formula_width import formula_width
from derive.writers.html_prose import plain
from derive.writers.page import ShownFigure, ShownStep, Space
from derive.writers.typst_math import NoTypst, parts, typst

if TYPE_CHECKING:
    from derive.writers.page import Listing, NumberTable, Page, Paragraph, Program, ShownSection
    from derive.writers.prose import Span
    from derive.writers.words import Words

Data = dict[str, Any]
"""What JSON can hold."""

SHORT = 16.0
"""A formula in running text that is narrower (in characters) is never broken over lines."""
NARROW = 16
"""Characters of a cell that is not broken."""
_REFERENCE = re.compile(
    r"(?<!al\. )\((?P<step>\d+\.\d+)\)|(?i:\bsections? )(?P<section>\d+)(?![.\d])|(?i:\bfigure )(?P<figure>\d+)(?![.\d])"
)
_NUMBER = re.compile(r"\$(-?\d+)(\.\d+)?\$|(-?\d+)(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Anchors:
    """The places of one part that can be linked to. ``prefix`` keeps the parts of one document apart."""

    prefix: str
    steps: frozenset[str]
    sections: frozenset[str]
    figures: frozenset[str] = frozenset()

    def place(self, kind: str, number: object) -> str:
        """The name of a place: ``step-2.3``."""
        return f"{self.prefix}{kind}-{number}"

    def target(self, found: re.Match[str]) -> str | None:
        """Where a reference leads; None if it means a place in some other text."""
        known = {"step": self.steps, "section": self.sections, "figure": self.figures}
        return next((self.place(kind, found[kind]) for kind in known if found[kind] in known[kind]), None)


def part(page: Page, say: Words, position: int = 0) -> Data:
    """One page for the templates; ``position`` counts the pages of a document that has several."""
    prefix = f"part-{position}-" if position else ""
    blocks = [block for section in page.sections for block in section.blocks]
    anchors = Anchors(
        prefix,
        frozenset(block.id for block in blocks if isinstance(block, ShownStep)),
        frozenset(str(section.number) for section in page.sections if section.number),
        frozenset(str(block.number) for block in blocks if isinstance(block, ShownFigure)),
    )
    return {
        "title": typographic(plain(page.title)),
        "anchor": f"{prefix}start",
        "language": page.text_language,
        "made_with": spans(page.made_with),
        "legend": [list(pair) for pair in page.legend],
        "sections": [_section(section, anchors) for section in page.sections],
        "totals": spans(say("page.handout", totals=page.totals)) if page.totals else [],
        "sources": spans(say("page.sources", count=len(page.sources), sources="; ".join(page.sources)))
        if page.sources
        else [],
    }


def spans(text: str, anchors: Anchors | None = None) -> list[Data]:
    """Markdown-lite as a list of pieces, with links to the steps and sections that the words name."""
    from derive.writers.prose import spans as runs

    pieces: list[Data] = []
    for run in map(_printed, runs(text)):
        style = {"emphasis": run.emphasis, "strong": run.strong}
        if run.kind in ("math", "display"):
            pieces.append(mathematics(run.text, run.kind) | style)
        elif run.kind == "code" or anchors is None:
            pieces.append({"kind": run.kind, "text": run.text} | style)
        else:
            pieces += [piece | style for piece in _linked(run.text, anchors)]
    return pieces


def _printed(run: Span) -> Span:
    """With the apostrophe of print in running text."""
    return replace(run, text=typographic(run.text)) if run.kind == "text" else run


def typographic(text: str) -> str:
    """With the apostrophe of print, and the sign of per cent beside its number."""
    return re.sub(r"(?<=\w)'", "’", text).replace(" %", "\u00a0%")


def _linked(text: str, anchors: Anchors) -> Iterable[Data]:
    """Text with its references as pieces of their own."""
    done = 0
    for found in _REFERENCE.finditer(text):
        if target := anchors.target(found):
            yield {"kind": "text", "text": text[done : found.start()]}
            yield {"kind": "link", "text": found[0].replace(" ", "\u00a0"), "target": target}
            done = found.end()
    yield {"kind": "text", "text": text[done:]}


def mathematics(latex: str, kind: str = "math") -> Data:
    """A formula with what a screen reader says; LaTeX that cannot be translated is shown as it is written."""
    from derive.writers.unicode_math import one_line

    try:
        return {"kind": kind, "source": typst(latex), "alt": one_line(latex), "short": formula_width(latex) < SHORT}
    except NoTypst:
        return {"kind": "code", "text": latex, "source": None}


def _section(section: ShownSection, anchors: Anchors) -> Data:
    return {
        "number": section.number,
        "anchor": anchors.place("section", section.number),
        "title": spans(section.title),
        "blocks": _kept_together([_BLOCKS[block.kind](block, anchors) for block in section.blocks]),
    }


def _kept_together(blocks: list[Data]) -> list[Data]:
    """Words before a display of their own, or before room to write, announce it."""
    for before, after in pairwise(blocks):
        if before["kind"] == "paragraph" and (after["kind"] == "space" or _is_display(after)):
            before["announces"] = True
    return blocks


def _is_display(block: Data) -> bool:
    pieces = block["text"] if block["kind"] == "paragraph" else []
    return [piece["kind"] for piece in pieces if piece.get("text") != ""] == ["display"]


def _paragraph(block: Paragraph, anchors: Anchors) -> Data:
    return {"kind": "paragraph", "text": spans(block.text, anchors), "announces": _announces(block.text)}


def _announces(text: str) -> bool:
    """Whether the paragraph belongs to what follows: it ends with a colon, or is a heading in small, *Solution.*"""
    return text.rstrip("*").endswith(":") or (text[:1] == text[-1:] == "*" and "*" not in text.strip("*"))


def _table(block: NumberTable, anchors: Anchors) -> Data:
    columns = list(zip(*block.rows, strict=True)) or [()] * len(block.header)
    numeric = [all(map(_NUMBER.fullmatch, filter(None, column))) for column in columns]
    set_columns = [
        _aligned(column) if aligned else list(map(spans, column))
        for column, aligned in zip(columns, numeric, strict=True)
    ]
    return {
        "kind": "table",
        "caption": spans(block.caption, anchors),
        "header": [spans(cell) for cell in block.header],
        "weights": [_weight((head, *column)) for head, column in zip(block.header, columns, strict=True)],
        "sides": ["right" if aligned else "left" for aligned in numeric],
        "rows": [list(row) for row in zip(*set_columns, strict=True)],
    }


def _weight(column: Sequence[str]) -> int:
    """How long the longest cell of a column of words is, which may be broken; 0 for numbers, formulas and single words."""
    words = [cell for cell in column if " " in re.sub(r"\$[^$]*\$", "", cell).strip()]
    longest = max(map(len, words), default=0)
    return longest if longest > NARROW else 0


def _aligned(column: Sequence[str]) -> list[list[Data]]:
    """Numbers with their points one below the other: the right is filled with digits that are not seen."""
    tails = [(found[2] or found[4] or "") if (found := _NUMBER.fullmatch(cell)) else "" for cell in column]
    longest = max(map(len, tails), default=0)
    cells = []
    for cell, tail in zip(column, tails, strict=True):
        missing = ("" if tail or not longest else ".") + "0" * (longest - max(len(tail), 1))
        cells.append([*spans(cell), *([{"kind": "unseen", "text": missing}] if missing and longest and cell else [])])
    return cells


def _step(block: ShownStep, anchors: Anchors) -> Data:
    return {
        "kind": "step",
        "id": block.id,
        "anchor": anchors.place("step", block.id),
        "mark": block.mark,
        "status": block.status.value,
        "text": spans(block.text, anchors),
        "quote": spans(block.quote) if block.quote else None,
        "place": spans(block.place or ""),
        "words": [spans(_capital(words), anchors) for words in block.words],
        "evidence": [spans(words, anchors) for words in block.evidence],
        **chain(block.links),
    }


def _capital(text: str) -> str:
    """Words of a verdict stand in a line of their own."""
    marks = len(text) - len(text.lstrip("*"))
    return text[: marks + 1].upper() + text[marks + 1 :]


def chain(links: tuple[str, ...]) -> Data:
    """A displayed formula, whole and in its links; ``parts`` says where each link may be broken."""
    whole = " ".join(links)
    try:
        pieces = [list(parts(link)) for link in links]
        return {**mathematics(whole), "kind": "step", "links": list(map(typst, links)), "parts": pieces}
    except NoTypst:
        return {"source": None, "text": whole}


def _figure(block: ShownFigure, anchors: Anchors) -> Data:
    return {
        "kind": "figure",
        "anchor": anchors.place("figure", block.number),
        "label": spans(block.label),
        "caption": spans(block.caption, anchors),
        "alt": block.alt,
        "svg": _drawn(block),
    }


def _drawn(block: ShownFigure) -> str | None:
    """None without matplotlib: then the words under the figure and what is seen in it must do."""
    from derive.figures import available, svg

    return svg(block.figure) if available() else None


def _list(block: Listing, anchors: Anchors) -> Data:
    return {"kind": "list", "ordered": block.ordered, "entries": [spans(entry, anchors) for entry in block.entries]}


def _code(block: Program, anchors: Anchors) -> Data:
    return {"kind": "code", "text": block.text.rstrip("\n")}


def _space(block: Space, anchors: Anchors) -> Data:
    return {"kind": "space", "lines": block.lines}


_BLOCKS: dict[str, Any] = {
    "paragraph": _paragraph,
    "table": _table,
    "step": _step,
    "figure": _figure,
    "list": _list,
    "code": _code,
    "space": _space,
}
