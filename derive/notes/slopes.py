r"""Functions with their arguments that a text gives by a rule, ``\log L(\mu, \sigma) = ...``, ``\ell(\lambda) = ...``: the rule is
differentiated in place of ``\frac{\partial \ell}{\partial \mu}`` that stands as a whole side.

Only by arguments that are letters, or letters with a numeral below, and only where no other letter of the rule may depend on them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from derive.notation import Node
from derive.notes.context import letters_in
from derive.notes.roles import key_of
from derive.notes.several import FRACTIONS
from derive.notes.unknown import SUMS, plain_text

LARGEST = 160
"""Nodes of a rule."""
MOST_TIMES = 2
LOGARITHMS = (r"\log", r"\ln")
SEPARATORS = frozenset([",", ";", "|", r"\mid"])
_ESTIMATES = (r"\hat", r"\widehat", r"\bar", r"\overline", r"\tilde", r"\widetilde")
_STRANGE = frozenset(["environment", "list", "chain", "postfix"])


@dataclass(frozen=True, slots=True)
class Given:
    """``body`` for the value at ``arguments``, as they are written; ``others``: the other letters of the rule."""

    arguments: tuple[str, ...]
    body: Node
    others: frozenset[str]


Givens = Mapping[str, Given]


def given_in(lhs: Node, rhs: Node) -> tuple[str, Given | None] | None:
    """The function and its rule: None where it is no plain one. The whole is None for what gives no function."""
    called = _called(lhs)
    if called is None:
        return None
    key, arguments = called
    nodes = list(rhs.walk())
    ranges = {id(script) for part in nodes for script in _range(part)}
    strange = any(
        (part.kind in _STRANGE and id(part) not in ranges)
        or part.text.endswith("dots")
        or part.text in (r"\partial", r"\nabla", "d", r"\int", r"\lim", r"\max", r"\min", r"\E")
        or (part.kind == "font" and part.text in _ESTIMATES)
        for part in nodes
    )
    keys = frozenset(found for part in nodes if (found := key_of(part)) is not None)
    own = {found for part in lhs.children[0].walk() if (found := key_of(part)) is not None}
    variables = {written([part]) for part in nodes if _is_variable(part)}
    if strange or own & keys or _nested(arguments) or len(nodes) > LARGEST or not variables & set(arguments):
        return key, None
    return key, Given(arguments, rhs, keys - {one.partition("_")[0] for one in arguments})


def _nested(arguments: Sequence[str]) -> bool:
    """``f(x, y(x))``, where a derivative may be the total one; x_1 x_2 is made of arguments."""
    compound = [one for one in arguments if not _PLAIN.fullmatch(one)]
    plain = frozenset(letter for one in arguments if _PLAIN.fullmatch(one) for letter in letters_in(one))
    return any("(" in one or not letters_in(one) <= plain for one in compound)


_PLAIN = re.compile(r"\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?(?:\^2)?")


def _range(node: Node) -> tuple[Node, ...]:
    """``i = 1`` below a sum."""
    below = node.script("_") if node.kind == "scripts" and node.children[0].text in SUMS else None
    return (_inside(below),) if below is not None else ()


def slope_of(side: Node, givens: Givens) -> Node | None:
    """The rule with the derivation in front of it, in place of a side that is a derivative; None for any other side."""
    found = _derivative(side)
    if found is None:
        return None
    key, arguments, letters = found
    given = givens.get(key)
    if given is None or (arguments and arguments != given.arguments):
        return None
    body = given.body
    for letter in letters:
        if written([letter]) not in given.arguments:
            return None
        body = _derived(body, letter) if letter.text != "^" else _by_square(body, letter.children[0])
    return body


def _called(side: Node) -> tuple[str, tuple[str, ...]] | None:
    """``\\ell(\\mu, \\sigma)`` by itself: the function and its arguments."""
    if side.kind != "product" or len(side.children) != 2 or side.value != ("",) or not _is_head(side.children[0]):
        return None
    arguments = _arguments(side.children[1])
    return (written([side.children[0]]), arguments) if arguments else None


def _is_head(node: Node) -> bool:
    if node.kind == "apply" and node.children[0].text in LOGARITHMS:
        return _is_head(node.children[1])
    base = node.children[0] if node.kind == "scripts" and node.text == "_" else node
    return key_of(base) is not None or (base.kind == "word" and _NAMED.fullmatch(base.text) is not None)


_NAMED = re.compile(r"\\(?:mathrm|text|operatorname|mathsf|textrm)\{[A-Z]{2,6}\}")
"""``\\mathrm{RSS}``, ``\\text{MSE}``: no sign of an average."""


def _arguments(fence: Node) -> tuple[str, ...]:
    opening = fence.text.replace(r"\left", "").replace(r"\right", "").split() if fence.kind == "fence" else []
    if opening != ["(", ")"]:
        return ()
    inside = fence.children[0]
    if inside.kind == "list":
        return tuple(written([item]) for item in inside.children) if SEPARATORS.issuperset(inside.value) else ()
    return (written([inside]),) if _is_variable(inside) else ()


def _is_variable(node: Node) -> bool:
    """A letter, or one with a numeral below it."""
    if node.kind == "scripts" and node.text == "_":
        return node.children[0].kind == "letter" and _inside(node.children[1]).kind == "number"
    return node.kind == "letter"


def _derivative(side: Node) -> tuple[str, tuple[str, ...], list[Node]] | None:
    r"""The function, its arguments where they are written, and the letters of ``\frac{\partial^2 \ell}{\partial \mu^2}``."""
    if side.kind == "product" and len(side.children) == 3 and side.value == ("", ""):
        called = _called(replace(side, children=side.children[1:], value=("",)))
        letters = _letters(side.children[0], [])
        return (*called, letters) if called and letters else None
    if side.kind != "command" or side.text not in FRACTIONS:
        return None
    above = _inside(side.children[0])
    parts = list(above.children) if above.kind == "product" else []
    if len(parts) == 2 and _is_head(parts[1]):
        found: tuple[str, tuple[str, ...]] = (written([parts[1]]), ())
    elif len(parts) == 3 and (called := _called(replace(above, children=tuple(parts[1:]), value=("",)))) is not None:
        found = called
    else:
        return None
    letters = _letters(side, parts[:1])
    return (*found, letters) if letters else None


def _letters(fraction: Node, signs: list[Node]) -> list[Node]:
    """By which it is differentiated; ``signs``: what stands above, where the function stands there, too."""
    if fraction.kind != "command" or fraction.text not in FRACTIONS:
        return []
    above, below = (_inside(child) for child in fraction.children)
    sign = signs[0] if signs else above
    times = _inside(sign.children[1]).text if sign.kind == "scripts" and sign.text == "^" else "1"
    parts = list(below.children) if below.kind == "product" else []
    found: list[Node] = []
    for one, letter in zip(parts[::2], parts[1::2], strict=False):
        base, power = letter, "1"
        if letter.kind == "scripts" and letter.text == "^":
            base, power = letter.children[0], _inside(letter.children[1]).text
        if times == "1" and power == "2" and len(parts) == 2:
            return [letter] if one.text == _base(sign).text and _is_variable(base) else []
        if one.text not in (r"\partial", "d") or _base(sign).text != one.text or not _is_variable(base):
            return []
        found += [base] * int(power) if power in ("1", "2") else []
    plain = bool(parts) and len(parts) % 2 == 0 and str(len(found)) == times and len(found) <= MOST_TIMES
    return found if plain else []


def _derived(body: Node, letter: Node) -> Node:
    sign = Node("symbol", r"\partial", (), (), 0, 0)
    below = Node("product", "", (sign, letter), ("",), 0, 0)
    parts = (Node("group", "", (sign,), (), 0, 0), Node("group", "", (below,), (), 0, 0))
    fraction = Node("command", r"\frac", parts, ("",), 0, 0)
    inside = Node("fence", "( )", (body,), (), 0, 0)
    return Node("fence", "( )", (Node("product", "", (fraction, inside), ("",), 0, 0),), (), 0, 0)


def _by_square(body: Node, letter: Node) -> Node:
    r"""``\frac{\partial}{\partial \sigma^2}`` is ``\frac{1}{2 \sigma} \frac{\partial}{\partial \sigma}``."""
    twice = Node("product", "", (Node("number", "2", (), (), 0, 0), letter), ("",), 0, 0)
    one = Node("group", "", (Node("number", "1", (), (), 0, 0),), (), 0, 0)
    fraction = Node("command", r"\frac", (one, Node("group", "", (twice,), (), 0, 0)), ("",), 0, 0)
    return Node("fence", "( )", (Node("product", "", (fraction, _derived(body, letter)), ("",), 0, 0),), (), 0, 0)


def depends(given: Given, item: str, name: str) -> bool:
    """The item gives another letter of the rule by one of the arguments, and not by a measurement with its error."""
    letters = letters_in(item)
    own = frozenset(letter for argument in given.arguments for letter in letters_in(argument))
    return name in {one.strip("\\") for one in given.others} and bool(letters & own) and not letters & _ERRORS


_ERRORS = frozenset(["epsilon", "varepsilon", "eta", "e", "u", "xi", "nu"])
"""Letters of errors of measurements: ``y_i = \\beta x_i + \\epsilon_i``."""


def written(nodes: Sequence[Node]) -> str:
    """As written, where ``x_{1}`` is x_1."""
    return _BRACED.sub(r"\1", plain_text(nodes))


_BRACED = re.compile(r"(?<=[_^])\{(\w)\}")


def _inside(node: Node) -> Node:
    return node.children[0] if node.kind == "group" else node


def _base(node: Node) -> Node:
    return node.children[0] if node.kind == "scripts" else node


__all__ = ["Given", "Givens", "depends", "given_in", "slope_of"]
