"""What an entry of the closed list of theorems is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.core import Claim
from derive.kernel.facts import Facts


@dataclass(frozen=True, slots=True)
class Axiom:
    """A cited theorem. ``applies(claim, facts)`` is True only if the claim is an instance with all hypotheses met."""

    name: str
    statement: str
    hypotheses: str
    source: str
    applies: Callable[[Claim, Facts], bool]
