"""A relation between probabilities for laws of a few variables with two or three values each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.core import Instance, Instances
from derive.notation import Node
from derive.notes.document import Part
from derive.notes.instances.grounding import Grounding, Told, Variables, variables_in
from derive.notes.instances.laws import Law, even_laws, general_laws, independent_laws
from derive.notes.instances.marking import LAW, NoCase, law_calls, marked
from derive.notes.instances.telling import (
    LawsTold,
    hindrance,
    says_even,
    says_independent,
    says_partition,
    section_around,
)
from derive.notes.lowering import OutOfScope
from derive.notes.roles import key_of
from derive.notes.walk import Walk, claims_under

MOST_SHOWN = 4
"""Weights of a law."""
JUDGED = ("=", "<", ">", r"\le", r"\ge")
CONSTANTS = frozenset([r"\pi", "e"])


def law_instances(walk: Walk, sign: str, trees: Sequence[Node]) -> Instances | None:
    """The relation between the trees under small laws; None where it says nothing of laws, or more is said of them than we know."""
    sides = list(map(marked, trees))
    names = sorted({call.text for side in sides for call in law_calls(side)})
    if sign not in JUDGED or not names:
        return None
    told = walk.laws_told()
    if not told.probable or _tells_a_value(sides):
        return None
    if any(walk.roles.is_shaped(letter) for name in names for letter in (name, name.upper())):
        return None
    try:
        options = variables_in(sides, told.events)
        if any(one.values for one in options) and _is_hindered(walk, told, options):
            return None
        if any(_has_members(side) for side in sides) and says_partition(_section(walk)):
            return None
        readings = tuple(
            tuple(_claims(walk, sign, sides, laws, variables, told.events))
            for variables in options
            for laws in _structures(walk.plain, walk.reached, names, variables)
        )
    except (NoCase, OutOfScope):
        return None
    return Instances(readings) if all(readings) else None


def _tells_a_value(sides: list[Node]) -> bool:
    r"""``P(A) = \frac{1}{7}``: what the author knows, and not what follows."""
    lawless = [side for side in sides if not any(law_calls(side))]
    plain = [side for side in sides if side.kind == LAW and any(map(key_of, side.walk()))]
    return bool(lawless) and (bool(plain) or lawless[0].text not in ("0", "1"))


def _has_members(side: Node) -> bool:
    """``P(A | B_2)``: events that are numbered."""
    calls = (call for call in side.walk() if call.kind == LAW)
    return any(part.kind == "scripts" and part.text == "_" for call in calls for part in call.walk())


def _section(walk: Walk) -> list[Part]:
    return [walk.plain[n] for n in section_around(walk.plain, walk.reached)]


def _is_hindered(walk: Walk, told: LawsTold, options: list[Variables]) -> bool:
    """The text ties the random letters, or speaks of their laws in words that are not understood."""
    names = frozenset(name for one in options for name in one.values)
    return told.says_of(names, section_around(walk.plain, walk.reached)) or bool(hindrance(_section(walk)))


def _structures(
    parts: Sequence[Part], reached: int, names: list[str], variables: Variables
) -> Iterator[list[dict[str, Law]]]:
    """Laws of all kinds that the words may mean: general ones, and independent or even ones where the text speaks of such."""
    kinds = [general_laws]
    section = [parts[n] for n in section_around(parts, reached)]
    kinds += [independent_laws] if says_independent(section) else []
    kinds += [even_laws] if says_even(section) else []
    for kind in kinds:
        found = [list(kind(variables.sizes, turn)) for turn in range(len(names))]
        yield [dict(zip(names, laws, strict=True)) for laws in zip(*found, strict=True)]


def _claims(
    walk: Walk, sign: str, sides: list[Node], laws: list[dict[str, Law]], variables: Variables, told: Told
) -> Iterator[Instance]:
    for law in laws:
        grounded = [Grounding(law, variables, told)(side) for side in sides]
        if any(_letters(side) for side in grounded):
            raise NoCase("a letter of which nothing is known")
        lower = walk.lowering(grounded)
        left, right = map(lower, grounded)
        found = claims_under(walk, f"{left} {sign} {right}")
        if found.beyond or found.doubt or len(found.claims) != 1:
            raise NoCase(found.beyond or found.doubt)
        yield Instance(found.claims[0], _words(law))


def _words(laws: dict[str, Law]) -> str:
    """Which laws are meant: none where there is but one."""
    sizes = {len(law.weights) for law in laws.values()}
    if sizes == {1}:
        return "whatever the law"
    if max(sizes) > MOST_SHOWN:
        return "for a law on few values"
    told = (f"{name} with the weights {', '.join(map(str, law.weights.values()))}" for name, law in laws.items())
    return f"for {' and '.join(told)}"


def _letters(side: Node) -> frozenset[str]:
    return frozenset(key for part in side.walk() if (key := key_of(part)) is not None) - CONSTANTS


__all__ = ["law_instances"]
