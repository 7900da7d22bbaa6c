"""Substitutions that turn the range of an integral round, where the mean of both integrands is simpler."""

from __future__ import annotations

from collections.abc import Iterator

from derive.checkers.antiderivatives import antiderivative
from derive.core import Claim, Evidence, Hints, Reflected, Scope, Term
from derive.kernel import NotAdmitted
from derive.kernel.balls import Undefined
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import Facts, facts_of
from derive.kernel.normal import NoNormalForm, with_normaliser
from derive.kernel.path import with_letter
from derive.kernel.ratio import TooLarge
from derive.kernel.rules.reflected import integral_of_mean, the_integral
from derive.kernel.terms import ONE, ZERO, add, free_letters, heads, rational_value, sub

REFUSALS = (NoNormalForm, NotAdmitted, TooLarge, ZeroDivisionError, Undefined)

PROVES = (r"\int_0^1 \frac{x^3}{x^3 + (1 - x)^3} \, dx = \frac{1}{2}",)
DECLINES = (r"\int_0^1 \frac{x^3}{x^3 + (1 - x)^3} \, dx = \frac{1}{3}",)


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    if "integral" not in heads(claim.lhs, claim.rhs):
        return
    try:
        integral = the_integral(claim)
        facts = facts_of(claim.scope).assuming(visible_conditions(claim))
    except REFUSALS:
        return
    for map_ in _maps(integral):
        try:
            primitive = _primitive(integral, map_, facts, claim.scope)
        except REFUSALS:
            continue
        if primitive is not None:
            yield Reflected(map_, primitive)


def _maps(integral: Term) -> Iterator[Term]:
    _, x, lower, upper = integral.args
    yield sub(add(lower, upper) if lower != ZERO else upper, x)
    if (lower, upper) == (ZERO, ONE):
        yield Term("div", (sub(ONE, x), add(ONE, x)))


def _primitive(integral: Term, map_: Term, facts: Facts, scope: Scope) -> Term | None:
    """An antiderivative of the mean, where that is a rational function and the integrand is not, or a constant: programs may take very
    long for others."""
    mean, letter, lower, upper = integral_of_mean(integral, map_, facts).args
    name = str(letter.value)
    inside = with_letter(name, lower, upper, facts)
    body, short = (_tidy(term, inside) for term in (integral.args[0], mean))
    before, after = _moving(body, name), _moving(short, name)
    return antiderivative(short, name, scope) if after < before and after <= {letter} else None


def _tidy(term: Term, facts: Facts) -> Term:
    return with_normaliser(facts, lambda n: n.ratio_term(n.reduce(n.value(term))))


def _moving(term: Term, name: str) -> frozenset[Term]:
    """The letter where it stands by itself, and the functions of it."""
    if name not in free_letters(term):
        return frozenset()
    numeral = term.head == "pow" and rational_value(term.args[1]) is not None
    if term.head in ("add", "mul", "neg", "div") or numeral:
        return frozenset[Term]().union(*(_moving(arg, name) for arg in term.args))
    return frozenset([term])
