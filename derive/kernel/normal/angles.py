"""Angles: exp(i pi q) for simple q, the inverse circular functions, and what exp(i arctan u) and its like come to."""

from __future__ import annotations

from fractions import Fraction

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.normal.radicals import radical
from derive.kernel.normal.ring import Generator, NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.terms import number, sub

PI = Term("constant", (), "pi")
HALF_PI = Term("div", (PI, number(2)))
ORDER = 120
"""exp(2 pi i k / 120) is written in square roots: of 2 (order 8), of 3 (order 3), of 5 and 10 + 2 sqrt 5 (order 5)."""
KNOWN = {
    "arcsin": {Fraction(1): Fraction(1, 2), Fraction(1, 2): Fraction(1, 6)},
    "arctan": {Fraction(1): Fraction(1, 4)},
}
"""Multiples of pi."""


def root_of_unity(normaliser: Normaliser, half_turns: Fraction) -> Ratio | None:
    """exp(i pi q) in square roots, where the order divides 120."""
    turn = half_turns / 2 * ORDER
    if turn.denominator != 1:
        return None
    k = int(turn)
    i = normaliser.imaginary_unit()
    two, three = (square_root(normaliser, normaliser.constant(n)) for n in (2, 3)) if k % 30 else (i, i)
    total = i ** ((-k % 8) // 2)
    if -k % 2:
        total *= (normaliser.constant(1) + i) * two / normaliser.constant(2)
    if k % 3:
        total *= ((i * three - normaliser.constant(1)) / normaliser.constant(2)) ** (k % 3)
    if k % 5:
        total *= _fifth(normaliser, i) ** (-k % 5)
    return normaliser.reduce(total)


def _fifth(normaliser: Normaliser, i: Ratio) -> Ratio:
    five = square_root(normaliser, normaliser.constant(5))
    height = square_root(normaliser, normaliser.constant(10) + normaliser.constant(2) * five)
    return (five - normaliser.constant(1) + i * height) / normaliser.constant(4)


def square_root(normaliser: Normaliser, argument: Ratio) -> Ratio:
    return radical(normaliser, argument, 2, normaliser.facts)


def of_inverse(normaliser: Normaliser, generator: Generator) -> Ratio | None:
    """exp(i v) for v = arctan u or arcsin u with real u: (1 + i u) / sqrt(1 + u^2), and sqrt(1 - u^2) + i u."""
    if generator.tag not in ("arctan", "arcsin"):
        return None
    (u,) = generator.data
    assert isinstance(u, Ratio)
    one, i = normaliser.constant(1), normaliser.imaginary_unit()
    if generator.tag == "arctan":
        return (one + i * u) / square_root(normaliser, normaliser.reduce(one + u * u))
    return square_root(normaliser, normaliser.reduce(one - u * u)) + i * u


def inverse_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    """arctan and arcsin are odd; arctan u = pi/2 - arctan(1/u) for u > 0; arccos u = pi/2 - arcsin u; arctan(tan v) = v and its
    like where v is proved to lie in the range of the inverse."""
    inner = term.args[0]
    if facts.kind(inner) == "complex":
        raise NoNormalForm(f"the {term.head} of a number that may be complex")
    if undone := _undone(term.head, inner, facts):
        return normaliser.value(undone, facts)
    half_pi = normaliser.value(PI) / normaliser.constant(2)
    u = normaliser.reduce(normaliser.value(inner, facts))
    if term.head == "arctan":
        return _arctan(normaliser, u, facts, half_pi)
    return _odd(normaliser, "arcsin", u) if term.head == "arcsin" else half_pi - _odd(normaliser, "arcsin", u)


def _undone(outer: str, inner: Term, facts: Facts) -> Term | None:
    """The angle, where outer(inner) is an inverse function of its own function on the range of the inverse."""
    if inner.head != {"arctan": "tan", "arcsin": "sin", "arccos": "cos"}[outer]:
        return None
    angle = inner.args[0]
    low, high = (number(0), PI) if outer == "arccos" else (Term("neg", (HALF_PI,)), HALF_PI)
    above, below = sub(angle, low), sub(high, angle)
    certain = facts.positive if outer == "arctan" else facts.non_negative
    return angle if certain(above) and certain(below) else None


def _arctan(normaliser: Normaliser, u: Ratio, facts: Facts, half_pi: Ratio) -> Ratio:
    term = normaliser.ratio_term(u)
    for sign, positive in ((1, facts.positive(term)), (-1, facts.positive(Term("neg", (term,))))):
        if positive and normaliser.key(u.inverse()) < normaliser.key(u):
            return normaliser.constant(sign) * half_pi - _odd(normaliser, "arctan", u.inverse())
    return _odd(normaliser, "arctan", u)


def _odd(normaliser: Normaliser, head: str, u: Ratio) -> Ratio:
    """An atom of an odd function, of the argument whose leading coefficient is positive."""
    u = normaliser.reduce(u)
    if u.is_zero:
        return u
    negative = normaliser.leading_is_negative(u)
    u = -u if negative else u
    known = KNOWN[head].get(u.constant() or Fraction(0))
    if known is not None:
        found = normaliser.value(PI) * normaliser.constant(known)
    else:
        term = Term(head, (normaliser.ratio_term(u),))
        found = normaliser.generator((head, normaliser.key(u)), head, term, True, (u,))
    return -found if negative else found
