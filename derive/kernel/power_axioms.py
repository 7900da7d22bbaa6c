"""The theorem on powers of one matrix whose spectral radius is bounded: a part of the closed list."""

from __future__ import annotations

from derive.core import Claim, Term
from derive.kernel.asymptotic import facts_for_large
from derive.kernel.axiom import Axiom
from derive.kernel.facts import Facts
from derive.kernel.heads import ShapeError, shape_of
from derive.kernel.normal import NoNormalForm
from derive.kernel.terms import INFINITY, ONE, ZERO, free_letters, sub

NORMS = ("norm", "frobenius")


def _powers_vanish(claim: Claim, facts: Facts) -> bool:
    """lim ‖B A^t C‖ / r^t = 0 as t → ∞ through the integers, where ρ(A) < r and B, C (or none) are free of t."""
    limit = claim.lhs
    if claim.relation != "=" or claim.rhs != ZERO or limit.head != "limit" or limit.args[2] != INFINITY:
        return False
    body, letter, _ = limit.args
    norm, rate = _quotient(body, letter)
    base = _base(norm.args[0], letter, facts) if norm.head in NORMS else None
    if base is None or rate is None or str(letter.value) in free_letters(rate):
        return False
    try:
        facts = facts_for_large(limit, facts)
    except NoNormalForm:
        return False
    integer = facts.kind(letter) == "integer"
    return integer and facts.positive(rate) and facts.positive(sub(rate, Term("spectral_radius", (base,))))


def _quotient(body: Term, letter: Term) -> tuple[Term, Term | None]:
    """(norm, r) of ``norm / r^t``, r = 1 where nothing divides."""
    if body.head != "div":
        return body, ONE
    norm, divisor = body.args
    plain = divisor.head == "pow" and divisor.args[1] == letter
    return norm, divisor.args[0] if plain else None


def _base(term: Term, letter: Term, facts: Facts) -> Term | None:
    """The square matrix A of a product in which A^t is the one factor that knows t."""
    factors = term.args if term.head == "mul" else (term,)
    moving = [factor for factor in factors if str(letter.value) in free_letters(factor)]
    if len(moving) != 1 or moving[0].head != "pow" or moving[0].args[1] != letter:
        return None
    base = moving[0].args[0]
    try:
        shape = shape_of(base, facts.scope)
    except ShapeError:
        return None
    square = shape is not None and len(shape) == 2 and shape[0] == shape[1]
    return base if square and str(letter.value) not in free_letters(base) else None


POWER_AXIOMS = (
    Axiom(
        "powers_vanish",
        "‖A^t‖ / r^t → 0 as t → ∞; so do ‖A^t x‖ / r^t and ‖xᵀA^t‖ / r^t.",
        "A is square and fixed, t runs through the integers, ρ(A) < r",
        "Horn and Johnson, Matrix Analysis, 2nd ed., theorem 5.6.12 and corollary 5.6.13",
        _powers_vanish,
    ),
)
"""The part of the closed list that speaks of powers of one matrix."""
