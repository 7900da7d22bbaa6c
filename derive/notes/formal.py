r"""Formal determinants: ``\begin{vmatrix} \mathbf{i} & \mathbf{j} & \mathbf{k} \\ 1 & 2 & 3 \\ 4 & 5 & 6 \end{vmatrix}`` has vectors for
entries of one row or column. It is linear in them, so a relation about it fails for vectors that are independent where it fails for numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from derive.notation import Node, show

VECTORS = (r"\mathbf", r"\boldsymbol", r"\bm", r"\vec", r"\vect", r"\hat", r"\overrightarrow", r"\pmb")
ARRAYS = ("matrix", "array", "smallmatrix")


def is_determinant(node: Node) -> bool:
    """A square array between single bars, of two rows or more."""
    if node.kind == "environment" and node.text == "vmatrix":
        return _is_square(node)
    bars = node.kind == "fence" and node.text.replace(r"\left", "").replace(r"\right", "").split() == ["|", "|"]
    inside = node.children[0] if bars else node
    return bars and inside.kind == "environment" and inside.text in ARRAYS and _is_square(inside)


def _is_square(array: Node) -> bool:
    return len(array.children) > 1 and all(len(row.children) == len(array.children) for row in array.children)


def with_numbers(trees: Sequence[Node]) -> list[Node]:
    """The sides with letters for numbers in place of the vectors that are entries of a determinant in one of them."""
    vectors = frozenset(
        _written(entry) for tree in trees for part in tree.walk() if is_determinant(part) for entry in _vectors_in(part)
    )
    linear = all(_is_linear(tree, vectors) for tree in trees)
    return [_replaced(tree, vectors) for tree in trees] if vectors and linear else list(trees)


def _is_linear(node: Node, vectors: frozenset[str]) -> bool:
    """Vectors are added and multiplied by numbers, nothing else: no vector is transposed, or multiplied by another one."""
    if _is_vector(node) or is_determinant(node):
        return True
    inside = [child for child in node.children if _has_vector(child, vectors)]
    brackets = node.kind == "fence" and node.text.replace(r"\left", "").replace(r"\right", "").split() in (
        ["(", ")"],
        ["[", "]"],
    )
    plain = node.kind in ("sum", "group") or brackets or (node.kind == "product" and len(inside) < 2)
    return not inside or (plain and all(_is_linear(child, vectors) for child in inside))


def _has_vector(node: Node, vectors: frozenset[str]) -> bool:
    return any(_is_vector(part) and _written(part) in vectors for part in node.walk())


def _vectors_in(determinant: Node) -> Iterator[Node]:
    """The vectors, if they are the entries of one row or one column and nowhere else."""
    array = determinant if determinant.kind == "environment" else determinant.children[0]
    rows = [list(row.children) for row in array.children]
    lines = [*rows, *(list(column) for column in zip(*rows, strict=True))]
    found = [line for line in lines if all(map(_is_vector, line))]
    entries = [entry for row in rows for entry in row if _is_vector(entry)]
    if len(found) == 1 and len(entries) == len(found[0]) == len({_written(entry) for entry in entries}):
        yield from entries


def _is_vector(node: Node) -> bool:
    base = node.children[0] if node.kind == "scripts" and node.text == "_" else node
    return base.kind == "font" and base.text in VECTORS


def _written(node: Node) -> str:
    return "".join(show(node).replace("{", "").replace("}", "").split())


def _replaced(node: Node, vectors: frozenset[str]) -> Node:
    if _is_vector(node) and _written(node) in vectors:
        name = "".join(filter(str.isalnum, _written(node)))
        return Node("word", rf"\mathrm{{{name}}}", (), (), node.start, node.end)
    return replace(node, children=tuple(_replaced(child, vectors) for child in node.children))


__all__ = ["is_determinant", "with_numbers"]
