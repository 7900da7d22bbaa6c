"""Inequalities from inequalities: both sides squared or under the logarithm, the difference over a positive factor, cases."""

from __future__ import annotations

from dataclasses import replace

from derive.core import Applied, Claim, Evidence, Ordered, Relation, Scaled, Split, Term
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import Facts, facts_of
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.equality import equal
from derive.kernel.rules.nested import difference, positive, proved_within, require_defined, with_hypotheses
from derive.kernel.terms import ONE, free_letters, letters_of, mul, number, power, sub, substitute
from derive.kernel.verdict import NotAdmitted


def _within(claim: Claim) -> Claim:
    """The claim with what its sides ask for among the hypotheses."""
    return replace(claim, scope=with_hypotheses(claim.scope, visible_conditions(claim)))


def scaled(claim: Claim, evidence: Scaled, facts: Facts) -> Basis:
    """high - low = factor rest, factor >= 0 (> 0 for a strict sign), and rest has the sign."""
    term, strict = difference(claim, facts)
    if evidence.factor != ONE and not (facts.positive if strict else facts.non_negative)(evidence.factor):
        raise NotAdmitted("the sign of the factor is not known")
    claim = _within(claim)
    right = evidence.rest if evidence.factor == ONE else mul(evidence.factor, evidence.rest)
    same = Claim(term, "=", right, claim.scope)
    require_defined(visible_conditions(same), facts, "after the division by a factor")
    basis = equal(same, facts)
    if basis is None:
        raise NotAdmitted("the difference of the sides is not that multiple")
    require_defined(basis.visible, facts, "after the division by a factor")
    proof = proved_within(positive(evidence.rest, strict, claim.scope), evidence.proof, facts)
    return Basis(proof.why, basis.trust | proof.trust)


def applied(claim: Claim, evidence: Applied, facts: Facts) -> Basis:
    """low^2 < high^2 and high >= 0, so low < high; or log low < log high, both > 0."""
    difference(claim, facts)
    high, low = (claim.lhs, claim.rhs) if claim.relation in (">", ">=") else (claim.rhs, claim.lhs)
    claim = _within(claim)
    if evidence.function == "square":
        if not facts.non_negative(high):
            raise NotAdmitted("the larger side is not known to be non-negative")
        sides = [power(side, number(2)) for side in (claim.lhs, claim.rhs)]
        shown = "both sides squared"
    elif evidence.function == "log":
        if not (facts.positive(high) and facts.positive(low)):
            raise NotAdmitted("the sides are not known to be positive")
        sides = [Term("log", (side,)) for side in (claim.lhs, claim.rhs)]
        shown = "logarithms of both sides"
    else:
        raise NotAdmitted("only squares and logarithms are applied to both sides")
    basis = proved_within(Claim(sides[0], claim.relation, sides[1], claim.scope), evidence.proof, facts)
    return Basis(f"{shown}: {basis.why}", basis.trust)


def ordered(claim: Claim, evidence: Ordered, facts: Facts) -> Basis:
    """Different, because one is larger."""
    if claim.relation != "!=" or evidence.relation not in ("<", ">"):
        raise NotAdmitted("not a claim that two numbers differ")
    basis = proved_within(replace(_within(claim), relation=evidence.relation), evidence.proof, facts)
    return Basis(f"one side is always larger: {basis.why}", basis.trust)


def split(claim: Claim, evidence: Split, facts: Facts) -> Basis:
    """The claim where a term is below, at, and above a value."""
    if facts.kind(evidence.term) == "complex" or facts.kind(evidence.at) == "complex":
        raise NotAdmitted("cases of a number that may not be real")
    if not free_letters(evidence.term) | free_letters(evidence.at) <= letters_of(
        Relation(claim.lhs, "=", claim.rhs)
    ) or any(d.law for d in claim.scope.declarations):
        raise NotAdmitted("cases by a letter that is not of the claim")
    claim = _within(claim)
    require_defined(
        visible_conditions(Claim(evidence.term, "=", evidence.at, claim.scope)), facts, "where cases are told apart"
    )
    found = []
    for relation, proof in (("<", evidence.below), ("=", evidence.equal), (">", evidence.above)):
        if proof is None:
            _require_empty(relation, evidence, facts)
            continue
        found.append(_case(claim, relation, evidence, proof))
    trust = frozenset({"flint"}).union(*(basis.trust for basis in found))
    return Basis("by cases: " + "; ".join(dict.fromkeys(basis.why for basis in found)), trust)


def _require_empty(relation: str, evidence: Split, facts: Facts) -> None:
    room = sub(evidence.term, evidence.at)
    empty = {
        "<": lambda: facts.non_negative(room),
        "=": lambda: facts.nonzero(room),
        ">": lambda: facts.non_negative(Term("neg", (room,))),
    }
    if not empty[relation]():
        raise NotAdmitted("a case is left out")


def _case(claim: Claim, relation: str, evidence: Split, proof: Evidence) -> Basis:
    """The claim in one case; where a letter is equal to the value, that is put in for it."""
    signs = ("<=", ">=") if relation == "=" else (relation,)
    scope = with_hypotheses(claim.scope, tuple(Relation(evidence.term, sign, evidence.at) for sign in signs))
    lhs, rhs = claim.lhs, claim.rhs
    if relation == "=" and evidence.term.head == "symbol" and not free_letters(evidence.at):
        lhs, rhs = (substitute(side, str(evidence.term.value), evidence.at) for side in (lhs, rhs))
    return proved_within(Claim(lhs, claim.relation, rhs, scope), proof, facts_of(scope))
