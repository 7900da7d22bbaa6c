"""What the claims of one text may cost together, in operations: no text takes longer than its budget, however hard its claims are.

A claim whose search was ended by the clock counts as one that used up its own budget. What a search cost is kept with what it
found, so that a text is cut at the same claim whether or not the cache knows the claims before it.
"""

from __future__ import annotations

from dataclasses import dataclass

from derive.asking import Found, Question

SPENT = Found(tried=("the budget of operations of the whole text is used up",), repeatable=False, stopped=True)
"""The answer where nothing is left."""


@dataclass(slots=True)
class Purse:
    """Operations that are left."""

    left: int

    @property
    def empty(self) -> bool:
        return self.left <= 0

    def pay(self, question: Question, found: Found) -> None:
        """Take what the search cost: never less than nothing, never more than it was allowed to."""
        ended = found.stopped and not found.repeatable
        self.left -= question.budget if ended else min(max(found.spent, 0), question.budget)
