"""Equations that a text solves: "we solve for $y$" is put back into the equation before it with the same letters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.notes.arguments import Lower, alternatives, product_of
from derive.notes.constraints import Constraint
from derive.notes.context import letters_in
from derive.notes.display import Statement
from derive.notes.kinds import name_of
from derive.notes.mapped import Mapped

NEAR = 25
"""Lines between an equation and what is solved."""
_SOLVES = re.compile(
    r"\bsolv(?:e[sd]?|ing)\s+(?:(?:this|it|the equation|that|explicitly|again)\s+)*for\s+\$(?P<letter>[^$]{1,20})\$",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:if|not|cannot|assum\w*|small|approximat\w*|large|neglect\w*|ignor\w*|another|system|differential|initial|constants?)\b|n't\b|\?",
    re.IGNORECASE,
)
LONGEST = 160


def letter_solved_for(before: str, statement: Statement) -> str:
    """The letter, where the words say that an equation is solved for it and the statement tells it; '' else."""
    words = before.rstrip()[-LONGEST:]
    found = list(_SOLVES.finditer(words))
    if not found or len(statement.links) != 1 or statement.links[0].sign != "=":
        return ""
    begin = max(words.rfind(sign, 0, found[-1].start()) for sign in ".!?;")
    if _OTHERWISE.search(words[begin + 1 :]):
        return ""
    link = statement.links[0]
    name = name_of(link.lhs.text)
    letter = "".join(found[-1]["letter"].split())
    return letter if name == letter and not letters_in(link.rhs.text) & letters_in(letter) else ""


def equation_for(statement: Statement, constraints: Iterable[Constraint], line: int) -> str:
    """The one equation before it that speaks of the same letters and no others; '' where there is none, or are several."""
    link = statement.links[0]
    letters = letters_in(f"{link.lhs.text} {link.rhs.text}")
    near = [
        one
        for one in constraints
        if one.item and not one.orders and one.letters == letters and 0 <= line - one.line <= NEAR
    ]
    items = {"".join(one.item.split()) for one in near}
    return near[-1].item if len(items) == 1 else ""


def values_of(statement: Statement, lower: Lower) -> list[str]:
    r"""``y = a`` and ``y = -a`` for ``y = \pm a``. Raises Unparsed and OutOfScope."""
    return [f"{lower(lhs)} = {lower(rhs)}" for lhs, rhs in _equations(statement)]


def drawn(statement: Statement, lower: Lower) -> str:
    """``(y - a)(y + a) = 0``, which the equation implies where no solution is lost. Raises the same."""
    return product_of(_equations(statement), lower)


def _equations(statement: Statement) -> list[tuple[Mapped, Mapped]]:
    link = statement.links[0]
    return alternatives((statement,)) or [(link.lhs, link.rhs)]


__all__ = ["drawn", "equation_for", "letter_solved_for", "values_of"]
