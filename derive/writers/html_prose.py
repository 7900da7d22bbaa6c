"""Markdown-lite to HTML: words as text, formulas as MathML, numbers of steps as links to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from derive.writers.html_math import display, inline, inline_pieces
from derive.writers.prose import Span, spans

LONGEST_TOUCHING = 12
"""Letters beside a formula that are kept on its line."""
NOTHING = Span("")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_NUMBER = re.compile(r"\((\d+\.\d+)\)")


def html(text: str, known: Collection[str] = ()) -> Markup:
    """A paragraph's content. ``known`` are the numbers of the steps on the page."""
    return Markup("").join(_spans(spans(text), known))


def plain(text: str) -> str:
    """The words alone, formulas in one line of Unicode: for a title bar."""
    from derive.writers.unicode_math import one_line

    return "".join(one_line(s.text) if s.kind in ("math", "display") else s.text for s in spans(text))


def _spans(pieces: Sequence[Span], known: Collection[str]) -> Iterator[Markup]:
    atoms = [atom for position in range(len(pieces)) for atom in _atoms(pieces, position)]
    left = Markup("")
    for position, (role, piece) in enumerate(atoms):
        if role == "left":
            left = _dressed(piece, known)
        elif piece.kind == "math":
            after = atoms[position + 1] if position + 1 < len(atoms) else ("", NOTHING)
            right = _dressed(after[1], known) if after[0] == "right" else Markup("")
            yield _kept_together(left, inline_pieces(piece.text), right)
            left = Markup("")
        elif role != "right":
            yield _dressed(piece, known)


def _atoms(pieces: Sequence[Span], position: int) -> Iterator[tuple[str, Span]]:
    """A run of words as what touches the formula before it (``right`` of that), the words, what touches the formula behind it
    (``left`` of that). What touches two goes with the first."""
    piece = pieces[position]
    before = position > 0 and pieces[position - 1].kind == "math"
    after = position + 1 < len(pieces) and pieces[position + 1].kind == "math"
    if piece.kind != "text":
        yield "", piece
        return
    begin = _run(piece.text) if before else 0
    end = _run(piece.text[begin:][::-1]) if after else 0
    middle = len(piece.text) - end
    for role, text in (("right", piece.text[:begin]), ("", piece.text[begin:middle]), ("left", piece.text[middle:])):
        if text:
            yield role, replace(piece, text=text)


def _run(text: str) -> int:
    """How many letters stand at the beginning without a space; none if they are too many to be kept on a line."""
    run = len(text.split(" ", 1)[0])
    return run if run <= LONGEST_TOUCHING else 0


def _kept_together(left: Markup, formula: list[Markup], right: Markup) -> Markup:
    """No line ends between a formula and what touches it. The first piece keeps what is left of it, the last what is right."""
    first, *others = formula
    if not others:
        return _one_line(left + first + right) if left or right else first
    *middle, last = others
    ends = _one_line(left + first) if left else first, _one_line(last + right) if right else last
    return Markup("").join([ends[0], *middle, ends[1]])


def _one_line(body: Markup) -> Markup:
    return Markup('<span class="one">{}</span>').format(body)


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
