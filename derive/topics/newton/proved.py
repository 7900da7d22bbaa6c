"""Steps about a function that we did not choose: only those that a search proves are shown."""

from __future__ import annotations

from collections.abc import Iterator

from derive.checkers import search
from derive.core import Step


def proved(*steps: Step) -> Iterator[Step]:
    """Those of the steps whose claims are all proved. What is left out must be said in words by the caller, or not at all."""
    for made in steps:
        if all(search(claim, made.hints).proof is not None for claim in made.claims):
            yield made
