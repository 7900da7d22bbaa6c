"""Induction on a declared integer letter with a numeral lower bound; the author's choice first."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Claim, Declaration, Evidence, Hints, Induction, Term
from derive.kernel import NotAdmitted
from derive.kernel.facts import facts_of
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import TooLarge
from derive.kernel.rules.basis import ORDER
from derive.kernel.rules.induction import lowest
from derive.kernel.terms import ONE, add, free_letters, has_series, heads, substitute, subterms, symbol

PROVES = (r"\sum_{k=0}^{t} k = \frac{t (t + 1)}{2}", r"2^t \ge t + 1")
DECLINES = (r"\sum_{k=0}^{t} k = \frac{t (t - 1)}{2}", r"2^t \ge t + 2")
BEYOND = {"integral", "antiderivative", "limit", "expect_given", "gradient", "hessian"}


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    if claim.relation not in ("=", *ORDER):
        return
    if hints.induction is not None:
        yield Induction(*hints.induction)
    if has_series(claim.lhs, claim.rhs) or heads(claim.lhs, claim.rhs) & BEYOND:
        return
    letters = free_letters(claim.lhs) | free_letters(claim.rhs)
    for declaration in claim.scope.declarations:
        start = lowest(declaration) if declaration.domain == "integer" and declaration.name in letters else None
        if start is not None:
            yield from _from(claim, declaration, start, hints)


def _from(claim: Claim, declaration: Declaration, start: int, hints: Hints) -> Iterator[Evidence]:
    name = declaration.name
    if (name, start) != hints.induction:
        yield Induction(name, start)
    if claim.relation != "=":
        yield from (Induction(name, start, 1, multiplier) for multiplier in _multipliers(claim, name))
    if _reaches_back_twice(claim):
        yield Induction(name, start, 2)


def _reaches_back_twice(claim: Claim) -> bool:
    """A recurrence speaks of two members before."""
    return any(
        hypothesis.lhs.head == "index" and sum(part.head == "index" for part in subterms(hypothesis.rhs)) >= 2
        for hypothesis in claim.scope.hypotheses
    )


def _multipliers(claim: Claim, name: str) -> Iterator[Term]:
    """1, and the quotient of each side at n + 1 and at n, where it is short."""
    yield ONE
    facts = facts_of(claim.scope)
    for side in (claim.lhs, claim.rhs):
        following = substitute(side, name, add(symbol(name), ONE))

        def quotient(normaliser: Normaliser, side: Term = side, following: Term = following) -> Term | None:
            ratio = normaliser.reduce(normaliser.value(following) / normaliser.value(side))
            short = len(ratio.num) <= 4 and ratio.is_polynomial
            return normaliser.ratio_term(ratio) if short else None

        try:
            found = with_normaliser(facts, quotient)
        except (NoNormalForm, NotAdmitted, TooLarge, ZeroDivisionError):
            continue
        if found is not None and found != ONE:
            yield found
