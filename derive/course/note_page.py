"""An own text with its findings as a page: paragraphs, lists, code and tables as they are, displayed formulas with their verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from derive.core import Status
from derive.notes.document import Document, Formula, Lines
from derive.notes.expanding import expanded
from derive.notes.macros import Macros
from derive.report import JudgedStep, Report
from derive.writers import escape, wording
from derive.writers.checked.rows import rows
from derive.writers.checked.shown_markdown import CLOSE, OPEN, PLACE, with_places
from derive.writers.page import Listing, NumberTable, Page, Paragraph, Program, ShownBlock, ShownSection, ShownStep
from derive.writers.words import Words

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

WEAKEST_FIRST = (
    Status.REFUTED,
    Status.CONDITIONAL,
    Status.UNDECIDED,
    Status.UNREAD,
    Status.SUPPORTED,
    Status.PROVED,
    Status.ASSUMED,
    Status.VACUOUS,
)
FAILING = (Status.REFUTED, Status.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class Note:
    """A text with a place for each of its formulas, and the steps that the check found, each with its offset in the text."""

    source: str
    formulas: tuple[Formula, ...]
    steps: tuple[tuple[int, JudgedStep], ...]
    say: Words

    def between(self, start: int, end: int) -> list[JudgedStep]:
        return [step for offset, step in self.steps if start <= offset < end]


def note_page(document: Document, macros: Macros, reports: Sequence[Report], say: Words, title: str = "") -> Page:
    """``reports`` are what ``derive check`` finds in the text. Without ``title`` that of the first heading is taken."""
    parts = [placed.part for placed in expanded(document, macros) if placed.document is document]
    formulas = tuple(part for part in parts if isinstance(part, Formula))
    checked = [report for report in reports if report.steps]
    note = Note(document.text, formulas, tuple(_steps(document, checked)), say)
    sections, found = _sections(_parsed(with_places(document.text, formulas)), note)
    legend = tuple(_legend(checked[0], say)) if checked else ()
    totals = escape.markdown(wording.totals(checked[0], say)) if checked else ""
    return Page(title or found, "", legend, sections, totals, (), say.language, say.language)


def _legend(report: Report, say: Words) -> Iterator[tuple[str, str]]:
    """What is false in an own text is not false on purpose."""
    for mark, meaning in wording.legend(report, say):
        yield mark, say("course.refuted") if mark == wording.MARKS[Status.REFUTED] else meaning


def _steps(document: Document, reports: Sequence[Report]) -> Iterator[tuple[int, JudgedStep]]:
    begins = Lines.of(document.text).begins
    for step in (step for report in reports for step in report.steps):
        source = step.step.source
        if source is not None and source.line is not None and source.column is not None:
            yield begins[min(source.line, len(begins)) - 1] + source.column - 1, step


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    return parser.use(front_matter_plugin).use(dollarmath_plugin, double_inline=True)


def _parsed(text: str) -> SyntaxTreeNode:
    from markdown_it.tree import SyntaxTreeNode

    return SyntaxTreeNode(_parser().parse(text))


# -------------------------------------------------------------------------------------------------- sections and blocks


def _sections(root: SyntaxTreeNode, note: Note) -> tuple[tuple[ShownSection, ...], str]:
    """The sections, the first of them the opening, and the title of the text."""
    title, parts = "", [("", list[ShownBlock]())]
    for node in root.children:
        if node.type == "heading" and node.tag == "h1" and not title and not parts[0][1]:
            title = _line(node.children, note)
        elif node.type == "heading" and node.tag in ("h1", "h2"):
            parts.append((_line(node.children, note), []))
        else:
            count = sum(isinstance(block, ShownStep) for block in parts[-1][1])
            parts[-1][1].extend(_blocks(node, len(parts) - 1, count, note))
    return tuple(ShownSection(n, name, tuple(blocks)) for n, (name, blocks) in enumerate(parts)), title


def _blocks(node: SyntaxTreeNode, section: int, count: int, note: Note) -> Iterator[ShownBlock]:
    """A paragraph ends where a displayed formula stands in it."""
    if node.type != "paragraph":
        yield from _said(node, note)
        yield from _failures(node, note)
        return
    text = _inline(node.children, note)
    for position, piece in enumerate(PLACE.split(text)):
        if position % 2:
            for links, (start, end) in _chains(note.formulas[int(piece)], note.source):
                count += 1
                yield _display(f"{section}.{count}", links, note.between(start, end), note.say)
        elif piece.strip(" .,;"):
            yield Paragraph(piece.strip())
    yield from _failures(node, note)


def _failures(node: SyntaxTreeNode, note: Note) -> Iterator[ShownBlock]:
    """What is wrong in the formulas among its words."""
    for formula in _formulas(node, note):
        for step in note.between(formula.start, formula.end):
            if step.status in FAILING and not (formula.display and node.type == "paragraph"):
                for line in wording.verdict_words(step, note.say):
                    yield Paragraph(f"{wording.MARKS[step.status]} ${step.step.formula}$: {line}.")


def _formulas(node: SyntaxTreeNode, note: Note) -> Iterator[Formula]:
    for one in node.walk():
        if one.type == "text":
            yield from (note.formulas[int(number)] for number in PLACE.findall(one.content))


def _said(node: SyntaxTreeNode, note: Note) -> Iterator[ShownBlock]:
    """What is no paragraph of its own."""
    match node.type:
        case "paragraph":
            yield Paragraph(_line(node.children, note))
        case "heading":
            yield Paragraph(f"**{_line(node.children, note)}**")
        case "bullet_list" | "ordered_list":
            yield Listing(tuple(_entries(node, note)), node.type == "ordered_list")
        case "fence" | "code_block":
            yield Program(_as_written(node.content, note))
        case "table":
            lines = [row for part in node.children for row in part.children]
            first, *others = [tuple(_line(cell.children, note) for cell in row.children) for row in lines]
            yield NumberTable("", first, tuple(others))
        case "html_block" if not node.content.lstrip().startswith("<!--"):
            yield Program(_as_written(node.content, note))
        case "blockquote":
            for child in node.children:
                yield from _said(child, note)
        case _:
            return


def _entries(node: SyntaxTreeNode, note: Note) -> Iterator[str]:
    """The items, those of lists inside them after their own."""
    for item in node.children:
        yield " ".join(_line(child.children, note) for child in item.children if child.type in ("paragraph", "heading"))
        for child in item.children:
            if child.type in ("bullet_list", "ordered_list"):
                yield from _entries(child, note)


# ------------------------------------------------------------------------------------------------------------- formulas


def _chains(formula: Formula, source: str) -> Iterator[tuple[tuple[str, ...], tuple[int, int]]]:
    """The chains of relations of a display as ``links``, each with its place in the text. A row without a left side goes on."""
    if formula.unread:
        yield (source[formula.start : formula.end],), (formula.start, formula.end)
        return
    links: list[str] = []
    start = end = formula.start
    for row in rows(formula):
        if row.left and links:
            yield tuple(links), (start, end)
            links = []
        start, end = (start if links else row.place[0]), row.place[1]
        links += [" ".join(side.split()) for side in (row.left, row.right) if side]
    if links:
        yield tuple(links), (start, end)


def _display(id: str, links: tuple[str, ...], steps: list[JudgedStep], say: Words) -> ShownBlock:
    """With the weakest of its verdicts, or plain where nothing is claimed."""
    formula = " ".join(links)
    if not steps:
        return Paragraph(f"$${formula}$$")
    status = min((step.status for step in steps), key=WEAKEST_FIRST.index)
    words = [
        f"${step.step.formula}$: {line}" if len(steps) > 1 else line  # of a chain, which link is meant
        for step in steps
        for line in wording.verdict_words(_renamed(id, step), say)
    ]
    mark = wording.MARKS[status]
    return ShownStep(id, status, mark, "", "", formula, links, None, None, tuple(dict.fromkeys(words)), ())


def _renamed(id: str, step: JudgedStep) -> JudgedStep:
    findings = tuple(replace(finding, id=id + finding.id[len(step.id) :]) for finding in step.findings)
    return replace(step, id=id, findings=findings)


# ---------------------------------------------------------------------------------------------------------------- words


def _line(nodes: Sequence[SyntaxTreeNode], note: Note) -> str:
    """Markdown-lite of a line, displays in it."""
    return PLACE.sub(lambda place: f"$${_latex(note.formulas[int(place[1])])}$$", _inline(nodes, note))


def _inline(nodes: Sequence[SyntaxTreeNode], note: Note) -> str:
    """Markdown-lite of what stands in a line, with places for displays: links and pictures by their words, mark-up that is not
    Markdown as text."""
    return "".join(_piece(node, note) for node in nodes).strip()


def _piece(node: SyntaxTreeNode, note: Note) -> str:
    match node.type:
        case "text":
            return _text(node.content, note)
        case "code_inline":
            return f"`{node.content}`" if "`" not in node.content else _plain(node.content)
        case "math_inline" | "math_inline_double":  # in a heading, where nothing is checked
            return f"${' '.join(node.content.split())}$"
        case "em" | "strong":
            inner = "".join(_piece(child, note) for child in node.children)
            sign = "*" if node.type == "em" else "**"
            return f"{sign}{inner}{sign}" if inner.strip() == inner and inner else inner
        case "softbreak" | "hardbreak":
            return " "
        case "html_inline":
            return "" if node.content.startswith("<!--") else _plain(node.content)
        case "image":
            return _plain(str(node.attrs.get("alt") or node.content))
        case _:
            return "".join(_piece(child, note) for child in node.children)


def _text(text: str, note: Note) -> str:
    """Words as Markdown-lite, formulas among them between dollars; a display keeps its place."""
    pieces = PLACE.split(text)
    return "".join(_formula(int(piece), note) if n % 2 else _plain(piece) for n, piece in enumerate(pieces))


def _formula(number: int, note: Note) -> str:
    formula = note.formulas[number]
    if formula.unread:
        return _plain(note.source[formula.start : formula.end])
    if not formula.text.text.strip():  # only definitions stood in it
        return ""
    return f"{OPEN}{number}{CLOSE}" if formula.display else f"${_latex(formula)}$"


def _as_written(text: str, note: Note) -> str:
    """With the author's own letters for its formulas."""
    formulas = note.formulas
    return PLACE.sub(lambda place: note.source[formulas[int(place[1])].start : formulas[int(place[1])].end], text)


def _latex(formula: Formula) -> str:
    return " ".join(formula.text.text.split())


def _plain(text: str) -> str:
    """Plain text as Markdown-lite, with its blanks at the ends."""
    inner = escape.markdown(text)
    return f"{' ' * text[:1].isspace()}{inner}{' ' * (text[-1:].isspace() and bool(inner))}"
