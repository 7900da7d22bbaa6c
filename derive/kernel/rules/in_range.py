"""Two angles in a range on which a circular function takes no value twice are equal if its values there are."""

from __future__ import annotations

from dataclasses import replace

from derive.core import Claim, InRange, Relation, Term
from derive.kernel.conditions import settled_by, visible_conditions
from derive.kernel.facts import Facts
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.inner import shown
from derive.kernel.rules.sign import MAY_NOT_EXIST
from derive.kernel.terms import ZERO, heads, number
from derive.kernel.verdict import NotAdmitted
from derive.kernel.words import is_matrix

PI = Term("constant", (), "pi")
HALF = Term("div", (PI, number(2)))
RANGES = {"sin": (Term("neg", (HALF,)), HALF, "="), "cos": (ZERO, PI, "="), "tan": (Term("neg", (HALF,)), HALF, "")}
"""Lower end, upper end, and whether these belong to the range."""


def in_range(claim: Claim, evidence: InRange, facts: Facts) -> Basis:
    """a = b if f(a) = f(b), with a and b proved to lie in [-pi/2, pi/2] for the sine, in [0, pi] for the cosine, in between
    -pi/2 and pi/2 for the tangent."""
    sides = (claim.lhs, claim.rhs)
    if claim.relation != "=" or evidence.function not in RANGES or heads(*sides) & MAY_NOT_EXIST:
        raise NotAdmitted("not an equation of angles")
    if any(is_matrix(side, facts) or facts.kind(side) == "complex" for side in sides):
        raise NotAdmitted("an angle that is not certainly a real number")
    low, high, end = RANGES[evidence.function]
    for side in sides:
        inside = (Relation(side, ">" + end, low), Relation(side, "<" + end, high))
        if not all(settled_by(relation, facts) for relation in inside):
            raise NotAdmitted(f"an angle may lie outside the range of the {evidence.function}")
    lhs, rhs = (Term(evidence.function, (side,)) for side in sides)
    inner = replace(claim, lhs=lhs, rhs=rhs)
    if not set(visible_conditions(inner)) <= set(visible_conditions(claim)):
        raise NotAdmitted(f"the {evidence.function} may be undefined")
    found = shown(inner, evidence.then)
    return replace(found, why=f"both sides lie where the {evidence.function} takes no value twice: {found.why}")
