"""Does a difference vanish because of given equations? Each is solved for a generator in which it is linear.

From c g + r = 0 with c certainly not 0 follows g = -r/c, which is put in everywhere. Factors of an equation that are certainly not
0 are dropped first: x (x - 3) = 0 and x != 0 give x = 3. What is left vanishes, or is a multiple of an equation that is left.
"""

from __future__ import annotations

from collections.abc import Iterable

from flint import fmpq_mpoly

from derive.core import Relation
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio, bounded
from derive.kernel.words import is_matrix

MOST_EQUATIONS = 12
MOST_TERMS_FACTORED = 24
HIGHEST_DEGREE_FACTORED = 40
HIGHEST_DEGREE_DIVIDED = 12


def vanishes(normaliser: Normaliser, difference: Ratio, given: Iterable[Relation], facts: Facts) -> bool:
    """The difference is 0 wherever the scalar equations among ``given`` hold."""
    left = difference.num
    equations = [equation for relation in given for equation in _equation(normaliser, relation, facts)][:MOST_EQUATIONS]
    if any(_divides(normaliser, left, equation, facts) for equation in equations):
        return True
    while equations:
        if any(divmod(left, equation)[1].is_zero() for equation in equations):
            return True
        solved = next((found for e in equations if (found := _solved(normaliser, e, left, facts))), None)
        if solved is None:
            return False
        equation, position = solved
        equations = [_put(normaliser, e, equation, position) for e in equations if e is not equation]
        equations = [_without_units(normaliser, e, facts) for e in equations if not e.is_constant()]
        equations = [e for e in equations if not e.is_constant()]
        left = _put(normaliser, left, equation, position)
        if left.is_zero():
            return True
    return False


def _equation(normaliser: Normaliser, relation: Relation, facts: Facts) -> list[fmpq_mpoly]:
    """The numerator of the difference of the sides of a scalar equation; nothing where it says nothing."""
    if relation.relation != "=" or is_matrix(relation.lhs, facts) or is_matrix(relation.rhs, facts):
        return []
    try:
        value = normaliser.reduce(normaliser.value(relation.lhs) - normaliser.value(relation.rhs))
    except (NoNormalForm, ZeroDivisionError):
        return []
    polynomial = value.num if value.num.is_constant() else _without_units(normaliser, value.num, facts)
    return [] if polynomial.is_constant() else [polynomial]


def _without_units(normaliser: Normaliser, polynomial: fmpq_mpoly, facts: Facts) -> fmpq_mpoly:
    """Without the factors that certainly do not vanish, and each other factor once; long polynomials as they are."""
    if len(polynomial) > MOST_TERMS_FACTORED or max(polynomial.degrees()) > HIGHEST_DEGREE_FACTORED:
        return polynomial
    total = normaliser.ring.constant(1)
    for factor, _ in polynomial.factor()[1]:
        if not facts.nonzero(normaliser.term(factor)):
            total *= factor
    return total


def _solved(
    normaliser: Normaliser, equation: fmpq_mpoly, left: fmpq_mpoly, facts: Facts
) -> tuple[fmpq_mpoly, int] | None:
    """(equation, generator) where the equation is linear in a generator of ``left`` with a coefficient that is not 0."""
    used = left.degrees()
    for position, degree in enumerate(equation.degrees()):
        if degree == 1 and used[position]:
            slope = _coefficient(normaliser, equation, position, 1)
            if slope.is_constant() or facts.nonzero(normaliser.term(slope)):
                return equation, position
    return None


def _coefficient(normaliser: Normaliser, polynomial: fmpq_mpoly, position: int, degree: int) -> fmpq_mpoly:
    """The coefficient of the ``degree``-th power of a generator."""
    parts = {
        (*exponents[:position], 0, *exponents[position + 1 :]): coefficient
        for exponents, coefficient in polynomial.to_dict().items()
        if exponents[position] == degree
    }
    return normaliser.ring.from_dict(parts)


def _divides(normaliser: Normaliser, left: fmpq_mpoly, equation: fmpq_mpoly, facts: Facts) -> bool:
    """The equation is ``left`` times what is certainly not 0, where radicals are reduced: x^2 = 2 and x > 0 give x = sqrt(2), for
    x + sqrt(2) does not vanish. It is divided as a polynomial in one letter."""
    for position, (degree, highest) in enumerate(zip(left.degrees(), equation.degrees(), strict=True)):
        if not 0 < degree <= highest <= HIGHEST_DEGREE_DIVIDED:
            continue
        quotient = _divided(normaliser, equation, left, position)
        if quotient is not None:
            _, factors = normaliser.factors(quotient)
            return all(facts.nonzero(normaliser.term(factor)) for factor, _ in factors)
    return False


def _divided(normaliser: Normaliser, equation: fmpq_mpoly, left: fmpq_mpoly, position: int) -> Ratio | None:
    """The equation by ``left``, whose first coefficient is a number; None where something is left."""
    one = normaliser.ring.constant(1)
    remainder, divisor = (
        [Ratio(_coefficient(normaliser, p, position, k), one) for k in range(int(p.degrees()[position]) + 1)]
        for p in (equation, left)
    )
    if not divisor[-1].constant():
        return None
    generator = Ratio(normaliser.ring.gens()[position], one)
    quotient = normaliser.constant(0)
    for shift in range(len(remainder) - len(divisor), -1, -1):
        factor = normaliser.reduce(remainder[shift + len(divisor) - 1] / divisor[-1])
        quotient = quotient * generator + factor
        for k, coefficient in enumerate(divisor):
            remainder[shift + k] = normaliser.reduce(remainder[shift + k] - factor * coefficient)
    return normaliser.reduce(quotient) if all(part.is_zero for part in remainder) else None


def _put(normaliser: Normaliser, polynomial: fmpq_mpoly, equation: fmpq_mpoly, position: int) -> fmpq_mpoly:
    """``polynomial`` times a power of the slope, with the solution of the equation for the generator."""
    slope, rest = (_coefficient(normaliser, equation, position, degree) for degree in (1, 0))
    highest = int(polynomial.degrees()[position])
    total = normaliser.constant(0)
    one = normaliser.ring.constant(1)
    for degree in range(highest + 1):
        part = Ratio(_coefficient(normaliser, polynomial, position, degree), one)
        total += part * Ratio(-rest, one) ** degree * Ratio(slope, one) ** (highest - degree)
    return bounded(normaliser.reduce(total).num)
