"""The ledger for a terminal: the claim, its verdict, and what speaks for that, side by side at any width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from derive.ledger import Truth
from derive.writers.claims.rows import Row, places, row, totals
from derive.writers.terminal import console, printed, styled
from derive.writers.words import Words, words_of

if TYPE_CHECKING:
    from rich.text import Text

    from derive.ledger import JudgedEntry
    from derive.writers.layout import Layout

COLOURS = {
    Truth.TRUE: "green",
    Truth.TRUE_IF: "yellow",
    Truth.FALSE: "red",
    Truth.VAGUE: "magenta",
    Truth.EMPIRICAL: "cyan",
    Truth.SUPPORTED: "cyan",
    Truth.UNDECIDED: "magenta",
}


def write(entries: Sequence[JudgedEntry], layout: Layout) -> str:
    """A table ``layout.width`` columns wide."""
    from rich import box
    from rich.table import Table

    page, say = console(layout), words_of(layout)
    table = Table(box=box.HORIZONTALS, show_lines=True, pad_edge=False, expand=True)
    table.add_column(say("claims.header.id"), no_wrap=True)
    table.add_column(say("claims.header.claim_and_place"), ratio=4, overflow="fold")
    table.add_column(say("claims.header.verdict"), no_wrap=True)
    table.add_column(say("claims.header.because"), ratio=5, overflow="fold")
    for judged in entries:
        line = row(judged, say)
        table.add_row(styled(line.id, "bold"), _claim(line), _verdict(line), _because(line, say))
    page.print(table)
    if entries:
        page.print(styled(places(entries, say), "dim"))
    page.print(styled(totals(entries, say), "italic"))
    return printed(page)


def _claim(line: Row) -> Text:
    return styled(line.claim).append("\n").append_text(styled(line.place, "dim"))


def _verdict(line: Row) -> Text:
    """The longest verdict on two lines, so that it does not cost the other columns room."""
    from rich.text import Text

    words = Text(
        f"{line.mark} {line.verdict}".replace(" mathematical", "\n  mathematical"), COLOURS.get(line.truth, "")
    )
    return words.append("\n").append_text(styled(line.topic, "dim")) if line.topic else words


def _because(line: Row, say: Words) -> Text:
    from rich.text import Text

    return Text("\n").join(_parts(line, say))


def _parts(line: Row, say: Words) -> Iterator[Text]:
    if line.missing:
        yield styled(say("claims.missing.if", hypotheses=line.missing) if line.truth == Truth.TRUE_IF else line.missing)
    if line.counterexample:
        yield styled(line.counterexample)
    if line.correction:
        yield styled(f"→ {line.correction}")
