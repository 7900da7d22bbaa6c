"""One document of notes, with what it includes, as an article of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from markupsafe import Markup

from derive.found import Text
from derive.notes.document import Document, Heading
from derive.notes.expanding import Placed as PlacedPart
from derive.notes.expanding import expanded
from derive.notes.macros import Macro
from derive.writers import escape
from derive.writers.checked.placing import Placed, placed
from derive.writers.checked.remarks import alarms, relation
from derive.writers.checked.shown_markdown import shown_markdown
from derive.writers.checked.shown_tex import THEOREM, shown_tex
from derive.writers.findings import totals
from derive.writers.words import Words

LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Alarm:
    """A line of the list at the top: ``id`` of the remark it leads to."""

    id: str
    verdict: str
    line: int
    relation: Markup


@dataclass(frozen=True, slots=True)
class Article:
    """``title`` is Markdown-lite, ``path`` plain; ``coverage`` is what was read and judged of each text, ``alarms`` come first."""

    title: str
    path: str
    coverage: tuple[str, ...]
    alarms: tuple[Alarm, ...]
    verdicts: tuple[str, ...]
    body: Markup


def article(
    document: Document, macros: Mapping[str, Macro], found: Mapping[str, Text], say: Words, *, top: int
) -> Article:
    """The document rendered, with the verdicts of ``found`` (by path) in it. ``top``: the level of its highest heading."""
    parts = expanded(document, macros)
    texts = _texts(document, parts)
    findings = {text.path: placed(text, found.get(text.path), _prefix(text.path)) for text in texts}
    first = next((p for p in parts if isinstance(p.part, Heading) and p.part.level < THEOREM), None)
    body = Markup("").join(
        _shown(text, parts, findings[text.path], say, titled=first is not None and first.document is text, top=top)
        for text in texts
    )
    every = [one for text in texts for one in findings[text.path]]
    return Article(
        _title(document, first),
        document.path,
        tuple(totals(found[text.path]) for text in texts if text.path in found),
        tuple(Alarm(one.id, one.verdict, one.found.entry["line"], relation(one)) for one in alarms(every)),
        tuple(sorted({one.verdict for one in every})),
        body,
    )


def _prefix(path: str) -> str:
    """Makes the ids of two files different: letters and digits of the path."""
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in path) + "-"


def _texts(document: Document, parts: list[PlacedPart]) -> list[Document]:
    """The document and those that it includes, in the order in which they begin."""
    texts = [document] if document.parts else []
    for part in parts:
        if all(part.document is not text for text in texts):
            texts.append(part.document)
    return [text for text in texts if text is not document or _has_words(text)]


def _has_words(document: Document) -> bool:
    """A notebook itself is JSON; only its cells are text."""
    return PurePath(document.path).suffix != ".ipynb"


def _shown(
    document: Document, parts: list[PlacedPart], findings: tuple[Placed, ...], say: Words, *, titled: bool, top: int
) -> Markup:
    own = [part.part for part in parts if part.document is document]
    show = shown_tex if _is_tex(document) else shown_markdown
    return Markup('<div class="text">\n{}</div>\n').format(show(document, own, findings, say, titled=titled, top=top))


def _is_tex(document: Document) -> bool:
    return PurePath(document.path).suffix in (".tex", ".sty", ".ltx") or "\\begin{document}" in document.text


def _title(document: Document, heading: PlacedPart | None) -> str:
    """The heading, or the name of the file as Markdown-lite."""
    title = heading.part.title if heading is not None and isinstance(heading.part, Heading) else ""
    return " ".join(title.split())[:LONGEST_TITLE] or escape.markdown(PurePath(document.path).name)
