"""For which values a step is claimed: the declarations of the letters that occur in it, in one phrase.

``t >= 0, V invertible, 0 < r < 1``: what a reader needs to see in order to disagree. Which letters are integers the page says
once, at its top.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Declaration, Law, Relation, Scope, Step, Term
from derive.formula import show, show_relation
from derive.writers.words import Words

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
MOST_ATOMS = 4
"""A law with at most so many values is written out."""


def domain_words(step: Step, say: Words) -> str:
    """The phrase in Markdown-lite, without "for"; empty where there is nothing to say."""
    if step.assumed or not step.claims:
        return ""
    scope = step.claims[0].scope
    used = _letters_used(step, scope)
    parts = [text for d in scope.declarations if d.name in used for text in _declared(d, say)]
    groups = [[name for name in group if name in used] for group in scope.independent]
    together = [f"${', '.join(map(_letter, group))}$" for group in groups if len(group) > 1]
    parts += [say("domain.independent", letters=letters) for letters in together]
    parts += [f"${show_relation(h)}$" for h in scope.hypotheses if _is_condition(h) and _names(h) & used]
    return ", ".join(parts)


def full_domain_words(step: Step, say: Words) -> str:
    """``domain_words`` and what the letters are defined to be: for a step that stands away from its section."""
    if step.assumed or not step.claims:
        return ""
    scope = step.claims[0].scope
    used = _letters_used(step, scope)
    defined = [h for h in scope.hypotheses if h.relation == "=" and not _is_condition(h) and symbols_of(h.lhs) & used]
    return ", ".join([*filter(None, [domain_words(step, say)]), *(f"${show_relation(h)}$" for h in defined)])


def _letters_used(step: Step, scope: Scope) -> set[str]:
    """The letters of the claims, and those by which these are defined."""
    used = {name for claim in step.claims for side in (claim.lhs, claim.rhs) for name in symbols_of(side)}
    for hypothesis in scope.hypotheses:
        if hypothesis.relation == "=" and symbols_of(hypothesis.lhs) & used:
            used |= symbols_of(hypothesis.rhs)
    return used


def symbols_of(term: Term) -> set[str]:
    """Names of all letters in a term, bound ones too."""
    own = {str(term.value)} if term.head == "symbol" else set()
    return own.union(*(symbols_of(arg) for arg in term.args))


def _names(relation: Relation) -> set[str]:
    return symbols_of(relation.lhs) | symbols_of(relation.rhs)


def _is_condition(hypothesis: Relation) -> bool:
    """An inequality, or an equation between numbers made of vectors, such as orthogonality."""
    lhs = hypothesis.lhs
    if hypothesis.relation != "=":
        return True
    return lhs.head == "mul" and lhs.args[0].head == "transpose" and hypothesis.rhs.head == "number"


def _letter(name: str) -> str:
    return show(Term("symbol", (), name))


def _declared(declaration: Declaration, say: Words) -> Iterator[str]:
    letter = _letter(declaration.name)
    if declaration.law is not None and declaration.family:
        yield say("domain.family", letters=f"${letter}_1, {letter}_2, \\dots$", law=_law(declaration.law, say))
    elif declaration.law is not None:
        yield say("domain.letter", letter=f"${letter}$", law=_law(declaration.law, say))
    bounds = _bounds(declaration, letter)
    if declaration.family and bounds:
        yield say("domain.every", bounds=bounds)
    elif bounds:
        yield bounds
    elif declaration.domain == "complex" and not declaration.shape and not declaration.family:
        yield say("domain.complex", letter=f"${letter}$")
    *others, last = [say(f"property.{name}") for name in declaration.properties] or [""]
    if last:
        named = say("list.two", first=", ".join(others), last=last) if others else last
        yield say("domain.properties", letter=f"${letter}{'_k' if declaration.family else ''}$", properties=named)


def _law(law: Law, say: Words) -> str:
    if law.name == "finite":
        pairs = list(zip(law.parameters[::2], law.parameters[1::2], strict=True))
        if len(pairs) > MOST_ATOMS:
            return say("law.many", count=len(pairs))
        return say("law.values", values=", ".join(_atom(value, chance, say) for value, chance in pairs))
    mean, variance = f"${show(law.mean)}$", f"${show(law.variance)}$"
    return say("law.described", law=say(f"law.{law.name}"), mean=mean, variance=variance)


def _atom(value: Term, chance: Term, say: Words) -> str:
    return say("law.value", value=f"${show(value)}$", chance=f"${show(chance)}$")


def _bounds(declaration: Declaration, letter: str) -> str:
    """``0 < r < 1`` for two numeral bounds of one letter, else the relations one after the other."""
    where = list(declaration.where)
    if len(where) == 2 and where[0].relation in (">", ">=") and where[1].relation in ("<", "<="):
        low = Relation(where[0].rhs, FLIPPED[where[0].relation], where[0].lhs)
        return f"${show_relation(low)} {_tail(where[1])}$"
    return ", ".join(f"${show_relation(relation)}$" for relation in where)


def _tail(relation: Relation) -> str:
    """The relation without its left side."""
    return show_relation(relation)[len(show(relation.lhs)) :].strip()
