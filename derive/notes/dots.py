r"""Dot products: ``\mathbf{u} \cdot \mathbf{v}`` of two column vectors is the number u^T v, not a product of matrices."""

from __future__ import annotations

from itertools import takewhile

from derive.notation import Node
from derive.notes.roles import Roles, key_of

DOTS = (r"\cdot", "⋅")


def dots(node: Node, place: int, roles: Roles) -> bool:
    """A dot stands in front of the factor at ``place``, between a vector and what makes a vector."""
    operators = node.value
    if not place or operators[place - 1] not in DOTS:
        return False
    behind = [
        *takewhile(lambda number: number == place or operators[number - 1] == "", range(place, len(node.children)))
    ]
    return _is_vector(node.children[place - 1], roles) and _are_vector([node.children[n] for n in behind], roles)


def _are_vector(factors: list[Node], roles: Roles) -> bool:
    """Numbers and matrices in front of one vector: ``2 A v``."""
    return _is_vector(factors[-1], roles) and not any(_is_vector(factor, roles) for factor in factors[:-1])


def _is_vector(node: Node, roles: Roles) -> bool:
    """A column vector as it stands: a letter, with a subscript or without, or a sum of multiples of such."""
    match node.kind:
        case "letter" | "font":
            key = key_of(node)
            return key is not None and roles.is_shaped(key) and not is_capital(key)
        case "scripts":
            return node.text == "_" and _is_vector(node.children[0], roles)
        case "fence":
            return node.text.split(" ")[0].endswith(("(", "[")) and _is_vector(node.children[0], roles)
        case "group":
            return _is_vector(node.children[0], roles)
        case "sum":
            return all(_is_vector(term, roles) for term in node.children)
        case "product":
            return set(node.value) == {""} and _are_vector(list(node.children), roles)
    return False


def is_capital(key: str) -> bool:
    inner = key.rpartition("{")[2].rstrip("}") if "{" in key else key
    return inner.lstrip("\\")[:1].isupper()
