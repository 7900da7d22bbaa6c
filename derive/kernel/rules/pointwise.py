"""Integrals over one finite range are ordered where their integrands are: from f <= g on [a, b] and a <= b follows int f <= int g.

Refused: a strict order, different or infinite ranges, ends whose order is not known, integrands that are not known to be real and
continuous on the whole range, random letters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, count

from derive.core import Claim, Declaration, Pointwise, Relation, Scope, Term
from derive.kernel.facts import Facts, facts_of
from derive.kernel.path import MINUS_INFINITY, continuous_around, with_letter
from derive.kernel.primitive import NOT_INSIDE
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.nested import proved_within
from derive.kernel.terms import INFINITY, ZERO, free_letters, heads, sub, substitute, subterms, symbol
from derive.kernel.verdict import NotAdmitted
from derive.kernel.words import is_matrix


@dataclass(frozen=True, slots=True)
class Range:
    """From ``lower`` to ``upper``."""

    lower: Term
    upper: Term


def pointwise(claim: Claim, evidence: Pointwise, facts: Facts) -> Basis:
    """The order of the integrands, by ``proof``."""
    inner = of_integrands(claim, facts)
    basis = proved_within(inner, evidence.proof, facts_of(inner.scope))
    return replace(basis, why=f"at every point of the range: {basis.why}", visible=())


def of_integrands(claim: Claim, facts: Facts) -> Claim:
    """The relation between the integrands, for a letter of which nothing is known but its range. Raises NotAdmitted or
    NoNormalForm."""
    if claim.relation not in ("<=", ">="):
        raise NotAdmitted("only an order that is not strict passes from integrands to integrals")
    over = _range(claim)
    if not facts.non_negative(sub(over.upper, over.lower)):
        raise NotAdmitted("the order of the ends of the integral is not known")
    name = _fresh(claim)
    bodies = [_integrand(side, name) for side in (claim.lhs, claim.rhs)]
    inside = with_letter(name, over.lower, over.upper, facts)
    for body in bodies:
        if heads(body) & NOT_INSIDE or is_matrix(body, inside) or inside.kind(body) not in ("real", "integer"):
            raise NotAdmitted("an integrand that is not a plain real number")
        continuous_around(body, name, over.lower, over.upper, facts)
    return Claim(bodies[0], claim.relation, bodies[1], _with_letter(claim.scope, name, over))


def _range(claim: Claim) -> Range:
    """The one range of both integrals; a side may be 0."""
    ranges = {side.args[2:] for side in (claim.lhs, claim.rhs) if side != ZERO and side.head == "integral"}
    plain = all(side == ZERO or side.head == "integral" for side in (claim.lhs, claim.rhs))
    if not plain or len(ranges) != 1:
        raise NotAdmitted("the sides are not integrals over one range")
    lower, upper = ranges.pop()
    if {lower, upper} & {INFINITY, MINUS_INFINITY} or heads(lower, upper) & NOT_INSIDE:
        raise NotAdmitted("a range that is not finite")
    used = {name for side in (claim.lhs, claim.rhs) for name in free_letters(side)}
    if any(declaration.law is not None and declaration.name in used for declaration in claim.scope.declarations):
        raise NotAdmitted("an integral that is random")
    return Range(lower, upper)


def _integrand(side: Term, name: str) -> Term:
    if side == ZERO:
        return ZERO
    body, letter = side.args[:2]
    return substitute(body, str(letter.value), symbol(name))


def _fresh(claim: Claim) -> str:
    """A letter that occurs nowhere, free or bound."""
    used = {declaration.name for declaration in claim.scope.declarations}
    used |= {str(part.value) for side in (claim.lhs, claim.rhs) for part in subterms(side) if part.head == "symbol"}
    return next(name for name in chain("xyzst", (f"x_{n}" for n in count(1))) if name not in used)


def _with_letter(scope: Scope, name: str, over: Range) -> Scope:
    x = symbol(name)
    bounds = (Relation(x, ">=", over.lower), Relation(x, "<=", over.upper))
    return replace(scope, declarations=(*scope.declarations, Declaration(name, "real", where=bounds)))
