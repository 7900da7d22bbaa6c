"""Whether a condition follows from what is known, also where it is written differently there: ``r - 1 != 0`` from ``1 - r != 0``."""

from __future__ import annotations

from dataclasses import replace

from flint import fmpq_mpoly

from derive.core import Claim, Relation, Scope, Term
from derive.kernel.conditions import unsettled
from derive.kernel.facts import Facts
from derive.kernel.heads import Condition
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import TooLarge
from derive.kernel.terms import ZERO, has_series, sub
from derive.kernel.verdict import NotAdmitted

MOST_KNOWN = 16


def scope_of(facts: Facts) -> Scope:
    """With the letters that are bound where the facts hold."""
    return replace(facts.scope, declarations=tuple(facts.letters.values()))


def settled(condition: Condition, facts: Facts) -> bool:
    """True is a proof. For relations: the facts, then the factors of the difference."""
    try:
        left = list(unsettled(condition, facts, hidden=False))
        return all(by_factors(relation, facts) for relation in left)
    except (NotAdmitted, NoNormalForm, TooLarge, ZeroDivisionError):
        return False


def by_factors(relation: Relation, facts: Facts) -> bool:
    """The relation follows, by the factors of the difference. Raises NotAdmitted, NoNormalForm and the like."""
    if has_series(relation.lhs, relation.rhs):
        return False
    if relation.relation == "!=":
        difference = relation.lhs if relation.rhs == ZERO else sub(relation.lhs, relation.rhs)
        return no_factor_vanishes(difference, facts)
    from derive.kernel.rules.equality import equal
    from derive.kernel.rules.sign import sign

    claim = Claim(relation.lhs, relation.relation, relation.rhs, scope_of(facts))
    if relation.relation == "=":
        basis = equal(claim, facts)
        return basis is not None and not basis.visible
    return not sign(claim, facts).visible


def no_factor_vanishes(term: Term, facts: Facts) -> bool:
    """The term is not 0, as no factor of it is."""
    try:
        return with_normaliser(facts, lambda normaliser: _no_factor_vanishes(normaliser, term, facts))
    except (NoNormalForm, TooLarge, ZeroDivisionError):
        return False


def _no_factor_vanishes(normaliser: Normaliser, difference: Term, facts: Facts) -> bool:
    """Every factor of the numerator is known not to be 0, or is a factor of something that is known not to be 0."""
    content, found = normaliser.factors(normaliser.value(difference))
    if content == 0 or normaliser.visible:
        return False
    known: list[fmpq_mpoly] = []
    for term in sorted(facts.non_zero, key=repr)[:MOST_KNOWN]:
        try:
            known += [factor for factor, _ in normaliser.factors(normaliser.value(term))[1]]
        except (NoNormalForm, TooLarge, ZeroDivisionError):
            continue
    return all(
        multiplicity < 0 or facts.nonzero(normaliser.term(factor)) or any(_associated(factor, k) for k in known)
        for factor, multiplicity in found
    )


def _associated(a: fmpq_mpoly, b: fmpq_mpoly) -> bool:
    """Equal up to a rational factor."""
    return bool(a * b.leading_coefficient() == b * a.leading_coefficient())
