"""A PDF for print and screen: tagged, with an outline, links and embedded fonts; the same bytes for the same input.

Typst sets it from the templates ``handout.typ``, ``parts.typ`` and ``theme.typ``. What stands on the page reaches Typst as
data (JSON), formulas as mathematics that ``typst_math`` wrote, figures as SVG: no text is ever source, and Typst sees no
files but the templates.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from derive.core import InputError
from derive.extras import need

if TYPE_CHECKING:
    from derive.report import Report
    from derive.writers.layout import Layout
    from derive.writers.page import Page
    from derive.writers.typst_page import Data

PAPERS = {"a4": "a4", "letter": "us-letter"}
TEMPLATES = ("handout.typ", "slides.typ", "parts.typ", "theme.typ")
REGIONS = {"en": "gb"}
TIMESTAMP = 0
"""Of every document: the same input gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Book:
    """Several pages in one document. ``author`` may be empty; ``language`` is that of what the pages tell."""

    title: str
    pages: tuple[Page, ...]
    author: tuple[str, ...] = ()
    language: str = "en"


def write(report: Report, layout: Layout) -> bytes:
    """The handout. Raises InputError where the extra is missing or a template of the user's is broken."""
    from derive.writers.html_prose import plain
    from derive.writers.page import page

    shown = page(report, layout)
    return book(Book(plain(shown.title), (shown,)), layout)


def book(content: Book, layout: Layout) -> bytes:
    """One document of one or more pages, with a title page and contents if there are several. Raises InputError."""
    return compiled("handout.typ", data(content, layout), layout)


def data(content: Book, layout: Layout) -> Data:
    """What the templates are told."""
    from derive.writers.typst_page import apostrophes, part
    from derive.writers.words import words_of

    several = len(content.pages) > 1
    say = words_of(layout)
    return {
        "title": apostrophes(content.title),
        "author": list(content.author),
        "language": content.language,
        "region": REGIONS.get(content.language),
        "words_language": say.language,
        "paper": PAPERS[layout.paper],
        "words": {key: say(f"page.{key}") for key in ("contents", "checked")},
        "parts": [part(page, say, position if several else 0) for position, page in enumerate(content.pages, start=1)],
    }


def compiled(template: str, told: Data, layout: Layout) -> bytes:
    """The document that a template makes of what it is told. Raises InputError where the extra is missing, or a template of
    the user's is broken."""
    need("pdf", "typst")
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    with folder_of_templates(layout) as root:
        return _compiled(root, template, text, strict=layout.templates is None)


@contextmanager
def folder_of_templates(layout: Layout) -> Iterator[Path]:
    """A folder with the templates, the user's in place of ours, and nothing else: all that Typst can read."""
    from derive.writers.templates import folder

    with TemporaryDirectory(prefix="derive-") as name:
        root = Path(name)
        for template in TEMPLATES:
            shutil.copy(folder() / template, root / template)
        for path in sorted(layout.templates.iterdir()) if layout.templates else ():
            if path.is_file() and path.suffix in (".typ", ".svg", ".png", ".jpg", ".pdf"):
                shutil.copy(path, root / path.name)
        yield root


def _compiled(root: Path, template: str, text: str, strict: bool) -> bytes:
    """``strict``: as PDF/UA. A character that the embedded fonts lack is looked for in those of the system, which PDF/UA,
    where nothing may be missing, does not allow for."""
    import typst

    unfussy: dict[str, Any] = {"ignore_system_fonts": not strict}
    attempts = [{"pdf_standards": ["ua-1"], "ignore_system_fonts": True}, unfussy] if strict else [unfussy]
    for options in attempts:
        try:
            given = {"root": root, "sys_inputs": {"data": text}, "timestamp": TIMESTAMP, **options}
            content: bytes = typst.compile(root / template, **given)
            return content
        except typst.TypstError as error:
            failure = error
    raise InputError(_explained(failure))


def _explained(error: Any) -> str:
    """One line: where a template is broken and why."""
    place = re.search(r"(?P<file>[^/\\\s]+):(?P<line>\d+):(?P<column>\d+)\n", str(error.diagnostic))
    where = f"{place['file']}, line {place['line']}, column {place['column']}: " if place else ""
    hints = "".join(f" ({hint})" for hint in error.hints)
    return f"a Typst template is broken: {where}{error.message}{hints}; correct it there"
