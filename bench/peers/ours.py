"""This project: the search, with the kernel's verdict on what it found; alone, and with the search for a repair of what is false."""

from __future__ import annotations

from typing import Any

import sympy.integrals.manualintegrate
import sympy.physics.units
import sympy.polys.polytools  # noqa: F401

import derive.sympy_bridge  # noqa: F401
from derive.checkers import decide
from derive.core import Claim
from derive.kernel import Verdict

SAYS = {"proved": "true", "refuted": "false", "conditional": "false"}


def prepare(question: Any) -> Claim:
    return question.claim


def ask(claim: Claim) -> str:
    """True or false, as the others are asked."""
    return _said(decide(claim, mending=False))


def ask_for_a_repair(claim: Claim) -> str:
    """And where it is false: under which condition it would be true, which the others do not look for."""
    return _said(decide(claim))


def _said(verdict: Verdict | None) -> str:
    return "not shown" if verdict is None else SAYS.get(verdict.status.value, "not shown")
