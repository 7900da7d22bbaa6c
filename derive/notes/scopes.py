"""What letters are, decided over the whole text, and anew in a section that tells otherwise: H is a function in one section and a
matrix in the next, X a matrix here and a random variable there.

A section has letters of its own where it says so in words, where it applies what is elsewhere transposed, or uses as a matrix what
is elsewhere applied, and where by the roles of the whole text a vector would stand beside a number though nothing in the section
itself makes the letter a vector. Everything else stays as the whole text has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise, permutations

from derive.notation import Node, Unparsed
from derive.notes.clashes import beside_numbers
from derive.notes.context import declarations_in
from derive.notes.document import Formula, Heading, Part, Prose
from derive.notes.dots import is_capital
from derive.notes.engineers import writes_j
from derive.notes.items import spoken_of
from derive.notes.parsing import parse
from derive.notes.prose import in_its_place, items_said, kind_said
from derive.notes.roles import Roles, Seen, key_of
from derive.notes.sizes import ONE, Sizes, sizes_of
from derive.notes.usage import called_shaped, equations, named, trees

ENVIRONMENT = 7
"""The level of a theorem or proof, which belongs to the section around it."""
_EULER = re.compile(r"\bEuler\W{1,3}(?:s\W|Mascheroni\W|gamma\W)*constant|\bMascheroni\b|\b0\.577", re.IGNORECASE)
_SIZED = re.compile(r"\bin\b.*\^|\\Sigma|\\mathbf|\\boldsymbol")
"""Items that speak of vectors and matrices."""


@dataclass(frozen=True, slots=True)
class Letters:
    """What the letters of a text, or of a section, are, and the sizes of those that have some."""

    roles: Roles
    sizes: Sizes


@dataclass(frozen=True, slots=True)
class Scopes:
    """Of the whole text, and of the sections that begin with a part of these numbers."""

    whole: Letters
    sections: dict[int, Letters]

    def at(self, number: int) -> Letters | None:
        """What the letters are from this part on; None where no section begins."""
        return self.sections.get(number)


def scopes_of(parts: Sequence[Part]) -> Scopes:
    """Of a text by its parts."""
    formulas, stated = list(trees(parts)), list(equations(parts))
    roles = _roles(parts, formulas, stated)
    whole = Letters(roles, sizes_of(roles, formulas, stated))
    begins = [0, *(n for n, part in enumerate(parts) if n and isinstance(part, Heading) and part.level < ENVIRONMENT)]
    if len(begins) == 1:  # one section is the whole text
        return Scopes(whole, {0: whole})
    ends = [*begins[1:], len(parts)]
    return Scopes(whole, {begin: _letters(parts[begin:end], whole) for begin, end in zip(begins, ends, strict=True)})


def _roles(parts: Sequence[Part], formulas: list[Node], stated: list[Node]) -> Roles:
    roles = Roles.of(formulas, frozenset(called_shaped(list(parts))))
    roles.named = dict(named(parts))
    roles.engineers = writes_j(formulas)
    roles.speaks_of_euler = any(isinstance(part, Prose) and _EULER.search(part.text) for part in parts)
    roles.learn_vectors([*formulas, *stated])
    return roles


def _letters(parts: Sequence[Part], whole: Letters) -> Letters:
    """Of a section: those of the whole text, unless it tells otherwise."""
    formulas, stated = list(trees(parts)), list(equations(parts))
    used = frozenset(filter(None, (key_of(node) for formula in formulas for node in formula.walk())))
    if not any(whole.roles.is_shaped(key) or key in whole.roles.functions for key in used):
        return whole
    own = _roles(parts, formulas, stated)
    for key in set(_named_matrices(stated, own)) & whole.roles.functions:
        own.seen.setdefault(key, Seen()).beside_shaped = True
    linear = frozenset(_applied_to_vectors(formulas, whole.roles))
    seen = {key: own.seen.setdefault(key, Seen()) for key in used - linear if _is_told_otherwise(key, own, whole.roles)}
    lent = frozenset(key for key in used if whole.roles.is_shaped(key) and not own.is_shaped(key))
    numbers = lent & frozenset(_told(parts)) if lent else lent
    vectors = frozenset(key for key in lent if not is_capital(key)) - seen.keys() - _multiplied(formulas)
    while vectors - numbers:
        roles = _with(whole.roles, own, seen, numbers)
        more = beside_numbers([*formulas, *stated], roles) & vectors - numbers
        if not more:
            break
        numbers |= more
    if not (seen or numbers):
        return whole
    roles = _with(whole.roles, own, seen, numbers)
    sizes = sizes_of(roles, formulas, stated)
    narrow = any(is_capital(key) and ONE in (sizes.final(key) or ()) for key in tuple(sizes.known))
    return whole if narrow else Letters(roles, sizes)  # of matrices of one row or column too much is true


def _named_matrices(stated: Sequence[Node], own: Roles) -> Iterator[str]:
    """``H = X (X^T X)^{-1} X^T``: what stands for a matrix product."""
    sizes = Sizes(own)
    for equation in stated:
        for side, other in permutations(equation.children, 2):
            key = key_of(side)
            if key is not None and not own.is_shaped(key) and sizes.shape(other) is not None:
                yield key


def _is_told_otherwise(key: str, own: Roles, whole: Roles) -> bool:
    """A function of the whole text that is a matrix here and applied nowhere, or what is transposed elsewhere and a function here."""
    one = own.seen.get(key, Seen())
    if key in whole.functions:
        return not one.called and own.is_shaped(key)
    return key in own.functions and one.called >= CALLED and whole.seen.get(key, Seen()).transposed > 0


def _applied_to_vectors(formulas: Sequence[Node], whole: Roles) -> Iterator[str]:
    """``A(x)``, ``T(u + v)`` with vectors in the brackets: products with a matrix rather than functions."""
    for node in (part for formula in formulas for part in formula.walk() if part.kind == "product"):
        for first, then in pairwise(node.children):
            if then.kind == "fence" and any(whole.is_shaped(key_of(part) or "") for part in then.walk()):
                yield key_of(_base(first)) or ""


CALLED = 2
"""So often a letter is applied in a section in which it is a function: once may be a product."""


def _with(whole: Roles, own: Roles, seen: dict[str, Seen], numbers: frozenset[str]) -> Roles:
    changed = frozenset(seen)
    return replace(
        whole,
        seen={**whole.seen, **seen},
        functions=(whole.functions - changed) | (own.functions & changed),
        numbers=numbers,
    )


def _multiplied(formulas: Sequence[Node]) -> frozenset[str]:
    """Letters with a sign between them that may be that of a product of vectors."""
    found: set[str] = set()
    for node in (part for formula in formulas for part in formula.walk() if part.kind == "product"):
        for place, sign in enumerate(node.value):
            if sign in (r"\times", r"\cdot", r"\otimes", r"\circ", r"\odot"):
                sides = (key_of(_base(side)) for side in node.children[place : place + 2])
                found |= {key for key in sides if key is not None}
    return frozenset(found)


def _base(node: Node) -> Node:
    return node.children[0] if node.kind == "scripts" else node


def _told(parts: Sequence[Part]) -> Iterator[str]:
    """Letters of which the section says that they are numbers, or random ones."""
    for number, part in enumerate(parts):
        if isinstance(part, Formula) and not part.display:
            before, formula, after = in_its_place(parts, number)
            kind = kind_said(before, formula, after)
            if kind is not None and kind.noun == "random":
                yield from _keys(formula)
            for item in (*items_said(before, formula, after), *declarations_in(before, formula, after)):
                if not _SIZED.search(item):
                    yield from _keys(item)


def _keys(item: str) -> Iterator[str]:
    """The letters that an item declares: those before its first sign."""
    subject = re.split(
        r"\s(?:in|~|independent)\b|~|\\in\b|\\sim|[<>=]|\\[lg]eq?\b|\\ne", spoken_of(item) if " in " in item else item
    )[0]
    for letter in subject.split(","):
        with suppress(Unparsed):
            key = key_of(_base(parse(letter.strip())))
            if key is not None:
                yield key


__all__ = ["Letters", "Scopes", "scopes_of"]
