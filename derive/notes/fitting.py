"""Sizes of vectors and matrices that make a relation and what is assumed for it fit together.

Sizes learnt from a whole text may clash: its examples have sizes of their own. Then the letters of which nothing is said get sizes
from the relation and its hypotheses alone, and a size such as n that is only named becomes the number that a matrix written out has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from derive.core import Claim, Declaration, Relation, Scope, Term
from derive.kernel.heads import ShapeError, shape_of

Pair = tuple[str, str]
ONE = "1"
_SAME = ("neg", "subtract")
_NUMBERS = frozenset(["norm", "frobenius", "inner", "det", "trace"])


class Misfit(Exception):
    """No sizes make it fit."""


def fits(relations: Iterable[Relation], scope: Scope) -> bool:
    """Every side has a shape, and the sides of each relation have the same one."""
    try:
        for one in relations:
            sides = [shape_of(side, scope) for side in (one.lhs, one.rhs)]
            if None not in sides and sides[0] != sides[1]:
                return False
    except ShapeError:
        return False
    return True


def fitted(claim: Claim) -> Claim:
    """The claim with sizes that fit; as it is where it fits, and where none do."""
    scope = claim.scope
    stated = (Relation(claim.lhs, claim.relation, claim.rhs), *scope.hypotheses)
    if not any(d.shape for d in scope.declarations) or fits(stated, scope):
        return claim
    sizes = _Sizes({d.name: d for d in scope.declarations})
    try:
        for one in stated:
            sizes.alike(sizes.of(one.lhs), sizes.of(one.rhs))
    except Misfit:
        return claim
    new = replace(scope, declarations=tuple(map(sizes.resized, scope.declarations)))
    shrunk = any(map(_became_one, scope.declarations, new.declarations))
    return replace(claim, scope=new) if fits(stated, new) and not shrunk else claim


def _became_one(old: Declaration, new: Declaration) -> bool:
    """Of vectors of one entry too much is true: u^T v = v u."""
    return new.shape.count(1) > old.shape.count(1)


@dataclass(slots=True)
class _Sizes:
    """``parent`` joins sizes that are equal; ``letters`` holds rows and columns of those that have some."""

    declared: dict[str, Declaration]
    parent: dict[str, str] = field(default_factory=dict)
    letters: dict[str, Pair] = field(default_factory=dict)

    def find(self, size: str) -> str:
        while (above := self.parent.get(size, size)) != size:
            size = above
        return size

    def join(self, a: str, b: str) -> None:
        a, b = self.find(a), self.find(b)
        if a.isdigit() and b.isdigit() and a != b:
            raise Misfit
        if a != b:
            a, b = (b, a) if a.isdigit() or (_is_fresh(b) and not _is_fresh(a)) else (a, b)
            self.parent[a] = b

    def alike(self, a: Pair | None, b: Pair | None) -> None:
        if a is not None and b is not None:
            self.join(a[0], b[0])
            self.join(a[1], b[1])

    def letter(self, name: str) -> Pair | None:
        declaration = self.declared.get(name)
        if declaration is None or not declaration.shape:
            return None
        if name not in self.letters:
            known = [str(size) for size in declaration.shape]
            sizes = known if declaration.declared else [f"s{name}{place}" for place in range(len(known))]
            self.letters[name] = (sizes[0], sizes[1] if len(sizes) > 1 else ONE)
        return self.letters[name]

    def of(self, term: Term) -> Pair | None:
        """Rows and columns; None for a number, and for what fits any size."""
        if term.head == "symbol":
            return self.letter(str(term.value))
        if term.head == "index":
            return self.letter(str(term.args[0].value)) if self._is_family(term) else None
        if term.head == "matrix":
            for row in term.args:
                for entry in row.args:
                    self.of(entry)
            return str(len(term.args)), str(len(term.args[0].args))
        shapes = [self.of(arg) for arg in term.args]
        return self._made(term.head, shapes)

    def _made(self, head: str, shapes: list[Pair | None]) -> Pair | None:
        shaped = [shape for shape in shapes if shape is not None]
        if head == "mul":
            return self._product(shaped)
        if head == "transpose" and shaped:
            return shaped[0][1], shaped[0][0]
        if head in ("add", *_SAME, "inner"):
            for shape in shaped[1:]:
                self.alike(shape, shaped[0])
        if head in ("pow", "det", "trace") and shaped and shapes[0] is not None:
            self.join(*shaped[0])
        if head in _NUMBERS:
            return None
        return shaped[0] if shaped and head in ("add", "pow", "div", *_SAME) else None

    def _product(self, shaped: list[Pair]) -> Pair | None:
        current: Pair | None = None
        for shape in shaped:
            if current is None or (self.find(current[0]) == self.find(current[1]) == ONE):
                current = shape
                continue
            self.join(current[1], shape[0])
            current = (current[0], shape[1])
        if current is not None and self.find(current[0]) == self.find(current[1]) == ONE:
            return None
        return current

    def _is_family(self, term: Term) -> bool:
        declaration = self.declared.get(str(term.args[0].value))
        return declaration is not None and declaration.family

    def resized(self, declaration: Declaration) -> Declaration:
        pair = self.letter(declaration.name)
        if pair is None:
            return declaration
        sizes = tuple(int(size) if size.isdigit() else size for size in map(self.find, pair))
        return replace(declaration, shape=sizes if len(declaration.shape) > 1 else sizes[:1])


def _is_fresh(size: str) -> bool:
    """A size of our own, of which nothing is said."""
    return size[:1] == "s" and len(size) > 2


__all__ = ["fits", "fitted"]
