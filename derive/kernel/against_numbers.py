"""The sign of ``a f(u) + c`` for an increasing function f and a number c, through the inverse of f: sqrt(u) >= 3 is u >= 9."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.core import Relation, Term
from derive.kernel.balls import Undefined, holds
from derive.kernel.terms import ZERO, add, mul, number, power, rational_value, sub

if TYPE_CHECKING:
    from derive.kernel.facts import Facts

HALF_PI = Term("div", (Term("constant", (), "pi"), number(2)))


@dataclass(frozen=True, slots=True)
class Increasing:
    """An increasing function: its inverse, and the ends of its range. An end is reached, or it is not, or there is none."""

    inverse: Callable[[Term], Term]
    low: Term | None = None
    high: Term | None = None
    reached: bool = False


FUNCTIONS: dict[str, Increasing] = {
    "sqrt": Increasing(lambda b: power(b, number(2)), low=ZERO, reached=True),
    "arcsin": Increasing(lambda b: Term("sin", (b,)), Term("neg", (HALF_PI,)), HALF_PI, reached=True),
    "arctan": Increasing(lambda b: Term("tan", (b,)), Term("neg", (HALF_PI,)), HALF_PI),
    "exp": Increasing(lambda b: Term("log", (b,)), low=ZERO),
    "log": Increasing(lambda b: Term("exp", (b,))),
}
AGAINST_NUMBERS = frozenset((*FUNCTIONS, "root", "arccos"))
"""Heads of the atoms that are compared with numbers here."""


def sign_against_number(atom: Term, a: Fraction, c: Term, strict: bool, facts: Facts, depth: int) -> bool:
    """``a atom + c`` > 0 (``strict``) or >= 0 is proved, for a number c and an atom f(u) with real u.

    With b = -c/a that is f(u) >= b for a > 0 and f(u) <= b for a < 0: true of every u where b is beyond the range, else u is compared
    with the number whose image b is.
    """
    if atom.head == "arccos":  # pi/2 - arcsin
        return sign_against_number(Term("arcsin", atom.args), -a, add(c, mul(number(a), HALF_PI)), strict, facts, depth)
    f = _increasing(atom)
    if f is None or facts.kind(atom.args[0]) == "complex":
        return False
    u = atom.args[0]
    b = mul(number(-1 / a), c)
    below, near, far = ("<", f.low, f.high) if a > 0 else (">", f.high, f.low)
    if near is not None and _certain(b, below if strict and f.reached else below + "=", near):
        return True
    above, end = (">" if a > 0 else "<"), "=" if f.reached else ""
    in_range = (near is None or _certain(b, above + end, near)) and (far is None or _certain(b, below + end, far))
    difference = sub(u, f.inverse(b)) if a > 0 else sub(f.inverse(b), u)
    return in_range and facts.signed(difference, strict, depth)


def _increasing(atom: Term) -> Increasing | None:
    if atom.head != "root":
        return FUNCTIONS.get(atom.head)
    k = rational_value(atom.args[1])
    if k is None or k.denominator != 1 or not 1 <= k <= 100:
        return None
    even = k % 2 == 0
    return Increasing(lambda b: power(b, number(k)), low=ZERO if even else None, reached=even)


def _certain(b: Term, relation: str, end: Term) -> bool:
    from derive.kernel.facts import linear_form

    if not any(linear_form(sub(b, end)).values()):
        return relation in ("<=", ">=")
    try:
        return holds(Relation(b, relation, end), {}) is True
    except Undefined:
        return False
