"""A monotone function applied to both sides of a hypothesis."""

from __future__ import annotations

from derive.core import Claim, Monotone, Term
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import Facts
from derive.kernel.rules.basis import ORDER, Basis
from derive.kernel.rules.equality import equal
from derive.kernel.terms import free_letters, substitute, symbol
from derive.kernel.verdict import NotAdmitted


def monotone(claim: Claim, evidence: Monotone, facts: Facts) -> Basis:
    """From ``a <= b`` (a hypothesis) follows ``f(a) <= f(b)`` for increasing f; f is c x, x^c, log x or exp x."""
    if not 0 <= evidence.hypothesis < len(claim.scope.hypotheses) or claim.relation not in ORDER:
        raise NotAdmitted("no such hypothesis")
    given = claim.scope.hypotheses[evidence.hypothesis]
    if given.relation not in ORDER:
        raise NotAdmitted("the hypothesis is not an inequality")
    strict = claim.relation in ("<", ">")
    if strict and given.relation not in ("<", ">"):
        raise NotAdmitted("a strict inequality from a weak one")
    small, large = (given.lhs, given.rhs) if given.relation in ("<", "<=") else (given.rhs, given.lhs)
    direction = _direction(evidence.body, evidence.variable, small, large, facts)
    low, high = (claim.lhs, claim.rhs) if claim.relation in ("<", "<=") else (claim.rhs, claim.lhs)
    if direction < 0:
        small, large = large, small
    images = [substitute(evidence.body, evidence.variable, side) for side in (small, large)]
    trust, visible = frozenset(["flint"]), list(visible_conditions(claim))
    for image, side in zip(images, (low, high), strict=True):
        same = equal(Claim(image, "=", side, claim.scope), facts)
        if same is None:
            raise NotAdmitted("the function does not give the sides of the claim")
        trust, visible = trust | same.trust, [*visible, *same.visible]
    kind = "an increasing" if direction > 0 else "a decreasing"
    return Basis(f"{kind} function applied to both sides of the hypothesis", trust, tuple(visible))


def _direction(body: Term, variable: str, small: Term, large: Term, facts: Facts) -> int:
    """1 or -1 where ``body`` is strictly increasing or decreasing between the two arguments."""
    x = symbol(variable)
    if body.head == "pow" and body.args[0] == x and variable not in free_letters(body.args[1]):
        if not (facts.positive(small) and facts.positive(large)):
            raise NotAdmitted("a power is monotone for positive arguments only")
        return _direction_of_sign(body.args[1], facts)
    if body == Term("log", (x,)) and facts.positive(small) and facts.positive(large):
        return 1
    if body == Term("exp", (x,)):
        return 1
    if body.head == "mul" and len(body.args) == 2 and body.args[1] == x and variable not in free_letters(body.args[0]):
        return _direction_of_sign(body.args[0], facts)
    raise NotAdmitted("not one of the monotone functions that are known")


def _direction_of_sign(term: Term, facts: Facts) -> int:
    if facts.positive(term):
        return 1
    if facts.positive(Term("neg", (term,))):
        return -1
    raise NotAdmitted("the direction of the function is not known")
