"""The ledger as a Markdown table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from derive.writers.claims.rows import HEADER, cells, places, row, totals
from derive.writers.markdown import cell

if TYPE_CHECKING:
    from derive.ledger import JudgedEntry
    from derive.writers.layout import Layout


def write(entries: Sequence[JudgedEntry], layout: Layout) -> str:
    """One line an entry."""
    lines = [_line(HEADER), _line(["---"] * len(HEADER))]
    lines += [_line([cell(text) for text in cells(row(judged))]) for judged in entries]
    below = [f"*{totals(entries)}*", places(entries)] if entries else ["No claim."]
    return "\n\n".join(["# What the textbooks say, and what is true", "\n".join(lines), *below]) + "\n"


def _line(texts: Sequence[str]) -> str:
    return f"| {' | '.join(texts)} |"
