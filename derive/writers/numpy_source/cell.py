"""The cell that checks one step again from scratch, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from derive.core import Status
from derive.report import JudgedStep
from derive.writers.numpy_source.expression import NoSource
from derive.writers.numpy_source.failing import failing
from derive.writers.numpy_source.holding import holding
from derive.writers.numpy_source.relations import (
    LOOSE,
    TIGHT,
)

LONGEST = 3000
"""Characters of a cell."""


@dataclass(frozen=True, slots=True)
class Check:
    """``code`` of the cell, or empty and the ``reason`` in a sentence. ``bound``: up to which share of the largest number the sides
    agree; ``exact`` where nothing is rounded, empty where nothing is compared with a bound."""

    code: str = ""
    reason: str = ""
    bound: str = ""


def cell(judged: JudgedStep, seed: int) -> Check:
    """The cell of a step."""
    if judged.step.assumed:
        return Check(reason="A definition or hypothesis: there is nothing to check.")
    if judged.status not in (Status.PROVED, Status.SUPPORTED, Status.REFUTED):
        return Check(reason="Nothing was decided here, so there is nothing to check again.")
    try:
        lines = failing(judged) if judged.status == Status.REFUTED else holding(judged, seed)
    except NoSource as reason:
        return Check(reason=f"No cell: {reason}.")
    code = "\n".join(lines)
    if len(code) > LONGEST:
        return Check(reason="No cell: its numbers would be too long to read.")
    if "agree(" in code or "at_most(" in code or TIGHT in code:
        return Check(code, bound=LOOSE if LOOSE in code else TIGHT)
    return Check(code, bound="exact" if "linalg" not in code and "assert np.any" not in code else "")
