"""This project: the search, with the kernel's verdict on what it found."""

from __future__ import annotations

from typing import Any

import sympy.integrals.manualintegrate
import sympy.physics.units
import sympy.polys.polytools  # noqa: F401

import derive.sympy_bridge  # noqa: F401
from derive.checkers import decide
from derive.core import Claim

SAYS = {"proved": "true", "refuted": "false", "conditional": "false"}


def prepare(question: Any) -> Claim:
    return question.claim


def ask(claim: Claim) -> str:
    verdict = decide(claim)
    return "not shown" if verdict is None else SAYS.get(verdict.status.value, "not shown")
