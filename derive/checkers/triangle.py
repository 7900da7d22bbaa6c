"""Moduli of sines and cosines of sums, and of sums with sines and cosines as factors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from derive.checkers.bounding import REFUSALS
from derive.core import Claim, Evidence, Growth, Hints, Normal, Term, Triangle
from derive.kernel.facts import facts_of, linear_form
from derive.kernel.normal import with_normaliser
from derive.kernel.rules.basis import ORDER
from derive.kernel.rules.induction import lowest
from derive.kernel.rules.nested import difference, positive
from derive.kernel.rules.triangle import AT_MOST_ONE
from derive.kernel.terms import ONE, add, free_letters, heads, mul, number, sub, substitute, symbol

Parts = tuple[tuple[Term, tuple[Term, ...]], ...]

PROVES = (r"|\sin(t x)| \le t |\sin(x)|",)
DECLINES = (r"|\cos(t x)| \le t |\cos(x)|",)


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    met = heads(claim.lhs, claim.rhs)
    if claim.relation not in ORDER or "abs" not in met or not met & set(AT_MOST_ONE):
        return
    with suppress(*REFUSALS):
        term, _ = difference(claim, facts_of(claim.scope))
        yield from _split(claim, term)
        for declaration in claim.scope.declarations:
            start = lowest(declaration) if declaration.domain == "integer" else None
            if start is not None and declaration.name in free_letters(term):
                yield from _grown(claim, term, declaration.name, start)


def _grown(claim: Claim, term: Term, name: str, start: int) -> Iterator[Evidence]:
    """In each step the difference of the sides grows, by the triangle inequality."""
    step = sub(substitute(term, name, add(symbol(name), ONE)), term)
    for proof in _split(positive(step, False, claim.scope), step):
        yield Growth(name, start, ONE, Normal(), proof)


def _split(claim: Claim, term: Term) -> Iterator[Triangle]:
    for whole, coefficient in linear_form(term).items():
        if whole is not None and whole.head == "abs" and coefficient < 0:
            for parts in _parts(whole.args[0], claim):
                yield Triangle(whole, parts, Normal())


def _parts(s: Term, claim: Claim) -> Iterator[Parts]:
    if s.head in AT_MOST_ONE:
        summands = _summands(s.args[0], claim)
        if len(summands) < 2:
            return
        u, v = summands[0], add(*summands[1:]) if len(summands) > 2 else summands[1]
        (sin_u, sin_v), (cos_u, cos_v) = ([Term(head, (arg,)) for arg in (u, v)] for head in AT_MOST_ONE)
        if s.head == "sin":
            yield (sin_u, (cos_v,)), (sin_v, (cos_u,))
        else:
            minus = number(-1)
            yield (cos_u, (cos_v,)), (mul(minus, sin_v), (sin_u,))
            yield (cos_v, (cos_u,)), (mul(minus, sin_u), (sin_v,))
        return
    found = []
    for key, coefficient in linear_form(s).items():
        factors = () if key is None else key.args if key.head == "mul" else (key,)
        dropped = tuple(factor for factor in factors if factor.head in AT_MOST_ONE)
        found.append((mul(number(coefficient), *(f for f in factors if f not in dropped)), dropped))
    yield tuple(found)


def _summands(term: Term, claim: Claim) -> list[Term]:
    """``n x`` and ``x`` of ``(n + 1) x``."""
    facts = facts_of(claim.scope)
    return with_normaliser(
        facts,
        lambda n: [mul(number(c), n.ratio_term(m)) for m, c in n.monomials(n.reduce(n.value(term)))],
    )
