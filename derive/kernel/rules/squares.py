"""A certificate in squares: multiplier (high - low) = sum of c u v ... q^2 with c > 0 and factors u, v, ... that are >= 0.

The kernel multiplies out by the zero test. Refused: a multiplier that is not proved positive, roots that are not real.
"""

from __future__ import annotations

from derive.core import Claim, Square, Squares, Term
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import Facts
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.equality import equal
from derive.kernel.rules.nested import difference, require_defined
from derive.kernel.terms import ONE, ZERO, add, mul, number, power
from derive.kernel.verdict import NotAdmitted

MOST_PARTS = 200


def squares(claim: Claim, evidence: Squares, facts: Facts) -> Basis:
    """The difference of the sides is a sum of squares with non-negative weights, over a positive multiplier."""
    term, strict = difference(claim, facts)
    if len(evidence.parts) > MOST_PARTS:
        raise NotAdmitted(f"more than {MOST_PARTS} squares")
    if evidence.multiplier != ONE and not facts.positive(evidence.multiplier):
        raise NotAdmitted("the multiplier is not known to be positive")
    for part in evidence.parts:
        _require_non_negative(part, facts)
    total = add(*map(_term_of, evidence.parts)) if evidence.parts else ZERO
    left = term if evidence.multiplier == ONE else mul(evidence.multiplier, term)
    same = Claim(left, "=", total, claim.scope)
    require_defined(visible_conditions(same), facts, "in the certificate")
    basis = equal(same, facts)
    if basis is None:
        raise NotAdmitted("the squares do not add up to the difference of the sides")
    require_defined(basis.visible, facts, "in the certificate")
    if strict and not any(_positive(part, facts) for part in evidence.parts):
        raise NotAdmitted("no square of the certificate is known to be different from 0")
    count = len(evidence.parts)
    over = "" if evidence.multiplier == ONE else ", over a positive divisor"
    squares_ = "one square" if count == 1 else f"a sum of {count} squares"
    return Basis(f"the difference of the sides is {squares_} with non-negative weights{over}", basis.trust)


def _require_non_negative(part: Square, facts: Facts) -> None:
    if part.coefficient < 0:
        raise NotAdmitted("a negative weight")
    if facts.kind(part.root) == "complex":
        raise NotAdmitted("the square of a number that may not be real")
    for factor in part.factors:
        if not facts.non_negative(factor):
            raise NotAdmitted("a weight that is not known to be non-negative")


def _positive(part: Square, facts: Facts) -> bool:
    known = all(facts.positive(factor) for factor in part.factors)
    return part.coefficient > 0 and known and (part.root == ONE or facts.nonzero(part.root))


def _term_of(part: Square) -> Term:
    square = () if part.root == ONE else (power(part.root, number(2)),)
    return mul(number(part.coefficient), *part.factors, *square)
