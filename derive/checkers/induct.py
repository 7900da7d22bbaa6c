"""Induction on a declared integer letter with a numeral lower bound; the author's choice first."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Claim, Evidence, Hints, Induction
from derive.kernel.terms import free_letters, rational_value

PROVES = (r"\sum_{k=0}^{t} k = \frac{t (t + 1)}{2}",)
DECLINES = (r"\sum_{k=0}^{t} k = \frac{t (t - 1)}{2}",)


def find(claim: Claim, hints: Hints) -> Iterator[Evidence]:
    if claim.relation not in ("=", "<=", ">="):
        return
    if hints.induction is not None:
        yield Induction(*hints.induction)
    letters = free_letters(claim.lhs) | free_letters(claim.rhs)
    for declaration in claim.scope.declarations:
        if declaration.domain != "integer" or declaration.name not in letters or len(declaration.where) != 1:
            continue
        start = rational_value(declaration.where[0].rhs)
        candidate = None if start is None else Induction(declaration.name, int(start))
        if candidate is not None and (candidate.variable, candidate.start) != hints.induction:
            yield candidate
