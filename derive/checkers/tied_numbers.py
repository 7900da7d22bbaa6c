"""Points that satisfy equations between numbers, and their order: ``x + y = 1``, ``x^2 = 3 x``, ``x z = y z``.

With the other letters as drawn an equation is a polynomial in one letter, of small degree as a rule: found by interpolation at
exact points, its rational roots by factoring.
"""

from __future__ import annotations

from fractions import Fraction
from graphlib import CycleError, TopologicalSorter

from flint import fmpq, fmpq_poly

from derive.checkers.closed_roots import closed_roots
from derive.core import Relation, Scope, Value
from derive.kernel.balls import Undefined, exact, holds
from derive.kernel.facts import Facts
from derive.kernel.terms import heads, letters_of, number, rational_value, sub, substitute_relation

Env = dict[str, Value]

HIGHEST_DEGREE = 4
ROUNDS = 3


def settle_numbers(scope: Scope, facts: Facts, env: Env, turn: int) -> None:
    """Change drawn numbers in ``env`` so that the equations between them hold, where that is found."""
    equations = [h for h in scope.hypotheses if h.relation == "=" and not _defines(h, facts)]
    equations = [h for h in equations if _numbers(h, env)]
    for _ in range(ROUNDS if equations else 0):
        for position, equation in enumerate(equations):
            if holds(equation, env, 64) is not True:
                _settle(equation, facts, env, turn + position)


def settle_orders(scope: Scope, env: Env, turn: int) -> None:
    """Sort drawn numbers by what the hypotheses say of their order (``a < x; x < b``), in most turns."""
    below: dict[str, set[str]] = {}
    for hypothesis in scope.hypotheses:
        pair = _small_and_large(hypothesis, env)
        if pair is not None:
            below.setdefault(pair[1], set()).add(pair[0])
            below.setdefault(pair[0], set())
    if not below or turn % 4 == 3:
        return
    try:
        order = list(TopologicalSorter(below).static_order())
    except CycleError:
        return
    values = sorted(value for name in order if isinstance(value := env[name], Fraction))
    for position in range(1, len(values)):
        values[position] = max(values[position], values[position - 1] + Fraction(1, 2))
    env.update(zip(order, values, strict=True))


def _small_and_large(hypothesis: Relation, env: Env) -> tuple[str, str] | None:
    """Of an order between two drawn letters."""
    sides = (hypothesis.lhs, hypothesis.rhs)
    names = [
        str(side.value) for side in sides if side.head == "symbol" and isinstance(env.get(str(side.value)), Fraction)
    ]
    if len(names) < 2 or names[0] == names[1] or hypothesis.relation not in ("<", "<=", ">", ">="):
        return None
    return (names[0], names[1]) if hypothesis.relation in ("<", "<=") else (names[1], names[0])


def _defines(hypothesis: Relation, facts: Facts) -> bool:
    lhs = hypothesis.lhs
    return lhs.head == "index" or (lhs.head == "symbol" and facts.definition(str(lhs.value)) is not None)


def _numbers(hypothesis: Relation, env: Env) -> bool:
    """All its letters are numbers that were drawn."""
    names = letters_of(hypothesis)
    return bool(names) and all(isinstance(env.get(name), Fraction) for name in names)


def _settle(equation: Relation, facts: Facts, env: Env, turn: int) -> None:
    """Give one letter a value that solves the equation, a different letter and root at each turn."""
    names = sorted(letters_of(equation))
    start = turn % len(names)
    for name in [*names[start:], *names[:start]]:
        declaration = facts.declaration(name)
        roots = _roots(equation, name, env)
        if declaration is not None and declaration.domain == "integer":
            roots = [root for root in roots if root.denominator == 1]
        if roots:
            env[name] = roots[turn // len(names) % len(roots)]
            return


def solutions(scope: Scope, name: str) -> list[Fraction]:
    """The rational numbers that solve the first equation given which is a polynomial in the letter."""
    for hypothesis in scope.hypotheses:
        if hypothesis.relation == "=" and letters_of(hypothesis) == {name}:
            return _roots(hypothesis, name, {})
    return []


def roots_for(equation: Relation, name: str, env: Env) -> list[Fraction]:
    """The rational solutions for one letter, the others as in ``env``."""
    return _roots(equation, name, env) if all(isinstance(env.get(n), Fraction) for n in letters_of(equation)) else []


def _roots(equation: Relation, name: str, env: Env) -> list[Fraction]:
    """The rational solutions for one letter: of a polynomial of small degree, else of a quotient of polynomials."""
    return _of_polynomial(equation, name, env) or _of_quotient(equation, name, env)


def _of_quotient(equation: Relation, name: str, env: Env) -> list[Fraction]:
    """``1/p + 1/q = 1`` is no polynomial in q, and has one solution."""
    if "div" not in heads(equation.lhs, equation.rhs):
        return []
    for other, value in env.items():
        if other != name and isinstance(value, Fraction):
            equation = substitute_relation(equation, other, number(value))
    found = closed_roots(equation, name) if letters_of(equation) == {name} else []
    return sorted(exact for root in found if (exact := rational_value(root)) is not None)


def _of_polynomial(equation: Relation, name: str, env: Env) -> list[Fraction]:
    places = [Fraction(k) for k in range(1, HIGHEST_DEGREE + 3)]
    values = [_difference(equation, {**env, name: place}) for place in places]
    known = [(x, y) for x, y in zip(places, values, strict=True) if y is not None]
    if len(known) < len(places):
        return []
    polynomial = _interpolated(known)
    if polynomial.degree() < 1 or polynomial.degree() > HIGHEST_DEGREE:
        return []
    linear = [factor for factor, _ in polynomial.factor()[1] if factor.degree() == 1]
    return sorted(_fraction(-factor[0] / factor[1]) for factor in linear)


def _difference(equation: Relation, env: Env) -> Fraction | None:
    try:
        value = exact(sub(equation.lhs, equation.rhs), env)
    except (Undefined, ZeroDivisionError):
        return None
    return value if isinstance(value, Fraction) else None


def _interpolated(known: list[tuple[Fraction, Fraction]]) -> fmpq_poly:
    """The polynomial through the points (Newton's divided differences)."""
    slopes = [y for _, y in known]
    for order in range(1, len(known)):
        for k in range(len(known) - 1, order - 1, -1):
            slopes[k] = (slopes[k] - slopes[k - 1]) / (known[k][0] - known[k - order][0])
    total = fmpq_poly([0])
    for (place, _), slope in zip(reversed(known), reversed(slopes), strict=True):
        total = total * fmpq_poly([_rational(-place), 1]) + fmpq_poly([_rational(slope)])
    return total


def _rational(q: Fraction) -> fmpq:
    return fmpq(q.numerator, q.denominator)


def _fraction(q: fmpq) -> Fraction:
    return Fraction(int(q.p), int(q.q))
