r"""Series with dots: ``1 + x + \frac{x^2}{2} + \cdots`` as ``\sum``.

Beside a ``\sum`` to infinity the terms are compared with its terms, those that vanish left out. Else the coefficients have to fit just
one of the usual patterns; what is meant behind the dots is then likely, not certain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import factorial

from derive.notation import Node, Unparsed
from derive.notes.ellipses import DOTS, RUNNING
from derive.notes.parsing import parse
from derive.notes.worth import worth

FEWEST, MOST = 3, 12
"""Terms before the dots."""
LOOKED_AT = 40
"""Terms of a sum that are compared."""
LARGEST_EXPONENT = 30
PATTERNS: tuple[tuple[str, Callable[[int], Fraction]], ...] = (
    ("1", lambda k: Fraction(1)),
    ("(k + 1)", lambda k: Fraction(k + 1)),
    ("(k + 1)^2", lambda k: Fraction((k + 1) ** 2)),
    ("(2 k + 1)", lambda k: Fraction(2 * k + 1)),
    (r"\frac{1}{k + 1}", lambda k: Fraction(1, k + 1)),
    (r"\frac{1}{(k + 1)^2}", lambda k: Fraction(1, (k + 1) ** 2)),
    (r"\frac{1}{(k + 1)^3}", lambda k: Fraction(1, (k + 1) ** 3)),
    (r"\frac{1}{(k + 1)^4}", lambda k: Fraction(1, (k + 1) ** 4)),
    (r"\frac{1}{2 k + 1}", lambda k: Fraction(1, 2 * k + 1)),
    (r"\frac{1}{(2 k + 1)^2}", lambda k: Fraction(1, (2 * k + 1) ** 2)),
    (r"\frac{1}{k!}", lambda k: Fraction(1, factorial(k))),
    (r"\frac{1}{(k + 1)!}", lambda k: Fraction(1, factorial(k + 1))),
    (r"\frac{1}{(2 k)!}", lambda k: Fraction(1, factorial(2 * k))),
    (r"\frac{1}{(2 k + 1)!}", lambda k: Fraction(1, factorial(2 * k + 1))),
    (r"\frac{1}{(k + 1) (k + 2)}", lambda k: Fraction(1, (k + 1) * (k + 2))),
)
"""Coefficients, up to their first value, as they are written and as they are."""


@dataclass(frozen=True, slots=True)
class Series:
    """``node`` stands for what was written with dots; ``certain`` where a sum beside it says so, or contradicts it."""

    node: Node
    certain: bool


def series_in(side: Node, other: Node, used: frozenset[str]) -> Series | None:
    """The side, if it is nothing but a series with dots at its end; ``other``: the side beside it."""
    terms = _terms(side)
    letter = next((one for one in RUNNING if one not in used), None)
    if letter is None or not FEWEST - 1 <= len(terms) <= MOST:
        return None
    beside = _endless(other)
    if beside is not None and _agree(terms, beside):
        return Series(other, True)
    body = _pattern(terms) if len(terms) >= FEWEST else None
    if body is None:
        return None
    with suppress(Unparsed):
        return Series(parse(rf"\sum_{{{letter}=0}}^{{\infty}} {body.replace('k', letter)}"), beside is not None)
    return None


def _terms(side: Node) -> list[Node]:
    """The terms before the dots, with their signs; none where dots stand elsewhere."""
    if side.kind != "sum" or side.children[-1].text not in DOTS or side.children[-1].kind != "symbol":
        return []
    terms = [
        Node("sum", "", (part,), ("-",), part.start, part.end) if sign in ("-", "−") else part
        for part, sign in zip(side.children[:-1], side.value, strict=False)
    ]
    return [] if any(part.text in DOTS for term in terms for part in term.walk()) else terms


def _endless(node: Node) -> tuple[Node, str, int] | None:
    r"""Body, letter and first number of a side that is one ``\sum_{n=1}^\infty``."""
    if node.kind != "big" or len(node.children) != 2 or node.children[0].kind != "scripts":
        return None
    operator, body = node.children
    scripts = dict(zip(operator.text, operator.children[1:], strict=True))
    if operator.children[0].text != r"\sum" or set(scripts) != {"_", "^"}:
        return None
    below, above = (_inside(scripts[sign]) for sign in "_^")
    if above.text != r"\infty" or below.kind != "chain" or below.value != ("=",):
        return None
    letter, first = below.children
    plain = letter.kind == "letter" and first.kind == "number" and first.text.isdigit()
    return (body, letter.text, int(first.text)) if plain else None


def _inside(node: Node) -> Node:
    return node.children[0] if node.kind == "group" else node


def _agree(terms: Sequence[Node], beside: tuple[Node, str, int]) -> bool:
    """The terms are the first ones of the sum that do not vanish."""
    body, letter, first = beside
    due = (worth(body, {letter: Fraction(number)}) for number in range(first, first + LOOKED_AT))
    found = [worth(term, {}) for term in terms]
    shown = [value for value in found if value]
    told = [value for value, _ in zip((value for value in due if value), shown, strict=False)]
    return bool(shown) and told == shown


def _pattern(terms: Sequence[Node]) -> str | None:
    """The general term in k; None where no pattern fits, or several do."""
    letters = sorted({part.text for term in terms for part in term.walk() if part.kind == "letter"})
    if "e" in letters or any(part.kind in ("font", "word", "symbol") for term in terms for part in term.walk()):
        return None
    if any("_" in part.text for term in terms for part in term.walk() if part.kind == "scripts"):
        return None
    exponents = {letter: [_exponent(term, letter, letters) for term in terms] for letter in letters}
    powers = [_power(letter, found) for letter, found in exponents.items()]
    ones = {letter: Fraction(1) for letter in letters}
    coefficients = [worth(term, ones) for term in terms]
    known = list(_coefficients(coefficients)) if all(coefficients) else []
    if None in powers or len(known) != 1:
        return None
    return " ".join((known[0], *(power for power in powers if power)))


def _exponent(term: Node, letter: str, letters: Sequence[str]) -> int | None:
    """Of the letter in a product of numbers and powers."""
    ones = {other: Fraction(1) for other in letters}
    base = worth(term, ones)
    values = [worth(term, {**ones, letter: Fraction(at)}) for at in (2, 3)]
    for exponent in range(LARGEST_EXPONENT):
        if base and values == [base * 2**exponent, base * 3**exponent]:
            return exponent
    return None


def _power(letter: str, exponents: Sequence[int | None]) -> str | None:
    """``x^{2 k + 1}``; '' for no power at all."""
    known = [one for one in exponents if one is not None]
    steps = {b - a for a, b in pairwise(known)}
    if len(known) < len(exponents) or len(steps) != 1:
        return None
    (step,) = steps
    if step < 0:
        return None
    running = "" if not step else "k" if step == 1 else f"{step} k"
    exponent = " + ".join(filter(None, (running, str(known[0]) if known[0] else "")))
    return f"{letter}^{{{exponent}}}" if exponent else ""


def _coefficients(values: Sequence[Fraction]) -> Iterator[str]:
    """All patterns that fit, with the first value and the signs."""
    first = _fraction(values[0])
    ratios = [value / values[0] for value in values]
    for sign, written in ((1, ""), (-1, "(-1)^k ")):
        for pattern, at in PATTERNS:
            if ratios == [sign**k * at(k) / at(0) for k in range(len(ratios))]:
                factor = values[0] / at(0)
                yield f"{'' if factor == 1 else _fraction(factor)} {written}{pattern}"
    ratio = ratios[1]
    if abs(ratio) != 1 and ratios == [ratio**k for k in range(len(ratios))]:
        yield f"{first} \\left({_fraction(ratio)}\\right)^k"


def _fraction(value: Fraction) -> str:
    text = (
        str(abs(value.numerator))
        if value.denominator == 1
        else rf"\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
    )
    return f"(-{text})" if value < 0 else f"({text})"


__all__ = ["Series", "series_in"]
