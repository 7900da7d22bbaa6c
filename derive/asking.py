"""What is asked of a search, and what it answers: plain data, apart from those who search, whom a run whose answers are all known
does not need."""

from __future__ import annotations

from dataclasses import dataclass

from derive.core import BUDGET, Claim, Evidence, Hints, Point


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a search: all that its outcome depends on, besides the code. ``doubted``: a failure will not be held against
    the author, so that nobody asks under which condition the claim is true."""

    claim: Claim
    hints: Hints = Hints()
    audit: bool = False
    budget: int = BUDGET
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What the search found: evidence that was admitted here (to be admitted again by whoever receives it), the witness
    that goes with a proof, and for each checker that failed the kernel's reason. ``repeatable``: no checker broke down, so
    that another search with the same budget would find the same.
    ``stopped``: the search was broken off before it came to its end. ``spent``: the operations that it cost."""

    proof: Evidence | None = None
    witness: Point | None = None
    refutation: Evidence | None = None
    support: Evidence | None = None
    tried: tuple[str, ...] = ()
    repeatable: bool = True
    stopped: bool = False
    spent: int = 0
