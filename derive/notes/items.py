"""What an item of the language of declarations speaks of, without its words: M, m and n in ``M in R^{m x n} invertible``.

Taken for letters, ``in``, ``R`` and ``x`` would tie every letter that is declared to every other.
"""

from __future__ import annotations

import re

from derive.formula.given import with_backslashes

_SET = re.compile(
    r"(?P<names>.+?)\s*(?:\\in\b|\bin\b)\s*(?:\\mathbb\s*)?\{?\s*[RCZN]\s*\}?\s*(?:_0|_\{0\})?\s*(?:\^\s*(?P<size>\{[^{}]*\}|\w))?[\w\s,]*",
    re.DOTALL,
)
_TIMES = re.compile(r"\\times|(?<=[\w\s])x(?=[\w\s])")
_FUNCTION = re.compile(r"(?P<name>\S+)\s*:\s*R\s*(?:->|\\to)\s*R\b.*", re.DOTALL)
_LAW = re.compile(r"(?P<names>.+?)\s*(?:~|\\sim(?![A-Za-z]))(?P<law>.+)", re.DOTALL)
_LAW_WORDS = re.compile(
    r"\\(?:mathcal|mathrm|operatorname)\s*|\{\s*[A-Za-z]+\s*\}\s*(?=\()|(?<![\\A-Za-z])(?:[A-Za-z]+\s*(?=\()|[A-Za-z]{3,}(?![A-Za-z]))"
)
"""The name of the law, ``iid``, ``mean``, ``var``, ``where``."""


def spoken_of(item: str) -> str:
    """The item without the words of the language; a relation as it stands."""
    item = with_backslashes(item)
    if found := _FUNCTION.fullmatch(item):
        return found["name"]
    if found := _LAW.fullmatch(item):
        return f"{found['names']} {_LAW_WORDS.sub(' ', found['law'])}"
    if found := _SET.fullmatch(item):
        return f"{found['names']} {_TIMES.sub(' ', found['size'] or '')}"
    return item.removesuffix("independent")


__all__ = ["spoken_of"]
