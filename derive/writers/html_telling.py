"""What is said under a formula: the line that everybody sees, and what is unfolded from it."""

from __future__ import annotations

from dataclasses import dataclass

from derive.core import Status
from derive.writers.page import ShownStep


@dataclass(frozen=True, slots=True)
class Telling:
    """``seen`` may be empty where only evidence is folded. Both Markdown-lite."""

    seen: str
    folded: tuple[str, ...]


def telling(step: ShownStep) -> Telling | None:
    """A counterexample is folded, so that a class may look for it first; and so is the evidence. None if there is nothing to say."""
    seen, folded = list[str](), list[str]()
    for words in step.words:
        lead, colon, rest = words.partition(": ")
        folds = step.status == Status.REFUTED and colon and lead.startswith("**")
        seen.append(lead if folds else words)
        folded += [f"{rest}."] if folds else []
    told = Telling("; ".join(seen), (*folded, *step.evidence))
    return told if told.seen or told.folded else None
