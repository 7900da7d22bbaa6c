"""Given equations between numbers: used together for a proof, satisfied by the points of a refutation."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.formula.claims import read_claim

PROVED = [
    ("x = 3", "x^2 = 3 x; x != 0"),
    ("x^2 + 2 x y + y^2 = 1", "x + y = 1"),
    ("a = c", "a = b; b = c"),
    ("x = y", "x z = y z; z != 0"),
    ("a d = b c", r"a = k b; c = k d"),
    (r"\sin x = 0", r"\sin^2 x = 0"),
    ("x^3 = 7 x + 6", "x^2 = 2 x + 3"),
    ("u + v = 3", "u + 2 v = 4; u - v = 1"),
]
REFUTED = [
    ("x = 3", "x in R; x^2 = 3 x"),
    ("x = y", "x z = y z"),
    ("x = y", "x^2 = y^2"),
    ("x^2 + y^2 = 1", "x + y = 1"),
    ("u + v = 2", "u + 2 v = 4; u - v = 1"),
]


@pytest.mark.parametrize(("latex", "given"), PROVED)
def test_what_follows(latex: str, given: str) -> None:
    found = search(read_claim(latex, given), audit=True)
    assert found.proof is not None and found.refutation is None


@pytest.mark.parametrize(("latex", "given"), REFUTED)
def test_what_does_not_follow(latex: str, given: str) -> None:
    found = search(read_claim(latex, given), audit=True)
    assert found.proof is None and found.refutation is not None


def test_nothing_follows_from_a_contradiction() -> None:
    assert search(read_claim("x = 7", "x + y = 1; x + y = 2"), audit=True).proof is None
