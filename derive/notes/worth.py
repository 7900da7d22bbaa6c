"""A number for each formula such that formulas which are equal by the rules of arithmetic have the same one: letters, and all that
is no arithmetic, get numbers that depend on how they are written. It tells patterns; it decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import factorial
from zlib import crc32

from derive.notation import Node
from derive.notes.roles import key_of

LARGEST_POWER = 24
LARGEST_FACTORIAL = 20
LONGEST = 400
"""Digits of a number that is computed on with."""


def worth(node: Node, given: Mapping[str, Fraction]) -> Fraction:
    """``given``: numbers for letters."""
    value = _worth(node, given)
    big = max(value.numerator.bit_length(), value.denominator.bit_length()) > LONGEST
    return _spelled(("big", value)) if big else value


def _worth(node: Node, given: Mapping[str, Fraction]) -> Fraction:
    match node.kind:
        case "number" if node.text.replace(".", "", 1).isdigit():
            return Fraction(node.text)
        case "letter" | "font" if (key := key_of(node)) is not None:
            return given[key] if key in given else _spelled((key,))
        case "group":
            return worth(node.children[0], given)
        case "fence" if _opening(node) in ("(", "[", r"\{") and node.children[0].kind not in ("list", "chain"):
            return worth(node.children[0], given)
        case "sum" if set(node.value) <= {"", "+", "-", "−"}:
            terms = [worth(child, given) for child in node.children]
            signed = zip(node.value, terms, strict=True)
            return sum((-term if sign in ("-", "−") else term for sign, term in signed), Fraction(0))
        case "product" if set(node.value) <= {"", r"\cdot", r"\times"}:
            product = Fraction(1)
            for child in node.children:
                product *= worth(child, given)
            return product
        case "command" if node.text in (r"\frac", r"\dfrac", r"\tfrac"):
            above, below = (worth(child, given) for child in node.children)
            return above / below if below else _other(node, given)
        case "scripts":
            return _scripts(node, given)
        case "postfix" if node.text == "!":
            inner = worth(node.children[0], given)
            plain = inner.denominator == 1 and 0 <= inner <= LARGEST_FACTORIAL
            return Fraction(factorial(int(inner))) if plain else _spelled(("!", inner))
    return _other(node, given)


def _scripts(node: Node, given: Mapping[str, Fraction]) -> Fraction:
    base = worth(node.children[0], given)
    scripts = iter(node.children[1:])
    for sign in node.text:
        if sign == "'":
            base = _spelled(("'", base))
            continue
        script = worth(next(scripts), given)
        plain = sign == "^" and script.denominator == 1 and abs(script) <= LARGEST_POWER and (base or script >= 0)
        base = base ** int(script) if plain else _spelled((sign, base, script))
    return base


def _other(node: Node, given: Mapping[str, Fraction]) -> Fraction:
    return _spelled((node.kind, node.text, node.value, *(worth(child, given) for child in node.children)))


def _opening(node: Node) -> str:
    return node.text.split(" ")[0].removeprefix(r"\left").removeprefix(r"\bigl").removeprefix(r"\big")


def _spelled(parts: tuple[object, ...]) -> Fraction:
    """Not 0, and not the same for other parts as far as one can tell."""
    found = crc32(repr(parts).encode())
    return Fraction(2 + found % 9973, 3 + found // 9973 % 9967)


__all__ = ["worth"]
