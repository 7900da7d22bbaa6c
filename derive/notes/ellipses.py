r"""Sums and products with dots, where the pattern is certain, as ``\sum`` and ``\prod``: ``c_1 v_1 + \cdots + c_n v_n``,
``1 + 2 + \cdots + n``, ``(2 - n)(4 - n) \cdots (2m - n)``.

The last term shows how each depends on its number; at least two terms before the dots, or one that is the first, have to be what it
says of them. Anything else stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from derive.notation import Node
from derive.notes.roles import key_of
from derive.notes.rules import put
from derive.notes.worth import worth

DOTS = (r"\cdots", r"\dots", r"\ldots", r"\dotsb", r"\dotsc", r"\dotsm")
NUMBERS = range(13)
"""Numbers that the first terms may have."""
LARGEST_FIRST = 2
"""Number of a lone term before the dots."""
RUNNING = "kjmlpqrs"
MOST_TERMS = 24
LARGEST = 200
"""Nodes of the last term."""


@dataclass(frozen=True, slots=True)
class Run:
    """Terms of one pattern: ``body`` in the letter ``last``, from the number ``first`` to ``last + beyond``; ``taken`` terms before
    the dots and ``after`` behind it are of it."""

    body: Node
    last: str
    first: int
    beyond: int
    taken: int
    after: int


def is_dotted(node: Node) -> bool:
    return any(part.kind == "symbol" and part.text in DOTS for part in node.walk())


def undotted(node: Node, used: frozenset[str]) -> Node:
    """With sums and products in place of those with dots; ``used``: letters that are taken."""
    if not is_dotted(node):
        return node
    node = replace(node, children=tuple(undotted(child, used) for child in node.children))
    if node.kind == "sum":
        return _without_dots(node, used, r"\sum")
    if node.kind == "product" and set(node.value) <= {"", r"\cdot", r"\times"}:
        return _without_dots(node, used, r"\prod")
    return node


def _without_dots(node: Node, used: frozenset[str], operator: str) -> Node:
    places = [place for place, part in enumerate(node.children) if part.kind == "symbol" and part.text in DOTS]
    if len(places) != 1 or not 0 < places[0] < len(node.children) - 1 or len(node.children) > MOST_TERMS:
        return node
    place = places[0]
    terms = [_signed(part, sign) for part, sign in zip(node.children, _signs(node), strict=True)]
    before, behind = terms[:place], terms[place + 1 :]
    run, turned = _run(before, behind), False
    if run is None and operator == r"\prod" and all(map(_commutes, terms)):
        run, turned = _run(behind[::-1], before[::-1]), True
    letter = next((one for one in RUNNING if one not in used), None)
    if run is None or letter is None:
        return node
    big = _big(operator, run, letter)
    left, right = (run.after, run.taken) if turned else (run.taken, run.after)
    kept = [*node.children[: place - left], big, *node.children[place + 1 + right :]]
    if len(kept) == 1:
        return big
    if operator == r"\prod":
        kept = [_bracketed(one) if one is big else one for one in kept]
        return replace(node, children=tuple(kept), value=("",) * (len(kept) - 1))
    signs = [*node.value[: place - left], "+" if place > left else "", *node.value[place + 1 + right :]]
    return replace(node, children=tuple(kept), value=tuple(signs))


def _commutes(term: Node) -> bool:
    """No letter of it looks like a matrix."""
    return not any(part.kind == "font" or (part.kind == "letter" and part.text.isupper()) for part in term.walk())


def _signs(node: Node) -> tuple[str, ...]:
    return node.value if node.kind == "sum" else ("",) * len(node.children)


def _signed(term: Node, sign: str) -> Node:
    return Node("sum", "", (term,), ("-",), term.start, term.end) if sign in ("-", "−") else term


def _run(before: Sequence[Node], behind: Sequence[Node]) -> Run | None:
    """The one pattern that fits; None where none does, or several do."""
    end = behind[0]
    if sum(1 for _ in end.walk()) > LARGEST:
        return None
    letters = {part.text for part in end.walk() if part.kind == "letter"} - {"e", "d", "i", r"\pi"}
    found = [run for letter in sorted(letters) if (run := _run_to(letter, before, behind)) is not None]
    return found[0] if len(found) == 1 else None


def _run_to(letter: str, before: Sequence[Node], behind: Sequence[Node]) -> Run | None:
    end = behind[0]
    due = worth(before[-1], {})
    numbers = [number for number in NUMBERS if worth(end, {letter: Fraction(number)}) == due]
    if len(numbers) != 1:
        return None
    number, taken = numbers[0], 1
    while taken < len(before) and worth(before[-1 - taken], {}) == worth(end, {letter: Fraction(number - taken)}):
        taken += 1
    first = number - taken + 1
    if taken < 2 and (number > LARGEST_FIRST or len(before) > 1):
        return None
    numbers_alone = letters_of([end]) == {letter}
    if numbers_alone and taken < len(before):  # 1 + 3 + 4 + \cdots + n
        return None
    after = 1
    while after < len(behind) and _is_next(end, behind[after], letter, after):
        after += 1
    return Run(end, letter, first, after - 1, taken, after)


def _is_next(end: Node, term: Node, letter: str, steps: int) -> bool:
    """What follows the term with the letter, ``(k - 1) k``."""
    return all(
        worth(term, {letter: number}) == worth(end, {letter: number + steps})
        for number in (Fraction(17, 3), Fraction(29))
    )


def _big(operator: str, run: Run, letter: str) -> Node:
    running, last = _letter(letter), _letter(run.last)
    end = last
    if run.beyond:
        end = Node("sum", "", (last, _number(run.beyond)), ("", "+"), 0, 0)
    first = _number(run.first) if run.first >= 0 else Node("sum", "", (_number(-run.first),), ("-",), 0, 0)
    below = Node("group", "", (Node("chain", "", (running, first), ("=",), 0, 0),), (), 0, 0)
    above = Node("group", "", (end,), (), 0, 0)
    scripts = Node("scripts", "_^", (Node("symbol", operator, (), (), 0, 0), below, above), (), 0, 0)
    body = put(run.body, run.last, running)
    return Node("big", "_^", (scripts, _bracketed(body) if body.kind in ("sum", "product") else body), (), 0, 0)


def _letter(name: str) -> Node:
    return Node("letter", name, (), (), 0, 0)


def _number(value: int) -> Node:
    return Node("number", str(value), (), (), 0, 0)


def _bracketed(node: Node) -> Node:
    return Node("fence", "( )", (node,), (), 0, 0)


def letters_of(nodes: Sequence[Node]) -> frozenset[str]:
    return frozenset(key for node in nodes for part in node.walk() if (key := key_of(part)) is not None)


__all__ = ["is_dotted", "letters_of", "undotted"]
