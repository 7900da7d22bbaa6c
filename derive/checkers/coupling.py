"""Joint laws for random letters that nobody declared independent: they rise together, or one falls while the other rises."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.core import FiniteLaw, Joint, Scope

Cells = Iterator[tuple[tuple[Fraction, ...], Fraction]]


def coupled(scope: Scope, laws: dict[str, FiniteLaw], turn: int) -> dict[str, Joint]:
    """For two turns of three a joint law of the letters that may depend on each other; in the third they are independent."""
    families = {declaration.name for declaration in scope.declarations if declaration.family}
    names: list[str] = []
    for name in sorted(laws):
        if name not in families and not any(_independent(scope, name, other) for other in names):
            names.append(name)
    if len(names) < 2 or turn % 3 == 1:
        return {}
    falling = turn % 3 == 2
    cells = _cells([sorted(laws[name].atoms, reverse=falling and i % 2 == 1) for i, name in enumerate(names)])
    law = Joint(tuple(names), tuple(cells))
    return dict.fromkeys(names, law)


def _independent(scope: Scope, a: str, b: str) -> bool:
    return any(a in group and b in group for group in scope.independent)


def _cells(columns: list[list[tuple[Fraction, Fraction]]]) -> Cells:
    """The values of all letters at one and the same level of probability, level by level."""
    stacks = [list(reversed([atom for atom in column if atom[1]])) for column in columns]
    while all(stacks):
        weight = min(stack[-1][1] for stack in stacks)
        yield tuple(stack[-1][0] for stack in stacks), weight
        for stack in stacks:
            value, left = stack.pop()
            if left > weight:
                stack.append((value, left - weight))
