"""The ledger as a LaTeX document: one paragraph an entry, because eight columns fit on no page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from derive.writers.claims.rows import labelled, places, row, totals
from derive.writers.words import words_of

if TYPE_CHECKING:
    from derive.ledger import JudgedEntry
    from derive.writers.layout import Layout


def write(entries: Sequence[JudgedEntry], layout: Layout) -> str:
    """A document that pdfLaTeX compiles."""
    from derive.writers.latex import bookmark, prose
    from derive.writers.templates import TEX_DELIMITERS, environment, rendered

    say, jinja = words_of(layout), environment(layout, TEX_DELIMITERS)
    jinja.filters.update(prose=prose, plain=bookmark)
    return rendered(
        jinja,
        "claims.tex.j2",
        rows=[(line, labelled(line, say)) for line in (row(judged, say) for judged in entries)],
        totals=totals(entries, say),
        places=places(entries, say),
    )
