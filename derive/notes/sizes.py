"""Sizes of vectors and matrices of which a text says nothing: what must be equal for its formulas to make sense.

Each shaped letter starts with rows and columns of its own; products, sums, equations and inverses make some of them equal. A
number has no shape; a row times a column is a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from derive.notation import Node
from derive.notes.dots import dots, is_capital
from derive.notes.roles import IDENTITIES, Roles, key_of, transposes

Shape = tuple[str, str] | None
ONE = "1"


@dataclass(slots=True)
class Sizes:
    """``parent`` joins sizes that are equal; "1" is the size of a vector's columns. ``long``: the rows of vectors, which a formula
    that would fit only numbers does not make 1: what is true of vectors of one entry would be taken for true of all."""

    roles: Roles
    known: dict[str, tuple[str, str]] = field(default_factory=dict)
    parent: dict[str, str] = field(default_factory=dict)
    long: set[str] = field(default_factory=set)
    fresh: int = 0
    clashes: int = 0

    def find(self, size: str) -> str:
        while (above := self.parent.get(size, size)) != size:
            size = above
        return size

    def join(self, a: str, b: str) -> None:
        a, b = self.find(a), self.find(b)
        if a == b:
            return
        if a == ONE or (b != ONE and a.isdigit()):
            a, b = b, a
        if (a.isdigit() and b.isdigit()) or (b == ONE and a in self.long):
            self.clashes += 1
            return
        self.parent[a] = b
        if a in self.long:
            self.long.add(b)

    def new(self) -> str:
        self.fresh += 1
        return f"s{self.fresh}"

    def shape_of_letter(self, key: str) -> Shape:
        if key in self.known:
            return self.known[key]
        if not self.roles.is_shaped(key) or key in IDENTITIES:
            return None
        vector = not is_capital(key)
        self.known[key] = (self.new(), ONE if vector else self.new())
        if vector:
            self.long.add(self.known[key][0])
        return self.known[key]

    def final(self, key: str) -> tuple[str, str] | None:
        """Rows and columns of a letter, as they came out."""
        shape = self.shape_of_letter(key)
        return (self.find(shape[0]), self.find(shape[1])) if shape else None

    # ------------------------------------------------------------------------------------------------------ formulas

    def learn(self, node: Node) -> None:
        """Take what a whole formula tells."""
        self.shape(node)

    def shape(self, node: Node) -> Shape:
        match node.kind:
            case "letter" | "font":
                key = key_of(node)
                if key is not None:
                    return self.shape_of_letter(key)
                return self.shape(node.children[0]) if node.children else None
            case "group" | "fence":
                return self._bracketed(node)
            case "scripts":
                return self._scripted(node)
            case "product":
                return self._product(node)
            case "sum" | "chain":
                return self._all_alike(node)
            case "environment":
                for child in node.children:
                    for cell in child.children:
                        self.shape(cell)
                return self._written_out(node)
            case "big":
                self._summed(node)
                return self.shape(node.children[-1]) if len(node.children) > 1 else None
            case "command":
                shapes = [self.shape(child) for child in node.children]
                return shapes[0] if node.text.endswith("frac") else None
        for child in node.children:
            self.shape(child)
        return None

    def _written_out(self, node: Node) -> Shape:
        if node.text not in ("pmatrix", "bmatrix", "matrix", "array", "smallmatrix"):
            return None
        rows = [row for row in node.children if any(cell.kind != "empty" for cell in row.children)]
        dotted = any(part.text in (r"\vdots", r"\cdots", r"\ddots", r"\dots", r"\ldots") for part in node.walk())
        return None if dotted or not rows else (str(len(rows)), str(len(rows[0].children)))

    def _bracketed(self, node: Node) -> Shape:
        inner = self.shape(node.children[0])
        bars = node.kind == "fence" and node.text.split(" ")[0].lstrip("\\").removeprefix("left")[:1] in "|lV"
        return None if bars and "(" not in node.text and "[" not in node.text else inner

    def _summed(self, node: Node) -> None:
        """``\\sum_{i=1}^n y_i`` with the entries of a vector y: y has n of them."""
        if (ends := _from_one(node.children[0])) is None:
            return
        letter, end = ends
        for part in node.walk():
            key = key_of(part.children[0]) if part.kind == "scripts" and "_" in part.text else None
            below = part.children[1 + part.text.replace("'", "").index("_")] if key is not None else part
            if key is not None and below.text == letter and self.roles.has_entries(key):
                shape = self.shape_of_letter(key)
                if shape is not None and shape[1] == ONE:
                    self.join(shape[0], end)

    def _scripted(self, node: Node) -> Shape:
        base = node.children[0]
        if "_" in node.text and self.roles.has_entries(key_of(base) or "") and _runs(node):
            return None
        shape = self.shape(base)
        for sign, script in zip([sign for sign in node.text if sign != "'"], node.children[1:], strict=True):
            if shape is None:
                continue
            if sign == "^" and transposes(script, base, self.roles):
                shape = (shape[1], shape[0])
            elif sign == "^":
                self.join(*shape)
        return shape

    def _product(self, node: Node) -> Shape:
        first = node.children[0]
        if first.kind == "scripts" and first.children[0].text == r"\nabla" and first.text == "_":
            for factor in node.children[1:]:
                self.shape(factor)
            return self.shape(first.children[1])
        current: Shape = None
        for place, factor in enumerate(node.children):
            shape = self.shape(factor)
            if shape is None:
                continue
            if current is None:
                current = shape
                continue
            if dots(node, place, self.roles):
                current = (current[1], current[0])
            self.join(current[1], shape[0])
            current = (current[0], shape[1])
            if self.find(current[0]) == ONE and self.find(current[1]) == ONE:
                current = None
        return current

    def _all_alike(self, node: Node) -> Shape:
        shapes = [self.shape(child) for child in node.children]
        shaped = [shape for shape in shapes if shape is not None]
        for shape in shaped[1:]:
            self.join(shape[0], shaped[0][0])
            self.join(shape[1], shaped[0][1])
        return shaped[0] if shaped else None


def sizes_of(roles: Roles, sides: Sequence[Node], equations: Sequence[Node]) -> Sizes:
    """What the sides of all relations tell, and the equations between them, unless these make a matrix a single row, column or
    number: then a letter has two meanings in the text."""
    alone, together = Sizes(roles), Sizes(roles)
    for side in sides:
        alone.learn(side)
        together.learn(side)
    for equation in equations:
        together.learn(equation)
    narrow = [key for key in together.known if is_capital(key) and ONE in (together.final(key) or ())]
    kept = all(ONE in (alone.final(key) or ()) for key in narrow)
    return together if kept and together.clashes == alone.clashes else alone


def _runs(node: Node) -> bool:
    below = node.children[1 + node.text.replace("'", "").index("_")]
    below = below.children[0] if below.kind == "group" else below
    return below.kind == "letter" and below.text in ("i", "j", "k", "l")


def _from_one(operator: Node) -> tuple[str, str] | None:
    """Letter and upper end of ``\\sum_{i=1}^n``, where that is a letter."""
    if operator.kind != "scripts" or sorted(operator.text) != ["^", "_"]:
        return None
    scripts = dict(zip(operator.text, operator.children[1:], strict=True))
    below, above = (one.children[0] if one.kind == "group" else one for one in (scripts["_"], scripts["^"]))
    plain = below.kind == "chain" and below.value == ("=",) and below.children[1].text == "1" and above.kind == "letter"
    return (below.children[0].text, above.text) if plain else None
