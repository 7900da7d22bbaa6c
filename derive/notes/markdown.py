"""Markdown (GitHub, Pandoc, MyST, Quarto, R Markdown) to a document. markdown-it-py says what is code, what is HTML and what is
a heading; the mathematics is found by ``scanning``, so that every formula knows its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from derive.notes.directives import SCOPES, directive_of, inside_of
from derive.notes.document import Definition, Document, End, Formula, Heading, Lines, Part
from derive.notes.mapped import Mapped
from derive.notes.scanning import scan
from derive.notes.yaml_macros import macros_in_yaml

MATHEMATICS = ("math", "{math}", "latex", "tex")
"""Words behind a fence whose inside is a formula."""
_OPTION = re.compile(r"[ \t]*:(?P<key>[a-z-]+):[ \t]*(?P<value>[^\n]*)(?:\n|$)")
"""``:label: eq-x`` in a directive of MyST."""
DEEPEST = 6
"""Directives in directives that are looked into."""
OPENINGS = ("$$", r"\[", r"\begin{")


def read_markdown(text: str, path: str = "-") -> Document:
    """The document; whatever the text, no error is raised."""
    lines = Lines.of(text)
    return Document(path, text, tuple(_parts(text, lines, 0, len(text))))


@cache
def _parser() -> MarkdownIt:
    """Blocks alone: nothing is asked of what stands in the lines of a paragraph."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.use(front_matter_plugin).use(dollarmath_plugin, double_inline=True).use(amsmath_plugin)
    return parser.use(colon_fence_plugin).disable(["inline", "text_join"])


def _parts(text: str, lines: Lines, begin: int, end: int, depth: int = 0) -> Iterator[Part]:
    """What stands between blocks that are set apart, and the mathematics and headings among these."""
    position, first = begin, lines.position(begin)[0] - 1
    for token in _parser().parse(text[begin:end]):
        if token.map is None:
            continue
        start, stop = (min(_begin(lines, first + line, len(text)), end) for line in token.map)
        name = directive_of(token) if depth < DEEPEST else ""
        if start < position or not (name or _set_apart(token)):
            continue
        yield from scan(text, position, start)
        yield from (
            _directive(token, name, text, lines, start, stop, depth) if name else _block(token, text, start, stop)
        )
        position = stop
    yield from scan(text, position, end)


def _directive(token: Token, name: str, text: str, lines: Lines, start: int, end: int, depth: int) -> Iterator[Part]:
    """Its first line and the text in it; a theorem, an example or a proof is a section."""
    inside, close = inside_of(token, text, start, end)
    if name in SCOPES:
        yield Heading(7, "proof" if name in ("proof", "solution") else name, start)
    yield from scan(text, start, min(inside, text.find("\n", start, end) + 1 or end))
    yield from _parts(text, lines, inside, close, depth + 1)
    if name in SCOPES:
        yield End(close)


def _begin(lines: Lines, line: int, length: int) -> int:
    return lines.begins[line] if line < len(lines.begins) else length


def _set_apart(token: Token) -> bool:
    if token.type == "colon_fence":  # other directives hold text
        return _names_mathematics(token)
    if token.type == "code_block":
        return not token.content.lstrip().startswith(OPENINGS)
    return token.type in ("fence", "front_matter", "heading_open") or (
        token.type == "html_block" and not token.content.lstrip().startswith("<!--") and "$" not in token.content
    )


def _names_mathematics(token: Token) -> bool:
    return token.info.strip().split(" ")[0].lower() in MATHEMATICS


def _block(token: Token, text: str, start: int, end: int) -> Iterator[Part]:
    if token.type == "front_matter":
        for macro in macros_in_yaml(text[start:end]):
            yield Definition(macro, start)
    elif token.type == "heading_open":
        yield Heading(int(token.tag[1:]), text[start:end].strip("#= -\n"), start)
        yield from scan(text, start, end)
    elif token.type in ("fence", "colon_fence") and _names_mathematics(token):
        inside = text.find("\n", start, end) + 1
        close = text.rfind("\n", inside, max(inside, end - 1))
        close = close if text[close + 1 : end].strip(" \t\n").startswith(token.markup) else end
        label = ""
        while option := _OPTION.match(text, inside, max(inside, close)):
            inside, label = option.end(), option["value"].strip() if option["key"] in ("label", "name") else label
        yield Formula(Mapped.of(text, inside, max(inside, close)), True, "", start, end, label=label)
