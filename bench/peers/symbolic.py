"""SymPy: ``simplify(lhs - rhs) == 0``, and ``Expr.equals``. Letters carry their declared assumptions."""

from __future__ import annotations

from typing import Any

from derive.core import Claim, Term
from derive.kernel.facts import facts_of
from derive.kernel.points import unfolded

Sides = tuple[Any, Any, str]


class TellsMore(Exception):
    """A hypothesis that is no definition."""


def prepare(question: Any) -> Sides:
    from derive.sympy_bridge import to_sympy

    scope, relation = question.claim.scope, question.claim.relation
    lhs, rhs = (to_sympy(side, scope) for side in without_definitions(question.claim))
    return lhs, rhs, relation


def without_definitions(claim: Claim) -> tuple[Term, Term]:
    """Both sides with what defines a letter put in. Raises TellsMore for a hypothesis of another kind, which could not be
    told to the tool."""
    facts = facts_of(claim.scope)
    for hypothesis in claim.scope.hypotheses:
        defines = hypothesis.relation == "=" and hypothesis.lhs.head == "symbol"
        if not defines or facts.definition(str(hypothesis.lhs.value)) != hypothesis.rhs:
            raise TellsMore
    return unfolded(claim.lhs, facts), unfolded(claim.rhs, facts)


def simplified(sides: Sides) -> str:
    import sympy

    lhs, rhs, relation = sides
    if relation != "=":
        return "n/a"
    difference = sympy.simplify((lhs - rhs).doit())
    nothing = difference.is_zero_matrix if difference.is_Matrix else difference == 0
    return "true" if nothing else "not shown"


def equal(sides: Sides) -> str:
    lhs, rhs, relation = sides
    if relation != "=" or not hasattr(lhs, "equals"):
        return "n/a"
    answer = lhs.doit().equals(rhs.doit())
    return "not shown" if answer is None else str(bool(answer)).lower()
