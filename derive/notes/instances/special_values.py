r"""Gamma, digamma and beta functions at whole and half numbers, where their values are known: ``\Gamma(3) = 2``.

The letters in their arguments get numbers, which are taken for hypotheses. So a relation with such functions is looked at for some of
its letters, and can be refuted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, pairwise, permutations
from math import factorial, prod

from derive.notation import Node
from derive.notes.instances.marking import NoCase
from derive.notes.parsing import parse
from derive.notes.roles import key_of
from derive.notes.unknown import plain_text

SPECIAL = "special"
"""The kind of a node: text is gamma, digamma or beta, the children are the arguments."""
VALUES = (2, 3, 5, 4, 6, 7, 1, 8)
MOST_LETTERS, MOST_POINTS, LOOKED_AT = 4, 3, 400
LARGEST = 24
HALF = Fraction(1, 2)
Point = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Spoken:
    """Which letters the text uses for these functions."""

    gamma: bool = False
    digamma: bool = False
    beta: bool = False


def with_calls(node: Node, spoken: Spoken) -> Node:
    """The tree with a node for each value of such a function."""
    children = tuple(with_calls(child, spoken) for child in node.children)
    node = replace(node, children=children)
    if node.kind != "product":
        return node
    factors: list[Node] = []
    signs: list[str] = []
    for sign, factor in zip(["", *node.value], children, strict=True):
        called = _called(factors[-1], factor, spoken) if factors and sign == "" else None
        if called is not None:
            factors[-1] = called
        else:
            factors.append(factor)
            signs.append(sign)
    return factors[0] if len(factors) == 1 else replace(node, children=tuple(factors), value=tuple(signs[1:]))


def _called(before: Node, brackets: Node, spoken: Spoken) -> Node | None:
    if brackets.kind != "fence" or brackets.text.replace(r"\left", "").split(" ")[0] not in ("(", "["):
        return None
    if before.kind == "apply" and len(before.children) == 2:
        inner = _called(before.children[1], brackets, spoken)  # \log \Gamma(a)
        return replace(before, children=(before.children[0], inner), end=brackets.end) if inner is not None else None
    name = _name(before, spoken)
    inside = brackets.children[0]
    arguments = inside.children if inside.kind == "list" and set(inside.value) == {","} else (inside,)
    if not name or len(arguments) != (2 if name == "beta" else 1):
        return None
    return Node(SPECIAL, name, arguments, (), before.start, brackets.end)


def _name(node: Node, spoken: Spoken) -> str:
    shown = plain_text([node])
    if shown == r"\Gamma" and spoken.gamma:
        return "gamma"
    if shown == r"\psi" and spoken.digamma:
        return "digamma"
    return "beta" if spoken.beta and shown in ("B", r"\mathrm{B}", r"\Beta", r"\operatorname{B}") else ""


def calls(node: Node) -> Iterator[Node]:
    return (part for part in node.walk() if part.kind == SPECIAL)


def letters_inside(sides: Sequence[Node]) -> dict[str, str]:
    """The letters in the arguments: as text without spaces, with their LaTeX. Raises NoCase for other things."""
    found: dict[str, str] = {}
    for call in (call for side in sides for call in calls(side)):
        for argument in call.children:
            for atom in _atoms(argument):
                found[plain_text([atom])] = plain_text([atom])
    return found


def _atoms(node: Node) -> Iterator[Node]:
    if (node.kind == "scripts" and node.text == "_" and key_of(node.children[0]) is not None) or key_of(
        node
    ) is not None:
        yield node
    elif node.kind in ("number", "sum", "product", "group", "fence", "command"):
        for child in node.children:
            yield from _atoms(child)
    else:
        raise NoCase("an argument that is not computed")


def points_for(sides: Sequence[Node]) -> list[dict[str, Fraction]]:
    """A few points at which all arguments are whole or half numbers. Raises NoCase where the letters are too many, or none is found."""
    names = sorted(letters_inside(sides))
    if len(names) > MOST_LETTERS:
        raise NoCase("too many letters")
    arguments = [argument for side in sides for call in calls(side) for argument in call.children]
    tried = (
        {name: Fraction(value) for name, value in zip(names, values, strict=True)}
        for values in islice(permutations(VALUES, len(names)), LOOKED_AT)
    )
    found = list(islice((point for point in tried if all(_is_known(one, point) for one in arguments)), MOST_POINTS))
    if not found:
        raise NoCase("no values at which these functions are known")
    return found


def _is_known(argument: Node, point: Point) -> bool:
    value = number_of(argument, point)
    return 0 < value <= LARGEST and (2 * value).denominator == 1


def number_of(node: Node, point: Point) -> Fraction:
    """The value of sums, products and fractions of numbers and letters. Raises NoCase for others."""
    name = plain_text([node])
    if name in point:
        return point[name]
    if node.kind == "number" and node.text.isdigit():
        return Fraction(node.text)
    if node.kind in ("group", "fence") and len(node.children) == 1 and node.text in ("", "( )", r"\left( \right)"):
        return number_of(node.children[0], point)
    if node.kind == "sum" and set(node.value) <= {"", "+", "-"}:
        return sum(
            (
                (-1 if sign == "-" else 1) * number_of(child, point)
                for sign, child in zip(node.value, node.children, strict=True)
            ),
            Fraction(0),
        )
    if node.kind == "product" and set(node.value) <= {"", "/", r"\cdot"}:
        require_clear_divisors(node)
        factors = [number_of(child, point) for child in node.children]
        return prod(
            (
                1 / one if sign == "/" else one
                for sign, one in zip(("", *node.value), factors, strict=True)
                if sign != "/" or one
            ),
            start=Fraction(1),
        )
    if node.kind == "scripts" and node.text == "^" and (exponent := _numeral(node.children[1])) is not None:
        return number_of(node.children[0], point) ** exponent
    if node.kind == "command" and node.text.endswith("frac") and (below := number_of(node.children[1], point)):
        return number_of(node.children[0], point) / below
    raise NoCase("an argument that is not computed")


def require_clear_divisors(product: Node) -> None:
    """``a / 2 b`` may be a / (2 b). Raises NoCase."""
    if any(first == "/" and second == "" for first, second in pairwise(product.value)):
        raise NoCase("a factor after '/', which may be above or below it")


def _numeral(script: Node) -> int | None:
    inside = script.children[0] if script.kind == "group" else script
    return (
        int(inside.text) if inside.kind == "number" and inside.text.isdigit() and int(inside.text) <= LARGEST else None
    )


def with_values(node: Node, point: Point) -> Node:
    """The tree with the values in place of the functions."""
    if node.kind == SPECIAL:
        arguments = [number_of(argument, point) for argument in node.children]
        return Node("fence", "( )", (parse(VALUE[node.text](*arguments)),))
    return replace(node, children=tuple(with_values(child, point) for child in node.children))


def gamma_at(x: Fraction) -> str:
    r"""``\Gamma(n) = (n - 1)!``, ``\Gamma(m + 1/2) = (2 m)! \sqrt{\pi} / (4^m m!)``."""
    if x.denominator == 1:
        return str(factorial(int(x) - 1))
    m = int(x - HALF)
    return rf"\frac{{{factorial(2 * m)}}}{{{4**m * factorial(m)}}} \sqrt{{\pi}}"


def digamma_at(x: Fraction) -> str:
    r"""``\psi(n) = 1 + 1/2 + ... + 1/(n - 1) - \gamma``, ``\psi(m + 1/2) = 2 + 2/3 + ... + 2/(2 m - 1) - 2 \ln 2 - \gamma``."""
    if x.denominator == 1:
        return rf"{_fraction(sum((Fraction(1, k) for k in range(1, int(x))), Fraction(0)))} - \gamma"
    total = sum((Fraction(2, 2 * k - 1) for k in range(1, int(x - HALF) + 1)), Fraction(0))
    return rf"{_fraction(total)} - 2 \cdot \ln 2 - \gamma"


def beta_at(x: Fraction, y: Fraction) -> str:
    return rf"\frac{{{gamma_at(x)} \cdot {gamma_at(y)}}}{{{gamma_at(x + y)}}}"


def _fraction(value: Fraction) -> str:
    return rf"\frac{{{value.numerator}}}{{{value.denominator}}}"


VALUE: dict[str, Callable[..., str]] = {"gamma": gamma_at, "digamma": digamma_at, "beta": beta_at}


__all__ = ["Spoken", "calls", "digamma_at", "gamma_at", "letters_inside", "points_for", "with_calls", "with_values"]
