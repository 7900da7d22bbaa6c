"""This project: search, then the kernel once more, as the judge does."""

from __future__ import annotations

from typing import Any

from derive.checkers import search
from derive.core import Claim
from derive.kernel import NotAdmitted, admit

SAYS = {"proved": "true", "refuted": "false", "conditional": "false"}


def prepare(question: Any) -> Claim:
    return question.claim


def ask(claim: Claim) -> str:
    found = search(claim)
    for evidence in (found.proof, found.refutation):
        if evidence is not None:
            try:
                return SAYS.get(admit(claim, evidence, found.witness).status.value, "not shown")
            except NotAdmitted:
                continue
    return "not shown"
