"""A rational function of one real atom: its sign on the range of the atom is settled by isolating real roots."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import acb, arb, ctx, fmpq, fmpq_mpoly, fmpq_poly

from derive.core import Claim, Polynomial, Term
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import Facts
from derive.kernel.normal import Normaliser, with_normaliser
from derive.kernel.ratio import Ratio, fraction
from derive.kernel.rules.basis import Basis, basis_of
from derive.kernel.rules.nested import difference
from derive.kernel.terms import number, sub
from derive.kernel.verdict import NotAdmitted

DEGREE = 60
BITS = (96, 384, 1536)


@dataclass(frozen=True, slots=True)
class Range:
    """An interval with rational ends; None is infinite, ``open`` ends do not belong to it."""

    lower: Fraction | None
    upper: Fraction | None
    lower_open: bool
    upper_open: bool


def polynomial(claim: Claim, evidence: Polynomial, facts: Facts) -> Basis:
    """The numerator and denominator of the difference are polynomials of one atom with a sign on its range."""
    term, strict = difference(claim, facts)
    shown = visible_conditions(claim)

    def decide(normaliser: Normaliser) -> Basis:
        ratio = normaliser.reduce(normaliser.value(term))
        if any(relation not in shown for relation in normaliser.visible):
            raise NotAdmitted("the sign is known under a further condition only")
        position = _only_atom(normaliser, ratio)
        atom = normaliser.generators[position].term
        where = range_of(atom, facts)
        above, below = _univariate(ratio.num, position), _univariate(ratio.den, position)
        sign = sign_on(above * below, where)
        if sign != 1 or (strict and _vanishes(_without_excluded(above, atom, facts), where)):
            raise NotAdmitted("a polynomial of one letter changes its sign, or vanishes, on its range")
        return basis_of(
            normaliser, "a polynomial in one quantity, with no change of sign on its range (roots isolated)"
        )

    return with_normaliser(facts, decide)


def _only_atom(normaliser: Normaliser, ratio: Ratio) -> int:
    used = {i for p in (ratio.num, ratio.den) for i, degree in enumerate(p.degrees()) if degree > 0}
    if len(used) != 1:
        raise NotAdmitted("not a rational function of one quantity")
    position = used.pop()
    generator = normaliser.generators[position]
    if not generator.real or (generator.relation is not None and generator.tag not in ("radical", "root", "abs")):
        raise NotAdmitted("not a rational function of one real quantity")
    if max(int(p.degrees()[position]) for p in (ratio.num, ratio.den)) > DEGREE:
        raise NotAdmitted(f"a polynomial of degree beyond {DEGREE}")
    return position


def _univariate(p: fmpq_mpoly, position: int) -> fmpq_poly:
    coefficients: dict[int, fmpq] = {int(e[position]): c for e, c in p.to_dict().items()}
    return fmpq_poly([coefficients.get(k, fmpq(0)) for k in range(max(coefficients, default=0) + 1)])


def range_of(atom: Term, facts: Facts) -> Range:
    """An interval in which the atom lies, from the linear facts about it."""
    lower: tuple[Fraction, bool] | None = None
    upper: tuple[Fraction, bool] | None = None
    for form, strict in facts.known:
        if set(form) - {None} != {atom}:
            continue
        bound = -form.get(None, Fraction(0)) / form[atom]
        if form[atom] > 0 and (lower is None or (bound, strict) > lower):
            lower = (bound, strict)
        if form[atom] < 0 and (upper is None or (-bound, strict) > (-upper[0], upper[1])):
            upper = (bound, strict)
    if lower is None or lower[0] < 0:
        for start in (Fraction(1), Fraction(0), Fraction(-1)):
            if lower is None or lower[0] < start:
                shifted = sub(atom, number(start)) if start else atom
                if facts.non_negative(shifted):
                    lower = (start, facts.positive(shifted))
                    break
    if upper is None:
        for end in (Fraction(0), Fraction(1)):
            room = sub(number(end), atom)
            if facts.non_negative(room):
                upper = (end, facts.positive(room))
                break
    return Range(
        lower[0] if lower else None, upper[0] if upper else None, bool(lower and lower[1]), bool(upper and upper[1])
    )


def _stripped(p: fmpq_poly, at: Fraction) -> tuple[fmpq_poly, int]:
    """p without its root ``at``, and the multiplicity of that."""
    factor, times = fmpq_poly([fmpq(-at.numerator, at.denominator), 1]), 0
    while p.degree() > 0:
        quotient, rest = divmod(p, factor)
        if rest.degree() >= 0:
            break
        p, times = quotient, times + 1
    return p, times


def _odd_part(p: fmpq_poly) -> fmpq_poly:
    """The product of the factors of odd multiplicity: where p changes its sign."""
    total = fmpq_poly([1])
    for factor, multiplicity in p.factor_squarefree()[1]:
        if int(multiplicity) % 2:
            total *= factor
    return total


def sign_on(p: fmpq_poly, where: Range) -> int:
    """1 or -1 where p has that sign in the inside of the range (it may vanish), 0 where it changes or is not known."""
    if p.degree() < 0:
        return 1
    odd = _odd_part(p)
    for end in (where.lower, where.upper):
        if end is not None:
            odd, _ = _stripped(odd, end)
    if odd.degree() > 0 and _has_root_inside(odd, where):
        return 0
    return _sign_at_a_point(p, where)


def _sign_at_a_point(p: fmpq_poly, where: Range) -> int:
    for k in range(1, 4 * DEGREE + 8):
        value = fraction(p(_inner(where, k)))
        if value:
            return 1 if value > 0 else -1
    return 0


def _inner(where: Range, k: int) -> fmpq:
    if where.lower is not None and where.upper is not None:
        point = where.lower + (where.upper - where.lower) * Fraction(k, 4 * DEGREE + 9)
    elif where.lower is not None:
        point = where.lower + Fraction(k, 3)
    elif where.upper is not None:
        point = where.upper - Fraction(k, 3)
    else:
        point = Fraction(k, 3)
    return fmpq(point.numerator, point.denominator)


def _without_excluded(p: fmpq_poly, atom: Term, facts: Facts) -> fmpq_poly:
    """p without the rational roots that the atom is known to differ from."""
    for factor, _ in p.factor()[1] if p.degree() > 0 else ():
        if factor.degree() == 1:
            root = -fraction(fmpq(factor[0])) / fraction(fmpq(factor[1]))
            if facts.nonzero(sub(atom, number(root)) if root else atom):
                p, _ = _stripped(p, root)
    return p


def _vanishes(p: fmpq_poly, where: Range) -> bool:
    """p may be 0 somewhere in the range, ends included where they belong to it."""
    if p.degree() < 1:
        return bool(p.degree() < 0)
    for end, is_open in ((where.lower, where.lower_open), (where.upper, where.upper_open)):
        if end is not None:
            p, times = _stripped(p, end)
            if times and not is_open:
                return True
    return p.degree() > 0 and _has_root_inside(p, where)


def _has_root_inside(p: fmpq_poly, where: Range) -> bool:
    """Whether a real root lies strictly inside; the ends are no roots. True also where that is not settled."""
    squarefree = fmpq_poly([1])
    for factor, _ in p.factor_squarefree()[1]:
        squarefree *= factor
    for bits in BITS:
        with ctx.workprec(bits):
            roots: list[tuple[acb, int]] = squarefree.numer().complex_roots()  # type: ignore[assignment]
            places = [_place(root.real, where) for root, _ in roots if root.imag == 0]
        if None not in places:
            return True in places
    return True


def _place(root: arb, where: Range) -> bool | None:
    """Whether a real root lies inside; None where the ball does not tell."""
    inside = True
    for end, sign in ((where.lower, 1), (where.upper, -1)):
        if end is None:
            continue
        room = sign * (root - arb(fmpq(end.numerator, end.denominator)))
        if room < 0:
            return False
        if not room > 0:
            inside = False
    return True if inside else None
