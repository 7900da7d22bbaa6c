"""Roots that a text lists: "the eigenvalues are $\\lambda_1 = 2$ and $\\lambda_2 = 3$" is put into the polynomial before it.

Each value has to be a root; where as many are listed as the degree says, the polynomial has to be the product of its factors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from derive.notation import Node, Unparsed
from derive.notes.display import Link, Statement
from derive.notes.document import Formula
from derive.notes.kinds import name_of
from derive.notes.mapped import Mapped
from derive.notes.parsing import parse
from derive.notes.polynomials import Polynomial, polynomial_in
from derive.notes.propositions import both_signs
from derive.notes.roles import key_of
from derive.notes.rules import put

NEAR = 15
"""Lines between a polynomial and its roots."""
_LISTS = re.compile(
    r"\b(?:roots?|zeros?|zeroes|eigenvalues?|solutions?)(?: of (?P<what>\$[^$]{1,60}\$|the (?:matrix|polynomial|equation) \$[^$]{1,60}\$))?"
    r"\s*(?:(?:are|is)(?: (?:then|thus|therefore|given by|now))?|:|,)?\s*:?\s*(?P<list>(?:\$[^$]{1,80}\$|,|\band\b|\s)*)$",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\b(?:if|whether|suppose|assume|let|not|no|other|another|approximat\w*|about|real|positive|negative|only|mod\w*|system|exercise|numbers?|sums?|products?|averages?|means?|count|ratio|"
    r"differences?|multiplicit\w+|between|interval|inverse|square|shift\w*)\b|n't\b|\?",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n\s*\n")
_CALLED = re.compile(r"\\det|\\vert|\||\\begin\s*\{vmatrix\}|[A-Za-z_}]\s*\(")


@dataclass(frozen=True, slots=True)
class Put:
    """A relation that says that listed values are roots, and the place of the value that it is about."""

    place: tuple[int, int]
    lhs: Node
    rhs: Node


def polynomial_of(statement: Statement, line: int) -> Polynomial | None:
    """What a statement says of a polynomial: ``x^2 - 3x + 2 = 0``, or a chain from ``p(x)`` or a determinant to it."""
    if not statement.links or any(link.sign != "=" for link in statement.links):
        return None
    first, last = statement.links[0], statement.links[-1]
    with suppress(Unparsed):
        nought = last.rhs.text.strip() == "0"
        found = polynomial_in(parse(last.lhs.text if nought else last.rhs.text))
        named = nought or bool(_CALLED.search(first.lhs.text) and found and found.letter in _letters(first.lhs.text))
        if found is not None and found.degree > 1 and named:
            return replace(found, line=line, name=first.lhs.text)
    return None


def speaks_of(statement: Statement, letter: str) -> bool:
    """An equation for the letter of a polynomial that is not one of its roots: another one may be meant from here on."""
    names = [name_of(link.lhs.text) for link in statement.links]
    with suppress(Unparsed):
        sides = frozenset[str]().union(*(_letters(f"{link.lhs.text} {link.rhs.text}") for link in statement.links))
        return letter in sides and not all(name is not None and name.partition("_")[0] == letter for name in names)
    return True


def _letters(latex: str) -> frozenset[str]:
    return frozenset(key for part in parse(latex).walk() if (key := key_of(part)) is not None)


def lists_roots(before: str, known: Polynomial | None, line: int) -> bool:
    """The words in front of a list say that the roots of the polynomial follow."""
    sentence = _SENTENCE.split(before.rstrip())[-1]
    found = _LISTS.search(sentence)
    if found is None or known is None or not 0 <= line - known.line <= NEAR or _ASIDE.search(sentence):
        return False
    what = re.sub(r"[\s$]|the (?:matrix|polynomial|equation)", "", found["what"] or "")
    return what in "".join(known.name.split())


def put_in(known: Polynomial, formula: Formula, found: Sequence[Statement]) -> Iterator[Put]:
    """The relations that the list of values claims."""
    links = [link for statement in found for link in statement.links]
    named = all(len(statement.links) == 1 and _is_named(statement.links[0], known) for statement in found)
    texts = [(link.place, link.rhs) for link in links] if links else [((formula.start, formula.end), formula.text)]
    values = [(place, value) for place, text in texts for value in _values_of(text)]
    if not named or len(values) < len(texts):
        return
    for place, value in values:
        number = Node("group", "", (value,), (), 0, 0) if value.kind == "number" else value
        yield Put(place, put(known.body, known.letter, number), Node("number", "0", (), (), 0, 0))
    if len(values) == known.degree:
        yield Put(values[-1][0], known.body, _product(known, [value for _, value in values]))


def _is_named(link: Link, known: Polynomial) -> bool:
    name = name_of(link.lhs.text)
    return link.sign == "=" and name is not None and name.partition("_")[0] == known.letter


def _values_of(text: Mapped) -> Iterator[Node]:
    r"""The numbers that are written there: one, or two with ``\pm``; none for anything else, and for a rounded number."""
    for side in both_signs(text) or (text,):
        with suppress(Unparsed):
            value = parse(side.text.strip().rstrip(",.;"))
            nodes = list(value.walk())
            plain = {part.kind for part in nodes} <= _KINDS and not any("." in part.text for part in nodes)
            letters = {part.text for part in nodes if part.kind == "letter"}
            signs = {sign for part in nodes if part.kind == "sum" for sign in part.value}
            if plain and letters <= {"i"} and signs <= {"", "+", "-", "−"}:
                yield value


_KINDS = {"number", "sum", "product", "fence", "command", "group", "scripts", "letter"}


def _product(known: Polynomial, values: Sequence[Node]) -> Node:
    """``2 (x - 1) (x - 3)``."""
    leading = Node("number", str(abs(known.leading.numerator)), (), (), 0, 0)
    ones = abs(known.leading) == 1
    if known.leading.denominator != 1:
        below = Node("number", str(known.leading.denominator), (), (), 0, 0)
        leading = Node("command", r"\frac", (leading, below), (), 0, 0)
    letter = Node("letter", known.letter, (), (), 0, 0)
    factors = [_bracketed(Node("sum", "", (letter, _bracketed(value)), ("", "-"), 0, 0)) for value in values]
    parts = factors if ones else [leading, *factors]
    product = Node("product", "", tuple(parts), ("",) * (len(parts) - 1), 0, 0)
    return Node("sum", "", (product,), ("-",), 0, 0) if known.leading < 0 else product


def _bracketed(node: Node) -> Node:
    return Node("fence", "( )", (node,), (), 0, 0)


__all__ = ["Put", "lists_roots", "polynomial_of", "put_in", "speaks_of"]
