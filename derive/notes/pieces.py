"""The pieces of a formula's LaTeX that lie at its top level: not in braces, not between ``\\left`` and ``\\right``, brackets or
bars that open and close, not in an inner environment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from derive.notes.mapped import Mapped

_PIECE = re.compile(
    r"""
      (?P<begin>\\begin\s*\{[^{}]*\}) | (?P<end>\\end\s*\{[^{}]*\})
    | (?P<left>\\left(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\.|.)) | (?P<right>\\right(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\.|.))
    | (?P<row>\\\\(?:\s*\[[^\]\n]*\])?\*?|\\(?:cr|newline)(?![A-Za-z]))
    | (?P<delimiter>(?:\\[bB]igg?[lrm]?\s*)?\\(?:[{}]|(?:[lr]brace|[lr]angle|[lr]floor|[lr]ceil)(?![A-Za-z])))
    | (?P<command>\\(?:[A-Za-z]+\*?|.)) | (?P<comment>(?<!\\)%[^\n]*\n?)
    | (?P<open>[{(\[]) | (?P<close>[})\]]) | (?P<other>[A-Za-z0-9\s.^_+*/-]+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPENS = {"begin": "begin", "left": "left", "{": "{", "(": "(", "[": "(", "\\open": "("}
_CLOSES = {"end": "begin", "right": "left", "}": "{", ")": "(", "]": "(", "\\close": "("}
_OPENING = ("\\{", "lbrace", "langle", "lfloor", "lceil")
"""What is opened and closed; ``[0, 1)`` is closed by either bracket."""
REMEMBERED = 4_000
"""Characters of the longest formula whose pieces are kept: a line is cut at several signs, one after the other."""


class Piece(NamedTuple):
    """One piece: ``kind`` is row, command, comment or other at the top level, and inside where it is nested."""

    kind: str
    text: str
    start: int
    end: int


def pieces(latex: str) -> tuple[Piece, ...]:
    """The pieces in order."""
    return _remembered(latex) if len(latex) <= REMEMBERED else tuple(_pieces(latex))


@lru_cache(maxsize=1 << 13)
def _remembered(latex: str) -> tuple[Piece, ...]:
    return tuple(_pieces(latex))


def _pieces(latex: str) -> Iterator[Piece]:
    open_: list[str] = []
    for found in _PIECE.finditer(latex):
        kind, text = str(found.lastgroup), found.group()
        if kind == "row" and set(open_) == {"("}:
            open_.clear()  # a bracket that is open at the end of a row was none
        top = not open_
        sign = text if kind in ("open", "close") else kind
        if kind == "delimiter":
            sign = "\\open" if text.endswith(_OPENING) else "\\close"
        if sign in _OPENS:
            open_.append(_OPENS[sign])
        elif sign in _CLOSES and open_ and open_[-1] == _CLOSES[sign]:
            open_.pop()
        plain = top and kind in ("row", "command", "comment", "other")
        kind = "command" if kind == "delimiter" else kind
        yield Piece(kind if plain else "inside", text, found.start(), found.end())


def runs(latex: str, separators: frozenset[str]) -> list[tuple[str, int, int]]:
    """(separator, start, end) of each run between separators; ``\\\\`` stands for the end of a row."""
    found: list[tuple[str, int, int]] = []
    before, last = "", 0
    for piece in pieces(latex):
        text = "\\\\" if piece.kind == "row" else piece.text
        if piece.kind != "inside" and text in separators:
            found.append((before, last, piece.start))
            before, last = text, piece.end
    return [*found, (before, last, len(latex))]


def split(formula: Mapped, separators: frozenset[str]) -> list[tuple[str, Mapped]]:
    """The runs themselves, each with the separator before it."""
    return [(before, formula[start:end]) for before, start, end in runs(formula.text, separators)]
