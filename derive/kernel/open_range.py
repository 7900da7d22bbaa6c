"""Signs inside an open range: a product of factors that are linear in the letter, each of one sign between the ends."""

from __future__ import annotations

from derive.core import Relation, Term
from derive.kernel.facts import Facts
from derive.kernel.normal.ring import NoNormalForm, Normaliser
from derive.kernel.normal.table import with_normaliser
from derive.kernel.path import MINUS_INFINITY, throughout
from derive.kernel.terms import INFINITY, ZERO, free_letters, linear_in, sub, substitute


def inside_open_range(relation: Relation, t: str, lower: Term, upper: Term, facts: Facts, inside: Facts) -> bool:
    """The relation holds for every t strictly between the ends, of which ``lower`` is the smaller or the larger one."""
    if {lower, upper} & {INFINITY, MINUS_INFINITY} or relation.relation not in (">", ">=", "!="):
        return False
    difference = sub(relation.lhs, relation.rhs) if relation.rhs != ZERO else relation.lhs

    def sign(normaliser: Normaliser) -> int:
        content, found = normaliser.factors(normaliser.value(difference))
        total = (content > 0) - (content < 0)
        for factor, multiplicity in found:
            total *= _sign(normaliser.term(factor), t, lower, upper, facts) ** (multiplicity % 2 or 2)
        return total if not normaliser.visible else 0

    try:
        found = with_normaliser(inside, sign)
    except (NoNormalForm, ZeroDivisionError):
        return False
    return found > 0 or (found < 0 and relation.relation == "!=")


def _sign(factor: Term, t: str, lower: Term, upper: Term, facts: Facts) -> int:
    """Of one factor on the open range. Raises NoNormalForm where it is not known."""
    negative = Term("neg", (factor,))
    for value, sign in ((factor, 1), (negative, -1)):
        if t not in free_letters(factor):
            if facts.positive(value):
                return sign
            continue
        if throughout(Relation(value, ">", ZERO), t, lower, upper, facts):
            return sign
        slope = linear_in(factor, t)
        if slope is None or t in free_letters(slope) or not facts.nonzero(slope):
            continue
        if all(facts.non_negative(_tidy(substitute(value, t, end), facts)) for end in (lower, upper)):
            return sign
    raise NoNormalForm("the sign of a factor on the range is not known")


def _tidy(term: Term, facts: Facts) -> Term:
    return with_normaliser(facts, lambda normaliser: normaliser.ratio_term(normaliser.reduce(normaliser.value(term))))
