"""Chains that end in a value, ``a \\cdot b = a \\cdot c = 0``: often no derivation, but several letters of which the value is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from derive.core import Claim
from derive.kernel.terms import free_letters
from derive.notes.context import letters_in
from derive.notes.display import Link, Statement
from derive.notes.trying import seems_an_identity

VALUES = frozenset(["pi", "e", "i"])
_UNIT = re.compile(
    r"\s*(?:\\(?:mathbf|boldsymbol|bm|mathbb|mathrm)\s*\{?\s*[I01]\s*\}?|I)\s*(?:_\s*(?:\{?\s*\w\s*\}?))?\s*"
)
"""The identity."""
EQUAL_VALUES = "its sides may be told to have the same value"


def tells_a_value(statement: Statement, claims_of: Callable[[Link], Sequence[Claim]]) -> bool:
    """The last side has no letters, and no side with letters is seen to have that value for all of them."""
    links = statement.links
    if len(links) < 2 or any(link.sign != "=" for link in links):
        return False
    last = links[-1].rhs
    sides = [links[0].lhs, *(link.rhs for link in links[:-1])]
    open_ = [side for side in sides if letters_in(side.text) - VALUES]
    if (letters_in(last.text) - VALUES and not _UNIT.fullmatch(last.text)) or len(open_) < 2:
        return False
    claims = [claims_of(replace(links[-1], lhs=side)) for side in open_]
    if any(found and not any(free_letters(claim.lhs) for claim in found) for found in claims):
        return False  # a number that is computed
    return not any(found and all(map(seems_an_identity, found)) for found in claims)


def speaks_of_letters(link: Link) -> bool:
    """On both sides."""
    return all(letters_in(side.text) - VALUES for side in (link.lhs, link.rhs))
