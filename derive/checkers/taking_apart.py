"""Scalar claims taken apart until normal forms or balls decide each piece: cases by sign, powers and exponentials of both
sides, integer and rest, real and imaginary parts, equal derivatives.

The moves are tried in this order, each only where the heads call for it; every attempt costs one unit of a small budget.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from derive.core import (
    Angles,
    Cases,
    Claim,
    Enclosure,
    Evidence,
    Hints,
    Injective,
    Normal,
    RealParts,
    Relation,
    SameDerivative,
    Term,
    WholePart,
)
from derive.kernel import NotAdmitted
from derive.kernel.balls import Undefined
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import Facts, facts_of
from derive.kernel.narrowing import narrowed
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import TooLarge
from derive.kernel.rules.inner import shown
from derive.kernel.rules.parts import with_real_parts, with_whole_part
from derive.kernel.rules.same_derivative import SMOOTH
from derive.kernel.terms import ONE, ZERO, free_letters, heads, number, power, rational_value, sub, subterms, symbol

PROVES = (r"|a| + |b| \ge |a + b|", r"\sqrt{x + 2 \sqrt{x - 1}} = 1 + \sqrt{x - 1}")
DECLINES = (r"|a| - |b| \ge |a + b|", r"\sqrt{a^2 + b^2} = a + b")

BUDGET = 40
"""So many pieces are tried to be proved."""
INVERSES = frozenset(("arctan", "arcsin", "arccos"))
WORTH = INVERSES | {"abs", "sqrt", "root", "pow", "floor", "ceil", "max", "min", "binomial", "log"}
STARTS = tuple(number(q) for q in (0, 1, -1, 2, -2))


@dataclass(slots=True)
class Budget:
    left: int = BUDGET


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Only for scalar relations in whose sides one of the heads of interest occurs."""
    met = heads(claim.lhs, claim.rhs)
    if claim.relation not in ("=", "<", "<=", ">", ">=") or not met & WORTH or not met <= SCALARS:
        return
    found = _proof(claim, Budget(), frozenset())
    if found is not None and not isinstance(found, Normal | Enclosure):
        yield found


SCALARS = SMOOTH | {"abs", "root", "floor", "ceil", "max", "min", "binomial", "factorial", "apply", "prime", "index"}

FAILURES = (NotAdmitted, NoNormalForm, TooLarge, Undefined, ZeroDivisionError, RecursionError)


def _holds(claim: Claim, evidence: Evidence) -> bool:
    try:
        shown(claim, evidence)
    except FAILURES:
        return False
    return True


def _proof(claim: Claim, budget: Budget, tried: frozenset[Term | str]) -> Evidence | None:
    """Evidence for the claim, or None."""
    budget.left -= 1
    if budget.left < 0:
        return None
    if _holds(claim, Normal()):
        return Normal()
    if not free_letters(claim.lhs) | free_letters(claim.rhs):
        return next((e for e in (Enclosure(), Angles()) if _holds(claim, e)), None)
    for move in (_by_cases, _by_powers, _by_exponentials, _by_whole_part, _by_real_parts, _by_derivative):
        found = move(claim, budget, tried)
        if found is not None:
            return found
    return None


# --------------------------------------------------------------------------------------------------------------- cases


def _by_cases(claim: Claim, budget: Budget, tried: frozenset[Term | str]) -> Evidence | None:
    try:
        facts = facts_of(claim.scope).assuming(visible_conditions(claim))
        terms = _undecided_signs(claim, facts)
    except FAILURES:
        return None
    for term in terms:
        if term in tried or facts.kind(term) == "complex":
            continue
        return _split(claim, term, facts, budget, tried | {term})  # the first: another order of cases proves no more
    return None


def _split(claim: Claim, term: Term, facts: Facts, budget: Budget, tried: frozenset[Term | str]) -> Evidence | None:
    relations = ("<", "=", ">") if facts.kind(term) == "integer" else ("<=", ">=")
    parts: list[tuple[str, Evidence]] = []
    for relation in relations:
        proof = _proof(narrowed(claim, (Relation(term, relation, ZERO),)), budget, tried)
        if proof is None:
            return None
        parts.append((relation, proof))
    return Cases(term, tuple(parts))


def _undecided_signs(claim: Claim, facts: Facts) -> list[Term]:
    """Terms whose sign would simplify the normal form: what stands in absolute values, between the arguments of a binomial, at
    the steps of a floor, and the argument of an arctangent."""
    found: list[Term] = []

    def collect(normaliser: Normaliser) -> None:
        for side in (claim.lhs, claim.rhs):
            normaliser.value(side)
        for generator in normaliser.generators:
            inner = generator.term.args[0] if generator.term.args else ZERO
            if generator.tag == "abs" or generator.tag == "arctan":
                found.append(inner)
            elif generator.tag == "floor":
                found.extend(_steps(inner, facts))
            elif generator.tag == "binomial":
                found.append(sub(*generator.term.args))

    with_normaliser(facts, collect)
    return [term for term in dict.fromkeys(found) if not facts.positive(term) and not _negative(term, facts)]


def _negative(term: Term, facts: Facts) -> bool:
    return facts.positive(Term("neg", (term,)))


def _steps(inner: Term, facts: Facts) -> Iterator[Term]:
    """u - m for the integers m in between that a bounded u may cross."""
    if any(facts.at_least(inner, number(m)) for m in (-4,)) and facts.at_least(number(4), inner):
        for m in range(-3, 4):
            if not facts.at_least(inner, number(m)) and not facts.positive(sub(number(m), inner)):
                yield sub(inner, number(m)) if m else inner


# --------------------------------------------------------------------------------------------- powers and exponentials


def _by_powers(claim: Claim, budget: Budget, tried: frozenset[Term | str]) -> Evidence | None:
    orders = _orders(claim)
    if not orders or sum(isinstance(t, str) for t in tried) > 1:
        return None
    for order in orders:
        sides = (power(side, number(order)) for side in (claim.lhs, claim.rhs))
        lhs, rhs = sides
        proof = _proof(replace(claim, lhs=lhs, rhs=rhs), budget, tried | {f"power {order} {len(tried)}"})
        if proof is not None and _holds(claim, Injective(order, proof)):
            return Injective(order, proof)
    return None


def _orders(claim: Claim) -> list[int]:
    found = []
    for part in (*subterms(claim.lhs), *subterms(claim.rhs)):
        if part.head in ("sqrt", "abs"):
            found.append(2)
        order = rational_value(part.args[1]) if part.head == "root" else None
        if order is not None and 2 <= order <= 6 and order.denominator == 1:
            found.append(int(order))
    return list(dict.fromkeys(found))


def _by_exponentials(claim: Claim, budget: Budget, tried: frozenset[Term | str]) -> Evidence | None:
    if "log" not in heads(claim.lhs, claim.rhs) or "exp" in tried:
        return None
    lhs, rhs = (Term("exp", (side,)) for side in (claim.lhs, claim.rhs))
    proof = _proof(replace(claim, lhs=lhs, rhs=rhs), budget, tried | {"exp", "power exp"})
    return None if proof is None else Injective(0, proof)


# ----------------------------------------------------------------------------------------------------- letters in parts


def _by_whole_part(claim: Claim, budget: Budget, tried: frozenset[Term | str]) -> Evidence | None:
    inside = [p for side in (claim.lhs, claim.rhs) for p in subterms(side) if p.head in ("floor", "ceil")]
    letters = {name for part in inside for name in free_letters(part)}
    for declaration in claim.scope.declarations:
        if declaration.name in letters and declaration.domain == "real" and f"part {declaration.name}" not in tried:
            if declaration.name.endswith("_r"):
                continue
            try:
                inner = with_whole_part(claim, declaration.name)
            except NotAdmitted:
                continue
            proof = _proof(inner, budget, tried | {f"part {declaration.name}"})
            return None if proof is None else WholePart(declaration.name, proof)
    return None


def _by_real_parts(claim: Claim, budget: Budget, tried: frozenset[Term | str]) -> Evidence | None:
    if "abs" not in heads(claim.lhs, claim.rhs) or all(d.domain != "complex" for d in claim.scope.declarations):
        return None
    try:
        inner = with_real_parts(claim)
    except NotAdmitted:
        return None
    proof = _proof(inner, budget, tried)
    return None if proof is None else RealParts(proof)


# ---------------------------------------------------------------------------------------------------------- derivatives


def _by_derivative(claim: Claim, budget: Budget, tried: frozenset[Term | str]) -> Evidence | None:
    met = heads(claim.lhs, claim.rhs)
    if claim.relation != "=" or not met & (INVERSES | {"log"}) or not met <= SMOOTH or tried & {"slope"}:
        return None
    for declaration in claim.scope.declarations:
        x = declaration.name
        if declaration.domain == "real" and x in free_letters(claim.lhs) | free_letters(claim.rhs):
            for point in (*STARTS, *_bounds(claim, x)):
                for start in (Normal(), Angles()):
                    if _holds(claim, SameDerivative(x, point, Normal(), start)):
                        return SameDerivative(x, point, Normal(), start)
    return None


def _bounds(claim: Claim, x: str) -> Iterator[Term]:
    for declaration in claim.scope.declarations:
        for relation in declaration.where:
            if relation.lhs == symbol(x) and not free_letters(relation.rhs):
                yield relation.rhs
                yield Term("add", (relation.rhs, ONE))
                yield Term("add", (relation.rhs, Term("neg", (ONE,))))
