"""Letters of integrals apart from the letters of hypotheses: |x| < 1 says nothing of the x of a dx."""

from __future__ import annotations

from dataclasses import replace

from derive.core import Term
from derive.formula.family import subterms


def names_in(term: Term) -> frozenset[str]:
    """Of all letters, also of those that are bound."""
    return frozenset(str(part.value) for part in subterms(term) if part.head == "symbol")


def renamed(term: Term, told: frozenset[str]) -> Term:
    """The term, in which the letter over which is integrated gets primes where it is one of ``told``, or stands in an end."""
    if not any(part.head == "integral" for part in subterms(term)):
        return term
    term = replace(term, args=tuple(renamed(arg, told) for arg in term.args))
    if term.head != "integral":
        return term
    body, letter, *ends = term.args
    taken = told.union(*map(names_in, ends))
    old, new = str(letter.value), f"{letter.value}'"
    if old not in taken:
        return term
    while new in taken | names_in(body):
        new += "'"
    return replace(term, args=(_with(body, old, new), replace(letter, value=new), *ends))


def _with(term: Term, old: str, new: str) -> Term:
    """``new`` for the free letter ``old``; it occurs nowhere, so that nothing captures it."""
    if term.head == "symbol":
        return replace(term, value=new) if term.value == old else term
    first, rest = term.args[:1], term.args[1:]
    if not (term.head in _BIND and rest[0].value == old):
        first = tuple(_with(arg, old, new) for arg in first)
        return replace(term, args=(*first, *(_with(arg, old, new) for arg in rest)))
    return replace(term, args=(*first, rest[0], *(_with(arg, old, new) for arg in rest[1:])))


_BIND = frozenset(["sum", "prod", "integral", "limit", "diagonal_family"])
"""They bind their second argument in their first; a derivative speaks of its letter."""

__all__ = ["names_in", "renamed"]
