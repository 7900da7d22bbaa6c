"""Somebody's notes as a web page: rendered as they would be, with the verdict of each line in the margin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derive.found import Text
    from derive.notes.document import Document
    from derive.notes.macros import Macro
    from derive.writers.layout import Layout

__all__ = ["write"]


def write(
    sources: Sequence[tuple[Document, Mapping[str, Macro]]], texts: Sequence[Text], layout: Layout | None = None
) -> str:
    """One page for all documents; ``texts`` are what was found in them and in what they include. Everything in them is text."""
    from derive.writers.checked.article import article
    from derive.writers.layout import Layout
    from derive.writers.web import web_page
    from derive.writers.words import words_of

    layout = layout or Layout()
    found = {text.path: text for text in texts}
    top = 2 if len(sources) == 1 else 3
    articles = [article(document, macros, found, words_of(layout), top=top) for document, macros in sources]
    title = articles[0].title if len(articles) == 1 else words_of(layout)("checked.notes")
    return web_page("checked.html.j2", layout, title, articles=articles)
