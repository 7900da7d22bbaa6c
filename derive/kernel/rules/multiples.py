"""An inequality as a sum of multiples of inequalities that are given: for the step of an induction on members of a sequence.

``F_{n+2} <= 2^{n+2}`` follows from ``F_n <= 2^n`` and ``F_{n+1} <= 2^{n+1}``: with F_{n+2} = F_{n+1} + F_n the difference of its sides
is the sum of theirs and 2^n. The multiples are those by which the members of the sequence drop out.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from flint import fmpq, fmpq_mat

from derive.core import Claim, Relation, Term
from derive.kernel.facts import Facts, Linear, linear_form
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import TooLarge
from derive.kernel.rules.sign import sign
from derive.kernel.terms import ZERO, add, mul, number, relation_of, sub
from derive.kernel.verdict import NotAdmitted

STRICT = ("<", ">")


def gap_in_normal_form(relation: Relation, facts: Facts) -> Term | None:
    """high - low as a sum of monomials; None where there is no normal form, or one under further conditions only."""
    turned = relation.relation in (">", ">=")
    high, low = (relation.lhs, relation.rhs) if turned else (relation.rhs, relation.lhs)

    def written(normaliser: Normaliser) -> Term | None:
        parts = normaliser.monomials(normaliser.value(sub(high, low)))
        terms = [mul(number(c), normaliser.ratio_term(normaliser.reduce(monomial))) for monomial, c in parts]
        return None if normaliser.visible or normaliser.trust else add(*terms) if terms else ZERO

    try:
        return with_normaliser(facts, written)
    except (NoNormalForm, NotAdmitted, TooLarge, ZeroDivisionError):
        return None


def follows_from_multiples(claim: Claim, given: tuple[Relation, ...], facts: Facts) -> bool:
    """high - low = sum of m_j (high_j - low_j) + rest with numbers m_j >= 0 and a rest >= 0 without members of sequences; for a
    strict claim one of these parts is > 0."""
    gap = gap_in_normal_form(relation_of(claim), facts)
    known = [(form, one.relation in STRICT) for one in given if (form := gap_in_normal_form(one, facts)) is not None]
    if gap is None or not known:
        return False
    target, forms = linear_form(gap), [(linear_form(term), strict) for term, strict in known]
    members = sorted({key for form in (target, *(form for form, _ in forms)) for key in _members(form)}, key=repr)
    for count in range(1, len(forms) + 1):
        for chosen in combinations(forms, count):
            multiples = _multiples(target, [form for form, _ in chosen], members)
            if multiples is not None and _rest_has_sign(
                claim, target, list(zip(multiples, chosen, strict=True)), facts
            ):
                return True
    return False


def _members(form: Linear) -> list[Term]:
    return [key for key, coefficient in form.items() if key is not None and key.head == "index" and coefficient]


def _multiples(target: Linear, forms: list[Linear], members: list[Term]) -> list[Fraction] | None:
    """m_j >= 0 by which every member drops out of target - sum of m_j form_j, where they are the only such numbers."""
    if not members:
        return None
    rows = [[_rational(form.get(key, Fraction(0))) for form in forms] for key in members]
    right = [[_rational(target.get(key, Fraction(0)))] for key in members]
    matrix, vector = fmpq_mat(rows), fmpq_mat(right)
    square = matrix.transpose() * matrix
    if square.det() == 0:
        return None
    solved = square.inv() * matrix.transpose() * vector
    if matrix * solved != vector:
        return None
    found = [Fraction(int(solved[j, 0].p), int(solved[j, 0].q)) for j in range(len(forms))]
    return found if all(m >= 0 for m in found) else None


def _rational(q: Fraction) -> fmpq:
    return fmpq(q.numerator, q.denominator)


def _rest_has_sign(
    claim: Claim, target: Linear, parts: list[tuple[Fraction, tuple[Linear, bool]]], facts: Facts
) -> bool:
    rest = dict(target)
    for multiple, (form, _) in parts:
        for key, coefficient in form.items():
            rest[key] = rest.get(key, Fraction(0)) - multiple * coefficient
    terms = [number(c) if key is None else mul(number(c), key) for key, c in rest.items() if c]
    strict = claim.relation in STRICT and not any(multiple > 0 and known for multiple, (_, known) in parts)
    wanted = Claim(add(*terms) if terms else ZERO, ">" if strict else ">=", ZERO, claim.scope)
    try:
        sign(wanted, facts)
    except (NoNormalForm, NotAdmitted):
        return False
    return True
