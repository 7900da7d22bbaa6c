"""Given equations between sums of products of matrices: the longest product is rewritten by the rest."""

from __future__ import annotations

import pytest

from derive.core import Status
from derive.formula.claims import read_claim
from derive.judge import judge_claims

RIDGE = r"X in R^{n x d}; w in R^d; y in R^n; lambda > 0; (X^\top X + \lambda I) w = X^\top y"
SUMS = "A, B, C in R^{n x n}; w, b in R^n; A (B + C) w = b"

TRUE = [
    (r"w = (X^\top X + \lambda I)^{-1} X^\top y", RIDGE),
    (r"X^\top X w = X^\top y - \lambda w", RIDGE),
    (r"w^\top (X^\top X + \lambda I) = y^\top X", RIDGE),
    ("A B w + A C w = b", SUMS),
    ("A B w = b - A C w", SUMS),
    ("2 A C w = 2 b - 2 A B w", SUMS),
]
FALSE = [
    (r"w = (X^\top X + 2 \lambda I)^{-1} X^\top y", RIDGE),
    (r"X^\top X w = X^\top y + \lambda w", RIDGE),
    ("A C w = b + A B w", SUMS),
    ("B A w + C A w = b", SUMS),
]


@pytest.mark.parametrize(("latex", "given"), TRUE)
def test_what_follows_is_proved(latex: str, given: str) -> None:
    (finding,) = judge_claims([read_claim(latex, given)])
    assert finding.status == Status.PROVED, finding.reason


@pytest.mark.parametrize(("latex", "given"), FALSE)
def test_what_does_not_follow_is_not(latex: str, given: str) -> None:
    (finding,) = judge_claims([read_claim(latex, given)])
    assert finding.status in (Status.REFUTED, Status.UNDECIDED), finding.reason
