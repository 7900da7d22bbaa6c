r"""Syntax trees in which every ``p(x \mid y)``, ``\Pr(X = 0)``, ``P(A \cup B)`` is one node, and what stands in its brackets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from derive.notation import Node
from derive.notes.roles import key_of
from derive.notes.unknown import plain_text

LAW = "law"
"""The kind of the node: text is the name of the law, the child is what stands in the brackets."""
NAMES = {"p": "p", "P": "p", "q": "q", "Q": "q"}
"""P and p are written for one law, q and Q for another."""
BARS = ("|", r"\mid", r"\vert")
OPENING = ("(", "[", r"\{", r"\lbrace")


class NoCase(Exception):
    """A notation of which no special case is made; the message says why."""


@dataclass(frozen=True, slots=True)
class Value:
    """``x`` for a variable of its own name, ``X = x``, ``X = 0``, ``x_i``: the variable, and the letter or numeral for its value;
    ``index``: the value has a number, which this letter is."""

    variable: str
    value: str
    index: bool = False


def marked(node: Node) -> Node:
    """The tree with a node for each value of a law."""
    children = tuple(map(marked, node.children))
    if node.kind == "product":
        return _joined(node, children)
    if node.kind == "apply" and len(children) == 2 and (name := law_name(node.children[0])) and _opens(children[1]):
        return _call(name, children[1])
    return replace(node, children=children)


def _joined(node: Node, factors: tuple[Node, ...]) -> Node:
    """A product in which a name and the brackets behind it are one factor."""
    operators = ["", *node.value]
    found: list[Node] = []
    signs: list[str] = []
    for operator, factor in zip(operators, factors, strict=True):
        last = found[-1] if found else None
        called = _taken(last, factor) if last is not None and operator == "" and _opens(factor) else None
        if called is not None:
            found[-1] = called
        else:
            found.append(factor)
            signs.append(operator)
    return found[0] if len(found) == 1 else replace(node, children=tuple(found), value=tuple(signs[1:]))


def _taken(before: Node, brackets: Node) -> Node | None:
    r"""``p`` and ``(x)``; ``\log p`` and ``(x)``, where the logarithm is taken of the value."""
    if name := law_name(before):
        return _call(name, brackets)
    if before.kind != "apply" or len(before.children) != 2:
        return None
    function, argument = before.children
    parts = argument.children if argument.kind == "product" else (argument,)
    if not (name := law_name(parts[-1])):
        return None
    called = _call(name, brackets)
    inner = replace(argument, children=(*parts[:-1], called)) if argument.kind == "product" else called
    return replace(before, children=(function, inner), end=brackets.end)


def _call(name: str, brackets: Node) -> Node:
    return Node(LAW, name, brackets.children, (), brackets.start, brackets.end)


def _opens(node: Node) -> bool:
    return node.kind == "fence" and node.text.split(" ")[0].replace(r"\left", "").removeprefix(r"\big") in OPENING


def law_name(node: Node) -> str:
    r"""``p``, ``P``, ``\Pr``, ``\mathbb{P}``, and ``p_{X, Y}``, which says again of what it is the law. Empty for all else."""
    if node.kind == "scripts" and node.text == "_":
        below = _inside(node.children[1])
        capitals = below.children if below.kind in ("list", "product") else (below,)
        plain = all(one.kind == "letter" and one.text.isupper() for one in capitals)
        return law_name(node.children[0]) if plain else ""
    if node.kind == "letter":
        return NAMES.get(node.text, "")
    if node.kind in ("word", "symbol") and node.text in (r"\Pr", r"\mathrm{Pr}", r"\operatorname{Pr}", r"\text{Pr}"):
        return "p"
    if node.kind == "font" and node.text in (r"\mathbb", r"\mathbf", r"\mathrm", r"\mathsf"):
        return "p" if plain_text([_inside(node.children[0])]) in ("P", "Pr") else ""
    return ""


def _inside(node: Node) -> Node:
    return node.children[0] if node.kind == "group" else node


def law_calls(node: Node) -> Iterator[Node]:
    """The values of laws in a tree that was marked."""
    return (part for part in node.walk() if part.kind == LAW)


def sides_of(call: Node) -> tuple[list[Node], list[Node]]:
    """What stands before the bar and behind it. Raises NoCase."""
    inside = call.children[0]
    items, between = (inside.children, inside.value) if inside.kind == "list" else ((inside,), ())
    bars = [place for place, sign in enumerate(between) if sign in BARS]
    if len(bars) > 1 or any(sign != "," for place, sign in enumerate(between) if place not in bars):
        raise NoCase("a law with parameters")
    cut = bars[0] + 1 if bars else len(items)
    return list(items[:cut]), list(items[cut:])


def value_in(node: Node) -> Value | None:
    """The variable and its value that a letter, or an equation, names; None for what is another event. Raises NoCase."""
    node = _inside(node)
    if node.kind == "chain" and node.value == ("=",) and (letter := key_of(node.children[0])) is not None:
        right = _inside(node.children[1])
        if right.kind == "number":
            return Value(letter.lower(), right.text)
        return replace(_named(right), variable=letter.lower())
    if key_of(node) is not None or node.kind == "scripts":
        return _named(node)
    return None


def _named(node: Node) -> Value:
    if (key := key_of(node)) is not None:
        return Value(key.lower(), key)
    if node.kind != "scripts" or node.text != "_" or (key := key_of(node.children[0])) is None:
        raise NoCase("a value that is no letter")
    below = _inside(node.children[1])
    if below.kind == "number":
        return Value(f"{key.lower()}_{below.text}", f"{key}_{below.text}")
    if below.kind != "letter":
        raise NoCase("a value with two indices")
    return Value(key.lower(), below.text, index=True)


__all__ = ["LAW", "NoCase", "Value", "law_calls", "law_name", "marked", "sides_of", "value_in"]
