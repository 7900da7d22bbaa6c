"""A Jupyter notebook: each step as text, and a cell that checks it again from scratch in plain NumPy.

Each cell needs the first one and no other. Nothing is executed here, so that no output is stored; the names of cells are those
of the steps, so that the same handout gives the same bytes.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from derive.core import Status
from derive.extras import need
from derive.writers import escape
from derive.writers.markdown import cell as table_cell
from derive.writers.page import (
    NumberTable,
    Page,
    Paragraph,
    ShownBlock,
    ShownFigure,
    ShownSection,
    ShownStep,
    Space,
    page,
)
from derive.writers.words import Words, words_of

if TYPE_CHECKING:
    from derive.report import Report
    from derive.writers.layout import Layout
    from derive.writers.numpy_source import Check

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


@dataclass(frozen=True, slots=True)
class Cell:
    """``kind`` is markdown or code; ``pictures`` are SVG files by name, which the text shows as attachments."""

    id: str
    kind: str
    text: str
    pictures: tuple[tuple[str, str], ...] = ()


def write(report: Report, layout: Layout) -> str:
    """The notebook. Raises InputError without nbformat (the extra ``notebook``)."""
    nbformat = need("notebook", "nbformat")
    notebook = nbformat.v4.new_notebook(metadata=METADATA, cells=[_as_node(nbformat, c) for c in cells(report, layout)])
    return str(nbformat.writes(notebook)) + "\n"


def _as_node(nbformat: Any, cell: Cell) -> Any:
    if cell.kind == "code":
        return nbformat.v4.new_code_cell(cell.text, id=cell.id)
    made = nbformat.v4.new_markdown_cell(cell.text, id=cell.id)
    if cell.pictures:
        encoded = {name: b64encode(svg.encode()).decode() for name, svg in cell.pictures}
        made["attachments"] = {name: {"image/svg+xml": data} for name, data in encoded.items()}
    return made


def cells(report: Report, layout: Layout) -> list[Cell]:
    """The title, what is imported, then the sections."""
    shown, say = page(report, layout), words_of(layout)
    checks = _checks(report, say)
    body = [cell for section in shown.sections for cell in _section(section, checks, say)]
    from derive.writers.numpy_source import first_cell

    end = [Cell("end", "markdown", text)] if (text := _end(shown, say)) else []
    start = Cell("imports", "code", first_cell(cell.text for cell in body if cell.kind == "code"))
    seed = report.derivation.seed
    title = f"# {shown.title}\n\n*{shown.made_with}*\n\n{say('notebook.intro', seed=seed)}"
    return [Cell("title", "markdown", title), start, *body, *end]


def _checks(report: Report, say: Words) -> dict[str, Check]:
    """The check of each step by its number, with a first line that says what it compares."""
    from derive.writers.numpy_source import cell

    made: dict[str, Check] = {}
    for judged in report.steps:
        check = cell(judged, report.derivation.seed)
        if judged.status == Status.REFUTED:
            said = say("notebook.fails")
        elif check.bound in ("", "exact"):
            said = say("notebook.exact") if check.bound else ""
        else:
            said = say("notebook.bound", bound=check.bound)
        made[judged.id] = replace(check, code=f"# ({judged.id}) {said}\n{check.code}" if check.code else "")
    return made


def _section(section: ShownSection, checks: dict[str, Check], say: Words) -> Iterator[Cell]:
    """Text that stands together is one cell."""
    waiting = [f"## {section.number} {section.title}"] if section.number else []
    pictures: list[tuple[str, str]] = []
    count = 0
    for block in section.blocks:
        if not isinstance(block, ShownStep):
            waiting.append(_text(block))
            pictures += _pictures(block)
            continue
        if waiting:
            count += 1
            yield Cell(f"text-{section.number}-{count}", "markdown", "\n\n".join(waiting), tuple(pictures))
            waiting, pictures = [], []
        name = block.id.replace(".", "-")
        check = checks[block.id]
        yield Cell(f"step-{name}", "markdown", _step(block, check.reason))
        if check.code:
            yield Cell(f"check-{name}", "code", check.code)
    if waiting:
        yield Cell(f"text-{section.number}-{count + 1}", "markdown", "\n\n".join(waiting), tuple(pictures))


def _text(block: ShownBlock) -> str:
    if isinstance(block, NumberTable):
        rows = [block.header, ("---",) * len(block.header), *block.rows]
        lines = [f"| {' | '.join(map(table_cell, row))} |" for row in rows]
        return f"{block.caption}:\n\n" + "\n".join(lines)
    if isinstance(block, ShownFigure):
        from derive.figures import available

        shown = (
            f"![{_plain(block.alt)}](attachment:{block.key}.svg)" if available() else f"*{escape.markdown(block.alt)}*"
        )
        return f"{shown}\n\n**{block.label}** {block.caption}"
    if isinstance(block, Space):
        return "<br>" * block.lines
    assert isinstance(block, Paragraph)  # lists and code are for courses alone
    return block.text


def _plain(text: str) -> str:
    return " ".join(text.replace("[", "(").replace("]", ")").split())


def _pictures(block: ShownBlock) -> list[tuple[str, str]]:
    from derive.figures import available, svg

    if not isinstance(block, ShownFigure) or not available():
        return []
    return [(f"{block.key}.svg", svg(block.figure, paper=True))]


def _step(step: ShownStep, reason: str) -> str:
    """What the page says of a step, and where there is no cell the reason."""
    parts = [f"{step.mark} **({step.id})** {step.text}"]
    if step.quote:
        parts.append(f"> “{step.quote}”\n>\n> {step.place}")
    if step.comment:
        parts.append(f"<!-- derive: {step.comment} -->")
    parts.append(f"$${step.formula}$$")
    parts += [f"{step.mark} {said}." for said in step.words]
    if step.evidence:
        parts.append(f"<sub>{'<br>'.join(step.evidence)}</sub>")
    if reason and step.status != Status.ASSUMED:
        parts.append(f"*{escape.markdown(reason)}*")
    return "\n\n".join(parts)


def _end(shown: Page, say: Words) -> str:
    parts = [f"*{say('page.totals', totals=shown.totals)}*"] if shown.totals else []
    if shown.sources:
        parts.append(say("page.sources", count=len(shown.sources), sources="; ".join(shown.sources)))
    return "\n\n".join(parts)
