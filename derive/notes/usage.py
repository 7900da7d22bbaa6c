"""How a text uses its letters: the trees of its formulas, its equations, and what its words call vectors and matrices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from derive.notation import Node, Unparsed
from derive.notes.display import statements
from derive.notes.document import Comment, Formula, Part
from derive.notes.known_functions import named_function
from derive.notes.parsing import parse
from derive.notes.prose import shapes_said
from derive.notes.roles import key_of

COUNTING = frozenset("ijklmnt")
"""Letters that are numbers elsewhere in nearly every text."""


def named(parts: Iterable[object]) -> Iterator[tuple[str, str]]:
    """Known functions that declarations name, by their letters."""
    for part in parts:
        if isinstance(part, Comment):
            yield from filter(None, map(named_function, part.text.split(";")))


def trees(parts: Iterable[object]) -> Iterator[Node]:
    """Every formula that can be parsed, side by side: what letters are is decided over the whole text."""
    for part in parts:
        if isinstance(part, Formula):
            for statement in statements(part):
                for link in statement.links:
                    for side in (link.lhs, link.rhs) if link.first else (link.rhs,):
                        with suppress(Unparsed):
                            yield parse(side.text)


CALLS = ("apply", "big", "environment", "list", "empty")


def equations(parts: Iterable[object]) -> Iterator[Node]:
    """Both sides of each equation in which nothing is applied: they are of one size."""
    for part in parts:
        for statement in statements(part) if isinstance(part, Formula) else ():
            for link in statement.links:
                with suppress(Unparsed):
                    sides = (parse(link.lhs.text), parse(link.rhs.text))
                    if link.sign == "=" and not any(_applies(node) for side in sides for node in side.walk()):
                        yield Node("chain", "", sides, ("=",))


def _applies(node: Node) -> bool:
    """A function, an operator or a list occurs, of which the size is not known."""
    word = node.kind == "word" and node.text not in (r"\mathrm{T}", r"\text{T}")
    bars = node.kind == "fence" and not node.text.startswith(("(", "[", r"\left(", r"\left["))
    return word or bars or node.kind in CALLS or (node.kind == "symbol" and node.text in (r"\nabla", r"\partial"))


def called_shaped(parts: list[Part]) -> Iterator[str]:
    """The keys of letters that the text calls vectors or matrices."""
    for letter in shapes_said(parts):
        with suppress(Unparsed):
            key = key_of(parse(letter))
            if key is not None and key not in COUNTING:
                yield key


__all__ = ["called_shaped", "equations", "named", "trees"]
