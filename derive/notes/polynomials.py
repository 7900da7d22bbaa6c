"""Polynomials in one letter with numbers for coefficients, as they are written: their values, degree and leading coefficient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import factorial

from derive.notation import Node
from derive.notes.roles import key_of

LARGEST_DEGREE = 6
LARGEST_POWER = 12
LONGEST = 80
"""Nodes of what is taken for a polynomial."""
NO_UNKNOWNS = ("e", "i", "d", r"\pi")


@dataclass(frozen=True, slots=True)
class Polynomial:
    """``body`` in ``letter``, of ``degree`` with ``leading`` coefficient; ``line``: where it stands; ``name``: the side that it is
    said to be equal to, as written."""

    letter: str
    body: Node
    degree: int
    leading: Fraction
    line: int = 0
    name: str = ""


def polynomial_in(body: Node) -> Polynomial | None:
    """What the node is as a polynomial of degree 1 or more; None for anything else."""
    nodes = list(body.walk())
    letters = {node.text for node in nodes if node.kind == "letter"}
    if len(nodes) > LONGEST or len(letters) != 1 or letters & set(NO_UNKNOWNS):
        return None
    values = [_value(body, Fraction(x)) for x in range(LARGEST_DEGREE + 2)]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    degree, leading = _leading(known)
    return Polynomial(letters.pop(), body, degree, leading) if 0 < degree <= LARGEST_DEGREE else None


def _leading(values: list[Fraction]) -> tuple[int, Fraction]:
    """Degree and leading coefficient by differences."""
    degree, first = 0, values[0]
    for order in range(1, len(values)):
        values = [b - a for a, b in pairwise(values)]
        if any(values):
            degree, first = order, values[0] / factorial(order)
    return degree, first


def _value(node: Node, x: Fraction) -> Fraction | None:
    """At a number; None for what is no polynomial."""
    match node.kind:
        case "number":
            return Fraction(node.text) if node.text.replace(".", "", 1).isdigit() else None
        case "letter":
            return x if key_of(node) is not None else None
        case "group":
            return _value(node.children[0], x)
        case "fence":
            round_ = node.text.replace(r"\left", "").replace(r"\right", "").replace(" ", "") in ("()", "[]")
            return _value(node.children[0], x) if round_ else None
        case "sum":
            return _sum(node, x)
        case "product":
            return _product(node, x)
        case "scripts":
            return _power(node, x)
        case "command":
            return _fraction(node, x)
    return None


def _values(nodes: tuple[Node, ...], x: Fraction) -> Iterator[Fraction]:
    yield from (value for node in nodes if (value := _value(node, x)) is not None)


def _sum(node: Node, x: Fraction) -> Fraction | None:
    values = list(_values(node.children, x))
    if len(values) < len(node.children) or not set(node.value) <= {"", "+", "-", "−"}:
        return None
    return sum((-v if sign in ("-", "−") else v for sign, v in zip(node.value, values, strict=True)), Fraction(0))


def _product(node: Node, x: Fraction) -> Fraction | None:
    values = list(_values(node.children, x))
    if len(values) < len(node.children) or not set(node.value) <= {"", r"\cdot", r"\times"}:
        return None
    product = Fraction(1)
    for value in values:
        product *= value
    return product


def _power(node: Node, x: Fraction) -> Fraction | None:
    exponent = node.children[-1]
    exponent = exponent.children[0] if exponent.kind == "group" else exponent
    base = _value(node.children[0], x)
    if node.text != "^" or exponent.kind != "number" or not exponent.text.isdigit() or base is None:
        return None
    return base ** int(exponent.text) if int(exponent.text) <= LARGEST_POWER else None


def _fraction(node: Node, x: Fraction) -> Fraction | None:
    if node.text not in (r"\frac", r"\dfrac", r"\tfrac") or any(
        part.kind == "letter" for part in node.children[1].walk()
    ):
        return None
    values = list(_values(node.children, x))
    return values[0] / values[1] if len(values) == 2 and values[1] else None


__all__ = ["Polynomial", "polynomial_in"]
