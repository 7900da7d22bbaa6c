"""Conditions that lecturers write: signs and bounds of a letter, of a product, of a side; parity; symmetry, commuting; no
covariance. Weaker ones come before stronger ones of the same kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from derive.checkers.repair.seen import Seen
from derive.core import Claim, Declaration, Relation, Term
from derive.kernel.terms import (
    INFINITY,
    ONE,
    ZERO,
    add,
    free_letters,
    heads,
    letters_of,
    mul,
    number,
    power,
    rational_value,
    sub,
    subterms,
    symbol,
)

PI = Term("constant", (), "pi")
SMALL = 12
INTEGERS = range(-2, 9)


@dataclass(frozen=True, slots=True)
class Condition:
    """Relations that hold together."""

    relations: tuple[Relation, ...]


def candidates(claim: Claim, seen: Seen) -> Iterator[Condition]:
    """From the shape of the claim alone."""
    letters = free_letters(claim.lhs) | free_letters(claim.rhs)
    letters = letters.union(*map(letters_of, claim.scope.hypotheses))
    declared = [d for d in claim.scope.declarations if d.name in letters]
    scalars = [symbol(d.name) for d in declared if is_number(d) and d.domain == "real"]
    integers = [symbol(d.name) for d in declared if is_number(d) and d.domain == "integer"]
    yield from _singly(_bounds_of_integers(integers))
    yield from _singly(_bounds(scalars, _numerals(claim)))
    yield from _singly(_pairs(scalars, integers))
    yield from _both_signs(scalars)
    yield from _singly(_sides(claim))
    yield from _angles(claim, scalars)
    yield from _singly(_ratios(claim))
    yield from _singly(_matrices(declared, claim))
    yield from _singly(_random(declared))
    yield from _singly(_moments(declared))


def is_number(declaration: Declaration) -> bool:
    return not (declaration.shape or declaration.law or declaration.family or declaration.function)


def _singly(relations: Iterator[Relation]) -> Iterator[Condition]:
    return (Condition((relation,)) for relation in relations)


def _numerals(claim: Claim) -> list[Fraction]:
    """0, 1, -1 and the small numerals of the claim, with both signs."""
    found = [Fraction(0), Fraction(1), Fraction(-1)]
    for side in (claim.lhs, claim.rhs):
        for part in subterms(side):
            value = rational_value(part)
            if value is not None and abs(value) <= SMALL and value.denominator <= SMALL:
                found += [value, -value]
    return list(dict.fromkeys(found))


def _bounds(letters: list[Term], numerals: list[Fraction]) -> Iterator[Relation]:
    for x in letters:
        yield Relation(x, "!=", ZERO)
        for c in numerals:
            for sign in (">=", ">", "<=", "<"):
                yield Relation(x, sign, number(c))
            if c > 0:
                yield Relation(Term("abs", (x,)), "<=", number(c))
                yield Relation(Term("abs", (x,)), "<", number(c))


def _bounds_of_integers(letters: list[Term]) -> Iterator[Relation]:
    for n in letters:
        for c in INTEGERS:
            yield Relation(n, ">=", number(c))
        yield Relation(power(number(-1), n), "=", ONE)
        yield Relation(power(number(-1), n), "=", number(-1))


def _pairs(scalars: list[Term], integers: list[Term]) -> Iterator[Relation]:
    for x, y in combinations(scalars, 2):
        yield Relation(x, "!=", y)
        yield Relation(mul(x, y), ">=", ZERO)
        yield Relation(mul(x, y), "<", ONE)
        yield Relation(mul(x, y), ">", ZERO)
        yield Relation(add(x, y), ">=", ZERO)
        yield Relation(add(x, y), ">", ZERO)
    for x, y in combinations([*scalars, *integers], 2):
        for sign in (">=", "<=", ">", "<", "="):
            yield Relation(x, sign, y)
    for m, n in combinations(integers, 2):
        yield Relation(n, ">=", sub(m, ONE))
        yield Relation(m, ">=", sub(n, ONE))


def _both_signs(scalars: list[Term]) -> Iterator[Condition]:
    for x, y in combinations(scalars, 2):
        for sign in (">=", ">"):
            yield Condition((Relation(x, sign, ZERO), Relation(y, sign, ZERO)))
    for x in scalars:
        yield Condition((Relation(x, ">", ZERO), Relation(x, "<", ONE)))
        yield Condition((Relation(x, ">", ZERO), Relation(x, "<", number(2))))


def _sides(claim: Claim) -> Iterator[Relation]:
    """A root or a modulus is not negative, so what equals it is not either; nor is what stands between bars."""
    if claim.relation != "=" or not heads(claim.lhs, claim.rhs) & {"sqrt", "abs", "root"}:
        return
    for side in (claim.rhs, claim.lhs):
        if side.head not in ("sqrt", "abs", "number", "matrix"):
            yield Relation(side, ">=", ZERO)
            yield Relation(side, "<=", ZERO)
    for side in (claim.lhs, claim.rhs):
        for part in subterms(side):
            if part.head in ("abs", "sqrt"):
                yield Relation(part.args[0], ">=", ZERO)
                yield Relation(part.args[0], "<=", ZERO)


def _angles(claim: Claim, scalars: list[Term]) -> Iterator[Condition]:
    if not heads(claim.lhs, claim.rhs) & {"sin", "cos", "tan", "arcsin", "arccos", "arctan"}:
        return
    half = Term("div", (PI, number(2)))
    for x in scalars:
        yield Condition((Relation(x, "<=", half),))
        for end in (half, PI, Term("div", (ONE, Term("sqrt", (number(2),))))):
            yield Condition((Relation(Term("abs", (x,)), "<=", end),))
            yield Condition((Relation(Term("abs", (x,)), "<", end),))
        yield Condition((Relation(x, ">=", ZERO), Relation(x, "<=", PI)))
        yield Condition((Relation(x, ">", ZERO), Relation(x, "<", PI)))


def _ratios(claim: Claim) -> Iterator[Relation]:
    """Bases of powers in the terms of a series, below 1 in modulus."""
    for side in (claim.lhs, claim.rhs):
        for part in subterms(side):
            if part.head == "sum" and part.args[3] == INFINITY:
                for base in _bases(part.args[0], str(part.args[1].value)):
                    yield Relation(Term("abs", (base,)), "<", ONE)


def _bases(term: Term, letter: str) -> Iterator[Term]:
    """u for u^k, and u/v for u^k/v^k."""
    if term.head == "div" and all(part.head == "pow" and letter in free_letters(part.args[1]) for part in term.args):
        yield Term("div", (term.args[0].args[0], term.args[1].args[0]))
    for part in subterms(term):
        if part.head == "pow" and letter in free_letters(part.args[1]) and rational_value(part.args[0]) is None:
            yield part.args[0]


def _matrices(declared: list[Declaration], claim: Claim) -> Iterator[Relation]:
    """Symmetric, commuting, invertible, not zero; then what is asked for more seldom."""
    square = [d for d in declared if len(d.shape) == 2 and d.shape[0] == d.shape[1] and not d.family]
    for d in square:
        if "symmetric" not in d.properties:
            yield Relation(Term("transpose", (symbol(d.name),)), "=", symbol(d.name))
    for a, b in combinations(square, 2):
        if a.shape == b.shape:
            A, B = symbol(a.name), symbol(b.name)
            yield Relation(mul(A, B), "=", mul(B, A))
    for d in declared:
        if len(d.shape) == 1 and not d.law:
            yield Relation(symbol(d.name), "!=", ZERO)
        if len(d.shape) == 2 and not d.family:
            X = symbol(d.name)
            inverted = X if d.shape[0] == d.shape[1] else mul(Term("transpose", (X,)), X)
            yield Relation(Term("det", (inverted,)), "!=", ZERO)
    for d in square:
        X = symbol(d.name)
        yield Relation(Term("norm", (X,)), "<", ONE)
        yield Relation(mul(Term("transpose", (X,)), X), "=", Term("identity"))
        yield Relation(power(X, number(2)), "=", X)


def _random(declared: list[Declaration]) -> Iterator[Relation]:
    random = [symbol(d.name) for d in declared if d.law is not None and not d.family and not d.shape]
    for x, y in combinations(random, 2):
        yield Relation(Term("covariance", (x, y)), "=", ZERO)


def _moments(declared: list[Declaration]) -> Iterator[Relation]:
    """Letters of a law: no mean."""
    for d in declared:
        if d.law is not None and d.law.mean.head == "symbol":
            yield Relation(d.law.mean, "=", ZERO)
