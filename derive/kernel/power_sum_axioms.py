"""The theorem on powers of a sum and sums of powers: a part of the closed list."""

from __future__ import annotations

from derive.core import Claim, Term
from derive.kernel.axiom import Axiom
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, with_normaliser
from derive.kernel.terms import ONE, add, power, sub


def _powers_of_sums(claim: Claim, facts: Facts) -> bool:
    """(sum x_i)^p <= sum x_i^p for positive x_i and 0 < p <= 1, the other way round for p >= 1; written out."""
    if claim.relation not in ("<=", ">="):
        return False
    small, large = (claim.lhs, claim.rhs) if claim.relation == "<=" else (claim.rhs, claim.lhs)
    return _spreads(small, large, facts, above_one=False) or _spreads(large, small, facts, above_one=True)


def _spreads(whole: Term, parts: Term, facts: Facts, *, above_one: bool) -> bool:
    if whole.head != "pow" or whole.args[0].head != "add":
        return False
    numbers, p = whole.args[0].args, whole.args[1]
    room = sub(p, ONE) if above_one else sub(ONE, p)
    if facts.kind(p) == "complex" or not (facts.positive(p) and facts.non_negative(room)):
        return False
    if not all(map(facts.positive, numbers)):
        return False
    spread = add(*(power(x, p) for x in numbers))
    try:
        return with_normaliser(facts, lambda n: n.reduce(n.value(parts) - n.value(spread)).is_zero)
    except (NoNormalForm, ZeroDivisionError):
        return False


POWER_SUM_AXIOMS = (
    Axiom(
        "powers_of_sums",
        "(Σ x_i)^p ≤ Σ x_i^p for 0 < p ≤ 1, and (Σ x_i)^p ≥ Σ x_i^p for p ≥ 1.",
        "x_i > 0, the bounds of p follow from the declarations",
        "Hardy, Littlewood and Pólya, Inequalities, 2nd ed., section 2.10",
        _powers_of_sums,
    ),
)
"""The part of the closed list that speaks of powers of sums."""
