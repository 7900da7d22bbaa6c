"""Functions that a text gives by a rule, ``f(x) = x^2 + 1``: where f is applied later, the rule can be put in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from derive.notation import Node
from derive.notes.roles import key_of

LARGEST = 120
"""Nodes of a rule that is put in."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``body`` for the value at ``letter``."""

    letter: str
    body: Node


Rules = Mapping[str, Rule]


def rule_in(lhs: Node, rhs: Node) -> tuple[str, Rule | None] | None:
    """The function for which the sides give a rule, and the rule: None where it says nothing of the letter, or too much. The whole
    is None for what defines no function of one letter."""
    if lhs.kind == "letter":
        return _of_a_letter(lhs, rhs)
    called = call_in(lhs)
    if called is None or called[1] or called[2].kind not in ("letter", "font"):
        return None
    key, _, argument = called
    letter = key_of(argument) or ""
    keys = [found for part in rhs.walk() if (found := key_of(part)) is not None]
    size = sum(1 for _ in rhs.walk())
    plain = letter in keys and key not in keys and size <= LARGEST and len(letter) > 0
    dotted = any(part.text.endswith("dots") or part.kind == "environment" for part in rhs.walk())
    return key, Rule(letter, rhs) if plain and not dotted else None


def _of_a_letter(lhs: Node, rhs: Node) -> tuple[str, Rule | None] | None:
    """``y = C_1 e^{2x}``: y is a function of the one small letter that carries no index, if there is just one."""
    below = {
        id(part) for node in rhs.walk() if node.kind == "scripts" for part in node.children[1:] if "_" in node.text
    }
    indexed = {id(node.children[0]) for node in rhs.walk() if node.kind == "scripts" and "_" in node.text}
    free = {
        part.text
        for part in rhs.walk()
        if part.kind == "letter" and id(part) not in indexed | below and part.text.islower() and len(part.text) == 1
    } - {"e", "d", "i"}
    others = {key for part in rhs.walk() if part.kind in ("letter", "font") and (key := key_of(part)) is not None}
    dotted = any(part.text.endswith("dots") or part.kind in ("environment", "big") for part in rhs.walk())
    if len(free) != 1 or lhs.text in others or dotted:
        return f"{lhs.text}'", None
    return f"{lhs.text}'", Rule(next(iter(free)), rhs)


def slope_in(node: Node) -> tuple[str, int] | None:
    """``y''`` by itself, where y is a letter: the key of its rule, and the number of primes."""
    if node.kind != "scripts" or set(node.text) != {"'"} or node.children[0].kind != "letter":
        return None
    return f"{node.children[0].text}'", len(node.text)


def call_in(node: Node) -> tuple[str, int, Node] | None:
    """Function, number of primes and argument of ``f''(x)`` that stands by itself."""
    if node.kind != "product" or len(node.children) != 2 or node.value != ("",):
        return None
    return call_of(*node.children)


def call_of(head: Node, brackets: Node) -> tuple[str, int, Node] | None:
    """The same for the two parts."""
    primes = len(head.text) if head.kind == "scripts" and set(head.text) == {"'"} else 0
    base = head.children[0] if primes else head
    key = key_of(base)
    opening = (
        brackets.text.replace("\\left", "").replace("\\right", "").split(" ")[0] if brackets.kind == "fence" else ""
    )
    if (
        key is None
        or opening not in ("(", "\\big(", "\\bigl(")
        or brackets.children[0].kind in ("list", "chain", "empty")
    ):
        return None
    return key, primes, brackets.children[0]


def by_rule(node: Node, rules: Rules) -> Node:
    """``f(x)`` by itself as its rule says; anything else as it is."""
    called = call_in(node)
    rule = rules.get(called[0]) if called and not called[1] else None
    return put(rule.body, rule.letter, called[2]) if called and rule else node


def put(node: Node, letter: str, value: Node) -> Node:
    """The formula with the value, in brackets where it is no letter, for the letter."""
    if node.kind in ("letter", "font") and key_of(node) == letter:
        plain = value.kind in ("letter", "number")
        return value if plain else Node("fence", "( )", (value,), (), node.start, node.end)
    return replace(node, children=tuple(put(child, letter, value) for child in node.children))


def put_bracketed(node: Node, letter: str, end: Node) -> Node:
    """The formula with the end in brackets for the letter; not below another letter."""
    if node.kind == "letter" and node.text == letter:
        return Node("fence", "( )", (end,), (), node.start, node.end)
    children = tuple(put_bracketed(child, letter, end) for child in node.children)
    if node.kind == "scripts":  # e^{(1)} would be a member of a family
        children = (children[0], *map(_unbracketed, node.children[1:], children[1:]))
    return replace(node, children=children)


def _unbracketed(old: Node, new: Node) -> Node:
    """A script that was the letter alone, without the brackets that were put around the end."""
    if old.kind == "letter" and new.kind == "fence":
        return replace(new, kind="group", text="")
    alone = old.kind == "group" and old.children[0].kind == "letter" and new.children[0].kind == "fence"
    return replace(new, children=new.children[0].children) if alone else new
