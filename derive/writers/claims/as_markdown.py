"""The ledger as a Markdown table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from derive.writers.claims.rows import HEADER, cells, row, totals
from derive.writers.markdown import cell

if TYPE_CHECKING:
    from derive.ledger import JudgedEntry
    from derive.writers.layout import Layout


def write(entries: Sequence[JudgedEntry], layout: Layout) -> str:
    """One line an entry."""
    lines = [_line(HEADER), _line(["---"] * len(HEADER))]
    lines += [_line([cell(text) for text in cells(row(judged))]) for judged in entries]
    return "# What the textbooks say, and what is true\n\n" + "\n".join(lines) + f"\n\n*{totals(entries)}*\n"


def _line(texts: Sequence[str]) -> str:
    return f"| {' | '.join(texts)} |"
