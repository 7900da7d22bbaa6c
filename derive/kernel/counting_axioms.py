"""Theorems on counting in the closed list: the convolution of Vandermonde, probabilities of whole numbers one by one."""

from __future__ import annotations

from derive.core import Claim, Term
from derive.kernel.admissible_laws import WHOLE_LAWS
from derive.kernel.axiom import Axiom
from derive.kernel.expectation.randomness import random_in, require_free_laws
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm
from derive.kernel.sameness import same_scalar
from derive.kernel.terms import ZERO, add, free_letters, rational_value, sub


def _vandermonde(claim: Claim, facts: Facts) -> bool:
    """sum_{k=0}^r C(m, k) C(n, r - k) = C(m + n, r) for integers m, n, r >= 0."""
    total, value = (claim.lhs, claim.rhs) if claim.lhs.head == "sum" else (claim.rhs, claim.lhs)
    if claim.relation != "=" or total.head != "sum" or value.head != "binomial" or total.args[2] != ZERO:
        return False
    body, k, _, r = total.args
    factors = body.args if body.head == "mul" else ()
    if len(factors) != 2 or any(factor.head != "binomial" for factor in factors) or value.args[1] != r:
        return False
    first, second = factors if factors[0].args[1] == k else factors[::-1]
    (m, _), (n, below) = first.args, second.args
    if any(free_letters(k) & free_letters(term) for term in (m, n, r)):
        return False
    if not all(facts.kind(term) == "integer" and facts.non_negative(term) for term in (m, n, r)):
        return False
    return first.args[1] == k and below == sub(r, k) and same_scalar(value.args[0], add(m, n), facts)


def _one_by_one(claim: Claim, facts: Facts) -> bool:
    """P[y <= z] = sum over x from a to z of P[y = x], for whole y >= 0, integers z and a numeral a <= 0."""
    event, total = (claim.lhs, claim.rhs) if claim.lhs.head == "probability" else (claim.rhs, claim.lhs)
    if claim.relation != "=" or event.head != "probability" or event.value != "<=" or total.head != "sum":
        return False
    (y, z), (body, x, first, last) = event.args, total.args
    declaration = facts.declaration(str(y.value)) if y.head == "symbol" else None
    law = declaration.law if declaration is not None else None
    if declaration is None or law is None or law.name not in WHOLE_LAWS or declaration.shape or declaration.family:
        return False
    start = rational_value(first)
    if start is None or start.denominator != 1 or start > 0 or last != z or random_in(z, facts.scope):
        return False
    if facts.kind(z) != "integer" or free_letters(x) & (free_letters(z) | {str(y.value)} | _parameters(claim)):
        return False
    try:
        require_free_laws(facts)
    except NoNormalForm:
        return False
    return body == Term("probability", (y, x), "=")


def _parameters(claim: Claim) -> frozenset[str]:
    """Letters on which a law depends."""
    laws = [d.law for d in claim.scope.declarations if d.law is not None]
    return frozenset[str]().union(*(free_letters(t) for law in laws for t in (law.mean, law.variance, *law.parameters)))


COUNTING_AXIOMS = (
    Axiom(
        "vandermonde",
        "The sum over k from 0 to r of C(m, k) C(n, r - k) is C(m + n, r).",
        "m, n and r are integers >= 0",
        "Graham, Knuth and Patashnik, Concrete Mathematics, 2nd ed., section 5.1",
        _vandermonde,
    ),
    Axiom(
        "additivity",
        "P[Y ≤ z] is the sum of P[Y = x] over the integers x up to z.",
        "Y has a law of whole numbers that are not negative, z is an integer, the sum begins at 0 or before",
        "Grimmett and Stirzaker, Probability and Random Processes, 3rd ed., section 1.3",
        _one_by_one,
    ),
)
"""The part of the closed list that counts."""
