"""What a user would pick instead: one file a tool. Each says ``true``, ``false``, ``not shown`` or ``n/a`` of a claim.

``not shown`` is what a tool says that can only confirm (``simplify(lhs - rhs) == 0`` is False for a true identity as well as
for a false one). ``n/a``: the claim cannot be put to the tool.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.core import Claim
from peers import mathverify, maxima, numerical, ours, scieq, symbolic

Ask = Callable[["Question"], str]


@dataclass(frozen=True, slots=True)
class Question:
    """A claim as read, and as it was written."""

    claim: Claim
    latex: str


@dataclass(frozen=True, slots=True)
class Peer:
    """``ask`` answers one question; ``prepare`` makes what the clock does not count (a translation, say); ``start`` is the
    shell command whose time is the start-up; ``available`` tells whether the tool is installed."""

    name: str
    ask: Callable[..., str]
    prepare: Callable[[Question], object]
    start: tuple[str, ...]
    available: Callable[[], bool]


PYTHON = "python"
START = (PYTHON, "-c", "from derive.judge import judge_claims")
PEERS = (
    Peer("derive", ours.ask, ours.prepare, START, lambda: True),
    Peer("derive, with a repair", ours.ask_for_a_repair, ours.prepare, START, lambda: True),
    Peer(
        "sympy: simplify(l - r) == 0",
        symbolic.simplified,
        symbolic.prepare,
        (PYTHON, "-c", "import sympy"),
        lambda: True,
    ),
    Peer("sympy: Expr.equals", symbolic.equal, symbolic.prepare, (PYTHON, "-c", "import sympy"), lambda: True),
    Peer(
        "NumPy at 50 points, allclose",
        numerical.ask,
        numerical.prepare,
        (PYTHON, "-c", "import numpy, sympy"),
        lambda: True,
    ),
    Peer("math-verify", mathverify.ask, mathverify.prepare, (PYTHON, "-c", "import math_verify"), mathverify.available),
    Peer("scieqlint", scieq.ask, scieq.prepare, (PYTHON, "-c", "import scieqlint.api"), scieq.available),
    Peer(
        "Maxima: is(equal(l, r))",
        maxima.ask,
        maxima.prepare,
        ("maxima", "--very-quiet", "-r", "quit();"),
        maxima.available,
    ),
)
