"""Markdown-lite to HTML: words as text, formulas as MathML, numbers of steps as links to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from markupsafe import Markup, escape

from derive.writers.html_math import display, inline
from derive.writers.prose import Span, spans

JOINER = "\u2060"
"""Between a formula and the letter or mark that touches it: no line ends there."""
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_NUMBER = re.compile(r"\((\d+\.\d+)\)")


def html(text: str, known: Collection[str] = ()) -> Markup:
    """A paragraph's content. ``known`` are the numbers of the steps on the page."""
    return Markup("").join(_spans(spans(text), known))


def plain(text: str) -> str:
    """The words alone, formulas in one line of Unicode: for a title bar."""
    from derive.writers.unicode_math import one_line

    return "".join(one_line(s.text) if s.kind in ("math", "display") else s.text for s in spans(text))


def _spans(pieces: tuple[Span, ...], known: Collection[str]) -> Iterator[Markup]:
    previous = Span(" ")
    for piece in pieces:
        if _touch(previous, piece):
            yield Markup(JOINER)
        yield _dressed(piece, known)
        previous = piece


def _touch(before: Span, here: Span) -> bool:
    """A formula and a word without a space between them, as in ``$n$th`` or ``($x$``."""
    if {before.kind, here.kind} != {"text", "math"}:
        return False
    return not (before.text[-1:].isspace() if before.kind == "text" else here.text[:1].isspace())


def _dressed(piece: Span, known: Collection[str]) -> Markup:
    if piece.kind in ("math", "display"):
        return inline(piece.text) if piece.kind == "math" else display(piece.text)
    body = Markup("<code>{}</code>").format(piece.text) if piece.kind == "code" else _linked(piece.text, known)
    body = Markup("<em>{}</em>").format(body) if piece.emphasis else body
    return Markup("<strong>{}</strong>").format(body) if piece.strong else body


def _linked(text: str, known: Collection[str]) -> Markup:
    """``(2.1)`` becomes a link where the page has that step; the apostrophe between letters is a curved one."""
    text = _APOSTROPHE.sub("’", text)
    pieces, end = list[Markup](), 0
    for found in _NUMBER.finditer(text):
        if found[1] in known:
            pieces += [escape(text[end : found.start(1)]), Markup('<a href="#step-{0}">{0}</a>').format(found[1])]
            end = found.end(1)
    return Markup("").join([*pieces, escape(text[end:])])
