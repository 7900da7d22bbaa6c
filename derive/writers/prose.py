"""Markdown-lite (``$...$``, emphasis, code) as spans, for targets that are not Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


@dataclass(frozen=True, slots=True)
class Span:
    """A run of one kind: text, code, math or display (LaTeX without its dollars)."""

    text: str
    kind: str = "text"
    emphasis: bool = False
    strong: bool = False


def spans(text: str) -> tuple[Span, ...]:
    """The spans of a paragraph; anything beyond Markdown-lite (links, HTML, lists) stays text."""
    return tuple(_spans(text))


def _spans(text: str) -> Iterator[Span]:
    emphasis = strong = 0
    (paragraph,) = _parser().parseInline(text)
    for token in paragraph.children or ():
        match token.type:
            case "em_open" | "em_close":
                emphasis += token.nesting
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "softbreak" | "hardbreak":
                yield Span(" ", "text", emphasis > 0, strong > 0)
            case _ if token.content:
                yield Span(token.content, _KINDS.get(token.type, "text"), emphasis > 0, strong > 0)


_KINDS = {"code_inline": "code", "math_inline": "math", "math_inline_double": "display"}


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("zero").enable(["emphasis", "backticks", "escape", "newline"])
    return parser.use(dollarmath_plugin, double_inline=True)
