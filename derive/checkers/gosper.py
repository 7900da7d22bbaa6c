"""Gosper's algorithm: an antidifference of a sum of hypergeometric terms, over Q(the other letters).

With t(k + 1) / t(k) = p(k + 1) / p(k) * q(k) / r(k + 1), where q(k) and r(k + j) have no common factor for j >= 1, a
hypergeometric antidifference exists if and only if p(k) = q(k) f(k + 1) - r(k) f(k) has a polynomial solution f, and it is
r(k) f(k) t(k) / p(k).  Source: M. Petkovsek, H. Wilf, D. Zeilberger, A = B, ch. 5.
"""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq, fmpq_mpoly

from derive.checkers.shifts import telescoped
from derive.core import Term
from derive.kernel import NotAdmitted
from derive.kernel.balls import Undefined
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import Ratio, TooLarge
from derive.kernel.terms import ONE, add, free_letters, mul, number, substitute, symbol

LARGEST_SHIFT = 40
LARGEST_DEGREE = 14
MOST_GROUPS = 12

REFUSALS = (NoNormalForm, NotAdmitted, TooLarge, ZeroDivisionError, Undefined)


def antidifference(body: Term, letter: str, facts: Facts) -> Term | None:
    """G with body(k) = G(k + 1) - G(k), ``facts`` those of the range of the letter; None where the algorithm finds none."""
    try:
        if body.head == "arctan":
            return with_normaliser(facts, lambda normaliser: _of_arctangent(normaliser, body.args[0], letter))
        return with_normaliser(facts, lambda normaliser: _antidifference(normaliser, body, letter))
    except REFUSALS:
        return None


def _antidifference(normaliser: Normaliser, body: Term, letter: str) -> Term | None:
    total = normaliser.constant(0)
    left: list[Ratio] = []
    for part in groups(normaliser, normaliser.value(body), letter):
        found = _of_one(normaliser, part, letter)
        if found is None:
            left.append(part)
        else:
            total += found
    if left:
        rest = telescoped(normaliser, left, letter)
        if rest is None:
            return None
        total += rest
    return normaliser.ratio_term(normaliser.reduce(total))


def _of_arctangent(normaliser: Normaliser, u: Term, letter: str) -> Term | None:
    """arctan(p(k + s) + ...) whose steps are arctan(c/D) for a quadratic D: p(k) = a k + b with p(k + s) - p(k) over 1 + p(k) p(k + s)
    the same as c/D, for s = 1 or 2."""
    value = normaliser.reduce(normaliser.value(u))
    k = letter_number(normaliser, letter)
    above, below = ([fraction_of(c) for c in coefficients(normaliser, part, k)] for part in (value.num, value.den))
    if len(above) != 1 or len(below) != 3 or None in above or None in below or not above[0]:
        return None
    c, (d0, d1, d2) = above[0], (d or Fraction(0) for d in below)
    for s in (1, 2):
        a, b = s * d2 / c, s * (d1 - d2 * s) / c / 2
        if a * s * d0 / c == 1 + b * (a * s + b):
            steps = [add(mul(number(a), add(symbol(letter), number(j))), number(b)) for j in range(s)]
            return add(*(Term("arctan", (step,)) for step in steps)) if s > 1 else Term("arctan", (steps[0],))
    return None


def fraction_of(polynomial: fmpq_mpoly) -> Fraction | None:
    """The number that a constant polynomial is."""
    found = polynomial.to_dict()
    if len(found) > 1 or any(any(exponents) for exponents in found):
        return None
    return next((Fraction(int(c.p), int(c.q)) for c in found.values()), Fraction(0))


def groups(normaliser: Normaliser, value: Ratio, letter: str) -> list[Ratio]:
    """The summands that are similar to each other together: same generators that depend on k, but for k itself."""
    value = normaliser.reduce(value)
    moving = [g.term != symbol(letter) and letter in free_letters(g.term) for g in normaliser.generators]
    parts: dict[tuple[int, ...], dict[tuple[int, ...], fmpq]] = {}
    for exponents, coefficient in value.num.to_dict().items():
        key = tuple(int(d) if i < len(moving) and moving[i] else 0 for i, d in enumerate(exponents))
        parts.setdefault(key, {})[exponents] = coefficient
    if len(parts) > MOST_GROUPS:
        raise TooLarge("too many summands")
    return [Ratio(normaliser.ring.from_dict(part), value.den) for part in parts.values()]


def _of_one(normaliser: Normaliser, value: Ratio, letter: str) -> Ratio | None:
    """Of one hypergeometric term."""
    ratio = shift_quotient(normaliser, value, letter, letter)
    if ratio is None:
        return None
    k = letter_number(normaliser, letter)
    p, q, r = gosper_form(normaliser, ratio, k)
    f = _polynomial_solution(normaliser, p, q, r, k)
    if f is None:
        return None
    return normaliser.reduce(Ratio(r, p) * f * value)


def shift_quotient(normaliser: Normaliser, value: Ratio, letter: str, shifted: str) -> Ratio | None:
    """t(.. + 1) / t by the letter ``shifted``, where it is rational in ``letter``."""
    term = normaliser.ratio_term(value)
    following = normaliser.value(substitute(term, shifted, add(symbol(shifted), ONE)))
    ratio = normaliser.reduce(following / normaliser.value(term))
    for polynomial in (ratio.num, ratio.den):
        for i, degree in enumerate(polynomial.degrees()):
            generator = normaliser.generators[i].term if degree > 0 else None
            if generator is not None and generator != symbol(letter) and letter in free_letters(generator):
                return None
    return ratio


def letter_number(normaliser: Normaliser, letter: str) -> int:
    normaliser.value(symbol(letter))
    return normaliser.numbers["symbol", letter]


# ---------------------------------------------------------------------------------------------- polynomials in the letter


def coefficients(normaliser: Normaliser, polynomial: fmpq_mpoly, k: int) -> list[fmpq_mpoly]:
    """Of k^0, k^1, ...: polynomials in the other generators."""
    rows: dict[int, dict[tuple[int, ...], fmpq]] = {}
    for exponents, coefficient in polynomial.to_dict().items():
        rest = (*exponents[:k], 0, *exponents[k + 1 :])
        rows.setdefault(int(exponents[k]), {})[rest] = coefficient
    size = max(rows, default=0) + 1
    return [normaliser.ring.from_dict(rows.get(d, {})) for d in range(size)]


def shifted(normaliser: Normaliser, polynomial: fmpq_mpoly, k: int, by: int) -> fmpq_mpoly:
    """polynomial(k + by)."""
    x = normaliser.ring.gen(k) + by
    total = normaliser.ring.constant(0)
    for coefficient in reversed(coefficients(normaliser, polynomial, k)):
        total = total * x + coefficient
    return total


def gosper_form(normaliser: Normaliser, ratio: Ratio, k: int) -> tuple[fmpq_mpoly, fmpq_mpoly, fmpq_mpoly]:
    """(p, q, r) with ratio = p(k+1)/p(k) q(k)/r(k+1)."""
    p, q, below = normaliser.ring.constant(1), ratio.num, ratio.den
    for factor, _ in ratio.num.factor()[1]:
        for other, _ in ratio.den.factor()[1]:
            h = dispersion(normaliser, factor, other, k)
            if h is None:
                continue
            while True:
                g = q.gcd(shifted(normaliser, below, k, h))
                g = g if g.degrees()[k] > 0 else normaliser.ring.constant(1)
                if g.is_constant():
                    break
                q = q / g
                below = below / shifted(normaliser, g, k, -h)
                for i in range(1, h + 1):
                    p = p * shifted(normaliser, g, k, -i)
    return p, q, shifted(normaliser, below, k, -1)


def dispersion(normaliser: Normaliser, a: fmpq_mpoly, b: fmpq_mpoly, k: int) -> int | None:
    """h >= 0 with a(k) proportional to b(k + h), for irreducible a and b."""
    d = a.degrees()[k]
    if d == 0 or b.degrees()[k] != d:
        return None
    tops = [coefficients(normaliser, x, k) for x in (a, b)]
    one = normaliser.ring.constant(1)
    quotients = [Ratio(c[d - 1], one) / Ratio(c[d], one) for c in tops]
    gap = normaliser.reduce((quotients[0] - quotients[1]) / normaliser.constant(int(d))).constant()
    if gap is None or gap.denominator != 1 or not 0 <= gap <= LARGEST_SHIFT:
        return None
    moved = shifted(normaliser, b, k, int(gap))
    proportional = a * moved.leading_coefficient() == moved * a.leading_coefficient()
    return int(gap) if proportional else None


def _polynomial_solution(normaliser: Normaliser, p: fmpq_mpoly, q: fmpq_mpoly, r: fmpq_mpoly, k: int) -> Ratio | None:
    """f with p(k) = q(k) f(k + 1) - r(k) f(k), a polynomial in k over the field of the other generators."""
    degree = _degree_bound(normaliser, p, q, r, k)
    if degree is None or degree > LARGEST_DEGREE:
        return None
    x = normaliser.ring.gen(k)
    images = [q * (x + 1) ** d - r * x**d for d in range(degree + 1)]
    solution = solve(normaliser, images, p, k)
    if solution is None:
        return None
    total = normaliser.constant(0)
    for d, coefficient in enumerate(solution):
        total += coefficient * Ratio(x**d, normaliser.ring.constant(1))
    return normaliser.reduce(total)


def _degree_bound(normaliser: Normaliser, p: fmpq_mpoly, q: fmpq_mpoly, r: fmpq_mpoly, k: int) -> int | None:
    deg_p, deg_q, deg_r = (int(x.degrees()[k]) for x in (p, q, r))
    a, b = coefficients(normaliser, q, k), coefficients(normaliser, r, k)
    if deg_q != deg_r or not (a[-1] - b[-1]).is_zero():
        bound = deg_p - max(deg_q, deg_r)
        return bound if bound >= 0 else None
    candidates = [deg_p - deg_q + 1]
    one = normaliser.ring.constant(1)
    low = [c[deg_q - 1] if deg_q else normaliser.ring.constant(0) for c in (a, b)]
    special = normaliser.reduce((Ratio(low[1], one) - Ratio(low[0], one)) / Ratio(a[-1], one)).constant()
    if special is not None and special.denominator == 1:
        candidates.append(int(special))
    bound = max(candidates)
    return bound if bound >= 0 else None


def solve(normaliser: Normaliser, columns: list[fmpq_mpoly], target: fmpq_mpoly, k: int) -> list[Ratio] | None:
    """Coefficients, free of k, with sum c_i columns_i = target; by elimination over the field of the other generators."""
    parts = [coefficients(normaliser, x, k) for x in (*columns, target)]
    height = max(map(len, parts))
    one = normaliser.ring.constant(1)
    rows = [[Ratio(x[d], one) if d < len(x) else normaliser.constant(0) for x in parts] for d in range(height)]
    pivots = echelon(normaliser, rows, len(columns))
    if any(not row[-1].is_zero for row in rows[len(pivots) :]):
        return None
    solution = [normaliser.constant(Fraction(0))] * len(columns)
    for row, column in zip(rows, pivots, strict=False):
        solution[column] = row[-1]
    return solution


def echelon(normaliser: Normaliser, rows: list[list[Ratio]], width: int) -> list[int]:
    """Bring ``rows`` to reduced echelon form in their first ``width`` columns; the columns of the pivots, row by row."""
    pivots: list[int] = []
    for column in range(width):
        done = len(pivots)
        pivot = next((i for i in range(done, len(rows)) if not rows[i][column].is_zero), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        scale = rows[done][column].inverse()
        rows[done] = [normaliser.reduce(x * scale) for x in rows[done]]
        for i in range(len(rows)):
            if i != done and not rows[i][column].is_zero:
                factor = rows[i][column]
                rows[i] = [normaliser.reduce(x - factor * y) for x, y in zip(rows[i], rows[done], strict=True)]
        pivots.append(column)
        if len(pivots) == len(rows):
            break
    return pivots
