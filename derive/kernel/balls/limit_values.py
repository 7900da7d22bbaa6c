"""The value of a limit at an exact point of its other letters: computed by the kernel's expansion, then enclosed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from flint import fmpq

from derive.core import Declaration, Function, Scope, Term
from derive.kernel.balls.limits import Undefined
from derive.kernel.balls.place import Place, value_of
from derive.kernel.balls.values import Quantity
from derive.kernel.ratio import Ratio, TooLarge
from derive.kernel.terms import BINDERS, free_letters, number, substitute, symbol


def limit(term: Term, place: Place) -> Quantity:
    """Raises Undefined where the limit is not known, or infinite, or a letter has no exact value."""
    closed = with_values(term, place)
    place.budget.spend_terms(100)
    return value_of(_limit_term(closed), replace(place, bound={}))


def _limit_term(closed: Term) -> Term:
    from derive.kernel.facts import facts_of
    from derive.kernel.limit import limit_of
    from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser

    # The letter is real here: what holds for all large real numbers holds for all large integers.
    facts = facts_of(Scope((Declaration(str(closed.args[1].value)),)))

    def value(normaliser: Normaliser) -> Term:
        found = limit_of(normaliser, closed, facts)
        if not isinstance(found, Ratio):
            raise NoNormalForm("the limit is infinite")
        if normaliser.trust:
            raise NoNormalForm("a limit that needs a theorem")
        return normaliser.ratio_term(found)

    try:
        return with_normaliser(facts, value)
    except (NoNormalForm, TooLarge, ZeroDivisionError) as refusal:
        raise Undefined(str(refusal)) from None


def with_values(term: Term, place: Place) -> Term:
    """The exact values of the letters put in, and the functions that the point gives. Raises Undefined."""
    for name in sorted(free_letters(term)):
        bound, given = place.bound.get(name), place.letters.get(name)
        if isinstance(bound, fmpq):
            term = substitute(term, name, number(Fraction(int(bound.numerator), int(bound.denominator))))
        elif name not in place.bound and isinstance(given, Function):
            term = with_function(term, name, given)
        elif name not in place.bound and isinstance(given, Fraction | int):
            term = substitute(term, name, number(given))
        else:
            raise Undefined(f"the letter {name} has no exact value")
    return term


def with_function(term: Term, name: str, function: Function) -> Term:
    """The body of the function where it is applied, or of its derivative."""
    from derive.kernel.differentiate import differentiate
    from derive.kernel.normal import NoNormalForm

    applied = term.head in ("apply", "prime")
    args = (*term.args[:applied], *(with_function(arg, name, function) for arg in term.args[applied:]))
    if applied and term.args[0].value == name:
        body = function.body
        if term.head == "prime":
            order = args[2]
            if order.head != "number":
                raise Undefined("a derivative of an order that is no numeral")
            try:
                for _ in range(int(Fraction(order.value or 0))):
                    body = differentiate(body, function.variable)
            except NoNormalForm as refusal:
                raise Undefined(str(refusal)) from None
        return substitute(body, function.variable, args[1])
    if term == symbol(name):
        raise Undefined("a function without its argument")
    if term.head in BINDERS and term.args[1].value == name:
        return term
    return replace(term, args=args) if term.args else term
