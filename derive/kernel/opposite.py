"""A claim is false where its opposite is proved and something is there: the rule behind ``Opposite``."""

from __future__ import annotations

from dataclasses import replace

from derive.core import Claim, Opposite
from derive.kernel import points
from derive.kernel.balls import Undefined
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import facts_of
from derive.kernel.heads import is_complex
from derive.kernel.rules import RULES
from derive.kernel.verdict import NotAdmitted

CONTRADICTS = {
    "!=": ("=",),
    "=": ("<", ">", "!="),
    "<": ("=", ">", ">="),
    ">": ("=", "<", "<="),
    "<=": (">",),
    ">=": ("<",),
}
"""For each relation those that exclude it."""


def opposite(claim: Claim, evidence: Opposite) -> tuple[str, tuple[str, str] | None, frozenset[str]]:
    """Why the claim is false, both sides at the point where they can be given, and the trust of the proof.

    The proof holds wherever what is visible is defined; the point shows that this is not nowhere. Numbers that may be complex
    are not ordered.
    """
    if evidence.relation not in CONTRADICTS.get(claim.relation, ()):
        raise NotAdmitted(f"{evidence.relation} does not contradict {claim.relation}")
    if "!=" not in (claim.relation, evidence.relation) and (
        is_complex(claim.lhs, claim.scope) or is_complex(claim.rhs, claim.scope)
    ):
        raise NotAdmitted("complex numbers are not ordered")
    rule = RULES.get(type(evidence.proof))
    if rule is None:
        raise NotAdmitted(f"no rule for {type(evidence.proof).__name__}")
    other = replace(claim, relation=evidence.relation)
    conditions = visible_conditions(other)
    basis = rule(other, evidence.proof, facts_of(claim.scope).assuming(conditions))
    relation, env = points.grounded(claim, evidence.point)
    points.check_witness(other, (*conditions, *basis.visible), evidence.point)
    try:
        values = points.shown_values(relation, env)
    except (Undefined, ZeroDivisionError):
        values = None
    return f"fails everywhere, for {WORDS[evidence.relation]}: {basis.why}", values, basis.trust


WORDS = {
    "=": "the sides are equal",
    "!=": "the sides differ",
    "<": "the left side is smaller",
    ">": "the left side is larger",
    "<=": "the left side is never larger",
    ">=": "the left side is never smaller",
}
