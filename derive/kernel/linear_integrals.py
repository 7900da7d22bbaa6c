"""Linearity: the integrals of an equation over one range are gathered into one, and ranges are brought to [0, 1].

Each integrand must be continuous on its closed range, so that each integral exists before they are added.
"""

from __future__ import annotations

from dataclasses import replace

from derive.core import Claim, Term
from derive.kernel.facts import Facts
from derive.kernel.normal.ring import NoNormalForm
from derive.kernel.path import MINUS_INFINITY
from derive.kernel.primitive import fresh_letter
from derive.kernel.symmetry import require_continuous
from derive.kernel.terms import INFINITY, ONE, ZERO, add, free_letters, heads, letters_of, mul, sub, substitute, symbol

COMMON = "u"


def one_integral_for_each_range(claim: Claim, facts: Facts) -> Claim:
    """``lhs - rhs = 0`` with one integral for each range that occurs; the letter of all is the same. Raises NoNormalForm."""
    return _gathered(claim, facts, unit=False)


def integrals_over_unit_range(claim: Claim, facts: Facts) -> Claim:
    """The same, after x = a + (b - a) u in each integral."""
    return _gathered(claim, facts, unit=True)


def _gathered(claim: Claim, facts: Facts, *, unit: bool) -> Claim:
    if claim.relation != "=":
        raise NoNormalForm("only equations are gathered")
    groups: dict[tuple[Term, Term], list[Term]] = {}
    rest: list[Term] = []
    common = symbol(fresh_letter(COMMON, facts, claim.lhs, claim.rhs))
    for coefficient, part in _summands(sub(claim.lhs, claim.rhs), ()):
        if part is None:
            rest.append(coefficient)
            continue
        body, letter, lower, upper = part.args
        name = str(letter.value)
        if {lower, upper} & {INFINITY, MINUS_INFINITY} or name in free_letters(lower) | free_letters(upper):
            raise NoNormalForm("an improper integral is not gathered with others")
        if any(name in letters_of(h) for h in facts.scope.hypotheses) or "integral" in heads(body, lower, upper):
            raise NoNormalForm("an integral that is not gathered with others")
        body = substitute(body, name, common)
        require_continuous(body, str(common.value), lower, upper, facts)
        ends = (lower, upper)
        if unit:
            width = sub(upper, lower)
            body = mul(substitute(body, str(common.value), add(lower, mul(width, common))), width)
            ends = (ZERO, ONE)
        groups.setdefault(ends, []).append(mul(coefficient, body))
    integrals = [Term("integral", (add(*bodies), common, *ends)) for ends, bodies in groups.items()]
    return replace(claim, lhs=add(*integrals, *rest) if rest else add(*integrals), rhs=ZERO)


def _summands(term: Term, factors: tuple[Term, ...]) -> list[tuple[Term, Term | None]]:
    """(coefficient, integral) or (term, None): the sum of all products is the term."""
    if "integral" not in heads(term):
        return [(mul(*factors, term), None)]
    if term.head == "integral":
        return [(mul(*factors) if factors else ONE, term)]
    if term.head == "add":
        return [found for arg in term.args for found in _summands(arg, factors)]
    if term.head == "neg":
        return _summands(term.args[0], (*factors, Term("neg", (ONE,))))
    if term.head == "div" and "integral" not in heads(term.args[1]):
        return _summands(term.args[0], (*factors, Term("div", (ONE, term.args[1]))))
    if term.head == "mul":
        inside = [arg for arg in term.args if "integral" in heads(arg)]
        if len(inside) == 1:
            return _summands(inside[0], (*factors, *(arg for arg in term.args if arg is not inside[0])))
    raise NoNormalForm("an integral that is not a summand")
