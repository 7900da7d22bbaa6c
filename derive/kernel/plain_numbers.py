"""Terms that are numbers at sight: most claims speak of no vector or matrix at all, and need not be asked for shapes."""

from __future__ import annotations

from derive.core import Scope, Term
from derive.kernel.facts import Facts
from derive.kernel.terms import free_letters, heads

OF_MATRICES = frozenset(("matrix", "row", "diagonal", "diagonal_family", "identity", "gradient", "hessian"))
"""Heads that make a vector or matrix, or a row of one, of numbers."""


def made_of_numbers(term: Term, facts: Facts) -> bool:
    """No letter is declared a vector or matrix, and none is written out."""
    found: bool | None = facts.memo.get(("numbers only",))
    if found is None:
        found = facts.memo["numbers only",] = not any(d.shape for d in facts.letters.values())
    return found and heads(term).isdisjoint(OF_MATRICES)


OF_NUMBERS = frozenset(
    "number decimal symbol constant add neg mul div pow sqrt root exp log abs sin cos tan cot sec csc sinh cosh tanh arctan "  # noqa: SIM905  readable
    "arcsin arccos floor ceil max min factorial binomial".split()
)
"""Heads that make a number of numbers, and bind no letter."""


def well_shaped_at_sight(scope: Scope, *terms: Term) -> bool:
    """Only such heads, and letters that are declared as plain numbers: whatever stands where, its shape is right."""
    if not heads(*terms) <= OF_NUMBERS:
        return False
    plain = {d.name for d in scope.declarations if not (d.shape or d.family or d.function)}
    return all(free_letters(term) <= plain for term in terms)
