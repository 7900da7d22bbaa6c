"""The terminal: prose wrapped, formulas in Unicode, matrices drawn where they fit. Colour is never the only signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from derive.report import Report
    from derive.writers.layout import Layout
    from derive.writers.page import NumberTable, Page, ShownBlock, ShownFigure, ShownSection, ShownStep
    from derive.writers.words import Words

COLOURS = {"proved": "green", "supported": "cyan", "refuted": "red", "conditional": "yellow", "undecided": "magenta"}
INDENT = 6
TALLEST = 8
"""A matrix with more rows is written on one line."""


def write(report: Report, layout: Layout) -> str:
    """The handout for a terminal ``layout.width`` columns wide."""
    from derive.writers.page import page
    from derive.writers.words import words_of

    target = console(layout)
    _page(target, page(report, layout), words_of(layout))
    return printed(target)


def console(layout: Layout) -> Console:
    """Something to print on, which keeps what is printed."""
    from io import StringIO

    from rich.console import Console

    return Console(
        file=StringIO(),
        width=max(40, layout.width),
        force_terminal=layout.colour,
        color_system="standard" if layout.colour else None,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
        _environ={},
    )


def printed(console: Console) -> str:
    """What was printed on a ``console`` of ours, without blanks at the ends of lines."""
    from io import StringIO

    assert isinstance(console.file, StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().split("\n"))


def _page(console: Console, page: Page, say: Words) -> None:
    console.print(styled(page.title, "bold"))
    console.print(styled(page.made_with, "dim"))
    for section in page.sections:
        _section(console, section)
        if not section.number and page.legend:
            console.print()
            console.print(styled(" · ".join(f"{mark} {meaning}" for mark, meaning in page.legend), "dim"))
    console.print()
    if page.totals:
        console.print(styled(say("page.totals", totals=page.totals), "italic"))
    if page.sources:
        sources = say("page.sources", count=len(page.sources), sources="; ".join(page.sources))
        console.print(styled(sources, "dim"))


def _section(console: Console, section: ShownSection) -> None:
    if section.number:
        console.print()
        console.print(styled(f"{section.number}  {section.title}", "bold"))
    for block in section.blocks:
        console.print()
        _block(console, block)


def _block(console: Console, block: ShownBlock) -> None:
    if block.kind == "step":
        _step(console, block)  # type: ignore[arg-type]
    elif block.kind == "table":
        _table(console, block)  # type: ignore[arg-type]
    elif block.kind == "figure":
        _figure(console, block)  # type: ignore[arg-type]
    elif block.kind == "space":
        console.print("\n" * (block.lines - 2))  # type: ignore[union-attr]
    else:
        console.print(styled(block.text))  # type: ignore[union-attr]


def _step(console: Console, step: ShownStep) -> None:
    from rich.padding import Padding
    from rich.text import Text

    colour = COLOURS.get(step.status.value, "")
    console.print(Text.assemble((step.mark, colour), " ", (f"({step.id})", "bold"), " ", styled(step.text)))
    if step.quote:
        console.print(Padding(styled(f"“{step.quote}” — {step.place}", "italic"), (0, 0, 0, INDENT)))
    for line in formula_lines(step.formula, step.links, console.width - INDENT):
        console.print(" " * INDENT + line, soft_wrap=True)
    for words in step.words:
        console.print(Padding(Text.assemble((f"{step.mark} ", colour), styled(f"{words}.")), (0, 0, 0, 2)))
    for words in step.evidence:
        console.print(Padding(styled(words, "dim"), (0, 0, 0, 2)))


def _figure(console: Console, block: ShownFigure) -> None:
    """A terminal shows no picture: what it is of, and what is seen in it."""
    from rich.padding import Padding
    from rich.text import Text

    console.print(Text.assemble(styled(block.label, "bold"), " ", styled(block.caption)))
    console.print(Padding(Text(block.alt, "italic"), (0, 0, 0, INDENT)))


def _table(console: Console, block: NumberTable) -> None:
    from rich import box
    from rich.table import Table

    console.print(styled(f"{block.caption}:"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for title in block.header:
        table.add_column(styled(title), overflow="fold")
    for row in block.rows:
        table.add_row(*map(styled, row))
    console.print(table)


# ------------------------------------------------------------------------------------------------------------- formulas


def formula_lines(formula: str, links: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Drawn if it fits, else on one line, else one line a relation, the relation signs below each other."""
    from derive.writers.unicode_math import cells, drawn, one_line

    whole = " ".join(links)
    picture = drawn(whole)
    if len(picture) <= TALLEST and max(map(cells, picture)) <= width:
        return picture
    line = one_line(whole)
    if cells(line) <= width or len(links) < 2:
        return tuple(_folded(line, width))
    left, *rest = map(one_line, links)
    if cells(left) <= width // 4:
        margin = " " * (cells(left) + 1)
        return tuple(part for i, piece in enumerate(rest) for part in _hung(margin if i else f"{left} ", piece, width))
    return tuple(_folded(left, width)) + tuple(part for piece in rest for part in _hung("  ", piece, width))


def _hung(margin: str, piece: str, width: int) -> list[str]:
    from derive.writers.unicode_math import cells

    first, *rest = _folded(piece, max(20, width - cells(margin)))
    return [margin + first, *(" " * (cells(margin) + 2) + line for line in rest)]


def _folded(text: str, width: int) -> list[str]:
    """Broken at blanks where the text is too wide."""
    from derive.writers.unicode_math import cells

    lines = [""]
    for word in text.split(" "):
        if lines[-1] and cells(lines[-1]) + 1 + cells(word) > width:
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return lines


def styled(text: str, style: str = "") -> Text:
    """Markdown-lite as rich text."""
    from rich.text import Text

    from derive.writers.prose import spans
    from derive.writers.unicode_math import one_line

    result = Text(style=style)
    for span in spans(text):
        shown = one_line(span.text) if span.kind in ("math", "display") else span.text
        look = " ".join(name for name, on in (("bold", span.strong), ("italic", span.emphasis)) if on)
        result.append(shown, look or None)
    return result
