"""Terms that are numbers at sight: most claims speak of no vector or matrix at all, and need not be asked for shapes."""

from __future__ import annotations

from derive.core import Term
from derive.kernel.facts import Facts
from derive.kernel.terms import heads

OF_MATRICES = frozenset(("matrix", "row", "diagonal", "diagonal_family", "identity", "gradient", "hessian"))
"""Heads that make a vector or matrix, or a row of one, of numbers."""


def made_of_numbers(term: Term, facts: Facts) -> bool:
    """No letter is declared a vector or matrix, and none is written out."""
    found: bool | None = facts.memo.get(("numbers only",))
    if found is None:
        found = facts.memo["numbers only",] = not any(d.shape for d in facts.letters.values())
    return found and heads(term).isdisjoint(OF_MATRICES)
