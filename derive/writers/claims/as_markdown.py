"""The ledger as a Markdown table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from derive.writers.claims.rows import HEADER, cells, places, row, totals
from derive.writers.markdown import cell
from derive.writers.words import words_of

if TYPE_CHECKING:
    from derive.ledger import JudgedEntry
    from derive.writers.layout import Layout


def write(entries: Sequence[JudgedEntry], layout: Layout) -> str:
    """One line an entry."""
    say = words_of(layout)
    lines = [_line([say(f"claims.header.{name}") for name in HEADER]), _line(["---"] * len(HEADER))]
    lines += [_line([cell(text) for text in cells(row(judged, say))]) for judged in entries]
    below = [f"*{totals(entries, say)}*", places(entries, say)] if entries else [say("claims.none")]
    return "\n\n".join([f"# {say('claims.title')}", "\n".join(lines), *below]) + "\n"


def _line(texts: Sequence[str]) -> str:
    return f"| {' | '.join(texts)} |"
