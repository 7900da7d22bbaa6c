"""Why a relation that fails as it stands may be right in its text: a hypothesis that we have not understood would hide there.

A linter that cries wolf is switched off. So a failure is held against the author only where both sides speak of the same letters,
all functions are known, and no equation nearby restricts the letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from derive.core import Claim
from derive.formula.notation import show_name
from derive.kernel.terms import free_letters, letters_of

DERIVED = frozenset(["hat", "bar", "tilde", "widehat", "widetilde"])
"""Accents of what a text computes: an estimate, a mean."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """An equation that the text assumes: the letters that it ties to each other, and its line."""

    letters: frozenset[str]
    line: int


def doubts(claim: Claim, constraints: Iterable[Constraint]) -> Iterator[str]:
    """One reason each."""
    lhs, rhs = free_letters(claim.lhs), free_letters(claim.rhs)
    declared = {d.name: d for d in claim.scope.declarations}
    defined = {str(h.lhs.value) for h in claim.scope.hypotheses if h.relation == "=" and h.lhs.head == "symbol"}
    told = frozenset[str]().union(*map(letters_of, claim.scope.hypotheses))
    for name in sorted((lhs ^ rhs) - defined):
        yield f"{show_name(name)} stands on one side only"
    for name in sorted(lhs | rhs):
        declaration = declared.get(name)
        if declaration is not None and declaration.function and not declaration.declared:
            yield f"nothing is said of the function {show_name(name)}"
        if name not in told and DERIVED & set(name.split("_")[1:]) and not is_mean(name, claim):
            yield f"{show_name(name)} is not defined"
    bases = frozenset(name.partition("_")[0] for name in lhs | rhs)
    for constraint in constraints:
        if constraint.letters and constraint.letters <= bases and not constraint.letters <= told:
            yield f"line {constraint.line} says something of {show_name(min(constraint.letters))}"
            return


def is_mean(name: str, claim: Claim) -> bool:
    """A bar over the letter of a family: both readings, a number and the mean, are looked at."""
    base, _, rest = name.partition("_")
    return rest == "bar" and any(d.name == base and d.family and not d.shape for d in claim.scope.declarations)
