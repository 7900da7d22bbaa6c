"""A PDF for print and screen: tagged, with an outline, links and embedded fonts; the same bytes for the same input.

Typst sets it from the templates ``handout.typ``, ``parts.typ`` and ``theme.typ``. What stands on the page reaches Typst as
data (JSON), formulas as mathematics that ``typst_math`` wrote, figures as SVG: no text is ever source, and Typst sees no
files but the templates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from derive.writers.typst_engine import typeset

if TYPE_CHECKING:
    from derive.report import Report
    from derive.writers.layout import Layout
    from derive.writers.page import Page
    from derive.writers.typst_page import Data

PAPERS = {"a4": "a4", "letter": "us-letter"}
REGIONS = {"en": "gb"}


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
    return typeset("handout.typ", data(content, layout), layout)


def data(content: Book, layout: Layout) -> Data:
    """What the templates are told."""
    from derive.writers.typst_page import part, typographic
    from derive.writers.words import words_of

    several = len(content.pages) > 1
    say = words_of(layout)
    return {
        "title": typographic(content.title),
        "author": list(content.author),
        "language": content.language,
        "region": REGIONS.get(content.language),
        "words_language": say.language,
        "paper": PAPERS[layout.paper],
        "words": {key: say(f"page.{key}") for key in ("contents", "checked")},
        "parts": [part(page, say, position if several else 0) for position, page in enumerate(content.pages, start=1)],
    }
