"""Induction on a declared integer letter."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, floor

from derive.core import Claim, Declaration, Induction, Relation, Term
from derive.kernel.axioms import AXIOMS
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import Facts, facts_of
from derive.kernel.heads import conditions_of
from derive.kernel.normal import NoNormalForm
from derive.kernel.rules.basis import ORDER, Basis
from derive.kernel.rules.equality import equal
from derive.kernel.rules.multiples import follows_from_multiples, gap_in_normal_form
from derive.kernel.rules.sign import sign
from derive.kernel.settling import settled
from derive.kernel.terms import (
    ZERO,
    free_letters,
    letters_of,
    mul,
    number,
    rational_value,
    relation_of,
    sub,
    substitute,
    symbol,
)
from derive.kernel.verdict import NotAdmitted

LARGEST_ORDER = 3


def induction(claim: Claim, evidence: Induction, facts: Facts) -> Basis:
    """Base cases from ``start`` on, and P(t), ..., P(t + order - 1) imply P(t + order), for an integer letter t >= start that no
    hypothesis mentions."""
    name, order = evidence.variable, evidence.order
    if not 1 <= order <= LARGEST_ORDER:
        raise NotAdmitted(f"an induction of order {order}")
    check_induction_letter(claim, name, evidence.start, facts)
    bases = [settle(instance(claim, name, number(evidence.start + j)), (), "the base case") for j in range(order)]
    before = tuple(relation_of(instance(claim, name, later(name, j))) for j in range(order))
    following = instance(claim, name, later(name, order))
    if evidence.multiplier is None:
        step = settle(following, before, "the induction step")
    else:
        step = _settle_by_multiple(claim, following, evidence.multiplier, facts)
    visible = tuple(dict.fromkeys(relation for basis in (*bases, step) for relation in basis.visible))
    if any(name in free_letters(r.lhs) | free_letters(r.rhs) for r in visible):
        raise NotAdmitted(f"a condition that depends on {name} is not settled")
    what = "both sides agree" if claim.relation == "=" else "the bound holds"
    starts = " and ".join(f"{name} = {evidence.start + j}" for j in range(order))
    values = " and ".join(f"{name} + {j}" if j else name for j in range(order))
    why = f"induction on {name}: {what} at {starts}, and each step from {values} to {name} + {order} keeps it so"
    return Basis(why, step.trust.union(*(basis.trust for basis in bases)), visible)


def later(name: str, j: int) -> Term:
    return Term("add", (symbol(name), number(j))) if j else symbol(name)


def _settle_by_multiple(claim: Claim, following: Claim, multiplier: Term, facts: Facts) -> Basis:
    """From high - low >= 0 at n: high - low at n + 1, less ``multiplier`` >= 0 times that at n, is >= 0. A strict claim needs a
    positive multiplier."""
    if claim.relation not in ORDER:
        raise NotAdmitted("a multiplier is for inequalities")
    strict = claim.relation in ("<", ">")
    turned = claim.relation in (">", ">=")
    high, low = (claim.lhs, claim.rhs) if turned else (claim.rhs, claim.lhs)
    high_next, low_next = (following.lhs, following.rhs) if turned else (following.rhs, following.lhs)
    conditions = visible_conditions(following)
    facts = facts_of(claim.scope).assuming(conditions)
    if not all(settled(condition, facts) for condition in conditions_of(multiplier, claim.scope)):
        raise NotAdmitted("the multiplier of the step may not be defined")
    gap = sub(sub(high_next, mul(multiplier, high)), sub(low_next, mul(multiplier, low)))
    try:
        parts = (
            sign(Claim(multiplier, ">" if strict else ">=", ZERO, claim.scope), facts),
            sign(Claim(gap, ">=", ZERO, claim.scope), facts),
        )
    except (NoNormalForm, NotAdmitted) as error:
        raise NotAdmitted(f"the induction step does not go through: {error}") from None
    trust = parts[0].trust | parts[1].trust
    return Basis("step", trust, (*conditions, *parts[0].visible, *parts[1].visible))


def check_induction_letter(claim: Claim, name: str, start: int, facts: Facts) -> None:
    """An integer letter from ``start`` on, that nothing but the claim mentions. Raises NotAdmitted."""
    declaration = facts.declaration(name)
    if declaration is None or declaration.domain != "integer":
        raise NotAdmitted(f"induction on {name}, which is not declared an integer")
    if lowest(declaration) != start:
        raise NotAdmitted(f"induction needs the declaration {name} >= {start} and no other")
    for hypothesis in claim.scope.hypotheses:
        if name in letters_of(hypothesis) and not _runs_through(hypothesis, name):
            raise NotAdmitted(f"a hypothesis mentions {name}")
    require_not_mentioned(claim, name)


def require_not_mentioned(claim: Claim, name: str) -> None:
    """No other letter is bounded, sized or distributed by this one: another value of it would ask for another letter. Raises
    NotAdmitted."""
    for other in claim.scope.declarations:
        law = other.law
        told = (law.mean, law.variance, *law.parameters) if law is not None else ()
        mentioned = frozenset[str]().union(*map(letters_of, other.where), *map(free_letters, told))
        if name in other.shape or (other.name != name and name in mentioned):
            raise NotAdmitted(f"the declaration of {other.name} mentions {name}")


def _runs_through(hypothesis: Relation, name: str) -> bool:
    """``h_n = 2 h_{n-1}`` is said for every n. ``h_0 = n`` is said of one n, so that another n asks for another h."""
    return (
        hypothesis.relation == "=" and hypothesis.lhs.head == "index" and name in free_letters(hypothesis.lhs.args[1])
    )


def lowest(declaration: Declaration) -> int | None:
    """The least integer that the declaration allows, where it consists of lower bounds by numerals; else None."""
    found: list[int] = []
    for relation in declaration.where:
        value = rational_value(relation.rhs)
        if relation.lhs != symbol(declaration.name) or relation.relation not in (">", ">=") or value is None:
            return None
        found.append(ceil(value) if relation.relation == ">=" else floor(value) + 1)
    return max(found, default=None)


def instance(claim: Claim, name: str, value: Term) -> Claim:
    return Claim(substitute(claim.lhs, name, value), claim.relation, substitute(claim.rhs, name, value), claim.scope)


def later_from(claim: Claim, name: str, start: int) -> Claim:
    """The claim for n >= ``start``."""
    bound = (Relation(symbol(name), ">=", number(start)),)
    declarations = tuple(replace(d, where=bound) if d.name == name else d for d in claim.scope.declarations)
    return replace(claim, scope=replace(claim.scope, declarations=declarations))


def _bounds_before(given: tuple[Relation, ...], facts: Facts) -> list[Relation]:
    """high - low >= 0 for the inequalities given, in normal form: as the difference that is asked for will be written."""
    found = []
    for relation in given:
        normal = gap_in_normal_form(relation, facts)
        if normal is not None:
            found.append(Relation(normal, ">" if relation.relation in ("<", ">") else ">=", ZERO))
    return found


def settle(claim: Claim, given: tuple[Relation, ...], what: str) -> Basis:
    """A base case or a step, ``given`` the induction hypothesis: by normal forms, or for norms by operator_norm."""
    conditions = visible_conditions(claim)
    facts = replace(facts_of(claim.scope).assuming(conditions), given=given)
    if given and claim.relation in ORDER:
        facts = replace(facts.assuming(_bounds_before(given, facts)), given=given)
    failure = ""
    if claim.relation == "<=" and claim.lhs.head == "norm" and AXIOMS["operator_norm"].applies(claim, facts):
        return Basis("bound", frozenset(["flint", "axiom:operator_norm"]), conditions)
    try:
        basis = equal(claim, facts) if claim.relation == "=" else sign(claim, facts)
        if basis is not None:
            return replace(basis, visible=(*conditions, *basis.visible))
    except (NoNormalForm, NotAdmitted) as error:
        failure = f": {error}"
    if given and claim.relation in ORDER and follows_from_multiples(claim, given, facts):
        return Basis("a sum of multiples of the bounds before", visible=conditions)
    raise NotAdmitted(f"{what} does not go through{failure}")
