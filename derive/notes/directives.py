"""Directives of MyST, ``:::{prf:theorem}`` or between backticks: which of them hold text, and which of these are theorems, examples
and proofs, in which hypotheses hold that end with them."""

from __future__ import annotations

import re

from markdown_it.token import Token

_NAME = re.compile(r"\{(?P<name>[A-Za-z:-]+)(?:[ ,][^{}\n]*)?\}")
"""``{prf:theorem}`` of MyST, ``{theorem label, name="..."}`` of bookdown."""
_OPTION = re.compile(r"[ \t]*:[A-Za-z-]+:[^\n]*(?:\n|$)")
SCOPES = frozenset(
    [
        *("theorem", "lemma", "definition", "proposition", "corollary", "example", "remark", "proof", "assumption", "observation"),
        *("property", "axiom", "conjecture", "criterion", "exercise", "solution"),
    ]
)  # fmt: skip
TEXT = frozenset(
    [
        *("admonition", "note", "tip", "hint", "important", "warning", "caution", "attention", "seealso", "dropdown", "centered"),
        *("topic", "card", "tab-item", "margin", "sidebar", "aside", "div"),
    ]
)  # fmt: skip


def directive_of(token: Token) -> str:
    """The name of a directive that holds text, without the prefix of proofs; '' for others."""
    found = _NAME.match(token.info.strip()) if token.type in ("fence", "colon_fence") else None
    name = found["name"].lower().removeprefix("prf:") if found else ""
    return name if name in SCOPES | TEXT else ""


def inside_of(token: Token, text: str, start: int, end: int) -> tuple[int, int]:
    """From where to where the text of the directive reaches: without its first line, its options and its last line."""
    begin = text.find("\n", start, end) + 1 or end
    while option := _OPTION.match(text, begin, end):
        begin = option.end()
    close = text.rfind("\n", begin, max(begin, end - 1)) + 1
    closed = close > 0 and text[close:end].strip().startswith(token.markup)
    return begin, close if closed else end


__all__ = ["SCOPES", "directive_of", "inside_of"]
