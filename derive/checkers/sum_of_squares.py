"""Polynomial inequalities in several letters: the difference as a sum of known non-negative weights times squares.

Weights are products of what the declarations say is >= 0 (Schmuedgen). Atoms such as exp x or |x| count as letters; a root
takes the place of the letter that it is a root of. The kernel multiplies the certificate out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

from flint import fmpq, fmpq_mpoly

from derive.checkers.float_domain import float_points
from derive.checkers.floating import floating
from derive.checkers.gram import Block, Weighted, vanishing, weighted_squares
from derive.core import Claim, Evidence, Hints, Square, Squares, Term
from derive.kernel import NotAdmitted
from derive.kernel.budget import BudgetSpent, metered, spend
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import Facts, facts_of
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import Ratio, TooLarge
from derive.kernel.rules.nested import difference, with_hypotheses
from derive.kernel.terms import ONE, add, free_letters, heads, linear_in, mul, number, power, sub, substitute

ORDER = ("<", "<=", ">", ">=")
PLAIN = frozenset(
    [
        "number",
        "decimal",
        "constant",
        "symbol",
        "add",
        "neg",
        "mul",
        "div",
        "pow",
        "sqrt",
        "root",
        "exp",
        "log",
        "abs",
        "index",
        "cosh",
        "sinh",
        "tanh",
        "max",
        "min",
    ]
)
MOST_LETTERS = 5
MOST_DEGREE = 10
MOST_CONSTRAINTS = 7
SHARE = 60_000
"""Operations of the budget of a claim that this search may use."""
GRID = {
    1: (-3, -2, -1, Fraction(-1, 2), Fraction(-1, 3), 0, Fraction(1, 3), Fraction(1, 2), 1, 2, 3),
    2: (-2, -1, Fraction(-1, 2), 0, Fraction(1, 3), Fraction(1, 2), 1, 2, 3),
    3: (-1, 0, Fraction(1, 3), Fraction(1, 2), 1, 2),
    4: (-1, 0, 1, 2),
    5: (0, 1, 2),
}

PROVES = (r"a^2 + b^2 + x^2 \ge a b + b x + x a", r"a^4 + b^4 \ge a^3 b + a b^3")
DECLINES = (r"a^2 + b^2 + x^2 \ge 2 a b + b x", r"a^3 + b^3 \ge a^2 b + a b^2")


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Only for relations between numbers whose sides are built from letters by arithmetic, roots and a few functions."""
    if claim.relation not in ORDER or not heads(claim.lhs, claim.rhs) <= PLAIN:
        return
    found = None
    with metered(SHARE) as meter, suppress(NotAdmitted, NoNormalForm, TooLarge, ZeroDivisionError, BudgetSpent):
        found = certificate(claim)
    spend(min(meter.spent, SHARE))
    if found is not None:
        yield found


def certificate(claim: Claim) -> Squares | None:
    visible = visible_conditions(claim)
    facts = facts_of(claim.scope).assuming(visible)
    term, strict = difference(claim, facts)
    scope = with_hypotheses(claim.scope, visible)
    points = float_points(scope)
    f = floating(term)
    if any(f(point) < -1e-9 for point in points):
        return None
    term = _solved(term, facts)
    return with_normaliser(facts, lambda normaliser: _certificate(normaliser, term, strict, facts))


def _solved(term: Term, facts: Facts) -> Term:
    """A letter that an equation among the hypotheses determines linearly, put in."""
    for hypothesis in facts.scope.hypotheses:
        if hypothesis.relation != "=" or hypothesis.lhs.head == "symbol":
            continue
        left = sub(hypothesis.lhs, hypothesis.rhs)
        for name in sorted(free_letters(left), reverse=True):
            slope = linear_in(left, name)
            rest = substitute(left, name, number(0))
            if slope is not None and not free_letters(slope) and name in free_letters(term):
                term = substitute(term, name, Term("neg", (Term("div", (rest, slope)),)))
                break
    return term


@dataclass(frozen=True, slots=True)
class Problem:
    """``target`` >= 0 in the ``letters`` (generators by number), where the constraints are >= 0."""

    target: fmpq_mpoly
    letters: tuple[int, ...]
    constraints: tuple[fmpq_mpoly, ...]


def _certificate(normaliser: Normaliser, term: Term, strict: bool, facts: Facts) -> Squares | None:
    ratio = normaliser.reduce(normaliser.value(term))
    top, multiplier = _over_positive(normaliser, ratio, facts)
    named = _constraints(normaliser, facts)
    top, named = _with_roots_for_letters(normaliser, top, named)
    letters = tuple(i for i, degree in enumerate(top.degrees()) if degree > 0)
    if not 1 <= len(letters) <= MOST_LETTERS or top.total_degree() > MOST_DEGREE or not normaliser.is_real(top):
        return None
    named = [(p, t) for p, t in named if _letters_of(p) <= set(letters)][:MOST_CONSTRAINTS]
    problem = Problem(top, letters, tuple(p for p, _ in named))
    for times in _multipliers(normaliser, problem):
        found = _weighted(Problem(top * times, letters, problem.constraints), strict)
        if found is None:
            continue
        factor = multiplier if times.is_one() else mul(multiplier, normaliser.term(times))
        parts = [_part(normaliser, weighted, [t for _, t in named]) for weighted in found]
        return Squares(factor if factor.head != "mul" else _without_ones(factor), tuple(parts))
    return None


def _without_ones(term: Term) -> Term:
    factors = [f for f in term.args if f != ONE]
    return mul(*factors) if factors else ONE


def _over_positive(normaliser: Normaliser, ratio: Ratio, facts: Facts) -> tuple[fmpq_mpoly, Term]:
    """Numerator and a multiplier that is positive: the denominator, its negative, or its square."""
    if ratio.is_polynomial:
        lead = ratio.den.leading_coefficient()
        return ratio.num / lead, ONE
    shown = mul(*(_power(normaliser.term(f), int(e)) for f, e in ratio.den.factor()[1]))
    scale = ratio.den.factor()[0]
    if facts.positive(shown):
        return ratio.num / scale, shown
    if facts.positive(Term("neg", (shown,))):
        return -ratio.num / scale, Term("neg", (shown,))
    return ratio.num * ratio.den / (scale * scale), power(shown, number(2))


def _power(term: Term, exponent: int) -> Term:
    return term if exponent == 1 else power(term, number(exponent))


def _letters_of(p: fmpq_mpoly) -> set[int]:
    return {i for i, degree in enumerate(p.degrees()) if degree > 0}


def _constraints(normaliser: Normaliser, facts: Facts) -> list[tuple[fmpq_mpoly, Term]]:
    """What is known to be >= 0: linear facts, and atoms that are so by their nature."""
    found: list[tuple[fmpq_mpoly, Term]] = []
    for position, generator in enumerate(list(normaliser.generators)):
        if generator.real and facts.non_negative(generator.term):
            found.append((normaliser.ring.gen(position), generator.term))
    for form, _ in facts.known:
        parts = [number(c) if key is None else mul(number(c), key) for key, c in form.items() if c]
        shown = add(*parts) if parts else number(0)
        with suppress(NoNormalForm, TooLarge, ZeroDivisionError):
            value = normaliser.reduce(normaliser.value(shown))
            if value.is_polynomial and not value.num.is_constant() and all(value.num != p for p, _ in found):
                found.append((value.num / value.den.leading_coefficient(), shown))
    return found


def _with_roots_for_letters(
    normaliser: Normaliser, top: fmpq_mpoly, named: list[tuple[fmpq_mpoly, Term]]
) -> tuple[fmpq_mpoly, list[tuple[fmpq_mpoly, Term]]]:
    """r^k for each letter x of which r is the k-th root."""
    for position, generator in enumerate(normaliser.generators):
        if generator.relation is None or generator.tag not in ("root", "radical"):
            continue
        degree, value = generator.relation
        inside = _letters_of(value.num)
        if not value.is_polynomial or len(inside) != 1 or value.num != normaliser.ring.gen(next(iter(inside))):
            continue
        images = [normaliser.ring.gen(i) for i in range(normaliser.size)]
        images[next(iter(inside))] = normaliser.ring.gen(position) ** degree
        top = top.compose(*images, ctx=normaliser.ring)
        named = [(p.compose(*images, ctx=normaliser.ring), t) for p, t in named]
    return top, named


def _multipliers(normaliser: Normaliser, problem: Problem) -> Iterator[fmpq_mpoly]:
    """1; for positive letters x + y; for a few letters 1 + x^2 + y^2: this helps where a polynomial is no sum of squares."""
    one = normaliser.ring.constant(1)
    yield one
    if 2 <= len(problem.letters) <= 3 and all(normaliser.ring.gen(i) in problem.constraints for i in problem.letters):
        yield sum((normaliser.ring.gen(i) for i in problem.letters), one * 0)
    if 2 <= len(problem.letters) <= 3 and 4 <= problem.target.total_degree() <= 6 and not problem.constraints:
        yield sum((normaliser.ring.gen(i) ** 2 for i in problem.letters), one)


# ------------------------------------------------------------------------------------------------------------- blocks


def _weighted(problem: Problem, strict: bool) -> list[Weighted] | None:
    zeros = _zeros(problem)
    if zeros is None:
        return None
    for most in range(min(len(problem.constraints), 3) + 1):
        if most and not problem.constraints:
            break
        blocks = list(_blocks(problem, zeros, most))
        found = weighted_squares(problem.target, blocks)
        if found is not None:
            return found
    return None


def _zeros(problem: Problem) -> list[tuple[fmpq, ...]] | None:
    """Points of a grid, within the constraints, at which the target is 0; None where it is negative at one."""
    size, found = len(problem.target.degrees()), []
    values = [fmpq(Fraction(v).numerator, Fraction(v).denominator) for v in GRID[len(problem.letters)]]
    for choice in product(values, repeat=len(problem.letters)):
        point = [fmpq(0)] * size
        for i, value in zip(problem.letters, choice, strict=True):
            point[i] = value
        spend()
        if any(c(*point) < 0 for c in problem.constraints):
            continue
        value = problem.target(*point)
        if value < 0:
            return None
        if value == 0:
            found.append(tuple(point))
    return found


def _blocks(problem: Problem, zeros: Sequence[tuple[fmpq, ...]], most: int) -> Iterator[Block]:
    degree = problem.target.total_degree()
    homogeneous = _is_homogeneous(problem.target)
    for count in range(most + 1):
        for chosen in combinations(range(len(problem.constraints)), count):
            weight = problem.target * 0 + 1
            for number_ in chosen:
                weight *= problem.constraints[number_]
            room = degree - weight.total_degree()
            if room < 0 or (homogeneous and (room % 2 or not _is_homogeneous(weight))):
                continue
            basis = _monomials(problem, weight, room // 2, homogeneous)
            relevant = [zero for zero in zeros if weight(*zero) > 0]
            yield Block(chosen, weight, vanishing(basis, relevant))


def _is_homogeneous(p: fmpq_mpoly) -> bool:
    return len({sum(map(int, e)) for e in p.to_dict()}) <= 1


def _monomials(problem: Problem, weight: fmpq_mpoly, degree: int, homogeneous: bool) -> list[fmpq_mpoly]:
    """Monomials whose square times the weight stays within the degrees of the target, the constant last."""
    ring = problem.target.context()
    size = len(problem.target.degrees())
    room = [max(0, (int(t) - int(w)) // 2) for t, w in zip(problem.target.degrees(), weight.degrees(), strict=True)]
    lowest = min(sum(map(int, e)) for e in problem.target.to_dict())
    least = degree if homogeneous else max(0, -(-(lowest - int(weight.total_degree())) // 2))
    found = []
    for exponents in product(*(range(room[i] + 1) for i in problem.letters)):
        if least <= sum(exponents) <= degree:
            full = [0] * size
            for i, exponent in zip(problem.letters, exponents, strict=True):
                full[i] = exponent
            found.append(tuple(full))
    found.sort(key=lambda e: (-sum(e), e))
    return [ring.from_dict({e: 1}) for e in found]


def _part(normaliser: Normaliser, weighted: Weighted, names: list[Term]) -> Square:
    root = normaliser.term(weighted.root)
    return Square(weighted.coefficient, tuple(names[i] for i in weighted.factors), root)
