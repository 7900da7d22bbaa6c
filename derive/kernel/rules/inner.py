"""A claim inside a proof: shown by its own evidence, without a witness (a case that never occurs holds, too)."""

from __future__ import annotations

from derive.core import Claim, Evidence
from derive.kernel.conditions import visible_conditions
from derive.kernel.facts import facts_of
from derive.kernel.rules.basis import Basis
from derive.kernel.verdict import NotAdmitted


def shown(claim: Claim, evidence: Evidence) -> Basis:
    """What ``evidence`` shows of a claim that a rule has made from the one to be proved. Raises what rules raise."""
    from derive.kernel.rules import RULES

    rule = RULES.get(type(evidence))
    if rule is None:
        raise NotAdmitted(f"no rule for {type(evidence).__name__}")
    return rule(claim, evidence, facts_of(claim.scope).assuming(visible_conditions(claim)))
