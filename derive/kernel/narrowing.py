"""A claim under a further condition: bounds of a letter by a numeral go into its declaration, the rest become hypotheses."""

from __future__ import annotations

from dataclasses import replace

from derive.core import Claim, Declaration, Relation, Scope
from derive.kernel.terms import letters_of, rational_value, symbol
from derive.kernel.verdict import NotAdmitted

BOUNDS = (">", ">=", "<", "<=")


def narrowed(claim: Claim, condition: tuple[Relation, ...]) -> Claim:
    """The same claim where, besides, ``condition`` holds. Raises NotAdmitted for a condition on letters that nobody knows."""
    scope = claim.scope
    for relation in condition:
        scope = _with(scope, relation)
    return replace(claim, scope=scope)


def _with(scope: Scope, relation: Relation) -> Scope:
    known = {declaration.name for declaration in scope.declarations}
    known |= {size for declaration in scope.declarations for size in declaration.shape if isinstance(size, str)}
    if not letters_of(relation) or not letters_of(relation) <= known:
        raise NotAdmitted("a condition on letters that are not declared")
    for declaration in scope.declarations:
        if _bounds(declaration, relation):
            where = (*(old for old in declaration.where if not _implied(old, relation)), relation)
            bounded = replace(declaration, where=where)
            return replace(scope, declarations=tuple(bounded if d is declaration else d for d in scope.declarations))
    return replace(scope, hypotheses=(*scope.hypotheses, relation))


def _bounds(declaration: Declaration, relation: Relation) -> bool:
    """``x > numeral`` for a plain letter."""
    plain = not (declaration.shape or declaration.law or declaration.family or declaration.function)
    bound = relation.relation in (*BOUNDS, "!=") and rational_value(relation.rhs) is not None
    return plain and bound and relation.lhs == symbol(declaration.name)


def _implied(old: Relation, new: Relation) -> bool:
    """``x >= 0`` says nothing new beside ``x >= 2``."""
    a, b = rational_value(old.rhs), rational_value(new.rhs)
    if a is None or b is None or old.lhs != new.lhs or {old.relation, new.relation} & {"!=", "="}:
        return False
    if old.relation[0] != new.relation[0]:
        return False
    beyond = b > a if new.relation[0] == ">" else b < a
    return beyond or (a == b and not (old.relation in (">", "<") and new.relation in (">=", "<=")))
