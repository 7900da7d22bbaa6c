"""Integrals: antiderivatives from a short table, by parts for unknown functions, else from SymPy; the kernel checks them all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from derive.checkers.antiderivatives import antiderivative, poles
from derive.checkers.refute import fails_at
from derive.checkers.sampling import sample
from derive.core import (
    Claim,
    DivergentIntegral,
    DivergentTail,
    Evidence,
    Hints,
    Integrated,
    IntegratedCounterexample,
    Point,
    Scope,
    Term,
)
from derive.kernel import NotAdmitted
from derive.kernel.balls import Undefined
from derive.kernel.conditions import visible_conditions
from derive.kernel.divergent_tails import outermost
from derive.kernel.facts import Facts, facts_of
from derive.kernel.integrals_at_points import at_point
from derive.kernel.known_integrals import known_integral
from derive.kernel.normal import NoNormalForm
from derive.kernel.path import MINUS_INFINITY, with_letter
from derive.kernel.ratio import TooLarge
from derive.kernel.rules.integrated import Book, gathered, value_of, worked_out
from derive.kernel.terms import INFINITY, heads, subterms

PROVES = (r"\int_0^1 x^2 \, dx = \frac{1}{3}", r"\int_0^{\infty} e^{-x} \, dx = 1")
REFUTES = (r"\int_{-1}^{1} \frac{1}{x^2} \, dx = -2", r"\int_0^{\infty} e^{-x} \, dx = 2")
DECLINES = (r"\int_0^1 x^2 \, dx = \frac{1}{2}",)

REFUSALS = (NoNormalForm, NotAdmitted, TooLarge, ZeroDivisionError, Undefined)
POINTS = 6
FEW = 4
POINTS_OF_VALUES = 40


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    """Claims with integrals: as they stand, with the integrals over one range gathered, with all ranges [0, 1], at points."""
    if "integral" not in heads(claim.lhs, claim.rhs):
        return
    try:
        facts = facts_of(claim.scope).assuming(visible_conditions(claim))
    except REFUSALS:
        return
    for how in ("", "ranges", "unit"):
        try:
            stated = gathered(claim, how, facts)
        except REFUSALS:
            continue
        yield Integrated(primitives_of(stated, facts, claim.scope), how)
    yield from _refutations(claim, facts)


def _refutations(claim: Claim, facts: Facts) -> Iterator[Evidence]:
    """At points where the claim fails once its integrals have values, if they have; else at a few points."""
    try:
        closed = worked_out(claim, Book(dict(primitives_of(claim, facts, claim.scope))), facts)
    except REFUSALS:
        for point in islice(sample(claim.scope, POINTS), POINTS):
            yield from _at(claim, point)
        return
    failing = (point for point in sample(claim.scope, POINTS_OF_VALUES) if fails_at(closed, point))
    failing_points = list(islice(failing, 2))
    for point in failing_points or islice(sample(claim.scope, FEW), FEW):
        yield from _at(claim, point)


def _at(claim: Claim, point: Point) -> Iterator[Evidence]:
    """Evidence that the claim fails at the point."""
    try:
        relation = at_point(claim, point)
    except REFUSALS:
        return
    there = Claim(relation.lhs, relation.relation, relation.rhs)
    nothing = facts_of(Scope())
    yield IntegratedCounterexample(point, primitives_of(there, nothing, Scope()))
    integrals = [p for side in (there.lhs, there.rhs) for p in subterms(side) if p.head == "integral"]
    if len(integrals) == 1 and claim.relation == "=":
        body, letter, lower, upper = integrals[0].args
        primitive = antiderivative(body, str(letter.value), Scope())
        if primitive is not None:
            yield DivergentIntegral(point, 0, primitive, lower, upper)
            for pole in poles(primitive, str(letter.value), lower, upper):
                yield DivergentIntegral(point, 0, primitive, lower, pole)
                yield DivergentIntegral(point, 0, primitive, pole, upper)
    if claim.relation == "=":
        yield from _tails(there, point)


def _tails(there: Claim, point: Point) -> Iterator[Evidence]:
    """One after the other of the ends at infinity."""
    integrals = [*outermost(there.lhs), *outermost(there.rhs)]
    primitives = primitives_of(there, facts_of(Scope()), Scope())
    for position, integral in enumerate(integrals):
        for upwards, end in ((True, INFINITY), (False, MINUS_INFINITY)):
            if integral.args[3 if upwards else 2] == end:
                yield DivergentTail(point, position, upwards, primitives)


def primitives_of(claim: Claim, facts: Facts, scope: Scope) -> tuple[tuple[Term, Term], ...]:
    """(integral, antiderivative) for each integral, inner ones first."""
    found: dict[Term, Term] = {}
    for side in (claim.lhs, claim.rhs):
        _collect(side, found, facts, scope)
    return tuple(found.items())


def _collect(term: Term, found: dict[Term, Term], facts: Facts, scope: Scope) -> None:
    if "integral" not in heads(term):
        return
    if term.head != "integral":
        for arg in term.args:
            _collect(arg, found, facts, scope)
        return
    body, letter, *ends = term.args
    for end in ends:
        _collect(end, found, facts, scope)
    try:
        lower, upper = (_closed(end, found, facts) for end in ends)
        inside = with_letter(str(letter.value), lower, upper, facts)
        _collect(body, found, inside, scope)
        inner = Term("integral", (_closed(body, found, inside), letter, lower, upper))
    except REFUSALS:
        return
    if inner in found or _known(inner, facts):
        return
    primitive = antiderivative(inner.args[0], str(letter.value), scope)
    if primitive is not None:
        found[inner] = primitive


def _closed(term: Term, found: dict[Term, Term], facts: Facts) -> Term:
    return value_of(term, Book(found), facts) if "integral" in heads(term) else term


def _known(integral: Term, facts: Facts) -> bool:
    try:
        return known_integral(integral, facts) is not None
    except REFUSALS:
        return False
