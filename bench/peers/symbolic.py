"""SymPy: ``simplify(lhs - rhs) == 0``, and ``Expr.equals``. Letters carry their declared assumptions."""

from __future__ import annotations

from typing import Any

Sides = tuple[Any, Any, str]


def prepare(question: Any) -> Sides:
    from derive.sympy_bridge import to_sympy

    claim = question.claim
    return to_sympy(claim.lhs, claim.scope), to_sympy(claim.rhs, claim.scope), claim.relation


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
