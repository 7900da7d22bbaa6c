"""Rules for expectations, variances and probabilities under finite laws, by total probability."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flint import arb, fmpq

from derive.core import Term
from derive.kernel.balls.arithmetic import add, multiply, negate
from derive.kernel.balls.comparing import truth_of
from derive.kernel.balls.limits import Unclear, Undefined
from derive.kernel.balls.place import Place, Undrawn, settled, value_of
from derive.kernel.balls.roots import squared_modulus
from derive.kernel.balls.values import Quantity, as_scalar
from derive.kernel.laws import STANDARD_NORMAL


def _average(body: Callable[[Place], Quantity], place: Place) -> Quantity:
    """The expectation by total probability: the first random coordinate that ``body`` asks for splits it into one
    expectation for each outcome. Members of a random family are independent coordinates with the same law, letters of a
    joint law are drawn together."""
    try:
        value = body(place)
    except Undrawn as undrawn:
        outcomes = undrawn.outcomes
    else:
        place.budget.spend_atom()
        return value
    total: Quantity = fmpq(0)
    for atoms, weight in outcomes:
        part = multiply(weight, _average(body, place.draw(atoms)))
        total = settled(add(total, part), place)
    return total


def expectation(term: Term, place: Place) -> Quantity:
    return _average(lambda inner: value_of(term.args[0], inner), replace(place, draws={}))


def variance(term: Term, place: Place) -> Quantity:
    mean = as_scalar(expectation(term, place))

    def squared(inner: Place) -> Quantity:
        return squared_modulus(as_scalar(add(value_of(term.args[0], inner), negate(mean))))

    return _average(squared, replace(place, draws={}))


def covariance(term: Term, place: Place) -> Quantity:
    """E[(a - E a)(b - E b)] of real numbers."""
    means = [as_scalar(expectation(Term("expect", (arg,)), place)) for arg in term.args]

    def product(inner: Place) -> Quantity:
        left, right = (
            as_scalar(add(value_of(arg, inner), negate(mean))) for arg, mean in zip(term.args, means, strict=True)
        )
        if not all(isinstance(x, fmpq | arb) for x in (left, right)):
            raise Undefined("a covariance of numbers that may be complex")
        return multiply(left, right)

    return _average(product, replace(place, draws={}))


def probability(term: Term, place: Place) -> Quantity:
    if term.args[0] == STANDARD_NORMAL and term.value == ">":
        z = as_scalar(value_of(term.args[1], place))
        if not isinstance(z, fmpq | arb):
            raise Undefined("the normal law at a number that may be complex")
        return fmpq(1, 2) if z == 0 else (arb(z) / arb(2).sqrt()).erfc() / 2

    def indicator(inner: Place) -> Quantity:
        truth = truth_of(str(term.value), *(value_of(arg, inner) for arg in term.args))
        if truth is None:
            raise Unclear("an event that is not decided at an atom")
        return fmpq(int(truth))

    return _average(indicator, replace(place, draws={}))


def conditional(term: Term, place: Place) -> Quantity:
    """E[a | b, ...] where b, ... have their values: the average of a over the outcomes that give b, ... the same values."""
    body, *conditions = term.args
    seen = [_exactly(condition, place) for condition in conditions]

    def agrees(inner: Place) -> bool:
        return all(_exactly(b, inner) == value for b, value in zip(conditions, seen, strict=True))

    fresh = replace(place, draws={})
    weight = as_scalar(_average(lambda inner: fmpq(int(agrees(inner))), fresh))
    part = _average(lambda inner: as_scalar(value_of(body, inner)) if agrees(inner) else fmpq(0), fresh)
    if not isinstance(weight, fmpq) or weight == 0:
        raise Undefined("a condition of probability zero")
    return multiply(1 / weight, part)


def _exactly(condition: Term, place: Place) -> fmpq:
    value = as_scalar(value_of(condition, place))
    if not isinstance(value, fmpq):
        raise Unclear("a condition whose value is not an exact number")
    return value
