"""LaTeX to tokens: spaces dropped, sizes and synonyms resolved, limits enforced. The grammar never sees text.

Lengths are counted in code points, positions from 0.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

MAX_LENGTH = 20_000
MAX_DIGITS = 400
MAX_NESTING = 60
MAX_SLASHES = 3
MAX_HEIGHT = 200
LOOKAHEAD = 6  # tokens of kind end after the last one, so that nobody looks past the list


class Unread(Exception):
    """A formula that is not read, and why: what it says is unknown to us, or has more than one meaning."""

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(reason, position)
        self.position = position

    @property
    def reason(self) -> str:
        """One sentence with the place: ``undeclared letter 'q' at 12``."""
        return f"{self.args[0]} at {self.position}"

    def __str__(self) -> str:
        return self.reason


class Token(NamedTuple):
    """``kind`` is number, letter, command, mark or end. Fonts and environments are one command: ``\\mathrm{loss}``."""

    kind: str
    text: str
    position: int


SYNONYMS = {
    "\\dfrac": "\\frac",
    "\\tfrac": "\\frac",
    "\\dbinom": "\\binom",
    "\\tbinom": "\\binom",
    "\\times": "\\cdot",
    "\\leq": "\\le",
    "\\geq": "\\ge",
    "\\neq": "\\ne",
    "\\lt": "<",
    "\\gt": ">",
    "\\rightarrow": "\\to",
    "\\ldots": "\\dots",
    "\\cdots": "\\dots",
    "\\vert": "|",
    "\\Vert": "\\|",
    "\\intercal": "\\top",
    "\\mathsf{T}": "\\top",
    "\\mathbb{E}": "\\operatorname{E}",
    "\\mathbb{P}": "\\Pr",
    "\\operatorname{Pr}": "\\Pr",
}

_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r\n]+|~|\\[,;:!> ]|\\(?:displaystyle|textstyle|limits)(?![A-Za-z]))
    | (?P<number>[0-9]+(?:\.[0-9]+)?)
    | (?P<letter>[A-Za-z])
    | (?P<size>\\(?:left|right|[bB]igg?[lrm]?)(?![A-Za-z]))
    | (?P<word>\\(?P<font>mathrm|operatorname|mathbb|mathsf|text|begin|end)\s*\{\s*(?P<name>[A-Za-z0-9]+)\s*\})
    | (?P<command>\\(?:[A-Za-z]+|[^A-Za-z\s]))
    | (?P<mark>[-+/^_{}()\[\]|=<>!,.&'])
    """,
    re.VERBOSE,
)

_BARS = ("|", "\\|", "\\lvert", "\\rvert", "\\lVert", "\\rVert", "\\mid")
_DELIMITERS = frozenset(["(", ")", "[", "]", "\\{", "\\}", "\\langle", "\\rangle", *_BARS]) | frozenset(
    ["\\lfloor", "\\rfloor", "\\lceil", "\\rceil"]
)
_SIDED = {
    ("l", "|"): "\\lvert",
    ("r", "|"): "\\rvert",
    ("l", "\\|"): "\\lVert",
    ("r", "\\|"): "\\rVert",
}

# TeX takes one digit where an argument has no braces: x^12 is x^1 2, \frac12 is one half.
_TAKES_ARGUMENT = frozenset(["^", "_", "\\frac", "\\sqrt", "\\binom"])
_TAKES_TWO = frozenset(["\\frac", "\\binom"])


@lru_cache(maxsize=1024)
def tokenize(latex: str) -> tuple[Token, ...]:
    """The tokens of a formula, closed by some of kind ``end``; remembered, for a formula is read again with each letter that is
    found to be missing. Raises ``Unread`` for unknown characters and at the limits."""
    if len(latex) > MAX_LENGTH:
        raise Unread(f"formula longer than {MAX_LENGTH} characters", MAX_LENGTH)
    tokens: list[Token] = []
    position, length, side = 0, len(latex), ""
    while position < length:
        match = _TOKEN.match(latex, position)
        if match is None:
            raise Unread(f"unknown character {latex[position]!r}", position)
        kind, text = str(match.lastgroup), match.group()
        if kind == "size":
            if side:
                raise Unread(f"'{text}' after another size", position)
            side = _side(text)
        elif kind != "space":
            token = _token(match, kind, text, tokens)
            if side:
                token, side = _sided(token, side), ""
            tokens.append(token)
            if token.kind == "number":
                position += len(token.text)
                continue
        position = match.end()
    if side:
        raise Unread("a size without its delimiter", length)
    return (*tokens, *([Token("end", "", length)] * LOOKAHEAD))


def _token(match: re.Match[str], kind: str, text: str, before: list[Token]) -> Token:
    position = match.start()
    if kind == "number":
        return Token(kind, _numeral(text, position, before), position)
    if kind == "word":
        font = "mathrm" if match["font"] == "text" else match["font"]
        kind, text = "command", f"\\{font}{{{match['name']}}}"
    text = SYNONYMS.get(text, text)
    if kind == "command" and text[0] != "\\":
        kind = "mark"
    return Token(kind, text, position)


def _numeral(text: str, position: int, before: list[Token]) -> str:
    if len(text) > MAX_DIGITS:
        raise Unread(f"numeral longer than {MAX_DIGITS} digits", position)
    if before and before[-1].text in _TAKES_ARGUMENT:
        return text[0]
    if len(before) > 1 and before[-1].kind == "number" and before[-2].text in _TAKES_TWO:
        return text[0]
    return text


def _side(size: str) -> str:
    if size in ("\\left", "\\right"):
        return size[1]
    return size[-1] if size[-1] in "lr" else "m"


def _sided(token: Token, side: str) -> Token:
    """The delimiter after a size; a bar learns from it whether it opens or closes."""
    if token.text not in _DELIMITERS:
        raise Unread("a size without its delimiter", token.position)
    text = _SIDED.get((side, token.text), token.text)
    return Token("command" if text[0] == "\\" else "mark", text, token.position)
