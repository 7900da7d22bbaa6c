"""Integrals that diverge at infinity because their integrand does not vanish there, or not faster than 1/x.

A continuous f with a limit other than 0 at infinity, infinity included, keeps one sign and stays away from 0 from some point on, so
that the integral up to infinity does not exist; the same for x f(x), where f outgrows a multiple of 1/x.
"""

from __future__ import annotations

from derive.core import Claim, DivergentTail, Relation, Scope, Term
from derive.kernel.balls import evaluate, holds
from derive.kernel.facts import facts_of
from derive.kernel.integrals_at_points import at_point, require_finite_claim
from derive.kernel.limit import limit_of
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.path import MINUS_INFINITY, require_continuous_heads, with_letter
from derive.kernel.ratio import Ratio
from derive.kernel.rules.integrated import Book, value_of
from derive.kernel.terms import INFINITY, ZERO, free_letters, heads, mul, substitute, symbol
from derive.kernel.verdict import NotAdmitted

NOTHING = facts_of(Scope())
LETTER = "x~"


def why_divergent_tail(claim: Claim, evidence: DivergentTail) -> str:
    """One sentence. Raises NotAdmitted or NoNormalForm where the integral is not shown to diverge, or where another one may."""
    relation = at_point(claim, evidence.point)
    require_finite_claim(relation)
    integrals = [*outermost(relation.lhs), *outermost(relation.rhs)]
    if not 0 <= evidence.position < len(integrals):
        raise NotAdmitted("no such integral")
    book = Book(dict(evidence.primitives))
    for other in integrals[: evidence.position] + integrals[evidence.position + 1 :]:
        evaluate(value_of(other, book, NOTHING), {}, 64)  # has a value
    body = integrand_at_infinity(integrals[evidence.position], book, upwards=evidence.upwards)
    if not any(_stays_away_from_zero(term) for term in (body, mul(symbol(LETTER), body))):
        raise NotAdmitted("the integrand is not shown to stay away from 0")
    return "the integral diverges: at infinity its integrand does not vanish faster than 1/x"


def outermost(term: Term) -> list[Term]:
    """The integrals that stand in no other one."""
    if term.head == "integral":
        return [term]
    return [found for arg in term.args for found in outermost(arg)]


def integrand_at_infinity(integral: Term, book: Book, *, upwards: bool) -> Term:
    """The integrand, its own integrals worked out, in a letter that tends to infinity: the mirror image at the lower end."""
    body, letter, lower, upper = integral.args
    if (upper if upwards else lower) != (INFINITY if upwards else MINUS_INFINITY):
        raise NotAdmitted("the range does not reach infinity there")
    if (lower if upwards else upper) == (INFINITY if upwards else MINUS_INFINITY):
        raise NotAdmitted("a range of one point")
    name = str(letter.value)
    inside = value_of(body, book, with_letter(name, lower, upper, NOTHING))
    if heads(inside) & {"integral", "limit"} or free_letters(inside) - {name}:
        raise NotAdmitted("an integrand with further letters")
    x = symbol(LETTER)
    inside = substitute(inside, name, x if upwards else Term("neg", (x,)))
    require_continuous_heads(inside, LETTER)
    return inside


def _stays_away_from_zero(term: Term) -> bool:
    limit = Term("limit", (term, symbol(LETTER), INFINITY))

    def apart(normaliser: Normaliser) -> bool:
        found = limit_of(normaliser, limit, NOTHING)
        if not isinstance(found, Ratio):
            return True
        value = normaliser.ratio_term(normaliser.reduce(found))
        return not free_letters(value) and holds(Relation(value, "!=", ZERO), {}) is True

    try:
        return with_normaliser(NOTHING, apart)
    except (NoNormalForm, ZeroDivisionError):
        return False
