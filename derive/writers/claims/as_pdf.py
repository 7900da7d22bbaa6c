"""The ledger as PDF: one paragraph an entry and what is to be said of it below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from derive.writers.claims.rows import labelled, places, row, totals
from derive.writers.page import Listing, Page, Paragraph, ShownBlock, ShownSection
from derive.writers.words import words_of

if TYPE_CHECKING:
    from derive.ledger import JudgedEntry
    from derive.writers.claims.rows import Row
    from derive.writers.layout import Layout
    from derive.writers.words import Words


def write(entries: Sequence[JudgedEntry], layout: Layout) -> bytes:
    """Raises InputError where the extra is missing."""
    from derive.writers.pdf import Book, book

    say = words_of(layout)
    blocks = tuple(block for judged in entries for block in _entry(row(judged, say), say))
    ends = tuple(Paragraph(text) for text in (totals(entries, say), places(entries, say)) if text)
    title = say("claims.title")
    shown = Page(title, "", (), (ShownSection(0, "", (*blocks, *ends)),), "", (), say.language)
    return book(Book(title, (shown,)), layout)


def _entry(line: Row, say: Words) -> Iterator[ShownBlock]:
    yield Paragraph(f"**{line.id}** {line.mark} **{line.verdict}:** {line.claim} *({line.place})*")
    if parts := labelled(line, say):
        yield Listing(tuple(f"*{word}:* {text}" for word, text in parts))
