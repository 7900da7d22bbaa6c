"""A Markdown text as HTML: markdown-it-py renders it, with a token of our own for each formula that the checker saw."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from derive.notes.document import Document, Formula, Part
from derive.writers.checked.formulas import judged
from derive.writers.checked.levels import levels
from derive.writers.checked.placing import Placed, of_formula
from derive.writers.checked.remarks import remarks
from derive.writers.words import Words

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

OPEN, CLOSE = "\ue000", "\ue001"
"""Around the number of a formula; signs that are no letters of any script."""
PLACE = re.compile(f"{OPEN}([0-9]+){CLOSE}")
_WITH_STOP = re.compile(PLACE.pattern + "([,.;:!?)]*)")
_AFTER = frozenset({"paragraph_close", "heading_close", "table_close"})
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def shown_markdown(
    document: Document, parts: Sequence[Part], findings: Sequence[Placed], say: Words, *, titled: bool, top: int
) -> Markup:
    """HTML in the text is shown as text, comments are not shown. ``titled``: the first heading is the title of the page already.
    ``top``: the level of the highest heading."""
    formulas = [part for part in parts if isinstance(part, Formula)]
    tokens = _parser().parse(with_places(document.text, formulas))
    tokens = _without_title(tokens) if titled else tokens
    _set_levels(tokens, top)
    tokens = list(_with_remarks(tokens, formulas, findings, say))
    rendered = _parser().renderer.render(tokens, _parser().options, {})

    def shown(place: re.Match[str]) -> str:
        return _with_stop(_formula(formulas[int(place[1])], document, findings, say), place[2])

    return Markup(_WITH_STOP.sub(shown, rendered))


def _with_stop(formula: str, stop: str) -> str:
    """No line ends between a short formula and the mark behind it."""
    short = stop and formula.count("<math") == 1 and "display" not in formula
    return f'<span class="one">{formula}{stop}</span>' if short else formula + stop


def _without_title(tokens: list[Token]) -> list[Token]:
    """Without the first heading: three tokens."""
    first = next((i for i, token in enumerate(tokens) if token.type == "heading_open"), None)
    return tokens if first is None else tokens[:first] + tokens[first + 3 :]


def _set_levels(tokens: list[Token], top: int) -> None:
    opening = [token for token in tokens if token.type == "heading_open"]
    closing = [token for token in tokens if token.type == "heading_close"]
    shown = levels([int(token.tag[1:]) for token in opening], top)
    for level, pair in zip(shown, zip(opening, closing, strict=True), strict=True):
        for token in pair:
            token.tag = f"h{level}"


def _formula(formula: Formula, document: Document, findings: Sequence[Placed], say: Words) -> str:
    if formula.unread:
        source = document.text[formula.start : formula.end]
        return str(Markup('<code class="tex">{}</code>').format(source))
    return str(judged(formula, of_formula(findings, formula), say))


def with_places(text: str, formulas: Sequence[Formula]) -> str:
    """The text with a place for each formula; a display that fills whole lines stays a paragraph of its own."""
    pieces, end = list[str](), 0
    for number, formula in enumerate(formulas):
        pieces += [_plain(text[end : formula.start]), f"{OPEN}{number}{CLOSE}"]
        end = formula.end
    return "".join([*pieces, _plain(text[end:])])


def _plain(text: str) -> str:
    return text.replace(OPEN, "\ufffd").replace(CLOSE, "\ufffd")


def _with_remarks(
    tokens: Iterable[Token], formulas: Sequence[Formula], findings: Sequence[Placed], say: Words
) -> Iterator[Token]:
    """What is said of the formulas of a paragraph stands behind it."""
    from markdown_it.token import Token

    pending = list[Placed]()
    for token in tokens:
        yield token
        if token.type == "inline":
            numbers = (int(number) for number in PLACE.findall(token.content))
            pending += [one for number in numbers for one in of_formula(findings, formulas[number])]
        if token.type in _AFTER and pending:
            yield Token("remarks", "", 0, content=str(remarks(pending, say)))
            pending = []


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.front_matter import front_matter_plugin

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(front_matter_plugin)
    parser.disable("image")
    rules: dict[str, Any] = parser.renderer.rules  # type: ignore[attr-defined]
    rules["remarks"] = lambda tokens, position, options, env: tokens[position].content
    rules["html_block"] = rules["html_inline"] = _as_text
    rules["front_matter"] = lambda tokens, position, options, env: ""
    rules["link_open"] = _link
    return parser


def _as_text(tokens: Sequence[Token], position: int, options: object, env: object) -> str:
    """HTML is not obeyed."""
    left = _COMMENT.sub("", tokens[position].content).strip()
    return str(Markup('<code class="html">{}</code>').format(left)) if left else ""


def _link(tokens: Sequence[Token], position: int, options: object, env: object) -> str:
    """Only addresses of the web and places in the page: no script, no file."""
    address = str(tokens[position].attrs.get("href", ""))
    fine = address.startswith(("https://", "http://", "mailto:"))
    return f'<a href="{escape(address)}">' if fine else "<a>"
