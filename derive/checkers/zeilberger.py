"""Zeilberger's algorithm: a recurrence for a sum whose terms depend on its length, with the certificate that proves it.

For J = 1, 2, ... Gosper's algorithm is run on p_0 F(n, k) + ... + p_J F(n + J, k) with unknown p_j that do not depend on k: the
unknowns of the polynomial f and the p_j solve one homogeneous linear system.
Source: M. Petkovsek, H. Wilf, D. Zeilberger, A = B, ch. 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flint import fmpq_mpoly

from derive.checkers.gosper import REFUSALS, coefficients, echelon, gosper_form, letter_number, shift_quotient
from derive.core import Claim, CreativeTelescoping, Evidence, Hints, Relation, Term
from derive.kernel.facts import facts_of
from derive.kernel.normal import Normaliser, with_normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.rules.induction import later, later_from, lowest
from derive.kernel.summation import over_range
from derive.kernel.terms import (
    ZERO,
    add,
    free_letters,
    has_series,
    heads,
    mul,
    number,
    substitute,
    subterms,
    symbol,
)

PROVES = (r"\sum_{k=0}^{t} \binom{t}{k} = 2^t", r"\sum_{k=0}^{t} \binom{t}{k}^2 = \binom{2 t}{t}")
DECLINES = (r"\sum_{k=0}^{t} \binom{t}{k} = 2^t + 1", r"\sum_{k=0}^{t} \binom{t}{k}^2 = \binom{2 t}{t + 1}")

ORDERS = (1, 2)
LATER = 2
TRIMS = ((0, 1), (1, 1), (1, 2), (2, 2))
LARGEST_DEGREE = 8
LETTER = "k'"


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Equations with a finite sum of binomials or factorials of the letter of an end."""
    if claim.relation != "=" or "sum" not in heads(claim.lhs, claim.rhs) or has_series(claim.lhs, claim.rhs):
        return
    for term in dict.fromkeys((*subterms(claim.lhs), *subterms(claim.rhs))):
        if term.head != "sum" or not heads(term.args[0]) & {"binomial", "factorial"} or "sum" in heads(term.args[0]):
            continue
        for declaration in claim.scope.declarations:
            inside = declaration.name in free_letters(term.args[0]) & free_letters(term.args[3])
            start = lowest(declaration) if declaration.domain == "integer" and inside else None
            if start is not None:
                yield from _of_sum(claim, term, declaration.name, start)


def _of_sum(claim: Claim, term: Term, name: str, start: int) -> Iterator[Evidence]:
    for order in ORDERS:
        again: list[CreativeTelescoping] = []
        for low, high in TRIMS:
            late = max(0, low + high - 1 - start)
            found = recurrence(claim, term, name, start + late, (low, high), order)
            for certificate in found.certificates if found is not None else ():
                assert found is not None
                evidence = CreativeTelescoping(name, start, term, found.weights, LETTER, certificate, (low, high), late)
                yield evidence
                again.append(replace(evidence, late=late + LATER))
        yield from again[:2]  # where the leading coefficient vanishes at first


@dataclass(frozen=True, slots=True)
class Recurrence:
    """p_0, ..., p_J, and ways to write G in the letter ``LETTER``."""

    weights: tuple[Term, ...]
    certificates: tuple[Term, ...]


def recurrence(claim: Claim, term: Term, name: str, start: int, trim: tuple[int, int], order: int) -> Recurrence | None:
    """None where there is none of that order."""
    body, bound, lower, upper = term.args
    facts = facts_of(later_from(claim, name, start).scope)
    first, last = add(lower, number(trim[0])), add(upper, number(1 - trim[1]))
    bases = {part.args[0] for part in subterms(body) if part.head == "pow" and free_letters(part.args[1])}
    known = facts.assuming(tuple(Relation(base, "!=", ZERO) for base in bases if free_letters(base)))
    inside = over_range(LETTER, first, last, known)
    here = substitute(body, str(bound.value), symbol(LETTER))
    try:
        return with_normaliser(inside, lambda normaliser: _recurrence(normaliser, here, name, order))
    except REFUSALS:
        return None


def _recurrence(normaliser: Normaliser, body: Term, name: str, order: int) -> Recurrence | None:
    base = normaliser.reduce(normaliser.value(body))
    quotients = [
        normaliser.reduce(normaliser.value(substitute(body, name, later(name, j))) / base) for j in range(order + 1)
    ]
    k = letter_number(normaliser, LETTER)
    if not all(_rational_in(normaliser, quotient) for quotient in quotients):
        return None
    below = normaliser.ring.constant(1)
    for quotient in quotients:
        below = below * (quotient.den / below.gcd(quotient.den))
    one = normaliser.ring.constant(1)
    tops = [quotient.num * (below / quotient.den) for quotient in quotients]
    carrier = normaliser.reduce(base * Ratio(one, below))
    ratio = shift_quotient(normaliser, carrier, LETTER, LETTER)
    if ratio is None:
        return None
    p, q, r = gosper_form(normaliser, ratio, k)
    solved = _solve(normaliser, [p * top for top in tops], q, r, k)
    if solved is None:
        return None
    f, weights = solved
    certificate = normaliser.reduce(Ratio(r, p) * f * carrier)
    by_terms = normaliser.reduce(Ratio(r, p * below) * f)
    written = (mul(normaliser.ratio_term(by_terms), body), normaliser.ratio_term(certificate))
    return Recurrence(tuple(normaliser.ratio_term(w) for w in weights), written)


def _rational_in(normaliser: Normaliser, quotient: Ratio) -> bool:
    """No generator but k itself depends on k."""
    for polynomial in (quotient.num, quotient.den):
        for i, degree in enumerate(polynomial.degrees()):
            generator = normaliser.generators[i].term if degree > 0 else None
            if generator is not None and generator != symbol(LETTER) and LETTER in free_letters(generator):
                return False
    return True


def _solve(
    normaliser: Normaliser, targets: list[fmpq_mpoly], q: fmpq_mpoly, r: fmpq_mpoly, k: int
) -> tuple[Ratio, list[Ratio]] | None:
    """f and weights w_j, not all 0, with q(k) f(k + 1) - r(k) f(k) = sum_j w_j target_j."""
    degree = _degree(normaliser, max(int(t.degrees()[k]) for t in targets), q, r, k)
    if degree > LARGEST_DEGREE:
        return None
    x = normaliser.ring.gen(k)
    columns = [q * (x + 1) ** d - r * x**d for d in range(degree + 1)] + [-target for target in targets]
    vector = null_vector(normaliser, columns, k)
    if vector is None or all(w.is_zero for w in vector[degree + 1 :]):
        return None
    one = normaliser.ring.constant(1)
    common = one
    for value in vector[degree + 1 :]:
        common = common * (value.den / common.gcd(value.den))
    scale = Ratio(common, one)
    f = normaliser.constant(0)
    for d in range(degree + 1):
        f += vector[d] * scale * Ratio(x**d, one)
    return normaliser.reduce(f), [normaliser.reduce(w * scale) for w in vector[degree + 1 :]]


def _degree(normaliser: Normaliser, target: int, q: fmpq_mpoly, r: fmpq_mpoly, k: int) -> int:
    """A bound of the degree of f in k."""
    a, b = coefficients(normaliser, q, k), coefficients(normaliser, r, k)
    if len(a) != len(b) or not (a[-1] - b[-1]).is_zero():
        return max(0, target - max(len(a), len(b)) + 1)
    bound = target - (len(a) - 1) + 1
    one = normaliser.ring.constant(1)
    low = [c[-2] if len(c) > 1 else normaliser.ring.constant(0) for c in (a, b)]
    special = normaliser.reduce((Ratio(low[1], one) - Ratio(low[0], one)) / Ratio(a[-1], one)).constant()
    if special is not None and special.denominator == 1:
        bound = max(bound, int(special))
    return max(0, bound)


def null_vector(normaliser: Normaliser, columns: list[fmpq_mpoly], k: int) -> list[Ratio] | None:
    """A vector that is not 0, free of k, with sum c_i columns_i = 0; the last free column is set to 1."""
    parts = [coefficients(normaliser, x, k) for x in columns]
    height, width = max(map(len, parts)), len(columns)
    one = normaliser.ring.constant(1)
    rows = [[Ratio(x[d], one) if d < len(x) else normaliser.constant(0) for x in parts] for d in range(height)]
    pivots = echelon(normaliser, rows, width)
    free = [column for column in range(width) if column not in pivots]
    if not free:
        return None
    chosen = free[-1]
    vector = [normaliser.constant(0)] * width
    vector[chosen] = normaliser.constant(1)
    for row, column in zip(rows, pivots, strict=False):
        vector[column] = -row[chosen]
    return vector
