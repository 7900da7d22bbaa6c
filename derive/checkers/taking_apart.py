"""Scalar claims taken apart until normal forms or balls decide each piece: cases by sign, powers and exponentials of both
sides, integer and rest, real and imaginary parts, equal derivatives.

The moves are tried in this order, each only where the heads call for it; every attempt costs one unit of a small budget.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from derive.checkers import refute
from derive.core import (
    Angles,
    Cases,
    Claim,
    Contradiction,
    Enclosure,
    Evidence,
    Hints,
    Injective,
    InRange,
    Normal,
    RealParts,
    Rearranged,
    Relation,
    Residues,
    SameDerivative,
    Term,
    WholePart,
)
from derive.kernel import NotAdmitted
from derive.kernel.balls import Undefined
from derive.kernel.conditions import visible_conditions
from derive.kernel.continuity import SMOOTH
from derive.kernel.facts import Facts, facts_of
from derive.kernel.narrowing import narrowed
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import TooLarge
from derive.kernel.rules.inner import shown
from derive.kernel.rules.parts import with_real_parts, with_residue, with_whole_part
from derive.kernel.rules.rearranged import TURNED, require_same
from derive.kernel.rules.same_derivative import slopes_of
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
    worth = met & WORTH or _powers_given(claim)
    if claim.relation not in ("=", "<", "<=", ">", ">=") or not worth or not met <= SCALARS:
        return
    if next(refute.find_soon(claim, hints), None) is not None:
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
    if (impossible := _contradiction(claim)) is not None:
        return impossible
    if not free_letters(claim.lhs) | free_letters(claim.rhs):
        return next((e for e in (Enclosure(), Angles()) if _holds(claim, e)), None)
    roots = bool(heads(claim.lhs, claim.rhs) & {"sqrt", "root"})
    for move in (*(ROOT_MOVES if roots else ()), *MOVES):
        found = move(claim, budget, tried)
        if found is not None:
            return found
    return None


def _contradiction(claim: Claim) -> Evidence | None:
    """One of the inequalities given contradicts the others."""
    for given in claim.scope.hypotheses if claim.scope.hypotheses else ():
        if given.relation in ("<", "<=", ">", ">="):
            low, high = (given.lhs, given.rhs) if given.relation in ("<", "<=") else (given.rhs, given.lhs)
            gap = low if high == ZERO else Term("neg", (high,)) if low == ZERO else sub(low, high)
            if _holds(claim, found := Contradiction(gap)):
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
    three = facts.kind(term) == "integer" or _in_a_product(term, claim)
    relations = ("<", "=", ">") if three else ("<", ">=")
    parts: list[tuple[str, Evidence]] = []
    for relation in relations:
        proof = _proof(narrowed(claim, (Relation(term, relation, ZERO),)), budget, tried)
        if proof is None:
            return None
        parts.append((relation, proof))
    return Cases(term, tuple(parts))


def _in_a_product(term: Term, claim: Claim) -> bool:
    """Something is said of products of its letters: x y >= 0 tells more where x > 0 than where x >= 0."""
    letters = free_letters(term)
    return any(
        part.head == "mul" and len(free_letters(part)) > 1 and letters & free_letters(part)
        for given in claim.scope.hypotheses
        for side in (given.lhs, given.rhs)
        for part in subterms(side)
    )


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
    """Once as the claim stands; again only with a root alone on its side."""
    return None if _count(tried, "power") else _powers(claim, budget, tried)


def _powers(claim: Claim, budget: Budget, tried: frozenset[Term | str]) -> Evidence | None:
    if _count(tried, "power") > 1 or "exp" in tried:
        return None
    for order in _orders(claim):
        lhs, rhs = (power(side, number(order)) for side in (claim.lhs, claim.rhs))
        if not _signs_allow(claim, order):
            continue
        proof = _proof(replace(claim, lhs=lhs, rhs=rhs), budget, tried | {f"power {_count(tried, 'power')}"})
        if proof is not None:
            return Injective(order, proof)
    return None


def _by_squares(claim: Claim, budget: Budget, tried: frozenset[Term | str]) -> Evidence | None:
    """Where squares of both sides settle it at once."""
    found = Injective(2, Normal())
    return found if _holds(claim, found) else None


def _count(tried: frozenset[Term | str], word: str) -> int:
    return sum(isinstance(mark, str) and mark.startswith(word) for mark in tried)


def _signs_allow(claim: Claim, order: int) -> bool:
    """The sides that an even power must not find negative are proved not to be."""
    if order % 2:
        return True
    facts = facts_of(claim.scope).assuming(visible_conditions(claim))
    sides = {"=": (claim.lhs, claim.rhs), ">": (claim.lhs,), ">=": (claim.lhs,)}.get(claim.relation, (claim.rhs,))
    return all(facts.non_negative(side) for side in sides)


def _by_isolating(claim: Claim, budget: Budget, tried: frozenset[Term | str]) -> Evidence | None:
    """One root alone on its side, so that a power of both sides removes it."""
    if not heads(claim.lhs, claim.rhs) & {"sqrt", "root", "pow"} or _count(tried, "alone") > 1 or "exp" in tried:
        return None
    for lhs, relation, rhs in _isolated(claim):
        inner = replace(claim, lhs=lhs, relation=relation, rhs=rhs)
        if (lhs, rhs) == (claim.lhs, claim.rhs) or not _same(claim, inner):
            continue
        proof = _powers(inner, budget, tried | {f"alone {_count(tried, 'alone')}"})
        if proof is not None:
            return Rearranged(lhs, relation, rhs, proof)
    return None


def _same(claim: Claim, inner: Claim) -> bool:
    try:
        require_same(claim, inner, facts_of(claim.scope).assuming(visible_conditions(claim)))
    except FAILURES:
        return False
    return True


def _isolated(claim: Claim) -> list[tuple[Term, str, Term]]:
    """The difference of the sides, a polynomial in atoms, split into the terms with one root and the others."""
    found: list[tuple[Term, str, Term]] = []

    def split(normaliser: Normaliser) -> None:
        difference = normaliser.reduce(normaliser.value(claim.lhs) - normaliser.value(claim.rhs))
        if not difference.is_polynomial or len(difference.num) > 24:
            return
        terms = difference.num.to_dict()
        for position, generator in reversed(list(enumerate(normaliser.generators))):
            if generator.tag not in ("radical", "root"):
                continue
            inside = {e: c for e, c in terms.items() if e[position] % (generator.relation or (1, 0))[0]}
            outside = {e: -c for e, c in terms.items() if e not in inside}
            if inside and outside:
                turned = next(iter(inside.values())) < 0
                parts = [{e: -c if turned else c for e, c in part.items()} for part in (inside, outside)]
                lhs, rhs = (normaliser.term(normaliser.ring.from_dict(part)) for part in parts)
                found.append((lhs, TURNED[claim.relation] if turned else claim.relation, rhs))

    with suppress(*FAILURES):
        with_normaliser(facts_of(claim.scope).assuming(visible_conditions(claim)), split)
    return found


def _powers_given(claim: Claim) -> list[int]:
    """Exponents in the hypotheses: from x^3 < y^3 follows x < y."""
    parts = (part for one in claim.scope.hypotheses for side in (one.lhs, one.rhs) for part in subterms(side))
    exponents = (rational_value(part.args[1]) for part in parts if part.head == "pow")
    return [int(q) for q in dict.fromkeys(exponents) if q is not None and q.denominator == 1 and 2 <= q <= 6]


def _orders(claim: Claim) -> list[int]:
    found = _powers_given(claim)
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


def _by_residues(claim: Claim, budget: Budget, tried: frozenset[Term | str]) -> Evidence | None:
    """Integer letters over a numeral inside a floor: by the residue."""
    for part in (p for side in (claim.lhs, claim.rhs) for p in subterms(side) if p.head in ("floor", "ceil")):
        for quotient in (p for p in subterms(part) if p.head == "div"):
            k, names = rational_value(quotient.args[1]), free_letters(quotient.args[0])
            name = next(iter(names), "")
            domains = {d.name: d.domain for d in claim.scope.declarations}
            if k is None or k not in range(2, 7) or len(names) != 1 or domains.get(name) != "integer":
                continue
            if f"residue {name}" in tried:
                continue
            parts = []
            for r in range(int(k)):
                try:
                    proof = _proof(with_residue(claim, name, int(k), r), budget, tried | {f"residue {name}"})
                except NotAdmitted:
                    return None
                if proof is None:
                    return None
                parts.append(proof)
            return Residues(name, tuple(parts))
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
    if claim.relation != "=" or not met & (INVERSES | {"log"}) or not met <= SMOOTH or "slope" in tried:
        return None
    for declaration in claim.scope.declarations:
        x = declaration.name
        if declaration.domain == "real" and x in free_letters(claim.lhs) | free_letters(claim.rhs):
            found = _same_slopes(claim, x, budget, tried | {"slope", "power 2", "exp"})
            if found is not None:
                return found
    return None


def _same_slopes(claim: Claim, x: str, budget: Budget, tried: frozenset[Term | str]) -> Evidence | None:
    try:
        slopes = _proof(slopes_of(claim, x), budget, tried)
    except FAILURES:
        return None
    for point in (*STARTS, *_bounds(claim, x)) if slopes is not None else ():
        for start in (Normal(), Angles()):
            assert slopes is not None
            if _holds(claim, SameDerivative(x, point, slopes, start)):
                return SameDerivative(x, point, slopes, start)
    return None


def _by_range(claim: Claim, budget: Budget, tried: frozenset[Term | str]) -> Evidence | None:
    """Through the circular function whose inverse occurs, then the others."""
    met = heads(claim.lhs, claim.rhs)
    if claim.relation != "=" or not met & INVERSES or not met <= SMOOTH:
        return None
    likely = [name for name in ("sin", "cos", "tan") if f"arc{name}" in met]
    for name in dict.fromkeys((*likely, "sin", "cos", "tan")):
        if _holds(claim, InRange(name, Normal())):
            return InRange(name, Normal())
    return None


def _bounds(claim: Claim, x: str) -> Iterator[Term]:
    for declaration in claim.scope.declarations:
        for relation in declaration.where:
            if relation.lhs == symbol(x) and not free_letters(relation.rhs):
                yield relation.rhs
                yield Term("add", (relation.rhs, ONE))
                yield Term("add", (relation.rhs, Term("neg", (ONE,))))


Move = Callable[[Claim, Budget, frozenset[Term | str]], Evidence | None]

ROOT_MOVES: tuple[Move, ...] = (_by_real_parts, _by_squares)
MOVES: tuple[Move, ...] = (
    _by_real_parts,
    _by_range,
    _by_derivative,
    _by_cases,
    _by_powers,
    _by_isolating,
    _by_exponentials,
    _by_whole_part,
    _by_residues,
)
