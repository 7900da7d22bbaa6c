"""Where the values of a random letter lie by its law: what may be used of it inside an expectation, almost surely."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from derive.core import Declaration, Law, Relation, Scope, Term
from derive.kernel.facts import Facts
from derive.kernel.terms import ONE, ZERO, add, mul, number, power, rational_value, sub, symbol

CONTINUOUS = ("gaussian", "uniform", "exponential", "laplace")
LARGEST_BINOMIAL = 20
HALF = Term("div", (ONE, number(2)))


def inside(facts: Facts) -> Facts:
    """What is known of the letters inside an expectation."""
    spread = frozenset(
        d.name
        for d in facts.scope.declarations
        if d.law is not None and d.law.name in CONTINUOUS and not d.shape and facts.positive(d.law.variance)
    )
    plain, families = _supports(facts.scope, spread)
    for declaration in families:
        facts = facts.extended(declaration)
    return facts.assuming(plain) if plain else facts


@lru_cache(maxsize=512)
def _supports(scope: Scope, spread: frozenset[str]) -> tuple[tuple[Relation, ...], tuple[Declaration, ...]]:
    """Relations for plain letters, and declarations of families whose general member has bounds. A letter in ``spread`` misses
    each single value."""
    plain: list[Relation] = []
    families: list[Declaration] = []
    for declaration in scope.declarations:
        if declaration.law is None or declaration.shape:
            continue
        if not declaration.family:
            plain += support(symbol(declaration.name), declaration.law)
            plain += [Relation(symbol(declaration.name), "!=", ZERO)] if declaration.name in spread else []
            continue
        member = Term("index", (symbol(declaration.name), symbol("#i")))
        bounds = [bound for bound in support(member, declaration.law) if rational_value(bound.rhs) is not None]
        bounds += [Relation(member, "!=", ZERO)] if declaration.name in spread else []
        if bounds:
            families.append(replace(declaration, where=(*declaration.where, *bounds)))
    return tuple(plain), tuple(families)


def support(X: Term, law: Law) -> list[Relation]:
    """Bounds of a letter that hold almost surely."""
    found: list[Relation] = []
    if law.name == "exponential":
        found = [Relation(X, ">", ZERO)]
    elif law.name in ("poisson", "bernoulli", "binomial"):
        found = [Relation(X, ">=", ZERO)]
        found += [Relation(X, "<=", ONE)] if law.name == "bernoulli" else []
        found += [Relation(X, "<=", law.parameters[0])] if law.name == "binomial" else []
    elif law.name == "geometric":
        found = [Relation(X, ">=", ONE)]
    elif law.name == "uniform" and law.parameters:
        found = [Relation(X, ">=", law.parameters[0]), Relation(X, "<=", law.parameters[1])]
    elif law.name == "finite":
        values = [rational_value(value) for value in law.parameters[::2]]
        numerals = [value for value in values if value is not None]
        if len(numerals) == len(values):
            found = [Relation(X, ">=", number(min(numerals))), Relation(X, "<=", number(max(numerals)))]
            found += [Relation(X, "!=", ZERO)] if 0 not in numerals else []
    return found


def atoms_of(law: Law) -> tuple[tuple[Term, Term], ...] | None:
    """(value, probability) for a law with finitely many values, listed; else None."""
    if law.name == "finite":
        return tuple(zip(law.parameters[::2], law.parameters[1::2], strict=True))
    if law.name == "bernoulli":
        return ((ZERO, sub(ONE, law.parameters[0])), (ONE, law.parameters[0]))
    if law.name == "signs":
        deviation = Term("sqrt", (law.variance,))
        return ((sub(law.mean, deviation), HALF), (add(law.mean, deviation), HALF))
    if law.name == "binomial":
        n, p = rational_value(law.parameters[0]), law.parameters[1]
        if n is not None and n.denominator == 1 and 0 <= n <= LARGEST_BINOMIAL:
            return tuple((number(k), binomial_weight(number(n), p, number(k))) for k in range(int(n) + 1))
    return None


def binomial_weight(n: Term, p: Term, k: Term) -> Term:
    return mul(Term("binomial", (n, k)), power(p, k), power(sub(ONE, p), sub(n, k)))
