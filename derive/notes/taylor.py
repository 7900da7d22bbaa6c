r"""Taylor polynomials: where the words say that ``f(x) \approx P`` is one, f and P agree near its point up to the degree of P.

So ``(f - P) / (x - a)^d`` tends to 0; for functions of several letters along as many lines as tell all polynomials of that degree apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from derive.notation import Node
from derive.notes.parsing import parse
from derive.notes.roles import key_of
from derive.notes.rules import put_bracketed
from derive.notes.worth import worth

LARGEST_DEGREE = 6
STEPS = "thsuz"
"""Letters for what tends to 0."""
LONGEST = 300
DIRECTIONS = ((1, 0), (0, 1), (1, 1), (1, 2), (2, 1), (1, 3), (3, 1))
SAYS = re.compile(
    r"\b(?:Taylor|Maclaurin|lineari[sz]ation|(?:linear|quadratic|cubic|(?:first|second|third)[- ](?:order|degree)) (?:\w+ )?approximations?|"
    r"approximating (?:line|linear function|quadratic|cubic|polynomial|plane)|tangent (?:line|plane))\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.!?])\s+")
_NEAR_ZERO = re.compile(
    r"\bMaclaurin\b|\b(?:small|near (?:zero|the origin)|around (?:zero|the origin)|at (?:zero|the origin))\b",
    re.IGNORECASE,
)
_NUMBER = r"-?\s*(?:\d+(?:\.\d+)?(?:\s*/\s*\d+)?)"
_POINT = re.compile(
    rf"\b(?:at|near|around|about|close to|point|centered at|centred at)\s+(?:the point\s+)?\$\s*(?:(?:[a-z]|\([a-z, ]+\))(?:_0)?\s*=\s*)?[\[(]?\s*(?P<numbers>{_NUMBER}(?:\s*,\s*{_NUMBER})*)\s*[\])]?(?:\^[^$]*)?\$",
)
_NOT_EXACT = re.compile(
    r"\b(?:numerical\w*|fit\w*|regression|interpolat\w*|Chebyshev|Pad[eé]|least squares|minimax|not)\b|n't\b",
    re.IGNORECASE,
)


def agreeing(lhs: Node, rhs: Node, letters: Sequence[str], words: str) -> Iterator[Node]:
    """The limits that are 0 if the right side is a Taylor polynomial of the left one; none where that is not said, or the point is not
    clear. ``letters``: those of which the left side is a function; ``words``: what stands around."""
    point = _point(rhs, letters, words) if SAYS.search(words) and not _NOT_EXACT.search(words) else None
    used = {key for side in (lhs, rhs) for part in side.walk() if (key := key_of(part)) is not None}
    step = next((one for one in STEPS if one not in used), None)
    if point is None or step is None or used & {"Q", "W"} or not 0 < len(letters) <= 2:
        return
    lines = [(1,)] if len(letters) == 1 else DIRECTIONS
    degrees = [_degree(rhs, _at(letters, point, line, Fraction(7, 3))) for line in lines]
    degree = max((one for one in degrees if one is not None), default=0)
    if None in degrees or not 0 < degree <= LARGEST_DEGREE:
        return
    for line in lines[: degree + 1]:
        limit = parse(rf"\lim_{{{step} \to 0}} \frac{{Q - W}}{{{step}^{{{degree}}}}}")
        for place, side in (("Q", lhs), ("W", rhs)):
            limit = put_bracketed(limit, place, _moved(side, letters, point, line, step))
        yield limit


def _point(rhs: Node, letters: Sequence[str], words: str) -> tuple[Fraction, ...] | None:
    """Where it is said, and how the polynomial is written; None where these do not go together, or neither tells it."""
    said = list(_POINT.finditer(words))
    told = tuple(_fraction(one) for one in said[-1]["numbers"].split(",")) if said else None
    shapes = [_shift(rhs, letter) for letter in letters]
    if told is not None:
        fitting = len(told) == len(letters) and all(
            shape in (None, at) for shape, at in zip(shapes, told, strict=False)
        )
        return told if fitting else None
    known = [shape for shape in shapes if shape is not None]
    zero = _NEAR_ZERO.search(words) is not None
    if len(known) < len(shapes) or not (any(known) or zero):
        return None
    return tuple(known)


def _fraction(text: str) -> Fraction:
    return Fraction("".join(text.split()))


def _shift(node: Node, letter: str) -> Fraction | None:
    """The number a, where the letter occurs in ``(x - a)`` only, 0 where it stands by itself; None where both occur, or neither."""
    shifts = set(_shifts(node, letter))
    return shifts.pop() if len(shifts) == 1 else None


def _shifts(node: Node, letter: str) -> Iterator[Fraction]:
    inside = node.children[0] if node.kind == "fence" else node
    if inside.kind == "sum" and len(inside.children) == 2 and node.kind == "fence":
        first, second = inside.children
        if key_of(first) == letter and second.kind == "number" and second.text.replace(".", "", 1).isdigit():
            yield Fraction(second.text) * (1 if inside.value[1] == "-" else -1)
            return
    if node.kind == "letter" and node.text == letter:
        yield Fraction(0)
    for child in node.children:
        yield from _shifts(child, letter)


def _at(
    letters: Sequence[str], point: Sequence[Fraction], line: Sequence[int], scale: Fraction
) -> list[Mapping[str, Fraction]]:
    """Values of the letters along a line."""
    steps = [scale * number for number in range(LARGEST_DEGREE + 3)]
    return [{letter: a + u * step for letter, a, u in zip(letters, point, line, strict=True)} for step in steps]


def _degree(polynomial: Node, places: Sequence[Mapping[str, Fraction]]) -> int | None:
    """By differences; None for what is no polynomial of low degree along the line."""
    values = [worth(polynomial, place) for place in places]
    degree = 0
    for order in range(1, len(values)):
        values = [b - a for a, b in pairwise(values)]
        degree = order if any(values) else degree
    return degree if degree <= LARGEST_DEGREE else None


def _moved(side: Node, letters: Sequence[str], point: Sequence[Fraction], line: Sequence[int], step: str) -> Node:
    """With ``a + u t`` for each letter."""
    for letter, a, u in zip(letters, point, line, strict=True):
        number = rf"\frac{{{abs(a.numerator)}}}{{{a.denominator}}}" if a.denominator > 1 else str(abs(a))
        text = f"{'-' if a < 0 else ''}{number} + {u} {step}" if a and u else f"{u} {step}" if u else number
        text = f"-{text}" if a < 0 and not u else text
        side = put_bracketed(side, letter, parse(text))
    return side


__all__ = ["SAYS", "SENTENCE", "agreeing"]
