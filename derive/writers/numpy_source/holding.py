"""The cell of a step that holds: points of its domain, both sides there, and that they agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derive.core import Claim, Declaration, Term
from derive.kernel.terms import free_letters, subterms
from derive.report import Finding, JudgedStep
from derive.writers.numpy_source.draws import condition, drawing
from derive.writers.numpy_source.expression import NoSource, Place
from derive.writers.numpy_source.relations import (
    AVERAGES,
    blurred,
    compared,
    is_exact,
    sides_of,
    tidied,
)

POINTS, FEW = 20, 5
"""Points of a cell; few where each takes a sum over all values of random numbers."""


def holding(judged: JudgedStep, seed: int) -> list[str]:
    from derive.floats.plan import prepare

    claims = tuple(finding.claim for finding in judged.findings)
    scope = claims[0].scope
    plan = prepare(Claim(Term("row", sides_of(claims)), "=", Term("row"), scope))
    laws = {d.name: d for d in scope.declarations if d.law is not None}
    called = frozenset(plan.recurrences)
    outside = frozenset[str]().union(*(_outside(t) for t in (*sides_of(claims), *plan.definitions.values())))
    drawn = tuple(d for d in plan.declarations if (d.law is None or d.name in outside) and d.name not in called)
    plan = replace(plan, declarations=drawn, sizes=tuple(s for s in plan.sizes if _needed(s, drawn, claims)))
    exact = not drawn and not plan.recurrences and not plan.functions and is_exact(claims, plan.definitions)
    place = Place(scope, called, laws, exact)
    lines = drawing(plan, place, tied=all(finding.numpy is not None for finding in judged.findings))
    lines += [line for finding in judged.findings for line in _visible(finding, drawn, place)]
    lines += compared(claims, place)
    if any(blurred(finding) for finding in judged.findings):
        raise NoSource("doubles, whose rounding is larger than the digits that are shown")
    if not drawn:
        return tidied(lines)
    points = FEW if laws and any("average(" in line or "variance(" in line for line in lines) else POINTS
    if "    continue" in lines:
        return [
            f"rng = np.random.default_rng({seed})",
            "checked = 0",
            f"for point in range({40 * points}):",
            *_indented(tidied(lines)),
            "    checked += 1",
            f"    if checked == {points}:",
            "        break",
            "assert checked",
        ]
    return [f"rng = np.random.default_rng({seed})", f"for point in range({points}):", *_indented(tidied(lines))]


def _needed(size: str, drawn: tuple[Declaration, ...], claims: tuple[Claim, ...]) -> bool:
    return any(size in d.shape for d in drawn) or any(size in free_letters(side) for side in sides_of(claims))


def _outside(term: Term) -> frozenset[str]:
    """The letters that stand outside every average."""
    if term.head in AVERAGES:
        return frozenset()
    own = frozenset({str(term.value)}) if term.head == "symbol" else frozenset[str]()
    return own.union(*map(_outside, term.args))


def _visible(finding: Finding, drawn: tuple[Declaration, ...], place: Place) -> Iterator[str]:
    """Points at which what is visibly written is not defined are left out."""
    integers = {d.name for d in drawn if d.domain == "integer" and not d.family}
    for relation in finding.assuming:
        letters = free_letters(relation.lhs) | free_letters(relation.rhs)
        if relation in finding.claim.scope.hypotheses or not letters & {d.name for d in drawn}:
            continue
        if relation.relation == "!=" and not letters <= integers:
            continue
        if relation.relation == "=" or any(p.head == "index" for p in subterms(relation.lhs)):
            continue
        yield from (f"if not {condition(relation, place)}:", "    continue")


def _indented(lines: list[str]) -> list[str]:
    return [f"    {line}" if line else "" for line in lines]
