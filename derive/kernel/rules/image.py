"""The sides are the values of one monotone function at two arguments in order."""

from __future__ import annotations

from derive.core import Claim, Declaration, Image, Relation, Scope, Term
from derive.kernel.conditions import visible_conditions
from derive.kernel.continuity import SMOOTH
from derive.kernel.differentiate import differentiate
from derive.kernel.facts import Facts, facts_of
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.equality import equal
from derive.kernel.rules.nested import (
    difference,
    on_interval,
    positive,
    proved_within,
    require_defined,
    with_hypotheses,
)
from derive.kernel.rules.slope import require_smooth
from derive.kernel.terms import free_letters, heads, sub, substitute, symbol
from derive.kernel.verdict import NotAdmitted


def image(claim: Claim, evidence: Image, facts: Facts) -> Basis:
    """body(small) and body(large) are the sides, small <= large, and body is monotone between bounds of both."""
    _, strict = difference(claim, facts)
    name = evidence.variable
    if facts.declaration(name) is not None or not heads(evidence.body) <= SMOOTH:
        raise NotAdmitted("not a smooth function of a letter of its own")
    scope = with_hypotheses(claim.scope, visible_conditions(claim))
    high, low = (claim.lhs, claim.rhs) if claim.relation in (">", ">=") else (claim.rhs, claim.lhs)
    rising = _are_images(evidence, low, high, scope, facts)
    if not rising and not _are_images(evidence, high, low, scope, facts):
        raise NotAdmitted("the function does not give the sides of the claim")
    order = proved_within(Claim(evidence.small, "<" if strict else "<=", evidence.large, scope), evidence.order, facts)
    bounds = _bounds(evidence, facts)
    widened = Scope((*scope.declarations, Declaration(name, "real")), scope.hypotheses)
    inside = on_interval(widened, name, bounds)
    slope = differentiate(evidence.body, name)
    if not rising:
        slope = Term("neg", (slope,))
    require_smooth(evidence.body, slope, inside)
    basis = proved_within(positive(slope, strict, inside), evidence.slope, facts_of(inside))
    kind = "an increasing" if rising else "a decreasing"
    return Basis(
        f"{kind} function (by the sign of its derivative) at two arguments in order", order.trust | basis.trust
    )


def _are_images(evidence: Image, of_small: Term, of_large: Term, scope: Scope, facts: Facts) -> bool:
    pairs = ((evidence.small, of_small), (evidence.large, of_large))
    return all(_matches(evidence, argument, side, scope, facts) for argument, side in pairs)


def _matches(evidence: Image, argument: Term, side: Term, scope: Scope, facts: Facts) -> bool:
    """The function at the argument is that side."""
    same = Claim(substitute(evidence.body, evidence.variable, argument), "=", side, scope)
    require_defined(visible_conditions(same), facts, "at the arguments")
    basis = equal(same, facts)
    if basis is not None:
        require_defined(basis.visible, facts, "at the arguments")
    return basis is not None


def _bounds(evidence: Image, facts: Facts) -> tuple[Relation, ...]:
    """Bounds, free of the letter, between which both arguments lie."""
    x = symbol(evidence.variable)
    found = []
    for bound, sign in ((evidence.lower, ">"), (evidence.upper, "<")):
        if bound is None:
            continue
        rooms = [
            sub(argument, bound) if sign == ">" else sub(bound, argument)
            for argument in (evidence.small, evidence.large)
        ]
        if evidence.variable in free_letters(bound) or not all(map(facts.non_negative, rooms)):
            raise NotAdmitted("the arguments are not shown to lie within the bounds")
        found.append(Relation(x, sign if all(map(facts.positive, rooms)) else f"{sign}=", bound))
    return tuple(found)
