"""Case by the sign of a real term t: where t > 0, where t = 0 and where t < 0, which is everywhere that t is defined."""

from __future__ import annotations

import re

from derive.core import Cases, Claim, Contradiction, Relation, Term
from derive.kernel.conditions import settled_by, visible_conditions
from derive.kernel.facts import Facts
from derive.kernel.heads import ShapeError, shape_of
from derive.kernel.narrowing import narrowed
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.inner import shown
from derive.kernel.rules.nested import MAY_NOT_EXIST
from derive.kernel.terms import ZERO, has_series, heads
from derive.kernel.verdict import NotAdmitted

BY_CASES = "by cases: "
_EACH = re.compile(r" in each of \d+ cases$")
SIGNS = {"<": "-", "<=": "-0", "=": "0", ">=": "0+", ">": "+"}
"""Which signs a relation to 0 stands for."""


def cases(claim: Claim, evidence: Cases, facts: Facts) -> Basis:
    """The claim where t < 0, t = 0 and t > 0. Refused for a t that may be complex, or undefined where the claim is not."""
    t = evidence.term
    if not _is_number(t, claim) or facts.kind(t) == "complex" or heads(t) & MAY_NOT_EXIST or has_series(t):
        raise NotAdmitted("cases by the sign of what is not certainly a real number")
    if not all(settled_by(condition, facts) for condition in visible_conditions(Claim(t, "=", ZERO, claim.scope))):
        raise NotAdmitted("cases by the sign of what may be undefined")
    signs = {sign for relation, _ in evidence.parts for sign in SIGNS.get(relation, "")}
    if signs != set("-0+"):
        raise NotAdmitted("the cases do not cover every sign")
    found = [shown(narrowed(claim, (Relation(t, relation, ZERO),)), proof) for relation, proof in evidence.parts]
    reasons = dict.fromkeys(reason for basis in found for reason in _reasons(basis.why))
    why = f"{BY_CASES}{'; '.join(reasons)} in each of {len(found)} cases"
    trust = frozenset[str]().union(*(basis.trust for basis in found))
    return Basis(why, trust, tuple(dict.fromkeys(v for basis in found for v in basis.visible)))


def _reasons(why: str) -> list[str]:
    """Those of cases within a case, each by itself."""
    if not why.startswith(BY_CASES):
        return [why]
    return _EACH.sub("", why).removeprefix(BY_CASES).split("; ")


def _is_number(term: Term, claim: Claim) -> bool:
    try:
        return shape_of(term, claim.scope) == ()
    except ShapeError:
        return False


def contradiction(claim: Claim, evidence: Contradiction, facts: Facts) -> Basis:
    """What is known contradicts itself: it holds at no point. A whole claim needs a witness besides, so that none is proved so."""
    t = evidence.term
    if not _is_number(t, claim) or heads(t) & MAY_NOT_EXIST or has_series(t):
        raise NotAdmitted("a contradiction about what is not certainly a number")
    if not (facts.positive(t) and facts.non_negative(Term("neg", (t,)))):
        raise NotAdmitted("no contradiction is known")
    return Basis("a case that does not occur")
