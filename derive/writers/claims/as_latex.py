"""The ledger as a LaTeX document: one paragraph an entry, because eight columns fit on no page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from derive.writers.claims.rows import Row, places, row, totals

if TYPE_CHECKING:
    from derive.ledger import JudgedEntry
    from derive.writers.layout import Layout


def write(entries: Sequence[JudgedEntry], layout: Layout) -> str:
    """A document that pdfLaTeX compiles."""
    from derive.writers.latex import prose
    from derive.writers.templates import TEX_DELIMITERS, environment

    jinja = environment(TEX_DELIMITERS)
    jinja.filters.update(prose=prose)
    template = jinja.get_template("claims.tex.j2")
    return template.render(
        rows=[(line, _parts(line)) for line in map(row, entries)], totals=totals(entries), places=places(entries)
    )


def _parts(line: Row) -> list[tuple[str, str]]:
    """What is said of the entry, each with its word."""
    said = {
        "Missing": line.missing,
        "Counterexample": line.counterexample,
        "Corrected": line.correction,
        "Derived in": line.topic,
    }
    return [(word, text) for word, text in said.items() if text]
