r"""Integrals over ``\mathbb{R}^n`` where n is 1: vectors and matrices are numbers there, transposes and determinants say nothing.

All letters get positive numbers, so that a matrix which has an inverse, or is a covariance, is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from derive.core import Instance, Instances
from derive.notation import Node, Unparsed
from derive.notes.context import letters_in
from derive.notes.document import Formula
from derive.notes.instances.densities import written
from derive.notes.instances.marking import NoCase
from derive.notes.instances.special_values import require_clear_divisors
from derive.notes.lowering import OutOfScope
from derive.notes.parsing import parse
from derive.notes.roles import key_of
from derive.notes.walk import Walk, lowered

DUMMY = "x"
PLUS_INFINITY, MINUS_INFINITY = r"\infty", r"-\infty"
NUMBERS = (2, 1, 3, 5, 4, 7, 6)
CONSTANTS = frozenset(["e", r"\pi"])
_SIZES = re.compile(
    r"(?:\\mathbb|\\Bbb)\s*\{?\s*R\s*\}?\s*\^\s*(?:\{(?P<group>[^{}]*)\}|(?P<one>\w))|(?P<rows>\w)\s*\\times\s*(?P<columns>\w)"
)
_NUMBERS = {"tr", "Tr", "trace", "det"}
SHAPED = ("matrices", "")


def line_instances(walk: Walk, sign: str, trees: Sequence[Node]) -> Instances | None:
    """None where nothing is integrated over such a space, or more is said of the letters than that they are letters."""
    if sign != "=" or not any(_is_over_a_space(part) for tree in trees for part in tree.walk()):
        return None
    try:
        sizes = frozenset(_sizes(walk))
        letters = _letters(trees) - sizes - CONSTANTS
        _require_free(walk, letters)
        cases = tuple(case for turn in range(2) for case in _cases(walk, trees, letters, sizes, turn))
    except (NoCase, OutOfScope, Unparsed):
        return None
    return Instances((cases,)) if cases else None


def _is_over_a_space(node: Node) -> bool:
    r"""``\int_{\mathbb{R}^n}``."""
    if node.kind != "scripts" or node.text != "_" or node.children[0].text != r"\int":
        return False
    space = _bare(node.children[1])
    real = (
        space.kind == "scripts"
        and space.text == "^"
        and space.children[0].kind == "font"
        and space.children[0].text == r"\mathbb"
    )
    return real and _bare(space.children[1]).kind == "letter" and _bare(space.children[0].children[0]).text == "R"


def _sizes(walk: Walk) -> Iterator[str]:
    """Letters that the text uses for numbers of dimensions. Raises NoCase where it speaks of a space of more than one."""
    for part in walk.plain:
        for found in _SIZES.finditer(part.text.text) if isinstance(part, Formula) else ():
            for piece in re.split(
                r"\\times|\s+", found["group"] or f"{found['one'] or ''} {found['rows'] or ''} {found['columns'] or ''}"
            ):
                if piece.strip().isdigit() and found["rows"] is None and int(piece) > 1:
                    raise NoCase("a space of several dimensions")
                if len(piece.strip()) == 1 and piece.strip().isalpha():
                    yield piece.strip()


def _letters(trees: Sequence[Node]) -> frozenset[str]:
    """Those of the formula, not the R of the space."""
    found: set[str] = set()
    waiting = list(trees)
    while waiting:
        node = waiting.pop()
        if (key := key_of(node)) is not None:
            found.add(key)
        elif not (node.kind == "font" and node.text == r"\mathbb"):
            waiting += node.children
    return frozenset(found)


def _require_free(walk: Walk, letters: frozenset[str]) -> None:
    """No equation or word ties the letters. Raises NoCase."""
    names = letters_in(" ".join(letters))
    for item in walk.context.given(" ".join(letters)):
        if "=" in item and letters_in(item.partition("=")[0]) & names:
            raise NoCase("a letter that is defined")
    if any(one.letters and one.letters <= names and one.restricts for one in (*walk.constraints, *walk.behind)):
        raise NoCase("letters that are tied")
    for one in walk.reservations:
        if one.first <= walk.reached <= one.last and one.about in SHAPED and (not one.letters or one.letters & names):
            raise NoCase(one.reason)


def _cases(
    walk: Walk, trees: Sequence[Node], letters: frozenset[str], sizes: frozenset[str], turn: int
) -> Iterator[Instance]:
    point = {
        name: Fraction(NUMBERS[(place + 3 * turn) % len(NUMBERS)], 1 + turn)
        for place, name in enumerate(sorted(letters))
    }
    sides = [OnTheLine(point, sizes)(tree) for tree in trees]
    found = lowered(walk, "=", walk.lowering(sides), sides, ())
    if found.beyond or found.doubt:
        raise NoCase(found.beyond or found.doubt)
    told = ", ".join(f"{name} = {value}" for name, value in point.items() if name not in _integrated(trees))
    yield from (Instance(claim, f"in one dimension for {told}") for claim in found.claims)


def _integrated(trees: Sequence[Node]) -> frozenset[str]:
    return frozenset(
        name for tree in trees for part in tree.walk() if part.kind == "big" for name in [_variable(part)] if name
    )


def _variable(integral: Node) -> str:
    r"""The letter behind the ``\mathrm{d}`` at the end; empty where none stands there."""
    body = integral.children[1] if len(integral.children) == 2 else None
    if (
        body is None
        or body.kind != "product"
        or len(body.children) < 3
        or body.children[-2].text not in ("d", r"\mathrm{d}")
    ):
        return ""
    return key_of(body.children[-1]) or ""


@dataclass(frozen=True, slots=True)
class OnTheLine:
    """The tree where all sizes are 1. Raises NoCase for what is not understood there."""

    point: dict[str, Fraction]
    sizes: frozenset[str]
    inside: str = ""

    def __call__(self, node: Node) -> Node:
        key = key_of(node)
        if key is not None:
            return self._letter(key)
        if node.kind == "big":
            return self._integral(node)
        if node.kind == "scripts":
            return self._scripted(node)
        if node.kind == "product":
            return self._product(node)
        if node.kind in ("font", "environment", "chain", "list"):
            raise NoCase(f"a {node.kind} in it")
        return replace(node, children=tuple(map(self, node.children)))

    def _letter(self, key: str) -> Node:
        if key == self.inside:
            return Node("letter", DUMMY)
        if key in self.sizes:
            return Node("number", "1")
        if key in CONSTANTS:
            return Node("letter", key)
        if key not in self.point:
            raise NoCase(f"{key} has no number")
        return Node("fence", "( )", (parse(written(self.point[key])),))

    def _integral(self, node: Node) -> Node:
        variable = _variable(node)
        if not variable or self.inside or not _is_over_a_space(node.children[0]):
            raise NoCase("another integral, a sum or a limit")
        body = node.children[1]
        inner = replace(self, inside=variable)
        factors = replace(body, children=body.children[:-2], value=body.value[:-2])
        whole = inner(factors if len(factors.children) > 1 else factors.children[0])
        differential = (Node("letter", "d"), Node("letter", DUMMY))
        product = Node("product", "", (Node("fence", "( )", (whole,)), *differential), ("", ""))
        ends = (Node("group", "", (parse(MINUS_INFINITY),)), Node("group", "", (parse(PLUS_INFINITY),)))
        operator = Node("scripts", "_^", (Node("symbol", r"\int"), *ends))
        return Node("big", "_^", (operator, product))

    def _scripted(self, node: Node) -> Node:
        """Transposes are dropped; a letter with an index is a letter of its own, which is not understood."""
        if node.text == "_" and key_of(node.children[0]) == "I":
            return Node("number", "1")
        if node.text != "^":
            raise NoCase("a letter with an index")
        script = _bare(node.children[1])
        shown = "".join(part.text for part in script.walk() if not part.children)
        if shown in ("T", r"\top", r"\mathrm{T}", r"\text{T}", r"\intercal"):
            return Node("fence", "( )", (self(node.children[0]),))
        above = self(script)
        plain = above.children[0] if above.kind == "fence" and above.text == "( )" else above
        return replace(node, children=(Node("fence", "( )", (self(node.children[0]),)), Node("group", "", (plain,))))

    def _product(self, node: Node) -> Node:
        """Two factors side by side are multiplied; a trace, or a determinant, of a number is that number."""
        require_clear_divisors(node)
        children: list[Node] = []
        signs: list[str] = []
        skipped = False
        for sign, child in zip(("", *node.value), node.children, strict=True):
            if child.kind == "word":
                if child.text.partition("{")[2].rstrip("}") not in _NUMBERS:
                    raise NoCase("a word in it")
                signs.append(sign or r"\cdot")
                skipped = True
                continue
            if not skipped:
                signs.append(sign or r"\cdot")
            children.append(self(child))
            skipped = False
        if skipped:
            raise NoCase("a function without its argument")
        return children[0] if len(children) == 1 else replace(node, children=tuple(children), value=tuple(signs[1:]))


def _bare(node: Node) -> Node:
    return node.children[0] if node.kind == "group" else node


__all__ = ["OnTheLine", "line_instances"]
