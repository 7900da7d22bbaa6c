r"""Functions of several letters that a text gives by a rule, ``f(x, y) = x^2 y``: their values, partial derivatives, gradients and
Hessians are put in place of ``f(1, 2)``, ``f_x``, ``\frac{\partial f}{\partial x}``, ``\nabla f``, ``\mathbf{H} f``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from derive.notation import Node
from derive.notes.roles import key_of
from derive.notes.rules import LARGEST, put, put_bracketed

MOST_LETTERS, MOST_PRIMES = 4, 3
FRACTIONS = (r"\frac", r"\dfrac", r"\tfrac")


@dataclass(frozen=True, slots=True)
class SeveralRule:
    """``body`` for the value at ``letters``."""

    letters: tuple[str, ...]
    body: Node


Several = Mapping[str, SeveralRule]


def several_in(lhs: Node, rhs: Node) -> tuple[str, SeveralRule | None] | None:
    """The function for which the sides give a rule, and the rule: None where it is no plain one. The whole is None for what defines
    no function of several letters."""
    if lhs.kind != "product" or len(lhs.children) != 2 or lhs.children[0].kind != "letter":
        return None
    letters = _letters_of_a_list(lhs.children[1])
    if not 1 < len(letters) <= MOST_LETTERS or len(set(letters)) != len(letters):
        return None
    key, nodes = lhs.children[0].text, list(rhs.walk())
    names = {found for part in nodes if (found := key_of(part)) is not None}
    strange = any(part.text.endswith("dots") or part.kind in ("environment", "big", "list", "chain") for part in nodes)
    bound = any(part.text in (r"\partial", r"\nabla", "d") for part in nodes)
    if key in names or strange or bound or len(nodes) > LARGEST or not set(letters) & names:
        return key, None
    return key, SeveralRule(letters, rhs)


def with_rules(node: Node, rules: Several) -> Node:
    """The formula with the rules put in wherever it is clear what is meant."""
    if not rules or not any(part.kind == "letter" and part.text in rules for part in node.walk()):
        return node
    if node.kind == "product":
        return _product(node, rules)
    if (found := _derived(node, rules)) is not None:
        return found
    return replace(node, children=tuple(with_rules(child, rules) for child in node.children))


def asked_for(lhs: Node, rhs: Node, rules: Several) -> frozenset[str]:
    """Functions that an equation is a condition on: ``u_t = k u_{xx}``, ``u(1, t) = 0``; a rule known of these is of another one."""
    sides = [{part.text for part in side.walk() if part.kind == "letter"} & set(rules) for side in (lhs, rhs)]
    vanishes = rhs.kind == "number" and rhs.text == "0"
    cases = any(part.kind == "environment" and part.text.endswith("cases") for part in rhs.walk())
    called = lhs.children[0].text if lhs.kind == "product" and len(lhs.children) == 2 else ""
    kinds = {item.kind == "number" for item in _list(lhs.children[1])} if called in rules else set()
    at_an_end = frozenset([called]) if len(kinds) > 1 else frozenset()
    return frozenset(sides[0] if vanishes or cases else sides[0] & sides[1]) | at_an_end


def derives(node: Node, rules: Several) -> bool:
    """A side that is a derivative of such a function by itself: ``f_x(x, y)``."""
    first = node.children[0] if node.kind == "product" else node
    plain = node.kind != "product" or (len(node.children) == 2 and bool(_letters_of_a_list(node.children[1])))
    return plain and _derived(first, rules) is not None


def arguments_of(node: Node) -> tuple[str, ...]:
    """x and y of ``f(x, y)``, x of ``f(x)``, by itself."""
    if node.kind != "product" or len(node.children) != 2 or node.children[1].kind != "fence" or node.value != ("",):
        return ()
    inside = node.children[1].children[0]
    return (inside.text,) if inside.kind == "letter" else _letters_of_a_list(node.children[1])


def _product(node: Node, rules: Several) -> Node:
    """Calls and derivatives among its factors; a function behind a sign that acts on it is left to that sign."""
    kept: list[Node] = []
    operators: list[str] = []
    place = 0
    while place < len(node.children):
        parts, used = _factors(node, place, rules)
        kept += parts
        operators += [node.value[place - 1] if place else "", *([""] * (len(parts) - 1))]
        place += used
    return kept[0] if len(kept) == 1 else replace(node, children=tuple(kept), value=tuple(operators[1:]))


def _factors(node: Node, place: int, rules: Several) -> tuple[list[Node], int]:
    """What stands for the factor at a place and those that belong to it, and how many these are."""
    factor, behind = node.children[place], _beside(node, place)
    if (called := _called(factor, behind, rules)) is not None:
        return [called], 2
    if (found := _derived(factor, rules)) is not None:
        letters = rules[_function_of(factor)].letters
        applied = bool(behind) and behind[0].kind == "fence"
        if applied and _letters_of_a_list(behind[0]) != letters:
            return [factor, behind[0]], 2
        return [found], 1 + applied
    acted = behind[0] if behind and (_acts(factor) or _is_hessian(factor)) else None
    if acted is None or acted.kind != "letter" or acted.text not in rules:
        return [with_rules(factor, rules)], 1
    rule, applied = rules[acted.text], len(behind) > 1 and behind[1].kind == "fence"
    own = not applied or _letters_of_a_list(behind[1]) == rule.letters
    made = _made(factor, rule) if own else None
    return ([factor, acted], 2) if made is None else ([made], 2 + applied)


def _beside(node: Node, place: int) -> Sequence[Node]:
    """The next two factors that stand side by side with this one."""
    found: list[Node] = []
    for number in range(place + 1, min(place + 3, len(node.children))):
        if node.value[number - 1] != "":
            break
        found.append(node.children[number])
    return found


def _called(factor: Node, behind: Sequence[Node], rules: Several) -> Node | None:
    """``f(1, 2)`` and ``f(x, y)^2``."""
    if factor.kind != "letter" or factor.text not in rules or not behind:
        return None
    powered = behind[0].kind == "scripts" and behind[0].text == "^"
    fence = behind[0].children[0] if powered else behind[0]
    rule, arguments = rules[factor.text], _list(fence)
    if len(arguments) != len(rule.letters):
        return None
    value = _bracketed(_at(rule, arguments))
    return replace(behind[0], children=(value, behind[0].children[1])) if powered else value


def _at(rule: SeveralRule, arguments: Sequence[Node]) -> Node:
    """All letters at once, so that ``f(y, x)`` is right."""
    body = rule.body
    for number, letter in enumerate(rule.letters):
        body = put(body, letter, Node("letter", f"\\?{number}", (), (), 0, 0))
    for number, argument in enumerate(arguments):
        into = put if argument.kind == "letter" else put_bracketed
        body = into(body, f"\\?{number}", argument)
    return body


def _list(fence: Node) -> tuple[Node, ...]:
    round_ = fence.kind == "fence" and fence.text.replace(r"\left", "").replace(r"\right", "").split() == ["(", ")"]
    inside = fence.children[0] if round_ else fence
    return inside.children if round_ and inside.kind == "list" and set(inside.value) == {","} else ()


def _letters_of_a_list(fence: Node) -> tuple[str, ...]:
    items = _list(fence)
    return tuple(item.text for item in items) if all(item.kind == "letter" for item in items) else ()


def _derived(node: Node, rules: Several) -> Node | None:
    r"""``f_{xy}`` and ``\frac{\partial^2 f}{\partial x \partial y}`` by themselves."""
    key = _function_of(node)
    rule = rules.get(key)
    order = list(_order(node, rule)) if rule is not None else []
    if rule is None or not 0 < len(order) <= MOST_PRIMES or None in order:
        return None
    found = rule.body
    for letter in order:
        found = _slope(found, str(letter))
    return found


def _function_of(node: Node) -> str:
    if node.kind == "scripts" and node.text == "_" and node.children[0].kind == "letter":
        return node.children[0].text
    if node.kind == "command" and node.text in FRACTIONS:
        above = _inside(node.children[0])
        if above.kind == "product" and len(above.children) == 2 and _base(above.children[0]).text == r"\partial":
            return above.children[1].text if above.children[1].kind == "letter" else ""
    return ""


def _order(node: Node, rule: SeveralRule) -> Iterator[str | None]:
    """The letters by which it is differentiated, one after the other; None for anything else."""
    below = _inside(node.children[1])
    if node.kind == "scripts":
        for part in below.children if below.kind == "product" else (below,):
            yield part.text if part.kind == "letter" and part.text in rule.letters else None
        return
    letters = list(_below(below, rule))
    above = _inside(node.children[0]).children[0]
    power = _inside(above.children[1]).text if above.kind == "scripts" else "1"
    yield from reversed(letters) if power == str(len(letters)) else [None]


def _below(below: Node, rule: SeveralRule) -> Iterator[str | None]:
    r"""x and y of ``\partial x \partial y``, x twice of ``\partial x^2``."""
    parts = list(below.children) if below.kind == "product" else []
    for sign, part in zip(parts[::2], parts[1::2], strict=False):
        letter, times = _base(part), _inside(part.children[1]).text if part.kind == "scripts" else "1"
        plain = sign.text == r"\partial" and letter.text in rule.letters and times in ("1", "2", "3")
        yield from [letter.text] * int(times) if plain else [None]
    if not parts or len(parts) % 2:
        yield None


def _acts(node: Node) -> bool:
    return node.text == r"\nabla" or _base(node).text in (r"\partial", "d", r"\nabla", r"\Delta")


def _is_hessian(node: Node) -> bool:
    return key_of(node) in (r"\mathbf{H}", r"\mathrm{H}") or (node.kind == "letter" and node.text == "H")


def _made(sign: Node, rule: SeveralRule) -> Node | None:
    """The gradient as a column, the Hessian as a matrix."""
    slopes = [_slope(rule.body, letter) for letter in rule.letters]
    if sign.kind == "symbol" and sign.text == r"\nabla":
        return _matrix([[slope] for slope in slopes])
    if _is_hessian(sign):
        return _matrix([[_slope(slope, letter) for letter in rule.letters] for slope in slopes])
    below = _inside(sign.children[1]).text if sign.kind == "scripts" and sign.text == "_" else ""
    if _base(sign).text == r"\partial" and below in rule.letters:
        return _slope(rule.body, below)
    return None


def _matrix(rows: Sequence[Sequence[Node]]) -> Node:
    return Node("environment", "pmatrix", tuple(Node("row", "", tuple(row), (), 0, 0) for row in rows), ("",), 0, 0)


def _slope(body: Node, letter: str) -> Node:
    sign = Node("symbol", r"\partial", (), (), 0, 0)
    below = Node("product", "", (sign, Node("letter", letter, (), (), 0, 0)), ("",), 0, 0)
    fraction = Node(
        "command", r"\frac", (Node("group", "", (sign,), (), 0, 0), Node("group", "", (below,), (), 0, 0)), ("",), 0, 0
    )
    return _bracketed(Node("product", "", (fraction, _bracketed(body)), ("",), 0, 0))


def _bracketed(node: Node) -> Node:
    return Node("fence", "( )", (node,), (), 0, 0)


def _inside(node: Node) -> Node:
    return node.children[0] if node.kind == "group" else node


def _base(node: Node) -> Node:
    return node.children[0] if node.kind == "scripts" else node


__all__ = ["Several", "SeveralRule", "arguments_of", "asked_for", "derives", "several_in", "with_rules"]
