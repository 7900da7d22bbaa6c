"""Solutions of one equation for one letter, written as terms: ``x^2 = 2`` has sqrt(2) and -sqrt(2), ``e^{2x} = 9`` has ln(9)/2.

They are suggestions; what an equation has as its solutions is for the kernel to see, by putting them in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from flint import fmpq_mpoly, fmpq_poly

from derive.core import Relation, Scope, Term
from derive.kernel import NotAdmitted
from derive.kernel.facts import facts_of
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import TooLarge
from derive.kernel.terms import add, free_letters, mul, number, rational_value, sub, symbol

HIGHEST_DEGREE = 8
PI = Term("constant", (), "pi")
Solutions = list[Term]


def closed_roots(equation: Relation, name: str) -> Solutions:
    """Real solutions for the letter, which is the only one of the equation; none where it is not understood."""
    found = _of_polynomial(equation, name)
    return list(dict.fromkeys(found or _undone(equation.lhs, equation.rhs, name)))


# -------------------------------------------------------------------------------------------------------- polynomials


def _of_polynomial(equation: Relation, name: str) -> Solutions:
    def solved(normaliser: Normaliser) -> Solutions:
        value = normaliser.reduce(normaliser.value(sub(equation.lhs, equation.rhs)))
        polynomial = _in_one_letter(normaliser, value.num, name)
        return [] if polynomial is None else [root for factor, _ in polynomial.factor()[1] for root in _roots(factor)]

    try:
        return with_normaliser(facts_of(Scope()), solved)
    except (NoNormalForm, NotAdmitted, TooLarge, ZeroDivisionError):
        return []


def _in_one_letter(normaliser: Normaliser, polynomial: fmpq_mpoly, name: str) -> fmpq_poly | None:
    used = [position for position, degree in enumerate(polynomial.degrees()) if degree > 0]
    if len(used) != 1 or normaliser.generators[used[0]].term != symbol(name):
        return None
    degree = int(polynomial.degrees()[used[0]])
    if degree > HIGHEST_DEGREE:
        return None
    return fmpq_poly([polynomial.to_dict().get(_exponents(polynomial, used[0], k), 0) for k in range(degree + 1)])


def _exponents(polynomial: fmpq_mpoly, position: int, k: int) -> tuple[int, ...]:
    return tuple(k if place == position else 0 for place in range(len(polynomial.degrees())))


def _roots(factor: fmpq_poly) -> Iterator[Term]:
    """Of an irreducible one: linear, a quadratic in a power of x, or x^n = c."""
    coefficients = [Fraction(int(c.p), int(c.q)) for c in factor.coeffs()]
    order = next((k for k in range(1, len(coefficients)) if coefficients[k]), 0)
    if order == 0 or any(coefficients[k] for k in range(len(coefficients)) if k % order):
        return
    inner = coefficients[::order]
    if len(inner) == 2:
        values = [number(-inner[0] / inner[1])]
    elif len(inner) == 3:
        values = list(_of_quadratic(*inner))
    else:
        return
    for value in values:
        yield from _roots_of_order(value, order)


def _of_quadratic(c: Fraction, b: Fraction, a: Fraction) -> Iterator[Term]:
    discriminant = (b * b - 4 * a * c) / (4 * a * a)
    if discriminant > 0:
        middle, half = number(-b / (2 * a)), Term("sqrt", (number(discriminant),))
        for distance in (half, Term("neg", (half,))):
            yield add(middle, distance) if b else distance


def _roots_of_order(value: Term, order: int) -> Iterator[Term]:
    if order == 1:
        yield value
    elif order == 2:
        yield from _both(Term("sqrt", (value,)))
    else:
        root = Term("root", (value, number(order)))
        yield from _both(root) if order % 2 == 0 else iter([root])


def _both(term: Term) -> Iterator[Term]:
    yield term
    yield Term("neg", (term,))


# ---------------------------------------------------------------------------------------------------- one step undone


def _undone(side: Term, other: Term, name: str) -> Solutions:
    """A letter that occurs once is laid bare, one operation after the other."""
    if _count(side, name) + _count(other, name) != 1:
        return []
    if _count(other, name):
        side, other = other, side
    return list(_bare(side, other, name))


def _count(term: Term, name: str) -> int:
    return int(term == symbol(name)) if not term.args else sum(_count(arg, name) for arg in term.args)


def _bare(side: Term, other: Term, name: str) -> Iterator[Term]:
    if side == symbol(name):
        yield other
        return
    inside = [place for place, arg in enumerate(side.args) if name in free_letters(arg)]
    undo = UNDONE.get(side.head)
    if undo is not None and len(inside) == 1:
        for value in undo(side, inside[0], other):
            yield from _bare(side.args[inside[0]], value, name)


def _from_sum(side: Term, place: int, other: Term) -> Iterator[Term]:
    rest = add(*(arg for k, arg in enumerate(side.args) if k != place))
    value = rational_value(rest)
    yield sub(other, rest) if value is None else add(number(-value), other)


def _from_product(side: Term, place: int, other: Term) -> Iterator[Term]:
    yield Term("div", (other, mul(*(arg for k, arg in enumerate(side.args) if k != place))))


def _from_quotient(side: Term, place: int, other: Term) -> Iterator[Term]:
    yield mul(other, side.args[1]) if place == 0 else Term("div", (side.args[0], other))


def _from_power(side: Term, place: int, other: Term) -> Iterator[Term]:
    exponent = rational_value(side.args[1])
    if place == 1:
        yield Term("div", (Term("log", (other,)), Term("log", (side.args[0],))))
    elif exponent is not None and exponent.denominator == 1 and exponent > 1:
        yield from _roots_of_order(other, int(exponent))
    elif exponent is not None and exponent:
        yield Term("pow", (other, number(1 / exponent)))


def _from_sine(side: Term, place: int, other: Term) -> Iterator[Term]:
    yield (angle := Term("arcsin", (other,)))
    yield sub(PI, angle)


UNDONE: dict[str, Callable[[Term, int, Term], Iterator[Term]]] = {
    "add": _from_sum,
    "neg": lambda side, place, other: iter([Term("neg", (other,))]),
    "mul": _from_product,
    "div": _from_quotient,
    "pow": _from_power,
    "abs": lambda side, place, other: _both(other),
    "sqrt": lambda side, place, other: iter([mul(other, other)]),
    "exp": lambda side, place, other: iter([Term("log", (other,))]),
    "log": lambda side, place, other: iter([Term("exp", (other,))]),
    "sin": _from_sine,
    "cos": lambda side, place, other: _both(Term("arccos", (other,))),
    "tan": lambda side, place, other: iter([(angle := Term("arctan", (other,))), add(angle, PI)]),
}
