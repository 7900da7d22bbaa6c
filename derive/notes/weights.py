"""A claim about sums, where the members of a family are weights: they sum to 1, as probabilities and labels do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from derive.core import Claim, Declaration, Relation, Term
from derive.formula.family import substitute
from derive.kernel.terms import ONE, ZERO, add, number, subterms, symbol

TWO = number(Fraction(2))
WEIGHT = "weight"
MOST_FAMILIES = 3


def weighted(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """The name of each family of which nothing is said, and the claim for two members of it, w and 1 - w."""
    ends = {
        part.args[3]
        for side in (claim.lhs, claim.rhs)
        for part in subterms(side)
        if part.head == "sum" and part.args[2] == ONE and part.args[3].head == "symbol"
    }
    sizes = {str(size) for declaration in claim.scope.declarations for size in declaration.shape}
    if len(ends) != 1 or str(next(iter(ends)).value) in sizes:
        return
    silent = [d for d in claim.scope.declarations if d.family and not d.shape and not d.declared and d.law is None]
    for family in silent[:MOST_FAMILIES]:
        yield family.name, _for_two(claim, family.name, next(iter(ends)))


def _for_two(claim: Claim, family: str, end: Term) -> Claim:
    weight = symbol(WEIGHT)
    letter = Declaration(WEIGHT, where=(Relation(weight, ">=", ZERO), Relation(weight, "<=", ONE)), declared=False)
    sides = [_put(_written_out(side, end), family, end) for side in (claim.lhs, claim.rhs)]
    hypotheses = tuple(
        replace(
            one, lhs=_put(_written_out(one.lhs, end), family, end), rhs=_put(_written_out(one.rhs, end), family, end)
        )
        for one in claim.scope.hypotheses
    )
    scope = replace(claim.scope, declarations=(*claim.scope.declarations, letter), hypotheses=hypotheses)
    return replace(claim, lhs=sides[0], rhs=sides[1], scope=scope)


def _written_out(term: Term, end: Term) -> Term:
    """Sums to the end as their two terms."""
    if not term.args:
        return term
    term = replace(term, args=tuple(_written_out(arg, end) for arg in term.args))
    if term.head != "sum" or term.args[2:] != (ONE, end):
        return term
    body, letter = term.args[:2]
    return add(substitute(body, letter, ONE), substitute(body, letter, TWO))


def _put(term: Term, family: str, end: Term) -> Term:
    """The weights for the members, 2 for the end."""
    if term == end:
        return TWO
    if term.head == "index" and term.args[0] == symbol(family) and term.args[1] in (ONE, TWO):
        weight = symbol(WEIGHT)
        return weight if term.args[1] == ONE else add(ONE, Term("neg", (weight,)))
    return replace(term, args=tuple(_put(arg, family, end) for arg in term.args)) if term.args else term
