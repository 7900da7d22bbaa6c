"""Maxima in a process of its own: ``is(equal(lhs, rhs))`` under ``assume``; a question that it asks back is "not shown"."""

from __future__ import annotations

import ctypes
import os
import select
import shutil
import subprocess
from fractions import Fraction
from functools import lru_cache
from typing import Any

from derive.core import Claim, Term
from peers.symbolic import without_definitions

PATIENCE = 20.0
"""Seconds for one answer; whoever asks is less patient, and kills the process that waits here."""
END = "derive-end"
QUESTIONS = ("positive, negative", "positive or", "zero or nonzero", "an integer?", "negative or")


def available() -> bool:
    return shutil.which("maxima") is not None


# ----------------------------------------------------------------------------------------------------------- translation

CALLS = {
    **{name: name for name in ("log", "exp", "abs", "sqrt", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh")},
    **{"tanh": "tanh", "arctan": "atan", "arcsin": "asin", "arccos": "acos", "floor": "floor", "ceil": "ceiling"},
    **{"max": "max", "min": "min", "binomial": "binomial", "factorial": "factorial"},
    **{"sum": "nusum", "prod": "product", "integral": "integrate", "derivative": "diff", "det": "determinant"},
    **{"matrix": "matrix", "transpose": "transpose"},
}
CONSTANTS = {"pi": "%pi", "e": "%e", "i": "%i", "gamma": "%gamma", "infinity": "inf"}
SIGNS = {"add": " + ", "mul": " * ", "div": " / ", "pow": "^"}


class NotTranslated(Exception):
    """A head that has no counterpart here."""


def written(term: Term) -> str:
    """The term in Maxima's language."""
    inside = [written(arg) for arg in term.args]
    if term.head == "symbol":
        return "l_" + "".join(c if c.isalnum() else "_" for c in str(term.value))
    if term.head == "number":
        return str(Fraction(term.value or 0).numerator)
    if term.head == "decimal":
        return f"({Fraction(str(term.value))})"
    if term.head == "constant":
        return CONSTANTS[str(term.value)]
    if term.head in SIGNS:
        return f"({SIGNS[term.head].join(inside)})"
    if term.head == "neg":
        return f"(-{inside[0]})"
    if term.head == "root":
        return f"({inside[0]}^(1/{inside[1]}))"
    if term.head == "row":
        return f"[{', '.join(inside)}]"
    if term.head == "limit":
        side = {"+": ", plus", "-": ", minus"}.get(str(term.value), "")
        return f"limit({', '.join(inside)}{side})"
    if term.head not in CALLS:
        raise NotTranslated(term.head)
    return f"{CALLS[term.head]}({', '.join(inside)})"


def prepare(question: Any) -> str:
    """The input lines: assumptions, then the question."""
    claim: Claim = question.claim
    if claim.relation not in ("=", "<", "<=", ">", ">="):
        raise NotTranslated(claim.relation)
    if any(d.shape or d.law or d.family or d.function for d in claim.scope.declarations):
        raise NotTranslated("a letter that is no number")
    left, right = map(written, without_definitions(claim))
    asked = f"equal({left}, {right})" if claim.relation == "=" else f"{left} {claim.relation} {right}"
    lines = ["kill(all)$ display2d:false$"]
    for d in claim.scope.declarations:
        lines += [f"assume({written(r.lhs)} {r.relation} {written(r.rhs)})$" for r in d.where if r.relation != "!="]
        kind = {"integer": "integer", "complex": "complex"}.get(d.domain)
        lines += [f"declare(l_{d.name}, {kind})$"] if kind else []
    return "\n".join(lines) + f'\nis({asked});\nprint("{END}")$\n'


# --------------------------------------------------------------------------------------------------------------- asking


def _die_with_parent() -> None:
    """On Linux: killed with the worker that asks (PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, 9)


class _Session:
    """One Maxima that answers question after question."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def asked(self, lines: str) -> str:
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(
                ["maxima", "--very-quiet"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                preexec_fn=_die_with_parent,
            )
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(lines.encode())
        self.process.stdin.flush()
        heard = ""
        while END not in heard:
            if not select.select([self.process.stdout], [], [], PATIENCE)[0]:
                break
            chunk = os.read(self.process.stdout.fileno(), 65536).decode(errors="replace")
            heard += chunk
            if not chunk or any(question in heard for question in QUESTIONS):
                self.close()
                return "question"
        if END not in heard:
            self.close()
        return heard

    def close(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@lru_cache(maxsize=1)
def _session() -> _Session:
    return _Session()


def ask(lines: str) -> str:
    words = _session().asked(lines).split()
    return "true" if "true" in words else "false" if "false" in words else "not shown"
