"""Claims on the way to a claim: the difference of the sides, domains narrowed to an interval, evidence inside evidence."""

from __future__ import annotations

from dataclasses import replace

from derive.core import Claim, Declaration, Evidence, Relation, Scope, Term
from derive.kernel.conditions import unsettled, visible_conditions
from derive.kernel.facts import Facts, facts_of
from derive.kernel.rules.basis import ORDER, Basis
from derive.kernel.terms import INFINITY, ZERO, heads, letters_of, sub, subterms
from derive.kernel.verdict import NotAdmitted
from derive.kernel.words import is_matrix

MAY_NOT_EXIST = {
    "limit",
    "expect",
    "expect_given",
    "variance",
    "covariance",
    "integral",
    "antiderivative",
    "probability",
}


def difference(claim: Claim, facts: Facts) -> tuple[Term, bool]:
    """(high - low, whether it must be strictly positive) of an inequality between real numbers. Raises NotAdmitted."""
    if claim.relation not in ORDER:
        raise NotAdmitted("not an inequality")
    if heads(claim.lhs, claim.rhs) & MAY_NOT_EXIST or INFINITY in (*subterms(claim.lhs), *subterms(claim.rhs)):
        raise NotAdmitted("a value whose existence is not shown")
    for side in (claim.lhs, claim.rhs):
        if is_matrix(side, facts) or facts.kind(side) == "complex":
            raise NotAdmitted("only real numbers are ordered")
    high, low = (claim.lhs, claim.rhs) if claim.relation in (">", ">=") else (claim.rhs, claim.lhs)
    strict = claim.relation in ("<", ">")
    return (high if low == ZERO else sub(high, low)), strict


def positive(term: Term, strict: bool, scope: Scope) -> Claim:
    """The claim that the term is > 0, or >= 0."""
    return Claim(term, ">" if strict else ">=", ZERO, scope)


def with_hypotheses(scope: Scope, relations: tuple[Relation, ...]) -> Scope:
    """The scope where, besides, ``relations`` hold. Equations stay out where they would read as definitions."""
    kept = tuple(r for r in relations if r.relation != "=" and r not in scope.hypotheses)
    return replace(scope, hypotheses=(*scope.hypotheses, *kept))


def on_interval(scope: Scope, name: str, bounds: tuple[Relation, ...]) -> Scope:
    """The letter is a real number of which nothing is known but ``bounds``; what is known of the others stays."""
    others = tuple(d for d in scope.declarations if d.name != name)
    if any(name in letters_of(r) for d in others for r in d.where) or any(d.law for d in others):
        raise NotAdmitted(f"other letters are declared by {name}")
    hypotheses = tuple(h for h in scope.hypotheses if name not in letters_of(h))
    return Scope((*others, Declaration(name, "real", where=bounds)), hypotheses)


def require_free(name: str, facts: Facts) -> None:
    """The letter is one real number, not defined by the others and not tied to them by an equation. Raises NotAdmitted."""
    declaration = facts.declaration(name)
    if declaration is None or declaration.domain not in ("real", "integer"):
        raise NotAdmitted(f"{name} is not declared a real number")
    if declaration.shape or declaration.family or declaration.function or declaration.law is not None:
        raise NotAdmitted(f"{name} is not a real number")
    if any(h.relation == "=" and h.lhs.head == "symbol" for h in facts.scope.hypotheses):
        raise NotAdmitted("a letter is defined by others")


def require_defined(conditions: tuple[Relation, ...], facts: Facts, where: str) -> None:
    """All conditions follow from the facts. Raises NotAdmitted."""
    for condition in conditions:
        for left in unsettled(condition, facts, hidden=False):
            del left
            raise NotAdmitted(f"not shown to be defined {where}")


def proved_within(claim: Claim, evidence: Evidence, facts: Facts) -> Basis:
    """What shows a claim on the way to another; all that it needs to be defined follows from ``facts``. Raises NotAdmitted."""
    from derive.kernel.rules import RULES

    conditions = visible_conditions(claim)
    require_defined(conditions, facts, "throughout")
    rule = RULES.get(type(evidence))
    if rule is None:
        raise NotAdmitted(f"no rule for {type(evidence).__name__}")
    basis = rule(claim, evidence, facts_of(claim.scope))
    require_defined(basis.visible, facts, "throughout")
    return basis
