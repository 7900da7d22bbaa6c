r"""``\begin{cases}`` where all letters are numbers: the branch that holds there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from derive.notation import Node
from derive.notes.instances.marking import NoCase
from derive.notes.instances.special_values import number_of

_COMPARED: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": lambda a, b: a == b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    **dict.fromkeys((r"\le", r"\leq", r"\leqslant"), lambda a, b: a <= b),
    **dict.fromkeys((r"\ge", r"\geq", r"\geqslant"), lambda a, b: a >= b),
    **dict.fromkeys((r"\ne", r"\neq"), lambda a, b: a != b),
}
_ELSE = ("otherwise", "else", "elsewhere")
_BEFORE = ("if", "for", "when")


def with_branches(node: Node, point: Mapping[str, Fraction]) -> Node:
    """The tree with the branch that holds in place of cases. Raises NoCase where that is not told."""
    if is_piecewise(node):
        return Node("fence", "( )", (_branch(node.children[0] if node.kind == "fence" else node, point),))
    return replace(node, children=tuple(with_branches(child, point) for child in node.children))


def is_piecewise(node: Node) -> bool:
    if node.kind == "fence":
        opened = node.text.startswith((r"\left\{ \right.", r"\left\lbrace \right."))
        return opened and node.children[0].kind == "environment" and node.children[0].text == "array"
    return node.kind == "environment" and node.text in ("cases", "dcases", "rcases")


def _branch(cases: Node, point: Mapping[str, Fraction]) -> Node:
    for row in cases.children:
        if len(row.children) != 2:
            raise NoCase("a branch without its condition")
        if holds(row.children[1], point):
            return with_branches(_without_comma(row.children[0]), point)
    raise NoCase("no branch for it")


def _without_comma(node: Node) -> Node:
    return node.children[0] if node.kind == "list" and node.children[1:] and node.children[-1].kind == "empty" else node


def holds(condition: Node, point: Mapping[str, Fraction]) -> bool:
    """Raises NoCase for what is not a comparison of numbers."""
    condition = _without_comma(condition)
    if condition.kind == "word" and _words(condition) in _ELSE:
        return True
    if condition.kind != "chain" or not set(condition.value) <= set(_COMPARED):
        raise NoCase("a condition in words")
    values = [number_of(_without_words(side), point) for side in condition.children]
    return all(_COMPARED[sign](*pair) for sign, pair in zip(condition.value, pairwise(values), strict=True))


def _without_words(side: Node) -> Node:
    if side.kind != "product" or side.children[0].kind != "word" or _words(side.children[0]) not in _BEFORE:
        return side
    rest = side.children[1:]
    return rest[0] if len(rest) == 1 else replace(side, children=rest, value=side.value[1:])


def _words(node: Node) -> str:
    return node.text.partition("{")[2].removesuffix("}").strip().lower()


__all__ = ["holds", "is_piecewise", "with_branches"]
