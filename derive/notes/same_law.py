r"""Two laws of one name that are said to be the same: ``\mathcal{N}(a, b) = \mathcal{N}(c, d)`` says a = c and b = d.

That holds only for families in which different parameters give different laws. As densities, ``\mathcal{N}(x; a, b)``, they are equal
for all x.
"""

from __future__ import annotations

from collections.abc import Sequence

from derive.notation import Node
from derive.notes.lowering import words_of
from derive.notes.roles import key_of
from derive.notes.unknown import plain_text

SIGNS = ("=", r"\sim")
IDENTIFIED = {
    "N": 2,
    "Gam": 2,
    "Gamma": 2,
    "Bet": 2,
    "Beta": 2,
    "Bern": 1,
    "Bernoulli": 1,
    "Poiss": 1,
    "Poisson": 1,
    "Exp": 1,
    "Dir": 1,
    "t": 1,
    "F": 2,
    "W": 2,
    "NG": 4,
}
"""Names of families by their parameters: of how many numbers, vectors or matrices. A matrix normal law is none: its two covariances
share a factor."""

Pairs = list[tuple[Node, Node]]


def parameters_alike(trees: Sequence[Node]) -> Pairs | None:
    """The parameters that must be equal, one pair each; None for what are not two laws of one name."""
    left, right = (_law(tree) for tree in trees)
    if left is None or right is None or left[0] != right[0] or len(left[2]) != len(right[2]):
        return None
    if left[1] != right[1] or any(_letters(one) & left[3] for one in (*left[2], *right[2])):
        return None
    return list(zip(left[2], right[2], strict=True))


def _law(tree: Node) -> tuple[str, str, tuple[Node, ...], frozenset[str]] | None:
    """Name, what stands before the semicolon as text, the parameters, and the letters before the semicolon."""
    if tree.kind != "product" or len(tree.children) != 2 or tree.value != ("",) or tree.children[1].kind != "fence":
        return None
    name = _name(tree.children[0])
    inside = tree.children[1].children[0]
    items, between = (inside.children, inside.value) if inside.kind == "list" else ((inside,), ())
    variate: tuple[Node, ...] = ()
    if between[:1] == (";",):
        variate, items, between = items[:1], items[1:], between[1:]
    if len(items) != IDENTIFIED.get(name) or set(between) - {","} or tree.children[1].text.endswith("]"):
        return None
    return name, plain_text(variate), items, frozenset[str]().union(*map(_letters, variate))


def _name(node: Node) -> str:
    """N of ``\\mathcal{N}``, Gam of ``\\mathrm{Gam}``; a slanted letter may be anything."""
    if node.kind == "word":
        return words_of(node)
    if node.kind == "font" and node.text == r"\mathcal":
        inner = node.children[0].children[0] if node.children[0].kind == "group" else node.children[0]
        return inner.text if inner.kind == "letter" else ""
    return ""


def _letters(node: Node) -> frozenset[str]:
    return frozenset(key for part in node.walk() if (key := key_of(part)) is not None)


__all__ = ["parameters_alike"]
