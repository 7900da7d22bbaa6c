"""One rule for each kind of evidence that refutes: it recomputes everything, or raises NotAdmitted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.core import (
    Asymptotic,
    Claim,
    Counterexample,
    DivergentIntegral,
    DivergentTail,
    Infinite,
    IntegratedCounterexample,
    NoSuchLimit,
    Opposite,
    OtherValue,
    Point,
    RefutedInstance,
    Relation,
    SummedCounterexample,
)
from derive.kernel import points
from derive.kernel.balls import approximates, evaluate, holds
from derive.kernel.closed_points import failing_relation, is_closed
from derive.kernel.coincidence import same_number
from derive.kernel.conditions import visible_conditions
from derive.kernel.divergence import divergent_part
from derive.kernel.divergent_tails import why_divergent_tail
from derive.kernel.expectation.closed import certainly_infinite
from derive.kernel.facts import facts_of
from derive.kernel.instances_at_points import instance_at
from derive.kernel.integrals_at_points import at_point_without_integrals, why_divergent
from derive.kernel.opposite import opposite
from derive.kernel.other_limits import why_no_such_limit
from derive.kernel.rules.limits import asymptotic
from derive.kernel.rules.summed import closed_claim
from derive.kernel.terms import INFINITY, free_letters, has_series
from derive.kernel.verdict import NotAdmitted

STRICT = ("<", ">", "!=")
"""Relations that equal sides refute."""


@dataclass(frozen=True, slots=True)
class Refutation:
    """``why``: one sentence for the reader. ``values``: both sides, where they have values. ``point``: where it fails."""

    why: str
    values: tuple[str, str] | None
    point: Point = ()
    trust: frozenset[str] = frozenset(["flint"])


def at_a_point(claim: Claim, evidence: Counterexample, witness: Point | None) -> Refutation:
    """One exact admissible point at which the relation certainly fails."""
    if is_closed(evidence.point):
        return _at_a_closed_point(claim, evidence.point)
    relation, env = points.grounded(claim, evidence.point)
    if claim.relation == "~~":
        fails = approximates(relation.lhs, relation.rhs, env) is False
    elif claim.relation in ("~", "O"):
        raise NotAdmitted("a comparison of growth is not refuted at a point")
    else:
        fails = holds(relation, env) is False or (relation.relation in STRICT and same_number(relation, env))
    if not fails and claim.relation == "=" and has_series(relation.lhs, relation.rhs):
        return _divergent(claim, relation, env, evidence)
    if not fails:
        raise NotAdmitted("the relation does not certainly fail there")
    values = points.shown_values(relation, env)
    return Refutation(f"fails at an admissible point: {values[0]} against {values[1]}", values, evidence.point)


def _at_a_closed_point(claim: Claim, point: Point) -> Refutation:
    """Numbers written as terms that satisfy all that is said, and at which the relation certainly fails."""
    values = points.shown_values(failing_relation(claim, point), {})
    return Refutation(f"fails at an admissible point: {values[0]} against {values[1]}", values, point)


def _divergent(claim: Claim, relation: Relation, env: points.Env, evidence: Counterexample) -> Refutation:
    """An equation between numbers fails where one side is a divergent series and all that is visible is defined."""
    if INFINITY in (claim.lhs, claim.rhs):
        raise NotAdmitted("the value claimed is infinite")
    reasons = [divergent_part(side, env) for side in (relation.lhs, relation.rhs)]
    if all(reason is None for reason in reasons):
        raise NotAdmitted("the relation does not certainly fail there")
    finite = [side for side in (relation.lhs, relation.rhs) if not has_series(side)]
    for side in finite:
        evaluate(side, env, 64)
    for condition in visible_conditions(claim):
        points.require_at(claim, condition, env)
    reason = next(reason for reason in reasons if reason is not None)
    return Refutation(f"fails at an admissible point: {reason}", None, evidence.point)


def another_limit(claim: Claim, evidence: OtherValue, witness: Point | None) -> Refutation:
    """The limit is another value, and that is certainly different."""
    conditions = visible_conditions(claim)
    facts = facts_of(claim.scope).assuming(conditions)
    other = Claim(claim.lhs, "=", evidence.value, claim.scope)
    basis = asymptotic(other, Asymptotic(), facts)
    if free_letters(claim.rhs) | free_letters(evidence.value):
        raise NotAdmitted("values with letters are not compared here")
    finite = INFINITY not in (claim.rhs, evidence.value)
    if claim.rhs == evidence.value or (finite and holds(Relation(claim.rhs, "!=", evidence.value), {}) is not True):
        raise NotAdmitted("the values are not certainly different")
    points.check_witness(claim, (*conditions, *basis.visible), witness)
    values = points.shown_limits(evidence.value, claim.rhs)
    return Refutation(f"the limit is {values[0]}, not {values[1]}", values)


def summed_at_a_point(claim: Claim, evidence: SummedCounterexample, witness: Point | None) -> Refutation:
    """One exact admissible point at which the claim, with closed forms proved for its sums and series, certainly fails. What is
    visible in the claim itself must hold there: the closed forms rely on it."""
    conditions = visible_conditions(claim)
    found, book = closed_claim(claim, evidence.closed, facts_of(claim.scope).assuming(conditions))
    relation, env = points.grounded(found, evidence.point)
    for condition in conditions:
        points.require_at(claim, condition, env)
    fails = approximates(relation.lhs, relation.rhs, env) if claim.relation == "~~" else holds(relation, env)
    if fails is not False:
        raise NotAdmitted("the relation does not certainly fail there")
    values = points.shown_values(relation, env)
    why = f"with closed forms for the sums, it fails at an admissible point: {values[0]} against {values[1]}"
    return Refutation(why, values, evidence.point, frozenset(book.trust))


def no_such_limit(claim: Claim, evidence: NoSuchLimit, witness: Point | None) -> Refutation:
    """The limit is infinite, or certainly another number, or differs from side to side."""
    conditions = visible_conditions(claim)
    facts = facts_of(claim.scope).assuming(conditions)
    why, visible, trust = why_no_such_limit(claim, facts)
    points.check_witness(claim, (*conditions, *visible), witness)
    return Refutation(why, None, witness or (), trust)


def instance(claim: Claim, evidence: RefutedInstance, witness: Point | None) -> Refutation:
    """The claim with numbers put in for some of its letters is refuted; nothing is said of the letters that are left."""
    there = instance_at(claim, evidence.point)
    if type(evidence.refutation) is not NoSuchLimit:
        raise NotAdmitted("an instance is refuted by the value of its limit")
    found = no_such_limit(there, evidence.refutation, evidence.witness)
    return Refutation(f"fails at an admissible point: {found.why}", found.values, evidence.point, found.trust)


def infinite_mean(claim: Claim, evidence: Infinite, witness: Point | None) -> Refutation:
    """One side is an expectation that is infinite at an admissible point; the other is a number there, and not larger than it
    where an order is claimed."""
    for infinite, other, orders in ((claim.lhs, claim.rhs, ("=", "<", "<=")), (claim.rhs, claim.lhs, ("=", ">", ">="))):
        if infinite.head != "expect" or claim.relation not in orders:
            continue
        relation, env = points.grounded(Claim(other, "=", other, claim.scope), evidence.point)
        for condition in visible_conditions(claim):
            points.require_at(claim, condition, env)
        values = points.shown_values(relation, env)
        if certainly_infinite(points.random_at(claim, infinite, env), claim.scope, env):
            why = f"fails at an admissible point: the expectation is infinite there, against {values[1]}"
            return Refutation(why, ("infinity", values[1]), evidence.point)
    raise NotAdmitted("no side is certainly an infinite expectation there")


def integrated_at_a_point(claim: Claim, evidence: IntegratedCounterexample, witness: Point | None) -> Refutation:
    """One exact admissible point at which the claim fails, its integrals worked out by antiderivatives there."""
    relation, trust = at_point_without_integrals(claim, evidence)
    if holds(relation, {}) is not False:
        raise NotAdmitted("the relation does not certainly fail there")
    values = points.shown_values(relation, {})
    why = f"fails at an admissible point, the integrals worked out: {values[0]} against {values[1]}"
    return Refutation(why, values, evidence.point, trust)


def divergent_integral(claim: Claim, evidence: DivergentIntegral, witness: Point | None) -> Refutation:
    """The integral that the claim gives a value has none."""
    return Refutation(why_divergent(claim, evidence), None, evidence.point)


def divergent_tail(claim: Claim, evidence: DivergentTail, witness: Point | None) -> Refutation:
    """The integrand of an integral that the claim gives a value does not vanish at infinity."""
    return Refutation(why_divergent_tail(claim, evidence), None, evidence.point)


def opposite_holds(claim: Claim, evidence: Opposite, witness: Point | None) -> Refutation:
    """What contradicts the claim is proved."""
    why, values, trust = opposite(claim, evidence)
    return Refutation(why, values, evidence.point, trust)


REFUTATIONS: dict[type, Callable[..., Refutation]] = {
    Counterexample: at_a_point,
    OtherValue: another_limit,
    RefutedInstance: instance,
    # sums and series
    SummedCounterexample: summed_at_a_point,
    # limits, derivatives and integrals
    NoSuchLimit: no_such_limit,
    IntegratedCounterexample: integrated_at_a_point,
    DivergentIntegral: divergent_integral,
    DivergentTail: divergent_tail,
    # matrices
    # inequalities
    # probability
    Infinite: infinite_mean,
    # by a proof
    Opposite: opposite_holds,
}
