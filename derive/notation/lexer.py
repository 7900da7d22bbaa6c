"""LaTeX to tokens with their places; spaces are dropped, limits enforced."""

from __future__ import annotations

import re
from typing import NamedTuple

MOST_TOKENS = 20_000


class Unparsed(Exception):
    """A formula that is not built as formulas are: ``reason`` says why, ``position`` where; ``kind`` is syntax, command, closing or
    size."""

    def __init__(self, reason: str, position: int, kind: str = "syntax") -> None:
        super().__init__(reason, position)
        self.reason, self.position, self.kind = reason, position, kind

    def __str__(self) -> str:
        return f"{self.reason} at {self.position}"


class Token(NamedTuple):
    """``kind`` is number, letter, command, word, begin, end, mark or stop."""

    kind: str
    text: str
    start: int
    end: int


_WORDS = "mathrm|operatorname\\*?|text|textrm|textbf|textit|textsf|texttt|textnormal|mbox|hbox|mathit|rm|mathtt|mathsf|mathop"
_TOKEN = re.compile(
    rf"""
      (?P<space>\s+|~|\\[,;:!>\ ]|%[^\n]*(?:\n|$)
        |\\(?:displaystyle|textstyle|scriptstyle|limits|nolimits|nonumber|notag|allowbreak|strut|mathstrut|hfill|quad|qquad|bigskip|hline
            |footnotesize|scriptsize|tiny|huge|enspace|displaybreak|thinspace|medspace|negthinspace|mathord|mathrel|mathbin|normalsize|small|large|Large|boldmath|rm|bf|it|hspace|null|qedhere|qed|checkmark)(?![A-Za-z])
        |\\(?:label|vspace\*?|hspace\*?|phantom|vphantom|hphantom|class|color|cssId|noalign|tag\*?)\s*\{{[^{{}}]*\}})
    | (?P<number>[0-9]+(?:\.[0-9]+|(?:,[0-9]{{3}})+(?![0-9]))?|\.[0-9]+)
    | (?P<spelled>(?<![A-Za-z\\])(?:Var|var|Cov|cov|tr|Tr|rank|exp|log|ln|sin|cos|tan|det|diag|min|max|arg)(?=\s*(?:\\left\s*|\\[bB]ig+l?\s*)?[\[(]))
    | (?P<letter>[A-Za-z])
    | (?P<begin>\\begin\s*\{{[A-Za-z]+\*?\}}) | (?P<end>\\end\s*\{{[A-Za-z]+\*?\}})
    | (?P<size>\\(?:left|right|middle|[bB]igg?[lrm]?)(?![A-Za-z]))
    | (?P<word>\\(?:{_WORDS})\s*(?=\{{))
    | (?P<row>\\\\(?:\s*\[[^\]\n]*\])?)
    | (?P<command>\\(?:[A-Za-z]+|[^A-Za-z\s]))
    | (?P<mark>\|\||[-+*/^_{{}}()\[\]|=<>!,.;:&'?"@]|[^\x00-\x7f])
    """,
    re.VERBOSE,
)


def tokenize(latex: str) -> list[Token]:
    """Raises ``Unparsed`` for what no formula contains, and at the limits."""
    tokens: list[Token] = []
    position, size = 0, ""
    start_of_size = 0
    while position < len(latex):
        found = _TOKEN.match(latex, position)
        if found is None:
            raise Unparsed(f"unknown character {latex[position]!r}", position)
        kind, text, end = str(found.lastgroup), found.group(), found.end()
        if kind == "size":
            size, start_of_size = text, found.start()
        elif kind == "word":
            inner, end = _words(latex, end)
            tokens.append(Token("word", f"{text.strip()}{{{inner}}}", found.start(), end))
        elif kind == "spelled":
            tokens.append(Token("word", text, found.start(), end))
        elif kind != "space":
            start = start_of_size if size else found.start()
            if text == "}" and _is_sign_in_braces(tokens):
                sign = tokens[-1].text
                tokens[-2:] = [Token("mark", f"{{{sign}}}", tokens[-2].start, end)]
                position = end
                continue
            tokens.append(Token("mark" if kind == "row" else kind, f"{size}{text}", start, end))
            size = ""
        position = end
        if len(tokens) > MOST_TOKENS:
            raise Unparsed(f"more than {MOST_TOKENS} signs", position, "size")
    end = len(latex)
    return [*tokens, *[Token("stop", "", end, end)] * 3]


def _is_sign_in_braces(tokens: list[Token]) -> bool:
    """``a {-} b``, but not ``x^{+}``."""
    if len(tokens) < 3 or tokens[-2].text != "{" or tokens[-1].text not in ("+", "-"):
        return False
    return tokens[-3].text not in ("_", "^", "{") and tokens[-3].kind in ("number", "letter", "mark")


def _words(latex: str, place: int) -> tuple[str, int]:
    """What stands in the braces at ``place``, and where they end."""
    depth = 0
    for position in range(place, len(latex)):
        depth += (latex[position] == "{") - (latex[position] == "}")
        if depth == 0:
            return latex[place + 1 : position], position + 1
    raise Unparsed("a brace that nothing closes", place, "closing")
