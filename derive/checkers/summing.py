"""Sums, products and series by closed forms: antidifferences by Gosper's algorithm, known series, and both together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from derive.checkers.gosper import REFUSALS, antidifference
from derive.checkers.known_series import Search, parts
from derive.checkers.refute import fails_at
from derive.checkers.sampling import sample
from derive.core import (
    Antidifference,
    Claim,
    Closed,
    Counterexample,
    Evidence,
    Hints,
    Summed,
    SummedCounterexample,
    Term,
)
from derive.kernel.conditions import visible_conditions
from derive.kernel.divergence import divergent_part
from derive.kernel.facts import Facts, facts_of
from derive.kernel.normal import Normaliser, with_normaliser
from derive.kernel.points import grounded
from derive.kernel.rules.basis import ORDER
from derive.kernel.summation import over_range, value_by, with_closed_forms
from derive.kernel.terms import INFINITY, ONE, add, free_letters, has_series, heads, substitute, symbol

PROVES = (
    r"\sum_{k=0}^{\infty} \frac{1}{2^k} = 2",
    r"\sum_{k=1}^{\infty} \frac{1}{k^2} = \frac{\pi^2}{6}",
    r"\sum_{k=0}^{t} 2^k = 2^{t+1} - 1",
)
REFUTES = (r"\sum_{k=1}^{\infty} \frac{1}{k} = 3", r"\sum_{k=1}^{\infty} \frac{(-1)^{k+1}}{k} = \ln 3")
POINTS = 40
POINTS_OF_SERIES = 16


@dataclass(slots=True)
class Finder:
    """Looks for a closed form of one sum after the other, and keeps those that the kernel accepts."""

    found: list[Closed] = field(default_factory=list)

    def settle(self, term: Term, facts: Facts) -> Term | None:
        for closed in _candidates(term, facts):
            try:
                value, _ = value_by(term, closed, facts)
            except REFUSALS:
                continue
            self.found.append(closed)
            return value
        return None


def _candidates(term: Term, facts: Facts) -> Iterator[Closed]:
    if term.head != "sum":
        return
    body, bound, lower, upper = term.args
    letter = f"{bound.value}'"
    while letter in facts.letters:
        letter += "'"
    body = substitute(body, str(bound.value), symbol(letter))
    inside = over_range(letter, lower, upper, facts)
    # G is used one step beyond the range: what is known there makes factorials that are defined there.
    beyond = inside if upper == INFINITY else over_range(letter, lower, add(upper, ONE), facts)
    for known in (beyond, inside) if heads(body) & {"binomial", "factorial"} else (inside,):
        G = antidifference(body, letter, known)
        if G is not None:
            yield Closed(term, Antidifference(letter, G))
    if upper == INFINITY:
        yield from _known(term, body, letter, inside)


def _known(term: Term, body: Term, letter: str, inside: Facts) -> Iterator[Closed]:
    def search(normaliser: Normaliser) -> Closed | None:
        found = parts(Search(normaliser, body, letter, inside))
        if found is None:
            return None
        known, rest = found
        if rest.is_zero:
            return Closed(term, None, known)
        G = antidifference(normaliser.ratio_term(rest), letter, inside)
        return None if G is None else Closed(term, Antidifference(letter, G), known)

    try:
        closed = with_normaliser(inside, search)
    except REFUSALS:
        return
    if closed is not None:
        yield closed


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Equations, inequalities and approximations with a sum in them."""
    if claim.relation not in ("=", "~~", *ORDER) or "sum" not in heads(claim.lhs, claim.rhs):
        return
    infinite = has_series(claim.lhs, claim.rhs)
    if infinite and not free_letters(claim.lhs) | free_letters(claim.rhs):
        yield Counterexample(())
    yield from _closed(claim, infinite)
    if infinite and claim.relation == "=":
        yield from islice(_divergent_points(claim), 3)


def _closed(claim: Claim, infinite: bool) -> Iterator[Evidence]:
    """With closed forms for all sums: a proof, or points at which the claim fails."""
    finder = Finder()
    try:
        facts = facts_of(claim.scope).assuming(visible_conditions(claim))
        sides = [with_closed_forms(side, facts, finder.settle) for side in (claim.lhs, claim.rhs)]
    except REFUSALS:
        return
    if not finder.found or has_series(*sides):
        return
    closed = tuple(dict.fromkeys(finder.found))
    yield Summed(closed)
    if infinite:
        told = Claim(sides[0], claim.relation, sides[1], claim.scope)
        failing = (point for point in sample(claim.scope, POINTS) if fails_at(told, point))
        yield from (SummedCounterexample(closed, point) for point in islice(failing, 3))


def _divergent_points(claim: Claim) -> Iterator[Counterexample]:
    for point in sample(claim.scope, POINTS_OF_SERIES):
        try:
            relation, env = grounded(claim, point)
        except REFUSALS:
            continue
        if any(divergent_part(side, env) for side in (relation.lhs, relation.rhs)):
            yield Counterexample(point)
