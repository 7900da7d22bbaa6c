"""Equations that the text assumes of letters of a relation, as hypotheses under which the relation may follow."""

from __future__ import annotations

from collections.abc import Sequence

from derive.core import Claim
from derive.notes.constraints import Constraint, binding

MOST, FURTHEST = 4, 60
"""Equations that are taken together, and lines between them and the relation: further up they may be of another matter."""


def equations_before(claim: Claim, constraints: Sequence[Constraint], line: int) -> tuple[str, tuple[str, ...]]:
    """Where they stand, in words, and the equations as ``formula`` reads them; nothing where there are none, or too many."""
    near = [
        one for one in binding(claim, constraints) if one.item and not one.orders and line - FURTHEST <= one.line < line
    ]
    if not near or len(near) > MOST:
        return "", ()
    lines = [str(number) for number in sorted({one.line for one in near})]
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(lines)}", tuple(one.item for one in near)


__all__ = ["equations_before"]
