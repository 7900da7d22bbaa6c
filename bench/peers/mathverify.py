"""math-verify, the grader of mathematical answers: both sides of an equation as two answers."""

from __future__ import annotations

import logging
from importlib.util import find_spec
from typing import Any


def available() -> bool:
    return find_spec("math_verify") is not None


def prepare(question: Any) -> tuple[str, str] | None:
    """Both sides of an equation; None for other relations, and where hypotheses would have to be told."""
    if question.claim.scope.hypotheses or question.claim.relation != "=":
        return None
    sides = _split(question.latex)
    return (sides[0], sides[1]) if len(sides) == 2 else None


def _split(latex: str) -> list[str]:
    """At the equality sign outside braces."""
    depth = 0
    for position, sign in enumerate(latex):
        depth += (sign == "{") - (sign == "}")
        if sign == "=" and depth == 0:
            return [latex[:position], latex[position + 1 :]]
    return [latex]


def ask(sides: tuple[str, str] | None) -> str:
    from math_verify import LatexExtractionConfig, parse, verify

    if sides is None:
        return "n/a"
    logging.getLogger("math_verify").setLevel(logging.CRITICAL)  # it warns that the timeout is ours to keep
    read = [
        parse(f"${side}$", [LatexExtractionConfig()], fallback_mode="no_fallback", parsing_timeout=None)
        for side in sides
    ]
    if not all(read):
        return "n/a"
    return str(bool(verify(read[0], read[1], timeout_seconds=None))).lower()
