"""A relation with gamma functions and their like, where the letters in them are numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from derive.core import Instance, Instances
from derive.notation import Node, Unparsed
from derive.notes.context import letters_in
from derive.notes.document import Heading, Part, Prose
from derive.notes.instances.eulers_constant import constant_of_euler
from derive.notes.instances.marking import NoCase
from derive.notes.instances.special_values import Spoken, calls, points_for, with_calls, with_values
from derive.notes.lowering import OutOfScope
from derive.notes.roles import key_of
from derive.notes.unknown import Varied
from derive.notes.walk import Walk, lowered

NAMES = (r"\Gamma", r"\psi", "B", r"\mathrm{B}", r"\operatorname{B}")
JUDGED = ("=", "<", ">", r"\le", r"\ge")
_GAMMA = re.compile(
    r"\b(?:gamma|beta|chi|Dirichlet|Wishart|Student|Weibull)\b|\bfactorials?\b|\bF-distribut", re.IGNORECASE
)
_DIGAMMA = re.compile(r"\bdigamma\b|\\psi", re.IGNORECASE)
_BETA = re.compile(r"\bbeta function", re.IGNORECASE)


def number_instances(walk: Walk, sign: str, trees: Sequence[Node]) -> Instances | None:
    """None where there are no such functions, or their arguments are not numbers that can be chosen."""
    if sign not in JUDGED:
        return None
    if not any(part.text in NAMES for tree in trees for part in tree.walk()):
        return None
    spoken = spoken_in(walk)
    sides = [with_calls(tree, spoken) for tree in trees]
    if not any(any(calls(side)) for side in sides):
        return None
    varied = Varied.of(trees, walk.nearby)
    try:
        points = points_for(sides)
        if points[0].keys() & (varied.counting | varied.others):
            return None
        others = _letters_beside(trees, points[0]) - varied.counting - varied.others
        cases = tuple(
            case
            for number, point in enumerate(points)
            for case in _cases(walk, sign, sides, {**point, **_numbers(others, number)})
        )
    except (NoCase, OutOfScope, Unparsed):
        return None
    return Instances((cases,)) if cases else None


def _letters_beside(trees: Sequence[Node], point: Mapping[str, Fraction]) -> frozenset[str]:
    """Where something is integrated, the other letters get numbers, too: so it can be worked out."""
    nodes = [part for tree in trees for part in tree.walk()]
    if not any(part.text == r"\int" for part in nodes):
        return frozenset()
    return frozenset(key for part in nodes if (key := key_of(part)) is not None) - point.keys() - CONSTANTS


CONSTANTS = frozenset(["e", "d", r"\pi", r"\Gamma", r"\psi", "B"])
BESIDE = (Fraction(3), Fraction(5), Fraction(2))


def _numbers(letters: frozenset[str], turn: int) -> dict[str, Fraction]:
    return {letter: BESIDE[(place + turn) % len(BESIDE)] for place, letter in enumerate(sorted(letters))}


def spoken_in(walk: Walk) -> Spoken:
    """Which of the functions the words of the whole text name; they are looked for once."""
    if walk.spoken is None:
        walk.spoken = _spoken(walk.plain)
    return walk.spoken


def _spoken(parts: Sequence[Part]) -> Spoken:
    words = [
        part.text if isinstance(part, Prose) else part.title for part in parts if isinstance(part, Prose | Heading)
    ]
    return Spoken(any(map(_GAMMA.search, words)), any(map(_DIGAMMA.search, words)), any(map(_BETA.search, words)))


def _cases(walk: Walk, sign: str, sides: Sequence[Node], point: Mapping[str, Fraction]) -> Iterator[Instance]:
    if _is_restricted(walk, point):
        return
    trees = [with_values(side, point) for side in sides]
    premises = [f"{name} = {value}" for name, value in point.items()]
    with constant_of_euler(walk, sides):
        found = lowered(walk, sign, walk.lowering(trees), trees, premises)
    if found.claims and not found.doubt:
        words = " and ".join(f"{name} = {value}" for name, value in point.items())
        yield from (Instance(claim, f"for {words}" if words else "as it stands") for claim in found.claims)


def _is_restricted(walk: Walk, point: Mapping[str, Fraction]) -> bool:
    """An equation of the text ties the letters that are chosen."""
    chosen = letters_in(" ".join(point))
    return any(one.letters and one.letters <= chosen and one.restricts for one in (*walk.constraints, *walk.behind))


__all__ = ["number_instances", "spoken_in"]
