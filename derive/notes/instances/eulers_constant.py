r"""``\gamma`` for the constant of Euler while values of the digamma function stand in a relation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from derive.notation import Node
from derive.notes.instances.marking import NoCase
from derive.notes.instances.special_values import SPECIAL
from derive.notes.roles import key_of
from derive.notes.walk import Walk


@contextmanager
def constant_of_euler(walk: Walk, sides: Sequence[Node]) -> Iterator[None]:
    """Raises NoCase where the author has a letter of that name."""
    nodes = [part for side in sides for part in side.walk()]
    needed = any(part.kind == SPECIAL and part.text == "digamma" for part in nodes)
    if needed and any(key_of(part) == r"\gamma" for part in nodes):
        raise NoCase("a letter that is called like the constant of Euler")
    before = walk.roles.speaks_of_euler
    walk.roles.speaks_of_euler = before or needed
    try:
        yield
    finally:
        walk.roles.speaks_of_euler = before


__all__ = ["constant_of_euler"]
