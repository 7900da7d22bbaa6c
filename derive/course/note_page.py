"""An own text with its findings as a page: paragraphs, lists, code and tables as they are, displayed formulas with their verdicts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from derive.core import Status
from derive.report import JudgedStep, Report
from derive.writers import escape, wording
from derive.writers.page import Listing, NumberTable, Page, Paragraph, Program, ShownBlock, ShownSection, ShownStep
from derive.writers.words import Words

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

_ENVIRONMENT = re.compile(
    r"^\s*\\begin\{(align|gather|equation|aligned|split|gathered|multline)\*?\}(.*)\\end\{\1\*?\}\s*$", re.DOTALL
)
_ASIDE = re.compile(r"\\(?:label|tag\*?)\{[^{}]*\}|\\(?:notag|nonumber)(?![A-Za-z])")
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


def note_page(text: str, reports: Sequence[Report], say: Words, title: str = "") -> Page:
    """``reports`` are what ``derive check`` finds in the text. Without ``title`` that of the first heading is taken."""
    steps = sorted((step for report in reports for step in report.steps if step.step.source is not None), key=_line)
    sections, found = _sections(_parsed(text), steps, say)
    checked = [report for report in reports if report.steps]
    legend = wording.legend(checked[0], say) if checked else ()
    totals = escape.markdown(wording.totals(checked[0], say)) if checked else ""
    return Page(title or found, "", legend, sections, totals, (), say.language, say.language)


def _line(step: JudgedStep) -> int:
    return step.step.source.line or 0 if step.step.source is not None else 0


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.amsmath import amsmath_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    return parser.use(front_matter_plugin).use(dollarmath_plugin, double_inline=True).use(amsmath_plugin)


def _parsed(text: str) -> SyntaxTreeNode:
    from markdown_it.tree import SyntaxTreeNode

    return SyntaxTreeNode(_parser().parse(text))


# -------------------------------------------------------------------------------------------------- sections and blocks


def _sections(root: SyntaxTreeNode, steps: list[JudgedStep], say: Words) -> tuple[tuple[ShownSection, ...], str]:
    """The sections, the first of them the opening, and the title of the text."""
    title, parts = "", [("", list[ShownBlock]())]
    for node in root.children:
        if node.type == "heading" and node.tag == "h1" and not title and not parts[0][1]:
            title = _inline(node.children)
        elif node.type == "heading" and node.tag in ("h1", "h2"):
            parts.append((_inline(node.children), []))
        else:
            count = sum(isinstance(block, ShownStep) for block in parts[-1][1])
            parts[-1][1].extend(_blocks(node, len(parts) - 1, count, steps, say))
    return tuple(ShownSection(n, name, tuple(blocks)) for n, (name, blocks) in enumerate(parts)), title


def _blocks(
    node: SyntaxTreeNode, section: int, count: int, steps: list[JudgedStep], say: Words
) -> Iterator[ShownBlock]:
    begin, end = node.map or (0, 0)
    if node.type in ("math_block", "math_block_label", "amsmath"):
        for chain, first, last in _chains(node.content, begin + 1):
            count += 1
            yield _display(f"{section}.{count}", chain, _between(steps, first, last), say)
        return
    yield from _said(node)
    for step in _between(steps, begin + 1, end):
        if step.status in FAILING:
            for line in wording.verdict_words(step, say):
                yield Paragraph(f"{wording.MARKS[step.status]} ${step.step.formula}$: {line}.")


def _between(steps: list[JudgedStep], first: int, last: int) -> list[JudgedStep]:
    return [step for step in steps if first <= _line(step) <= last]


def _said(node: SyntaxTreeNode) -> Iterator[ShownBlock]:
    """What is no displayed formula."""
    match node.type:
        case "paragraph":
            yield Paragraph(_inline(node.children))
        case "heading":
            yield Paragraph(f"**{_inline(node.children)}**")
        case "bullet_list" | "ordered_list":
            yield Listing(tuple(_entries(node)), node.type == "ordered_list")
        case "fence" | "code_block":
            yield Program(node.content)
        case "table":
            rows = [
                tuple(_inline(cell.children) for cell in row.children)
                for part in node.children
                for row in part.children
            ]
            yield NumberTable("", rows[0], tuple(rows[1:]))
        case "html_block" if not node.content.lstrip().startswith("<!--"):
            yield Program(node.content)
        case "blockquote":
            for child in node.children:
                yield from _said(child)
        case _:
            return


def _entries(node: SyntaxTreeNode) -> Iterator[str]:
    """The items, those of lists inside them after their own."""
    for item in node.children:
        own = [_inline(child.children) for child in item.children if child.type in ("paragraph", "heading")]
        own += [f"$${child.content.strip()}$$" for child in item.children if child.type == "math_block"]
        yield " ".join(own)
        for child in item.children:
            if child.type in ("bullet_list", "ordered_list"):
                yield from _entries(child)


# ------------------------------------------------------------------------------------------------------------- formulas


def _chains(latex: str, line: int) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """The chains of relations of a display as ``links``, each with its first and its last line in the text."""
    inside = _ENVIRONMENT.match(latex)
    if inside is None:
        yield (_clean(latex),), line, line + latex.rstrip().count("\n") + 1
        return
    line += latex[: inside.start(2)].count("\n")
    links: list[str] = []
    first = last = line
    for row in inside[2].split(r"\\"):
        begin = line + row[: len(row) - len(row.lstrip())].count("\n")
        left, _, right = row.partition("&")
        if _clean(left) or not links:
            if links:
                yield tuple(links), first, last
            links, first = [], begin
        links += [piece for piece in (_clean(left), _clean(right.replace("&", " "))) if piece]
        line += row.count("\n")
        last = line
    if links:
        yield tuple(links), first, last


def _clean(latex: str) -> str:
    """Without what numbers a line."""
    return " ".join(_ASIDE.sub("", latex).split())


def _display(id: str, links: tuple[str, ...], steps: list[JudgedStep], say: Words) -> ShownBlock:
    """With the weakest of its verdicts, or plain where nothing is claimed."""
    formula = " ".join(links)
    if not steps:
        return Paragraph(f"$${formula}$$")
    status = min((step.status for step in steps), key=WEAKEST_FIRST.index)
    words = [line for step in steps for line in wording.verdict_words(_renamed(id, step), say)]
    mark = wording.MARKS[status]
    return ShownStep(id, status, mark, "", "", formula, links, None, None, tuple(dict.fromkeys(words)), ())


def _renamed(id: str, step: JudgedStep) -> JudgedStep:
    findings = tuple(replace(finding, id=id + finding.id[len(step.id) :]) for finding in step.findings)
    return replace(step, id=id, findings=findings)


# ---------------------------------------------------------------------------------------------------------------- words


def _inline(nodes: Sequence[SyntaxTreeNode]) -> str:
    """Markdown-lite of what stands in a line: links and pictures by their words, mark-up that is not Markdown as text."""
    return " ".join("".join(map(_piece, nodes)).split(" ")).strip()


def _piece(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text":
            return _text(node.content)
        case "code_inline":
            return f"`{node.content}`" if "`" not in node.content else _text(node.content)
        case "math_inline" | "math_inline_double":
            sign = "$" if node.type == "math_inline" else "$$"
            return f"{sign}{' '.join(node.content.split())}{sign}"
        case "em" | "strong":
            inner = "".join(map(_piece, node.children))
            sign = "*" if node.type == "em" else "**"
            return f"{sign}{inner}{sign}" if inner.strip() == inner and inner else inner
        case "softbreak" | "hardbreak":
            return " "
        case "html_inline":
            return "" if node.content.startswith("<!--") else _text(node.content)
        case "image":
            return _text(str(node.attrs.get("alt") or node.content))
        case _:
            return "".join(map(_piece, node.children))


def _text(text: str) -> str:
    """Plain text as Markdown-lite, with its blanks at the ends."""
    inner = escape.markdown(text)
    return f"{' ' * text[:1].isspace()}{inner}{' ' * (text[-1:].isspace() and bool(inner))}"
