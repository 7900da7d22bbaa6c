"""Sums whose terms depend on the length, too: a recurrence for the sum by creative telescoping, then induction.

From sum_j p_j F(n + j, k) = G(k + 1) - G(k) for A <= k <= B follows sum_j p_j S(n + j) = G(B + 1) - G(A) + what lies outside
A, ..., B. With the claim at n, ..., n + J - 1 that gives the claim at n + J, where p_J is not 0.
Source: M. Petkovsek, H. Wilf, D. Zeilberger, A = B, ch. 6.
"""

from __future__ import annotations

from fractions import Fraction

from derive.core import Claim, CreativeTelescoping, Relation, Term
from derive.kernel.facts import Facts, facts_of
from derive.kernel.normal import Normaliser, with_normaliser
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.induction import check_induction_letter, instance, later, later_from, settle
from derive.kernel.summation import over_range, require_defined, require_equal
from derive.kernel.terms import ONE, add, free_letters, mul, number, relation_of, sub, substitute, subterms, symbol
from derive.kernel.verdict import NotAdmitted

LARGEST_ORDER = 3
LARGEST_MARGIN = 8
MOST_BASES = 8


def creative_telescoping(claim: Claim, evidence: CreativeTelescoping, facts: Facts) -> Basis:
    """Base cases, and the step by the recurrence that the certificate proves for the sum."""
    name, order = evidence.variable, len(evidence.coefficients) - 1
    if claim.relation != "=" or not 1 <= order <= LARGEST_ORDER or not 0 <= evidence.late + order <= MOST_BASES:
        raise NotAdmitted("not an equation, or a recurrence of high order")
    if evidence.late < 0 or evidence.term not in (*subterms(claim.lhs), *subterms(claim.rhs)):
        raise NotAdmitted("the sum does not stand in the claim")
    check_induction_letter(claim, name, evidence.start, facts)
    count = evidence.late + order
    bases = [settle(instance(claim, name, number(evidence.start + j)), (), "the base case") for j in range(count)]
    far = later_from(claim, name, evidence.start + evidence.late)
    recurrence = _recurrence(far, evidence)
    before = tuple(relation_of(instance(far, name, later(name, j))) for j in range(order))
    step = settle(instance(far, name, later(name, order)), (*before, recurrence), "the induction step")
    visible = tuple(dict.fromkeys(relation for basis in (*bases, step) for relation in basis.visible))
    if any(name in free_letters(r.lhs) | free_letters(r.rhs) for r in visible):
        raise NotAdmitted(f"a condition that depends on {name} is not settled")
    why = (
        f"induction on {name}: both sides agree for the first {count} value{'s' if count > 1 else ''}, and a certificate of "
        f"creative telescoping gives both the same recurrence of order {order}"
    )
    return Basis(why, step.trust.union(*(basis.trust for basis in bases)), visible)


def _recurrence(claim: Claim, evidence: CreativeTelescoping) -> Relation:
    """sum_j p_j S(n + j) = G(B + 1) - G(A) + sum_j p_j (terms of S(n + j) outside A, ..., B), re-checked."""
    facts = facts_of(claim.scope)
    name, (low, high) = evidence.variable, evidence.trim
    body, bound, lower, upper = evidence.term.args
    if evidence.term.head != "sum" or not (0 <= low <= LARGEST_MARGIN and 0 <= high <= LARGEST_MARGIN):
        raise NotAdmitted("not a sum, or too much is cut off")
    first, last = _moved(lower, low), _moved(upper, -high)
    _check_letters(evidence, facts)
    if not facts.non_negative(sub(_moved(last, 1), first)):
        raise NotAdmitted("the range of the certificate may be empty by more than one")
    inside = over_range(evidence.letter, first, _moved(last, 1), facts)
    require_defined(evidence.certificate, inside)
    shifted = [substitute(body, name, later(name, j)) for j in range(len(evidence.coefficients))]
    terms = [substitute(term, str(bound.value), symbol(evidence.letter)) for term in shifted]
    combined = add(*(mul(p, term) for p, term in zip(evidence.coefficients, terms, strict=True)))
    k = symbol(evidence.letter)
    steps = sub(substitute(evidence.certificate, evidence.letter, add(k, ONE)), evidence.certificate)
    telescoped = over_range(evidence.letter, first, last, facts)
    require_equal(combined, steps, telescoped, "the certificate does not telescope")
    at_ends = (substitute(evidence.certificate, evidence.letter, end) for end in (_moved(last, 1), first))
    right = [sub(*at_ends)]
    left = []
    for j, p in enumerate(evidence.coefficients):
        whole = substitute(evidence.term, name, later(name, j))
        left.append(mul(p, whole))
        right += [mul(p, substitute(shifted[j], str(bound.value), at)) for at in _outside(whole, first, last, facts)]
    return Relation(add(*left), "=", add(*right))


def _moved(term: Term, by: int) -> Term:
    return term if by == 0 else add(term, number(by))


def _check_letters(evidence: CreativeTelescoping, facts: Facts) -> None:
    known = set(facts.letters)
    if evidence.letter in known or evidence.letter in free_letters(evidence.term):
        raise NotAdmitted("the letter of the certificate has a meaning already")
    if any(not free_letters(p) <= known for p in evidence.coefficients):
        raise NotAdmitted("a coefficient of the recurrence speaks of a letter that is not known")
    for p in evidence.coefficients:
        require_defined(p, facts)
    _, bound, lower, upper = evidence.term.args
    if evidence.variable == bound.value or any(facts.kind(end) != "integer" for end in (lower, upper)):
        raise NotAdmitted("a bound that is not declared an integer")


def _outside(whole: Term, first: Term, last: Term, facts: Facts) -> list[Term]:
    """The indices of the sum that lie before ``first`` or after ``last``: a number of them on each side."""
    before = _distance(sub(first, whole.args[2]), facts)
    after = _distance(sub(whole.args[3], last), facts)
    return [_moved(first, -i) for i in range(before, 0, -1)] + [_moved(last, i) for i in range(1, after + 1)]


def _distance(term: Term, facts: Facts) -> int:
    def value(normaliser: Normaliser) -> Fraction | None:
        return normaliser.reduce(normaliser.value(term)).constant()

    found = with_normaliser(facts, value)
    if found is None or found.denominator != 1 or not 0 <= found <= LARGEST_MARGIN + LARGEST_ORDER:
        raise NotAdmitted("the ends of the sum do not lie around the range of the certificate")
    return int(found)
