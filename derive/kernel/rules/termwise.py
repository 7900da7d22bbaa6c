"""Sums over one finite range are ordered where their terms are: from a_i <= b_i for l <= i <= u follows sum a_i <= sum b_i.

Refused: series, sums over different ranges, ranges whose ends are not integers, factors that are no real numbers or that use the
bound letter, a strict order over a range that may be empty.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, count

from derive.core import Claim, Declaration, Relation, Scope, Term, Termwise
from derive.kernel.facts import Facts, facts_of
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.nested import difference, proved_within
from derive.kernel.terms import ZERO, free_letters, mul, sub, substitute, subterms, symbol
from derive.kernel.verdict import NotAdmitted
from derive.kernel.words import is_matrix


@dataclass(frozen=True, slots=True)
class Ranged:
    """A sum as the sum of ``body`` over the ``letter`` from ``lower`` to ``upper``."""

    body: Term
    letter: str
    lower: Term
    upper: Term


def termwise(claim: Claim, evidence: Termwise, facts: Facts) -> Basis:
    """The order of the terms, by ``proof``."""
    inner = of_terms(claim, facts)
    basis = proved_within(inner, evidence.proof, facts_of(inner.scope))
    return replace(basis, why=f"term by term: {basis.why}", visible=())


def of_terms(claim: Claim, facts: Facts) -> Claim:
    """The relation between the terms, for an index of which nothing is known but its range. Raises NotAdmitted."""
    _, strict = difference(claim, facts)
    sides = [_ranged(side, facts) for side in (claim.lhs, claim.rhs)]
    first = next((side for side in sides if side is not None), None)
    if first is None:
        raise NotAdmitted("no sum on either side")
    if any(side is not None and (side.lower, side.upper) != (first.lower, first.upper) for side in sides):
        raise NotAdmitted("the sums run over different ranges")
    if not all(facts.kind(end) == "integer" for end in (first.lower, first.upper)):
        raise NotAdmitted("a range whose ends are not declared integers")
    if strict and not facts.non_negative(sub(first.upper, first.lower)):
        raise NotAdmitted("the range may be empty, and then both sums are 0")
    name = _fresh(claim)
    terms = [ZERO if side is None else substitute(side.body, side.letter, symbol(name)) for side in sides]
    return Claim(terms[0], claim.relation, terms[1], _with_index(claim.scope, name, first))


def _ranged(side: Term, facts: Facts) -> Ranged | None:
    """A sum, with a sign or factors before it; None for 0. Raises NotAdmitted."""
    if side == ZERO:
        return None
    if side.head == "neg":
        found = _ranged(side.args[0], facts)
        return None if found is None else replace(found, body=Term("neg", (found.body,)))
    factors = side.args if side.head == "mul" else (side,)
    sums = [factor for factor in factors if factor.head == "sum"]
    if len(sums) != 1:
        raise NotAdmitted("a side that is no multiple of one sum")
    body, letter, lower, upper = sums[0].args
    name = str(letter.value)
    others = [factor for factor in factors if factor is not sums[0]]
    if any(is_matrix(f, facts) or facts.kind(f) not in ("real", "integer") or name in free_letters(f) for f in others):
        raise NotAdmitted("a factor before the sum that does not stand for one real number")
    return Ranged(mul(*others, body) if others else body, name, lower, upper)


def _fresh(claim: Claim) -> str:
    """A letter that occurs nowhere, free or bound."""
    used = {declaration.name for declaration in claim.scope.declarations}
    used |= {str(part.value) for side in (claim.lhs, claim.rhs) for part in subterms(side) if part.head == "symbol"}
    return next(name for name in chain("ijkl", (f"i_{n}" for n in count(1))) if name not in used)


def _with_index(scope: Scope, name: str, side: Ranged) -> Scope:
    i = symbol(name)
    bounds = (Relation(i, ">=", side.lower), Relation(i, "<=", side.upper))
    return replace(scope, declarations=(*scope.declarations, Declaration(name, "integer", where=bounds)))
