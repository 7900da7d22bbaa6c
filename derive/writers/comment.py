"""The comment above a display, by which ``derive check`` finds of the page what the topic found."""

from __future__ import annotations

from dataclasses import replace

from derive.core import Declaration, Scope, Step
from derive.formula.declaring import NotSayable, said
from derive.report import JudgedStep
from derive.writers.domain import symbols_of


def comment(judged: JudgedStep) -> str:
    """``here; check; x > 0; expect proved``; empty where the language of declarations has no words for the scope."""
    step = judged.step
    try:
        items = said(_bearing_on(step)) if step.claims else ""
    except NotSayable:
        return ""
    return "; ".join(filter(None, ("here", "assume" if step.assumed else "check", items, f"expect {judged.status}")))


def _bearing_on(step: Step) -> Scope:
    """The letters of the step, those that hypotheses tie to them, and what is said of all these."""
    scope = step.claims[0].scope
    used = {name for claim in step.claims for side in (claim.lhs, claim.rhs) for name in symbols_of(side)}
    while more := _tied(scope, used) - used:
        used |= more
    groups = (tuple(name for name in group if name in used) for group in scope.independent)
    return replace(
        scope,
        declarations=tuple(declaration for declaration in scope.declarations if declaration.name in used),
        hypotheses=tuple(h for h in scope.hypotheses if (symbols_of(h.lhs) | symbols_of(h.rhs)) & used),
        independent=tuple(group for group in groups if len(group) > 1),
    )


def _tied(scope: Scope, used: set[str]) -> set[str]:
    """Letters of declarations of these letters, and of hypotheses about one of them."""
    tied: set[str] = set()
    for declaration in scope.declarations:
        tied |= _letters_of(declaration) if declaration.name in used else set()
    for hypothesis in scope.hypotheses:
        names = symbols_of(hypothesis.lhs) | symbols_of(hypothesis.rhs)
        tied |= names if names & used else set()
    return tied


def _letters_of(declaration: Declaration) -> set[str]:
    law = declaration.law
    terms = [side for bound in declaration.where for side in (bound.lhs, bound.rhs)]
    terms += [law.mean, law.variance, *law.parameters] if law is not None else []
    return {str(size) for size in declaration.shape}.union(*map(symbols_of, terms))
