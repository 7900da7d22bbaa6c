"""Averages under a bound letter on which the law itself depends, as in the sum of E X over n for X of law N(n, 1).

Whether the law speaks of the bound letter or of the letter outside is a matter of reading, so nothing is decided: rules that take
the average for a constant and those that put the letter in would contradict each other.
"""

from __future__ import annotations

from functools import lru_cache

from derive.core import Claim, Scope, Term
from derive.kernel.terms import BINDERS, free_letters, letters_of, subterms
from derive.kernel.verdict import NotAdmitted


def require_laws_outside(claim: Claim) -> None:
    """No sum, integral, limit or derivative is over a letter on which the law of a random letter inside it depends. Raises
    NotAdmitted."""
    parameters = _parameters(claim.scope)
    if not parameters:
        return
    for side in (claim.lhs, claim.rhs):
        for part in subterms(side):
            if part.head in BINDERS:
                _require(part.args[1], free_letters(part.args[0]), parameters)


def _require(letter: Term, inside: frozenset[str], parameters: dict[str, frozenset[str]]) -> None:
    bound = free_letters(letter)
    if any(bound & parameters.get(name, frozenset()) for name in inside):
        raise NotAdmitted(f"the law of a random letter depends on {min(bound)}, which varies inside the formula")


@lru_cache(maxsize=512)
def _parameters(scope: Scope) -> dict[str, frozenset[str]]:
    """For each letter on which an average may depend through a law: the letters of that law, also by way of definitions."""
    known = {
        d.name: frozenset[str]().union(*map(free_letters, (d.law.mean, d.law.variance, *d.law.parameters)))
        for d in scope.declarations
        if d.law is not None
    }
    if not any(known.values()):
        return {}
    before = -1
    while sum(map(len, known.values())) != before:
        before = sum(map(len, known.values()))
        for hypothesis in scope.hypotheses:
            letters = letters_of(hypothesis)
            for name, found in list(known.items()):
                if found & letters:
                    known[name] = found | letters
            through = frozenset[str]().union(*(known[name] for name in letters & known.keys()))
            for name in letters if through else ():
                known[name] = known.get(name, frozenset()) | through
    return known
