"""Letters that stand in averages and of which the text gives no law: random, with a mean and a variance that are not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from derive.core import Declaration, Law, Relation, Scope
from derive.formula.tokens import Unread
from derive.kernel.terms import ZERO, free_letters, number, subterms, symbol

AVERAGES = ("expect", "variance", "covariance")
SQUARED = number(2)
NOISE = frozenset(["epsilon", "varepsilon", "xi", "zeta", "nu"])


def with_deviations(scope: Scope) -> Scope:
    """The letter of which a variance is written as the square is a standard deviation: it is above 0."""
    squared = {
        str(d.law.variance.args[0].value)
        for d in scope.declarations
        if d.law is not None and d.law.variance.head == "pow" and d.law.variance.args[1] == SQUARED
    }
    letters = tuple(
        replace(d, where=(Relation(symbol(d.name), ">", ZERO),))
        if d.name in squared and d.domain == "real" and not (d.where or d.shape or d.family or d.law or d.function)
        else d
        for d in scope.declarations
    )
    return replace(scope, declarations=letters)


def with_laws(scope: Scope, relations: Sequence[Relation]) -> Scope:
    """The scope with a law for each random letter that has none: its moments are letters of their own. Letters may depend on
    each other in any way. Raises Unread where it cannot be told which letters are random."""
    chosen = frozenset(name for relation in relations for name in _random(relation, scope))
    if not chosen:
        return scope
    moments = [one for name in sorted(chosen) for one in _moments(name)]
    letters = tuple(replace(d, law=_law(d.name)) if d.name in chosen else d for d in scope.declarations)
    return replace(scope, declarations=(*letters, *moments))


def _random(relation: Relation, scope: Scope) -> Iterator[str]:
    declared = {d.name: d for d in scope.declarations}
    laws = {d.name for d in scope.declarations if d.law is not None}
    for part in (*subterms(relation.lhs), *subterms(relation.rhs)):
        inside = put_in(free_letters(part), scope) if part.head in AVERAGES else frozenset()
        if inside and not inside & laws:
            yield from _among(sorted(inside), declared)


def put_in(names: frozenset[str], scope: Scope) -> frozenset[str]:
    """The letters with those that their definitions speak of in their place: a mean of random numbers has no law of its own."""
    rules = {str(h.lhs.value): h.rhs for h in scope.hypotheses if h.relation == "=" and h.lhs.head == "symbol"}
    for _ in rules:
        defined = {name for name in names & rules.keys() if name not in free_letters(rules[name])}
        names = (names - defined).union(*(free_letters(rules[name]) for name in defined))
    return names


def _among(names: list[str], declared: dict[str, Declaration]) -> list[str]:
    """Capital letters and usual names of noise; a small letter may be a constant."""
    plain = [n for n in names if (d := declared.get(n)) and not (d.declared or d.shape or d.family or d.function)]
    random = [name for name in plain if name[:1].isupper() or name in NOISE]
    if not random:
        raise Unread(f"nothing is said of the law of {', '.join(names)}", 0)
    return random


def of_unknown_law(scope: Scope) -> frozenset[str]:
    """Random letters of which nothing is known."""
    return frozenset(d.name for d in scope.declarations if d.law is not None and d.law.mean == symbol(f"{d.name}_mean"))


def _law(name: str) -> Law:
    return Law("moments", symbol(f"{name}_mean"), symbol(f"{name}_variance"))


def _moments(name: str) -> Iterator[Declaration]:
    yield Declaration(f"{name}_mean", declared=False)
    variance = symbol(f"{name}_variance")
    yield Declaration(f"{name}_variance", where=(Relation(variance, ">", ZERO),), declared=False)
