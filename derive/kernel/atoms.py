"""Linear inequalities that an atom satisfies of itself: -1 <= cos u <= 1, |u| >= u, floor u <= u < floor u + 1, ...

Each holds wherever the atom is defined, for real arguments; the forms are ``>= 0`` (``> 0`` where marked).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derive.core import Term
from derive.kernel.terms import ONE, number, rational_value, sub

if TYPE_CHECKING:
    from derive.kernel.facts import Facts, Linear

    Known = tuple[Linear, bool]

ONE_ = Fraction(1)
PI = Term("constant", (), "pi")
BOUNDED = {"sin": False, "cos": False, "tanh": True}
"""Functions with values between -1 and 1, and whether these are left out."""


def bounds_of(atom: Term, facts: Facts, depth: int) -> list[Known]:
    """What is known of the atom by its nature. Nothing for atoms of complex arguments. ``depth`` bounds the search."""
    if atom.head in BOUNDED:
        strict = BOUNDED[atom.head]
        found: list[Known] = [({atom: ONE_, None: ONE_}, strict), ({atom: -ONE_, None: ONE_}, strict)]
    elif atom.head == "arctan":
        found = [({atom: ONE_, PI: ONE_ / 2}, True), ({atom: -ONE_, PI: ONE_ / 2}, True)]
    elif atom.head in ("abs", "max", "min", "floor", "ceil"):
        found = _piecewise(atom)
    elif atom.head == "pow":
        return _power_against_one(atom, facts, depth)
    else:
        return []
    return found if all(facts.kind(arg) != "complex" for arg in atom.args) else []


def _piecewise(atom: Term) -> list[Known]:
    from derive.kernel.facts import linear_form

    u = linear_form(atom.args[0])
    if atom.head == "abs":
        return [(_plus({atom: ONE_}, u, sign), False) for sign in (1, -1)]
    if atom.head == "max":
        return [(_plus({atom: ONE_}, linear_form(arg), -1), False) for arg in atom.args]
    if atom.head == "min":
        return [(_plus({atom: -ONE_}, linear_form(arg), 1), False) for arg in atom.args]
    below, above = (0, 1) if atom.head == "floor" else (1, 0)
    return [
        (_plus({atom: -ONE_, None: Fraction(below)}, u, 1), bool(below)),
        (_plus({atom: ONE_, None: Fraction(above)}, u, -1), bool(above)),
    ]


def _plus(a: Linear, b: Linear, sign: int) -> Linear:
    total = {key: a.get(key, Fraction(0)) + sign * b.get(key, Fraction(0)) for key in {**a, **b}}
    return {key: coefficient for key, coefficient in total.items() if coefficient}


def _power_against_one(atom: Term, facts: Facts, depth: int) -> list[Known]:
    """u^a >= 1 for u >= 1 and a >= 0, u^a <= 1 for 0 < u <= 1 and a >= 0, and the reverse for a <= 0."""
    base, exponent = atom.args
    if facts.kind(base) == "complex" or facts.kind(exponent) == "complex" or rational_value(base) is not None:
        return []
    direction = _sign(exponent, facts, depth)
    above = _sign(sub(base, ONE), facts, depth)
    if not direction or not above or (above < 0 and not facts.signed(base, True, depth)):
        return []
    if direction * above > 0:
        return [({atom: ONE_, None: -ONE_}, False)]
    return [({atom: -ONE_, None: ONE_}, False)]


def _sign(term: Term, facts: Facts, depth: int) -> int:
    numeral = rational_value(term)
    if numeral is not None:
        return 1 if numeral >= 0 else -1
    if facts.signed(term, False, depth):
        return 1
    return -1 if facts.signed(Term("neg", (term,)), False, depth) else 0


POSITIVE_BETWEEN = {"sin": (Fraction(0), Fraction(1)), "cos": (Fraction(-1, 2), Fraction(1, 2))}
"""Multiples of pi between which the function is positive."""


def circular_positive(term: Term, facts: Facts, strict: bool, depth: int) -> bool:
    """sin u for 0 < u < pi, cos u for -pi/2 < u < pi/2; with the ends where that may be 0."""
    u = term.args[0]
    if facts.kind(u) == "complex":
        return False
    low, high = POSITIVE_BETWEEN[term.head]
    rooms = (_shifted(u, -low), _shifted(Term("neg", (u,)), high))
    return depth > 0 and all(facts.signed(room, strict, depth - 1) for room in rooms)


def _shifted(u: Term, turns: Fraction) -> Term:
    if not turns:
        return u
    multiple = Term("mul", (number(abs(turns)), PI))
    return Term("add", (u, multiple if turns > 0 else Term("neg", (multiple,))))
