"""The claim with closed forms put for its sums, products and series."""

from __future__ import annotations

from dataclasses import dataclass, field

from derive.core import Claim, Closed, Summed, Term
from derive.kernel import points
from derive.kernel.balls import approximates, holds
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import Facts
from derive.kernel.rules.basis import ORDER, Basis
from derive.kernel.rules.equality import equal
from derive.kernel.rules.sign import sign
from derive.kernel.settling import settled
from derive.kernel.summation import value_by, with_closed_forms
from derive.kernel.terms import free_letters, has_series
from derive.kernel.verdict import NotAdmitted


@dataclass(slots=True)
class Book:
    """The closed forms that evidence offers, and the theorems that those used relied on."""

    offered: tuple[Closed, ...]
    trust: set[str] = field(default_factory=lambda: {"flint"})
    used: int = 0

    def settle(self, term: Term, facts: Facts) -> Term | None:
        for closed in self.offered:
            if closed.term == term:
                value, trust = value_by(term, closed, facts)
                self.trust |= trust
                self.used += 1
                return value
        return None


def closed_claim(claim: Claim, closed: tuple[Closed, ...], facts: Facts) -> tuple[Claim, Book]:
    """The claim with the closed forms put, every one re-checked. What they need to be defined follows from the facts."""
    book = Book(closed)
    sides = [with_closed_forms(side, facts, book.settle) for side in (claim.lhs, claim.rhs)]
    if not book.used:
        raise NotAdmitted("no sum of the claim has one of these closed forms")
    found = Claim(sides[0], claim.relation, sides[1], claim.scope)
    if has_series(*sides):
        raise NotAdmitted("the convergence of a series is not settled")
    for condition in visible_conditions(found):
        if not settled(condition, facts):
            raise NotAdmitted("a closed form needs a condition that does not follow from the declarations")
    return found, book


def summed(claim: Claim, evidence: Summed, facts: Facts) -> Basis:
    """Sums by telescoping (G(upper + 1) - G(lower), or the limit of G), series by the closed list; then normal forms, the sign of
    the difference, or balls."""
    found, book = closed_claim(claim, evidence.closed, facts)
    basis = _decided(found, facts)
    cited = sorted(name.removeprefix("axiom:").replace("_", " ") for name in book.trust if name.startswith("axiom:"))
    how = f"by the {' and the '.join(cited)}" if cited else "each sum telescopes"
    return Basis(f"{how}, then {basis.why}", basis.trust | book.trust, basis.visible)


def _decided(claim: Claim, facts: Facts) -> Basis:
    if claim.relation == "=":
        basis = equal(claim, facts)
        if basis is not None:
            return basis
        raise NotAdmitted("with closed forms put, the two sides do not reach the same normal form")
    if free_letters(claim.lhs) | free_letters(claim.rhs) and claim.relation in ORDER:
        return sign(claim, facts)
    relation = points.closed(claim)
    holding = approximates(relation.lhs, relation.rhs, {}) if claim.relation == "~~" else holds(relation, {})
    if holding is not True:
        raise NotAdmitted("with closed forms put, the enclosures do not decide this")
    return Basis("rigorous enclosures of both sides")
