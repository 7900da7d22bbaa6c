"""An inequality that is a positive multiple of one of the hypotheses: ``1/x > 1/y`` is ``x < y`` over x y > 0."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Claim, Evidence, Hints, Normal, Scaled, Term
from derive.kernel import NotAdmitted
from derive.kernel.balls import Undefined
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import Facts, facts_of
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import TooLarge
from derive.kernel.rules.basis import ORDER
from derive.kernel.rules.nested import difference
from derive.kernel.terms import ZERO, heads, mul, number, power, sub

REFUSALS = (NotAdmitted, NoNormalForm, TooLarge, Undefined, ZeroDivisionError)
LONGEST = 6
"""Terms of the numerator and the denominator of a multiple."""


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Only under inequalities; the multiple is the quotient of the two differences of sides."""
    given = [one for one in claim.scope.hypotheses if one.relation in ORDER]
    if claim.relation not in ORDER or not given:
        return
    try:
        facts = facts_of(claim.scope).assuming(visible_conditions(claim))
        gap, _ = difference(claim, facts)
    except REFUSALS:
        return
    for one in given:
        high, low = (one.lhs, one.rhs) if one.relation in (">", ">=") else (one.rhs, one.lhs)
        known = high if low == ZERO else sub(high, low)
        factor = _quotient(gap, known, facts)
        if factor is not None and heads(known):
            yield Scaled(factor, known, Normal())


def _quotient(gap: Term, known: Term, facts: Facts) -> Term | None:
    def found(normaliser: Normaliser) -> Term | None:
        ratio = normaliser.reduce(normaliser.value(gap) / normaliser.value(known))
        if ratio.is_zero or max(len(ratio.num), len(ratio.den)) > LONGEST:
            return None
        content, factors = normaliser.factors(ratio)
        parts: list[Term] = []
        for f, e in factors:  # each as a positive number where its sign is known
            term = normaliser.term(f)
            turned = e % 2 == 1 and not facts.positive(term) and facts.positive(Term("neg", (term,)))
            content = -content if turned else content
            term = Term("neg", (term,)) if turned else term
            parts.append(power(term, number(e)) if e != 1 else term)
        return mul(number(content), *parts) if content != 1 or not parts else mul(*parts)

    try:
        return with_normaliser(facts, found)
    except REFUSALS:
        return None
