"""Letters that cannot be what the whole text makes of them where they stand: a vector that is added to, or equated with, a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derive.notation import Node
from derive.notes.roles import IDENTITIES, Roles, key_of
from derive.notes.sizes import Sizes


def beside_numbers(formulas: Iterable[Node], roles: Roles) -> frozenset[str]:
    """Keys of the letters of sides and summands that have a shape, where another side or summand of the same is a number."""
    sizes = Sizes(roles)
    return frozenset(
        key
        for formula in formulas
        for node in formula.walk()
        if node.kind in ("sum", "chain") and set(node.value) <= {"", "+", "-", "="}
        for key in _shaped_beside_numbers(node, roles, sizes)
    )


def _shaped_beside_numbers(node: Node, roles: Roles, sizes: Sizes) -> Iterator[str]:
    if any(is_number(child, roles) for child in node.children):
        for child in node.children:
            if sizes.shape(child) is not None:
                yield from (key for part in child.walk() if (key := key_of(part)) is not None and roles.is_shaped(key))


def is_number(node: Node, roles: Roles) -> bool:
    """A numeral but 0, which is a zero vector too, or what is made of numbers; not what is applied, nor what may be anything."""
    match node.kind:
        case "number":
            return node.text.strip("0.") != ""
        case "letter" | "font":
            key = key_of(node)
            return key is not None and not (roles.is_shaped(key) or key in IDENTITIES or key in roles.functions)
        case "scripts":
            return is_number(node.children[0], roles) and "'" not in node.text
        case "group" | "fence" | "product" | "sum":
            return bool(node.children) and all(is_number(child, roles) for child in node.children)
        case "command":
            return node.text.endswith("frac") and all(is_number(child, roles) for child in node.children)
    return False


__all__ = ["beside_numbers", "is_number"]
