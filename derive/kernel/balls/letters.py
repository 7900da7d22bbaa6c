"""Rules for leaves and for what is given at the point: numerals, constants, letters, members of families, functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from flint import arb, fmpq

from derive.core import Family, FiniteLaw, Function, Joint, Term
from derive.kernel.balls.limits import LARGEST_ORDER, Undefined
from derive.kernel.balls.matrices import entry_of
from derive.kernel.balls.numerals import decimal_value
from derive.kernel.balls.outside import given_value, rational
from derive.kernel.balls.place import Key, Place, Undrawn, integer_of, value_of
from derive.kernel.balls.values import Gauss, Grid, Quantity, size_of
from derive.kernel.laws import is_joint_law, is_law


def number(term: Term, place: Place) -> Quantity:
    value = term.value if isinstance(term.value, Fraction) else Fraction(term.value or 0)
    whole = value.numerator
    return fmpq(whole) if value.denominator == 1 and abs(whole) < SMALL else rational(value)


SMALL = 10**15
"""A whole number below it is never too large."""


def decimal(term: Term, place: Place) -> Quantity:
    return rational(decimal_value(str(term.value)))


def constant(term: Term, place: Place) -> Quantity:
    if term.value not in CONSTANTS:
        raise Undefined(f"{term.value} is not a number")
    return CONSTANTS[str(term.value)]()


CONSTANTS: dict[str, Callable[[], Quantity]] = {
    "pi": arb.pi,
    "e": arb.const_e,
    "gamma": arb.const_euler,
    "i": lambda: Gauss(fmpq(0), fmpq(1)),
}


def letter_value(term: Term, place: Place) -> Quantity:
    return _of_name(str(term.value), None, place)


def _of_name(name: str, member: int | None, place: Place) -> Quantity:
    """The value of a letter: bound, drawn, or given at the point."""
    if name in place.bound:
        return place.bound[name]
    if name in place.known:
        return place.known[name]
    if name not in place.letters:
        raise Undefined(f"the letter {name} has no value")
    value = place.letters[name]
    if isinstance(value, FiniteLaw):
        return _drawn((name, member), value, place)
    if isinstance(value, Joint):
        return _drawn_together(name, value, place)
    place.known[name] = taken = given_value(value)
    return taken


def _drawn(key: Key, law: FiniteLaw, place: Place) -> Quantity:
    if place.draws is not None and key in place.draws:
        return place.draws[key]
    if not is_law(law):
        raise Undefined(f"the weights of {key[0]} are no probabilities")
    raise Undrawn(key, tuple((((key, rational(atom)),), rational(weight)) for atom, weight in law.atoms if weight))


def _drawn_together(name: str, law: Joint, place: Place) -> Quantity:
    """A letter of a joint law: all its letters get their atoms at once."""
    if place.draws is not None and (name, None) in place.draws:
        return place.draws[(name, None)]
    if not is_joint_law(law) or name not in law.names:
        raise Undefined(f"the weights of {name} are no probabilities")
    raise Undrawn(
        (name, None),
        tuple(
            (tuple(((other, None), rational(x)) for other, x in zip(law.names, atoms, strict=True)), rational(weight))
            for atoms, weight in law.atoms
            if weight
        ),
    )


def index(term: Term, place: Place) -> Quantity:
    """A member of a family; the component of a vector."""
    family, position = term.args
    if family.head != "symbol":
        return _component(value_of(family, place), integer_of(position, place))
    name, k = str(family.value), integer_of(position, place)
    if f"{name}@{k}" in place.letters:
        return _of_name(f"{name}@{k}", None, place)
    value = place.letters.get(name)
    if name in place.bound or not isinstance(value, Family | FiniteLaw):
        return _component(_of_name(name, None, place), k)
    if isinstance(value, FiniteLaw):
        return _of_name(name, k, place)
    if not 0 <= k - value.first < len(value.members):
        raise Undefined(f"the family {name} has no member {k}")
    return given_value(value.members[k - value.first])


def _component(value: Quantity, k: int) -> Quantity:
    if not isinstance(value, Grid) or 1 not in size_of(value):
        raise Undefined("an index on something that is neither a family nor a vector")
    return entry_of(value, k, 1) if size_of(value)[1] == 1 else entry_of(value, 1, k)


def apply(term: Term, place: Place) -> Quantity:
    name, *values = term.args
    found = place.letters.get(str(name.value)) if name.head == "symbol" else None
    if not isinstance(found, Function) or len(values) != 1:
        raise Undefined("a function that is not known")
    place.budget.spend_terms(1)
    # The body knows its variable and the letters of the point, never the letters bound where it is called.
    return value_of(found.body, replace(place, bound={found.variable: value_of(values[0], place)}))


def prime(term: Term, place: Place) -> Quantity:
    """A derivative of a function that the point gives, by the rules of calculus."""
    from derive.kernel.differentiate import differentiate
    from derive.kernel.normal import NoNormalForm

    name, value, order = term.args
    found = place.letters.get(str(name.value)) if name.head == "symbol" else None
    k = integer_of(order, place)
    if not isinstance(found, Function) or not 1 <= k <= LARGEST_ORDER:
        raise Undefined("a function that is not known, or a derivative of high order")
    place.budget.spend_terms(1)
    body = found.body
    try:
        for _ in range(k):
            body = differentiate(body, found.variable)
    except NoNormalForm as refusal:
        raise Undefined(str(refusal)) from None
    return value_of(body, replace(place, bound={found.variable: value_of(value, place)}))
