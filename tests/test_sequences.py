"""Sequences given by a formula are written out where the formula holds, and nowhere else."""

from __future__ import annotations

import pytest

from derive.core import Status
from derive.formula.claims import read_claim
from derive.judge import judge_claim

PROVED = [
    (r"a_{k+1} = (-1)^{k+2} (k+1)", r"a_k = (-1)^{k+1} k"),
    (r"a_{n+1} > a_n", r"a_n = n^2; n in N"),
    (r"\sum_{k=1}^n a_k = \frac{n(n+1)}{2}", r"a_k = k; n in N"),
    (r"\lim_{k \to \infty} \left| \frac{a_{k+1}}{a_k} \right| = 1", r"a_k = (-1)^{k+1} k"),
    (r"\sum_{k=0}^\infty a_k = e", r"a_k = \frac{1}{k!}"),
    (r"\sum_{c=1}^3 a_c = 3 c", r"a_k = c; c in R"),
    (r"a_n = b_n + 1", r"a_n = n^2; b_n = n^2 - 1"),
]
REFUTED = [
    (r"\lim_{k \to \infty} a_k = 2", r"a_k = \frac{k}{k+1}"),
    (r"a_{n+1} - a_n = 2n", r"a_n = n^2"),
    (r"\sum_{c=1}^3 a_c = 6", r"a_k = c; c in R"),
]
OPEN = [
    (r"a_0 = 0", r"a_n = n; n in N"),  # the formula speaks of n >= 1 only
    (r"a_0 = 1", r"a_n = n; n in N"),
    (r"a_n = 2 a_{n-1}", r"a_n = 2^n; n \ge 1"),
    (r"a_1 = 5", r"a_n = n; a_1 = 5"),  # two things are said of a_1
    (r"a_1 = 1", r"a_n = n; a_1 = 5"),
]


@pytest.mark.parametrize(("claim", "given"), PROVED)
def test_proved(claim: str, given: str) -> None:
    assert judge_claim(read_claim(claim, given)).status == Status.PROVED


@pytest.mark.parametrize(("claim", "given"), REFUTED)
def test_refuted(claim: str, given: str) -> None:
    assert judge_claim(read_claim(claim, given)).status == Status.REFUTED


@pytest.mark.parametrize(("claim", "given"), OPEN)
def test_open(claim: str, given: str) -> None:
    assert judge_claim(read_claim(claim, given)).status not in (Status.SUPPORTED, Status.REFUTED)
