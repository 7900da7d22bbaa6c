"""Where a formula may be broken: MathML in pieces, each again a formula, between which a line may end.

No browser breaks a ``<math>`` element. So a long one is written as several: each begins with a relation sign, or, where a
piece is still long, with a plus or minus sign that stands outside all brackets, or after a comma. The signs keep their
spaces: the empty ``<mrow>`` before a plus or minus says that something stands to its left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

RELATIONS = frozenset("=≠<>≤≥≪≫≈∼≃≅≡∝→↦⇒⇔⟹⟺⟶∈∉⊂⊆≺≻⪯⪰≔:")
SUMS, TIMES = frozenset("+-−±∓"), frozenset("·×")
OPEN, CLOSE = frozenset("([{⌈⌊⟨"), frozenset(")]}⌉⌋⟩")
FENCES = frozenset("|‖∣∥")

_WHOLE = re.compile(r"<math([^>]*)>(.*)</math>", re.DOTALL)
_PIECE = re.compile(r"<[^>]*>|[^<]+")


@dataclass(frozen=True, slots=True)
class Element:
    """A child of ``<math>``: its mark-up and, for an operator, its sign."""

    markup: str
    sign: str = ""
    form: str = ""

    @property
    def wide_space(self) -> bool:
        return self.markup.startswith(('<mspace width="1em"', '<mspace width="2em"'))


Breaks = Callable[[Sequence[Element], int, int], bool]
"""Whether a line may end before the element at a position, so many brackets deep."""


def at_relations(mathml: str) -> list[str]:
    """The formula in pieces, all but the first of which begin with a relation sign."""
    return _pieces(mathml, _before_relation)


def at_sums(mathml: str) -> list[str]:
    """The formula in pieces that begin with a plus or minus sign or a factor after a dot."""
    return _pieces(mathml, _at_sum)


def at_commas(mathml: str) -> list[str]:
    """The formula in pieces of which all but the last end with a comma or a wide space."""
    return _pieces(mathml, _after_comma)


def _pieces(mathml: str, breaks: Breaks) -> list[str]:
    found = _WHOLE.fullmatch(mathml)
    if found is None:
        return [mathml]
    first, *others = _split(list(_children(found[2])), breaks) or [[]]
    bodies = ["".join(e.markup for e in first), *(_with_something_left(group) for group in others)]
    return [f"<math{found[1]}>{body}</math>" for body in bodies]


def _with_something_left(group: list[Element]) -> str:
    """An infix sign at the start would be taken for a prefix."""
    empty = "<mrow></mrow>" if group[0].sign in SUMS else ""
    return empty + "".join(element.markup for element in group)


def _children(body: str) -> Iterator[Element]:
    depth, pieces = 0, list[str]()
    for piece in _PIECE.findall(body):
        pieces.append(piece)
        if piece.startswith("</"):
            depth -= 1
        elif piece.startswith("<") and not piece.endswith("/>"):
            depth += 1
        if depth == 0:
            yield _element("".join(pieces))
            pieces.clear()


def _element(markup: str) -> Element:
    found = re.fullmatch(r"<mo([^>]*)>([^<]*)</mo>", markup)
    if found is None:
        return Element(markup)
    form = re.search(r'form="(\w+)"', found[1])
    return Element(markup, unescape(found[2]).strip(), form[1] if form else "")


def _before_relation(elements: Sequence[Element], position: int, depth: int) -> bool:
    return depth == 0 and elements[position].sign in RELATIONS and elements[position - 1].sign not in RELATIONS


def _at_sum(elements: Sequence[Element], position: int, depth: int) -> bool:
    """A sign after another one is no sum: ``= -x``; nor is one between brackets."""
    before, here = elements[position - 1], elements[position]
    follows_a_term = not before.sign or before.sign in CLOSE | FENCES | {"!"}
    return depth == 0 and here.sign in SUMS | TIMES and here.form != "prefix" and position > 0 and follows_a_term


def _after_comma(elements: Sequence[Element], position: int, depth: int) -> bool:
    """Where a comma is followed by a wide space, after the space."""
    before, here = elements[position - 1], elements[position]
    return depth == 0 and not here.wide_space and (before.sign in (",", ";") or before.wide_space)


def _split(elements: Sequence[Element], breaks: Breaks) -> list[list[Element]]:
    """Groups between which ``breaks`` holds; a bracket that is never closed forbids every break after it."""
    depth, groups = 0, list[list[Element]]()
    for position, element in enumerate(elements):
        if not groups or breaks(elements, position, depth):
            groups.append([])
        groups[-1].append(element)
        depth += _deeper(element)
    return groups


def _deeper(element: Element) -> int:
    if element.sign in OPEN or (element.sign in FENCES and element.form == "prefix"):
        return 1
    return -1 if element.sign in CLOSE or (element.sign in FENCES and element.form == "postfix") else 0
