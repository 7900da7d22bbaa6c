"""Lines that draw the letters of a claim from what is declared of them, and leave points outside its hypotheses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.core import Relation
from derive.kernel.terms import free_letters
from derive.writers.numpy_source.bounds import ends_of, free_sizes, ordered
from derive.writers.numpy_source.defined import defined_lines
from derive.writers.numpy_source.expression import POWER, SUM, NoSource, Place, name_of, text
from derive.writers.numpy_source.letters import drawn

if TYPE_CHECKING:
    from derive.floats.plan import Plan

SIGNS = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "=": "==", "!=": "!="}


def drawing(plan: Plan, place: Place, tied: bool) -> list[str]:
    """Statements that give every letter a value; a point outside the hypotheses is left with ``continue``. ``tied``: equations
    among the hypotheses are met by what is built from other letters. Raises NoSource."""
    lines = [f"{name_of(size)} = {3 + k % 2}" for k, size in enumerate(free_sizes(plan))]
    met: list[Relation] = []
    built = _built(plan)
    for declaration in ordered(plan):
        if declaration.name in built:
            continue
        ends = ends_of(declaration, plan, place)
        met += ends.used
        lines += drawn(declaration, ends, place, few=bool(place.laws))
    lines += defined_lines(plan, place)
    return lines + [
        line for relation in plan.filters if relation not in met for line in _filter(relation, plan, place, tied)
    ]


def _built(plan: Plan) -> set[str]:
    """The letters that the realisation computes from others, so that they need not be drawn first."""
    built, used = set[str](), frozenset[str]()
    for name, term in plan.realisation:
        used |= free_letters(term)
        if name not in used:
            built.add(name)
    return built


# ----------------------------------------------------------------------------------------------------------- hypotheses


def condition(relation: Relation, place: Place) -> str:
    """A relation as a condition."""
    left, right = (
        text(relation.lhs, place, SUM),
        text(relation.rhs, place, POWER if relation.rhs.head == "neg" else SUM),
    )
    return f"{left} {SIGNS[relation.relation]} {right}"


def _filter(relation: Relation, plan: Plan, place: Place, tied: bool) -> list[str]:
    """Leave a point that does not satisfy a hypothesis. That two real numbers differ is certain when they are drawn."""
    letters = free_letters(relation.lhs) | free_letters(relation.rhs)
    integers = {d.name for d in plan.declarations if d.domain == "integer" and not d.family}
    if relation.relation not in SIGNS:
        raise NoSource("a hypothesis that is no comparison of numbers")
    if not letters <= {d.name for d in place.scope.declarations} | set(plan.sizes):
        raise NoSource("a condition on every member of a family")
    if relation.relation == "!=" and not letters <= integers:
        return []
    if relation.relation == "=" and not letters <= integers:
        built = plan.definitions.keys() | {name for name, _ in plan.realisation}
        if not tied or not letters & built:
            raise NoSource("a hypothesis that ties the letters by an equation")
        left, right = text(relation.lhs, place), text(relation.rhs, place)
        if right == "0":
            return [f"if not agree({left}, 0, 1):", "    continue"]
        return [f"if not agree({left}, {right}, 1):", "    continue"]
    return [f"if not {condition(relation, place)}:", "    continue"]
