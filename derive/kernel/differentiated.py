"""An equation between antiderivatives holds up to a constant: it says that the derivatives of both sides are equal."""

from __future__ import annotations

from dataclasses import replace

from derive.core import Claim, Term
from derive.kernel.terms import free_letters, heads, subterms
from derive.kernel.verdict import NotAdmitted


def differentiated(claim: Claim) -> Claim:
    """The claim itself, or the equation of the derivatives where an antiderivative occurs as a summand with a coefficient that
    does not depend on its letter. Raises NotAdmitted for other places and relations."""
    if "antiderivative" not in heads(claim.lhs, claim.rhs):
        return claim
    letters = {p.args[1] for side in (claim.lhs, claim.rhs) for p in subterms(side) if p.head == "antiderivative"}
    if claim.relation != "=" or len(letters) != 1:
        raise NotAdmitted("antiderivatives are compared in equations, by one letter")
    (x,) = letters
    for side in (claim.lhs, claim.rhs):
        _require_summand(side, str(x.value))
    left, right = (Term("derivative", (side, x)) for side in (claim.lhs, claim.rhs))
    return replace(claim, lhs=_slope(claim.lhs, x, left), rhs=_slope(claim.rhs, x, right))


def _slope(side: Term, x: Term, otherwise: Term) -> Term:
    """The derivative of a side, with the integrand in place of an antiderivative."""
    if "antiderivative" not in heads(side):
        return otherwise
    if side.head == "antiderivative":
        return side.args[0]
    if side.head in ("add", "neg"):
        return replace(side, args=tuple(_slope(arg, x, Term("derivative", (arg, x))) for arg in side.args))
    if side.head == "div":
        return replace(side, args=(_slope(side.args[0], x, otherwise), side.args[1]))
    return replace(side, args=tuple(_slope(a, x, a) if "antiderivative" in heads(a) else a for a in side.args))


def _require_summand(term: Term, x: str) -> None:
    if "antiderivative" not in heads(term):
        return
    if term.head == "antiderivative":
        if "antiderivative" in heads(term.args[0]):
            raise NotAdmitted("an antiderivative of an antiderivative")
        return
    inside = [arg for arg in term.args if "antiderivative" in heads(arg)]
    outside = [arg for arg in term.args if arg not in inside]
    scaled = term.head in ("mul", "div") and len(inside) == 1 and not any(x in free_letters(a) for a in outside)
    if term.head == "div" and inside != [term.args[0]]:
        scaled = False
    if term.head not in ("add", "neg") and not scaled:
        raise NotAdmitted("an antiderivative inside other operations")
    for arg in inside:
        _require_summand(arg, x)
