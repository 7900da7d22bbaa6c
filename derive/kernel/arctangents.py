"""Sums of arctangents that are equal: ``arctan(k + 1) - arctan(k) = arctan(1/(k^2 + k + 1))`` for k >= 0.

v = sum of c_j arctan(u_j) with integers c_j is the argument of the product of the (1 + i u_j)^{c_j} (of (1 - i u_j)^{-c_j} where c_j < 0),
up to a multiple of 2 pi. Where that product is real, v is a multiple of pi; where besides |v| < pi, it is 0.
"""

from __future__ import annotations

from fractions import Fraction

from derive.core import Term
from derive.kernel.facts import Facts, linear_form
from derive.kernel.normal import NoNormalForm, with_normaliser
from derive.kernel.ratio import TooLarge
from derive.kernel.terms import ONE, ZERO, add, heads, mul, sub

MOST_ANGLES = 8
RIGHT_ANGLES = 2
"""So many arctangents of one sign, each below pi/2, stay below pi."""


def same_angle(a: Term, b: Term, facts: Facts) -> bool:
    """a = b at every admissible point, for sums of arctangents of real numbers."""
    if "arctan" not in heads(a, b):
        return False
    angles = _angles(sub(a, b), facts)
    if angles is None or not _below_pi(angles, facts):
        return False
    real, imaginary = ONE, ZERO
    for u, turns in angles:
        for _ in range(abs(turns)):
            part = u if turns > 0 else Term("neg", (u,))
            real, imaginary = sub(real, mul(part, imaginary)), add(imaginary, mul(part, real))
    try:
        return with_normaliser(facts, lambda n: n.reduce(n.value(imaginary)).is_zero and not n.visible)
    except (NoNormalForm, TooLarge, ZeroDivisionError):
        return False


def _angles(difference: Term, facts: Facts) -> list[tuple[Term, int]] | None:
    """(u, c) for each c arctan(u); None where it is no sum of such."""
    found: dict[frozenset[tuple[Term | None, Fraction]], tuple[Term, Fraction]] = {}
    for key, coefficient in linear_form(difference).items():
        if not coefficient:
            continue
        if key is None or key.head != "arctan" or facts.kind(key.args[0]) == "complex":
            return None
        same = frozenset((k, c) for k, c in linear_form(key.args[0]).items() if c)
        found[same] = (key.args[0], coefficient + (found[same][1] if same in found else 0))
    turns = [(u, c) for u, c in found.values() if c]
    if any(c.denominator != 1 for _, c in turns) or sum(abs(c) for _, c in turns) > MOST_ANGLES:
        return None
    return [(u, int(c)) for u, c in turns]


def _below_pi(angles: list[tuple[Term, int]], facts: Facts) -> bool:
    """No more than two right angles upwards, nor downwards, and each is less than a right one."""
    up = down = 0
    for u, turns in angles:
        rises = facts.non_negative(u) if turns > 0 else facts.non_negative(Term("neg", (u,)))
        falls = facts.non_negative(Term("neg", (u,))) if turns > 0 else facts.non_negative(u)
        up += 0 if falls else abs(turns)
        down += 0 if rises else abs(turns)
    return max(up, down) <= RIGHT_ANGLES
