"""Induction on a declared integer letter."""

from __future__ import annotations

from dataclasses import replace

from derive.core import Claim, Induction, Relation, Term
from derive.kernel.axioms import AXIOMS
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import Facts, facts_of
from derive.kernel.normal import NoNormalForm
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.equality import equal
from derive.kernel.rules.sign import sign
from derive.kernel.terms import ONE, free_letters, letters_of, number, relation_of, substitute, symbol
from derive.kernel.verdict import NotAdmitted


def induction(claim: Claim, evidence: Induction, facts: Facts) -> Basis:
    """Base at ``start`` and P(t) implies P(t+1), for an integer letter t >= start that no hypothesis mentions."""
    name = evidence.variable
    _check_induction_letter(claim, evidence, facts)
    base = _settle(_instance(claim, name, number(evidence.start)), (), "the base case")
    following = _instance(claim, name, Term("add", (symbol(name), ONE)))
    step = _settle(following, (relation_of(claim),), "the induction step")
    visible = tuple(dict.fromkeys((*base.visible, *step.visible)))
    if any(name in free_letters(r.lhs) | free_letters(r.rhs) for r in visible):
        raise NotAdmitted(f"a condition that depends on {name} is not settled")
    what = "both sides agree" if claim.relation == "=" else "the bound holds"
    why = (
        f"induction on {name}: {what} at {name} = {evidence.start}, and each step from {name} to {name} + 1 keeps it so"
    )
    return Basis(why, base.trust | step.trust, visible)


def _check_induction_letter(claim: Claim, evidence: Induction, facts: Facts) -> None:
    name = evidence.variable
    declaration = facts.declaration(name)
    if declaration is None or declaration.domain != "integer":
        raise NotAdmitted(f"induction on {name}, which is not declared an integer")
    if declaration.where != (Relation(symbol(name), ">=", number(evidence.start)),):
        raise NotAdmitted(f"induction needs the declaration {name} >= {evidence.start} and no other")
    for hypothesis in claim.scope.hypotheses:
        letters = free_letters(hypothesis.lhs) | free_letters(hypothesis.rhs)
        if name in letters and not (hypothesis.relation == "=" and hypothesis.lhs.head == "index"):
            raise NotAdmitted(f"a hypothesis mentions {name}")
    for other in claim.scope.declarations:
        moments = (other.law.mean, other.law.variance) if other.law is not None else ()
        mentioned = frozenset[str]().union(*map(letters_of, other.where), *map(free_letters, moments))
        if other.name != name and name in mentioned:
            raise NotAdmitted(f"the declaration of {other.name} mentions {name}")


def _instance(claim: Claim, name: str, value: Term) -> Claim:
    return Claim(substitute(claim.lhs, name, value), claim.relation, substitute(claim.rhs, name, value), claim.scope)


def _settle(claim: Claim, given: tuple[Relation, ...], what: str) -> Basis:
    """A base case or a step, ``given`` the induction hypothesis: by normal forms, or for norms by operator_norm."""
    conditions = visible_conditions(claim)
    facts = replace(facts_of(claim.scope).assuming(conditions), given=given)
    failure = ""
    if claim.relation == "<=" and claim.lhs.head == "norm" and AXIOMS["operator_norm"].applies(claim, facts):
        return Basis("bound", frozenset(["flint", "axiom:operator_norm"]), conditions)
    try:
        basis = equal(claim, facts) if claim.relation == "=" else sign(claim, facts)
        if basis is not None:
            return replace(basis, visible=(*conditions, *basis.visible))
    except (NoNormalForm, NotAdmitted) as error:
        failure = f": {error}"
    raise NotAdmitted(f"{what} does not go through{failure}")
