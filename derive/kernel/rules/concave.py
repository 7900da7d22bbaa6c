"""A concave function that is >= 0 at both ends of an interval is >= 0 between them.

Refused: a function that is not defined at the ends and twice differentiable between them. Strict: at points other than the
ends, where the second derivative is < 0, or is not 0 at one point of an analytic function.
"""

from __future__ import annotations

from derive.core import Claim, Concave, Relation, Scope, Term
from derive.kernel.conditions import visible_conditions
from derive.kernel.continuity import SMOOTH
from derive.kernel.differentiate import differentiate
from derive.kernel.facts import Facts, facts_of
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.nested import difference, on_interval, positive, proved_within, require_free, with_hypotheses
from derive.kernel.rules.slope import has_sign, require_everywhere, require_isolated_zeros, require_smooth
from derive.kernel.terms import free_letters, heads, sub, substitute, symbol
from derive.kernel.verdict import NotAdmitted


def concave(claim: Claim, evidence: Concave, facts: Facts) -> Basis:
    """The difference of the sides is concave and >= 0 at both ends."""
    f, strict = difference(claim, facts)
    name, ends = evidence.variable, (evidence.lower, evidence.upper)
    require_free(name, facts)
    if any(name in free_letters(end) for end in ends) or not heads(f) <= SMOOTH:
        raise NotAdmitted(f"not a smooth function of {name} between two ends")
    scope = with_hypotheses(claim.scope, visible_conditions(claim))
    x = symbol(name)
    rooms = (sub(x, evidence.lower), sub(evidence.upper, x))
    if not all(facts.non_negative(room) for room in rooms):
        raise NotAdmitted(f"{name} is not shown to stay between the ends")
    for end, room in zip(ends, rooms, strict=True):
        strict_end = strict and not facts.nonzero(room)
        if not has_sign(substitute(f, name, end), strict_end, on_interval(scope, name, ())):
            raise NotAdmitted("the sign at an end is not known")
    basis = _bent(f, strict, evidence, scope)
    return Basis(
        f"concavity: not negative at both ends, and the second derivative is not positive ({basis.why})", basis.trust
    )


def _bent(f: Term, strict: bool, evidence: Concave, scope: Scope) -> Basis:
    name, x = evidence.variable, symbol(evidence.variable)
    closed = (Relation(x, ">=", evidence.lower), Relation(x, "<=", evidence.upper))
    opened = (Relation(x, ">", evidence.lower), Relation(x, "<", evidence.upper))
    require_everywhere(f, on_interval(scope, name, closed))
    inside = on_interval(scope, name, opened)
    first = differentiate(f, name)
    bend = Term("neg", (differentiate(first, name),))
    require_smooth(f, first, inside)
    require_everywhere(bend, inside)
    point = evidence.inside
    if strict and point is not None:
        require_isolated_zeros(f, bend, name, point, facts_of(inside), opened)
    return proved_within(positive(bend, strict and point is None, inside), evidence.proof, facts_of(inside))
