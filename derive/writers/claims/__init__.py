"""The textbook ledger as text: a table of entries, one entry in full, or JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from derive.writers import latex, markdown, terminal, writer
from derive.writers.claims import as_json, as_latex, as_markdown, as_pdf, as_text
from derive.writers.claims.in_full import in_full
from derive.writers.claims.rows import totals

if TYPE_CHECKING:
    from derive.ledger import JudgedEntry
    from derive.report import Report
    from derive.writers.layout import Layout

__all__ = ["PAGES", "SUFFIXES", "TABLES", "in_full", "totals"]

TABLES: dict[str, Callable[[Sequence[JudgedEntry], Layout], str | bytes]] = {
    "text": as_text.write,
    "md": as_markdown.write,
    "tex": as_latex.write,
    "pdf": as_pdf.write,
    "json": as_json.write,
}
"""Many entries."""

PAGES: dict[str, Callable[[Report, Layout], str | bytes]] = {
    "text": terminal.write,
    "md": markdown.write,
    "tex": latex.write,
    "pdf": writer("pdf"),
}
"""One entry in full; as JSON it is a list of one."""

SUFFIXES: dict[str, str] = {".md": "md", ".tex": "tex", ".pdf": "pdf", ".txt": "text", ".json": "json"}
