"""The value of an integral from an antiderivative F that somebody found: F' = f is checked, and that F serves on the whole range.

On the open range between the ends f and F are defined, continuous, and F is differentiable; at an end where F is defined its
value counts, elsewhere its one-sided limit. So int_{-1}^{1} x^{-2} is not -2, and arctan(tan x) serves nowhere across pi/2.
"""

from __future__ import annotations

from dataclasses import replace

from derive.core import Relation, Term
from derive.kernel.conditions import unsettled
from derive.kernel.differentiate import differentiate
from derive.kernel.facts import Facts
from derive.kernel.heads import conditions_of
from derive.kernel.normal.ring import NoNormalForm, Normaliser
from derive.kernel.normal.table import with_normaliser
from derive.kernel.open_range import inside_open_range
from derive.kernel.path import MINUS_INFINITY, holds_by, in_order, require_continuous_heads, throughout, with_letter
from derive.kernel.terms import (
    INFINITY,
    ZERO,
    free_letters,
    heads,
    letters_of,
    linear_in,
    sub,
    substitute,
    subterms,
    symbol,
)
from derive.kernel.verdict import NotAdmitted

NOT_INSIDE = {"integral", "antiderivative", "limit", "expect", "variance", "covariance", "probability", "derivative"}


def by_primitive(term: Term, primitive: Term, facts: Facts) -> Term:
    """F(b) - F(a) for ``integral(f, x, a, b)``, where an improper end is written as a limit. Raises NoNormalForm."""
    body, letter, lower, upper = term.args
    name = str(letter.value)
    if name in free_letters(lower) | free_letters(upper):
        raise NoNormalForm("an integral whose end speaks of its letter")
    if heads(body, primitive) & NOT_INSIDE:
        raise NoNormalForm("an integrand that is not worked out")
    x = fresh_letter(name, facts, body, primitive, lower, upper)
    body, primitive = (substitute(part, name, symbol(x)) for part in (body, primitive))
    serves(body, primitive, x, lower, upper, facts)
    first, last = in_order(lower, upper, facts)
    known = (first, last) != (MINUS_INFINITY, INFINITY) or {lower, upper} == {MINUS_INFINITY, INFINITY}
    sides = {first: "+", last: "-"} if known else {}
    return sub(_at_end(primitive, x, upper, sides, facts), _at_end(primitive, x, lower, sides, facts))


def fresh_letter(name: str, facts: Facts, *terms: Term) -> str:
    """A name that nothing else has, so that what is known of a letter of the same name is not used."""
    x = f"{name}~"
    while facts.declaration(x) is not None or any(x in free_letters(term) for term in terms):
        x = f"{x}~"
    return x


def serves(body: Term, primitive: Term, x: str, lower: Term, upper: Term, facts: Facts) -> None:
    """F' = f on the open range, where both are continuous. Raises NoNormalForm."""
    for part in (body, primitive):
        require_continuous_heads(part, x)
    inside = with_letter(x, lower, upper, facts)
    if inside.kind(body) == "complex" or inside.kind(primitive) == "complex":
        raise NoNormalForm("an integral of complex numbers")
    require_on_range(conditions(body, inside), x, lower, upper, facts)
    require_on_range(conditions(primitive, inside), x, lower, upper, facts)
    smooth = conditions(Term("derivative", (primitive, symbol(x))), inside)
    require_on_range([r for r in smooth if not _at_one_point(r, x, facts)], x, lower, upper, facts)
    slope = differentiate(primitive, x, inside)

    def same(normaliser: Normaliser) -> list[Relation]:
        if not normaliser.reduce(normaliser.value(slope) - normaliser.value(body)).is_zero:
            raise NoNormalForm("the derivative of what was found is not the integrand")
        return list(normaliser.visible)

    rest = [r for r in with_normaliser(inside, same) if not _at_one_point(r, x, facts)]
    require_on_range(rest, x, lower, upper, facts)


def _at_one_point(relation: Relation, x: str, facts: Facts) -> bool:
    """The condition of differentiability fails at one point at most: F is continuous there, and f, so F(b) - F(a) counts."""
    if relation.relation != "!=":
        return False
    slope = linear_in(sub(relation.lhs, relation.rhs), x)
    return slope is not None and x not in free_letters(slope) and facts.nonzero(slope)


def conditions(term: Term, inside: Facts) -> list[Relation]:
    """What a term asks for that does not follow from the facts inside the range. Raises NoNormalForm for what is hidden."""
    try:
        return [r for c in conditions_of(term, inside.scope) for r in unsettled(c, inside, hidden=False)]
    except NotAdmitted as refusal:
        raise NoNormalForm(str(refusal)) from None


def require_on_range(found: list[Relation], x: str, lower: Term, upper: Term, facts: Facts) -> None:
    for relation in dict.fromkeys(found):
        if x in letters_of(relation):
            inside = with_letter(x, lower, upper, facts)
            if not throughout(relation, x, lower, upper, facts) and not inside_open_range(
                relation, x, lower, upper, facts, inside
            ):
                raise NoNormalForm("the integrand or its antiderivative may be undefined within the range")
        elif not _holds(relation, facts):
            raise NoNormalForm("the antiderivative needs a condition that is not declared")


def _holds(relation: Relation, facts: Facts) -> bool:
    difference = relation.lhs if relation.rhs == ZERO else sub(relation.lhs, relation.rhs)
    return holds_by(facts, relation.relation, difference)


def _without_powers_of_zero(term: Term, facts: Facts) -> Term:
    """0^s = 0 for s > 0."""
    if term.head == "pow" and term.args[0] == ZERO and facts.positive(term.args[1]):
        return ZERO
    return replace(term, args=tuple(_without_powers_of_zero(arg, facts) for arg in term.args)) if term.args else term


def _at_end(primitive: Term, x: str, end: Term, sides: dict[Term, str], facts: Facts) -> Term:
    """F at an end: its value where it is defined there, else the limit from within the range."""
    if end in (INFINITY, MINUS_INFINITY):
        return Term("limit", (primitive, symbol(x), end))
    value = _without_powers_of_zero(substitute(primitive, x, end), facts)
    jumps = any(p.head == "pow" and all(x in free_letters(arg) for arg in p.args) for p in subterms(primitive))
    try:
        needed = [r for c in conditions_of(value, facts.scope) for r in unsettled(c, facts, hidden=False)]
    except NotAdmitted as refusal:
        raise NoNormalForm(str(refusal)) from None
    if not needed and not jumps:  # u^v may jump where u and v tend to 0
        return value
    if end not in sides:
        raise NoNormalForm("the order of the ends is not known")
    return Term("limit", (primitive, symbol(x), end), sides[end])
