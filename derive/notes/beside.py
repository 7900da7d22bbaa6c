r"""What the words beside a row say of its letters: ``&& \text{for } |t| < 1``, ``\text{, where } \mu = 1 - p``, ``(x > 0)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.notes.behind import restriction
from derive.notes.constraints import Constraint
from derive.notes.context import declarations_in, letters_tied
from derive.notes.display import statements
from derive.notes.document import Formula
from derive.notes.mapped import Mapped

_WORDS = re.compile(r"\\(?:text[a-z]*|mbox|hbox|mathrm)\s*\{(?P<inside>(?:[^{}]|\{[^{}]*\})*)\}")
_SPACE = r"(?:\s|~|&|\\[,;:! ]|\\q?quad(?![A-Za-z]))"
_AROUND = re.compile(rf"^(?:{_SPACE}|[(\[,;])+|(?:{_SPACE}|[)\],;.])+$")
_LEADS = re.compile(
    r"(?:^|\W)(?:for|if|when|whenever|where|with|since|because|as|provided|assuming|given|valid for|and)(?: all| any| every| each| that)?[\s,:]*$",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:unless|not|except|otherwise|iff|only|or|but)\b", re.IGNORECASE)
LONGEST = 300
"""Characters of a remark that is looked at."""


def said_beside(remark: str, line: int) -> tuple[list[str], list[Constraint]]:
    """The declarations in a remark, for the row that it stands beside, and all that it says of letters."""
    items: list[str] = []
    told: list[Constraint] = []
    for words, latex in _formulas(remark[:LONGEST]):
        formula = Formula(Mapped.of(latex), True, "", 0, len(latex))
        for link in (link for statement in statements(formula) for link in statement.links):
            if link.sign in ("=", ":="):
                told.append(Constraint(letters_tied(f"{link.lhs.text} {link.rhs.text}"), line))
            elif (one := restriction(link, line)) is not None:
                told.append(one)
        if not _DENIES.search(remark) and (not words or _LEADS.search(words)):
            items += declarations_in("for ", latex, "")
    return items, told


def _formulas(remark: str) -> Iterator[tuple[str, str]]:
    """Each formula of a remark with the words in front of it."""
    words, formula, place = "", "", 0
    for piece in [*_WORDS.finditer(remark), None]:
        formula += remark[place : piece.start() if piece else len(remark)]
        if stripped := _AROUND.sub("", formula):
            yield words, stripped
            words = ""
        formula = ""
        if piece is not None:
            said = piece["inside"].split("$")
            for number, part in enumerate(said):
                if number % 2 and part.strip():
                    yield words, part.strip()
                    words = ""
                elif not number % 2:
                    words += part
            place = piece.end()
