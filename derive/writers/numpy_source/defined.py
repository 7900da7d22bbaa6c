"""Letters that are computed from others: definitions, functions, recurrences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from derive.core import Declaration, Term
from derive.kernel.terms import free_letters
from derive.writers.numpy_source.bounds import Ends
from derive.writers.numpy_source.expression import NoSource, Place, name_of, shape, size_code, text
from derive.writers.numpy_source.letters import drawn

if TYPE_CHECKING:
    from derive.floats.environment import Recurrence
    from derive.floats.plan import Plan

Waiting = tuple[list[str], str, frozenset[str]]
"""Lines that define a letter, its name, and the letters that they need."""


def _realised(plan: Plan, place: Place) -> Iterator[Waiting]:
    for name, term in plan.realisation:
        if name not in plan.definitions:
            yield [f"{name_of(name)} = {text(term, place)}"], f"{name} realised", frozenset()


def _functions(plan: Plan, place: Place) -> Iterator[Waiting]:
    for name, function in plan.functions.items():
        inner = place.inside(function.variable, "real")
        body = text(function.body, inner)
        needs = free_letters(function.body) - {function.variable}
        yield [f"def {name_of(name)}({name_of(function.variable)}):", f"    return {body}", ""], name, needs
    for name, rules in plan.recurrences.items():
        needs = frozenset[str]().union(*(free_letters(rule.body) for rule in rules)) - {
            name,
            *(r.letter for r in rules),
        }
        start = [] if any(rule.at is not None or not rule.recursive for rule in rules) else _free_start(name, place)
        yield [*start, *_recurrence(name, rules, place)], name, needs


def _recurrence(name: str, rules: tuple[Recurrence, ...], place: Place) -> list[str]:
    """A function of the index: the given members first, then the general rule."""
    general = [rule for rule in rules if rule.at is None]
    variable = name_of(general[0].letter) if general and general[0].shift == 0 else "index"
    lines = ["@cache", f"def {name_of(name)}({variable}):"]
    for rule in rules:
        if rule.at is not None:
            lines += [
                f"    if {variable} == {text(rule.at, place)}:",
                f"        return {_start(name, rule.body, place)}",
            ]
    if not general:
        raise NoSource("a family of which only single members are given")
    rule = general[0]
    if rule.recursive and not any(r.at is not None for r in rules):
        lines += [f"    if {variable} == 0:", f"        return {name_of(name)}_start"]
    if rule.shift:
        lines.append(f"    {name_of(rule.letter)} = {variable} {'-' if rule.shift > 0 else '+'} {abs(rule.shift)}")
    inner = place.inside(rule.letter, "integer") if rule.letter else place
    return [*lines, f"    return {text(rule.body, inner)}", ""]


def _free_start(name: str, place: Place) -> list[str]:
    """Member 0, of which nothing is said."""
    declared = next((d for d in place.scope.declarations if d.name == name), Declaration(name))
    return drawn(replace(declared, name=f"{name}_start", family=False), Ends(), place, few=False)


def _start(name: str, body: Term, place: Place) -> str:
    """The value at the start; the number 0 in the shape of the family."""
    declared = next((d for d in place.scope.declarations if d.name == name), Declaration(name))
    if declared.shape and body.head == "number":
        sizes = [size_code(size) for size in declared.shape] + ["1"] * (2 - len(declared.shape))
        return f"np.zeros(({', '.join(sizes)}))"
    return text(body, place)


def _definitions(plan: Plan, place: Place) -> Iterator[Waiting]:
    for name, term in plan.definitions.items():
        sides = shape(Term("symbol", (), name), place)
        inner = replace(place, size=sides[0]) if sides else place
        if inner.laws.keys() & free_letters(term):
            raise NoSource("a letter that is defined by random ones")
        yield [f"{name_of(name)} = {text(term, inner)}"], name, free_letters(term)


def _in_order(waiting: list[Waiting]) -> list[tuple[str, str]]:
    """Each after what it needs."""
    lines: list[tuple[str, str]] = []
    while waiting:
        names = {name for _, name, _ in waiting}
        ready = [entry for entry in waiting if not (entry[2] & names) - {entry[1]}]
        if not ready:
            raise NoSource("definitions that need each other")
        for made, name, _ in ready:
            lines += [(line, name) for line in made]
        waiting = [entry for entry in waiting if entry not in ready]
    return lines


def defined_lines(plan: Plan, place: Place) -> list[str]:
    """Functions, recurrences and definitions, each after what it needs."""
    waiting = [*_realised(plan, place), *_functions(plan, place), *_definitions(plan, place)]
    return [line for line, _ in _in_order(waiting)]
