"""Induction for inequalities: D(start) >= 0 and D(n+1) >= m D(n) with m >= 0."""

from __future__ import annotations

from derive.core import Claim, Declaration, Growth, Relation, Scope
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import Facts, facts_of
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.induction import require_not_mentioned
from derive.kernel.rules.nested import difference, positive, proved_within
from derive.kernel.terms import ONE, add, letters_of, mul, number, sub, substitute, symbol
from derive.kernel.verdict import NotAdmitted


def growth(claim: Claim, evidence: Growth, facts: Facts) -> Basis:
    """Base at ``start``, and D(n+1) - m D(n) >= 0 with m >= 0 (m > 0 or a strict step for a strict sign)."""
    term, strict = difference(claim, facts)
    name, start = evidence.variable, number(evidence.start)
    n = symbol(name)
    declaration = facts.declaration(name)
    if declaration is None or declaration.domain != "integer" or Relation(n, ">=", start) not in declaration.where:
        raise NotAdmitted(f"induction needs the declaration {name} >= {evidence.start}")
    if any(name in letters_of(h) for h in claim.scope.hypotheses) or visible_conditions(claim):
        raise NotAdmitted(f"induction on {name}, of which more is assumed")
    require_not_mentioned(claim, name)
    others = tuple(d for d in claim.scope.declarations if d.name != name)
    scope = Scope((*others, Declaration(name, "integer", where=(Relation(n, ">=", start),))), claim.scope.hypotheses)
    inside = facts_of(scope)
    following = substitute(term, name, add(n, ONE))
    m = evidence.multiplier
    strict_step = strict and not inside.positive(m)
    if not inside.non_negative(m):
        raise NotAdmitted("the multiplier of the step is not known to be non-negative")
    base = proved_within(positive(substitute(term, name, start), strict, scope), evidence.base, inside)
    step = proved_within(positive(sub(following, mul(m, term)), strict_step, scope), evidence.step, inside)
    why = f"induction on {name} from {evidence.start}: in each step the difference of the sides stays non-negative"
    return Basis(f"{why} ({step.why})", base.trust | step.trust)
