"""Induction for inequalities: with D(n) the difference of the sides, D(n + 1) - m D(n) has the sign for a multiplier m >= 0.

The multiplier is 1 for sums, the base of a power, n + 1 for a factorial: what the larger side grows by.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from flint import fmpq

from derive.checkers.bounding import ORDER, REFUSALS, proof_of
from derive.checkers.floating import floating
from derive.checkers.scalings import tidy
from derive.core import Claim, Declaration, Enclosure, Evidence, Growth, Hints, Normal, Relation, Scaled, Scope, Term
from derive.kernel.budget import BudgetSpent, metered, spend
from derive.kernel.facts import facts_of
from derive.kernel.normal import Normaliser, with_normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.rules.nested import difference, positive, proved_within
from derive.kernel.terms import (
    ONE,
    add,
    free_letters,
    heads,
    mul,
    number,
    power,
    rational_value,
    sub,
    substitute,
    subterms,
    symbol,
)

GROWING = frozenset(("sum", "prod", "pow", "factorial", "exp", "binomial"))
LOOKED_AT = 12
SHARE = 40_000


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Only for integer letters with a declared start, in sums, powers, factorials."""
    if claim.relation not in ORDER or not heads(claim.lhs, claim.rhs) & GROWING:
        return
    for declaration in claim.scope.declarations:
        start = _start(declaration)
        if start is not None and declaration.name in free_letters(claim.lhs) | free_letters(claim.rhs):
            found = None
            with metered(SHARE) as meter, suppress(*REFUSALS, BudgetSpent):
                found = _growth(claim, declaration, start)
            spend(min(meter.spent, SHARE))
            if found is not None:
                yield found


def _start(declaration: Declaration) -> int | None:
    if declaration.domain != "integer" or declaration.family or declaration.shape:
        return None
    starts = [
        rational_value(r.rhs)
        for r in declaration.where
        if r.relation == ">=" and r.lhs == symbol(declaration.name) and rational_value(r.rhs) is not None
    ]
    return int(max(q for q in starts if q is not None)) if starts else None


def _growth(claim: Claim, declaration: Declaration, start: int) -> Evidence | None:
    term, strict = difference(claim, facts_of(claim.scope))
    name, n = declaration.name, symbol(declaration.name)
    others = tuple(d for d in claim.scope.declarations if d.name != name)
    where = (Relation(n, ">=", number(start)),)
    scope = Scope((*others, Declaration(name, "integer", where=where)), claim.scope.hypotheses)
    first = substitute(term, name, number(start))
    base: Evidence | None = next((e for e in (Normal(), Enclosure()) if _shown(first, strict, scope, e)), None)
    if base is None:
        short = proof_of(positive(tidy(first), strict, scope))
        base = None if short is None else Scaled(ONE, tidy(first), short)
    if base is None or not _holds_at_first(term, name, start):
        return None
    for m in _multipliers(term, name):
        weak = not strict or facts_of(scope).positive(m)
        step = _step(sub(substitute(term, name, add(n, ONE)), mul(m, term)), not weak, scope, name, start)
        if step is not None:
            return Growth(name, start, m, base, step)
    return None


def _multipliers(term: Term, name: str) -> list[Term]:
    n = symbol(name)
    found = [ONE]
    for part in subterms(term):
        if part.head == "pow" and name in free_letters(part.args[1]) and name not in free_letters(part.args[0]):
            found.append(part.args[0])
        if part.head == "factorial" and name in free_letters(part.args[0]):
            found.append(add(n, ONE))
    return list(dict.fromkeys(found))


def _holds_at_first(term: Term, name: str, start: int) -> bool:
    """With one letter only, floats do not contradict the first instances."""
    if free_letters(term) != {name}:
        return True
    f = floating(term)
    return all(not f({name: float(k)}) < -1e-9 for k in range(start, start + LOOKED_AT))


def _step(step: Term, strict: bool, scope: Scope, name: str, start: int) -> Evidence | None:
    if not _holds_at_first(step, name, start):
        return None
    for short in with_normaliser(facts_of(scope), lambda normaliser: _written(normaliser, step)):
        proof = proof_of(positive(short, strict, scope), (Normal(),))
        if proof is not None:
            return Scaled(ONE, short, proof)
    return Normal() if _shown(step, strict, scope, Normal()) else None


def _written(normaliser: Normaliser, step: Term) -> list[Term]:
    """The step over one denominator, and with each logarithm or power apart: 1/(n + 1) - log(n + 2) + log(n + 1)."""
    value = normaliser.reduce(normaliser.value(step))
    whole = tidy(normaliser.ratio_term(value))
    atoms = [i for i, generator in enumerate(normaliser.generators) if generator.tag != "symbol"]
    groups: dict[tuple[int, ...], dict[tuple[int, ...], fmpq]] = {}
    for exponents, coefficient in value.num.to_dict().items():
        kind = tuple(int(exponents[i]) for i in atoms)
        rest = tuple(0 if i in atoms else int(d) for i, d in enumerate(exponents))
        groups.setdefault(kind, {})[rest] = coefficient
    if len(groups) < 2 or any(value.den.degrees()[i] for i in atoms):
        return [whole]
    parts = [
        mul(
            normaliser.ratio_term(Ratio(normaliser.ring.from_dict(group), value.den).reduced()),
            *(power(normaliser.generators[i].term, number(d)) for i, d in zip(atoms, kind, strict=True) if d),
        )
        for kind, group in groups.items()
    ]
    return [tidy(add(*parts)), whole]


def _shown(term: Term, strict: bool, scope: Scope, evidence: Evidence) -> bool:
    with suppress(*REFUSALS):
        proved_within(positive(term, strict, scope), evidence, facts_of(scope))
        return True
    return False
