"""A bound of the general member of a sequence speaks of every member, whatever stands on the other side."""

from __future__ import annotations

import pytest

from derive.core import Status
from derive.formula.claims import read_claim
from derive.judge import judge_claim


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        (r"\sum_{i=1}^{n} x_i \le n s", r"n in N; x_k \le s; s >= 1"),
        (r"\sum_{i=1}^{n} x_i^2 \le s \sum_{i=1}^{n} x_i", r"n in N; s >= x_k; x_k >= 0; s >= 1"),
        (r"x_1 + x_2 \le 2 s", r"x_k in R; x_k \le s"),
        (r"\prod_{i=1}^{n} x_i \le r^n", r"n in N; 0 \le x_k; x_k \le r; r > 0"),
    ],
)
def test_it_is_used_for_all_members(claim: str, given: str) -> None:
    found = judge_claim(read_claim(claim, given), patience=60)
    assert found.status == Status.PROVED and found.contradiction is None
    assert found.numpy is None or found.numpy.ok


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        (r"x_1 < s", r"x_k \le s; s >= 1"),
        (r"\sum_{i=1}^{n} x_i < n s", r"n in N; x_k \le s; s >= 1"),
        (r"\sum_{i=1}^{n} x_i \le (n - 1) s", r"n in N; x_k \le s; s >= 1"),
        (r"x_1 \ge s", r"x_k \le s; s >= 1"),
    ],
)
def test_and_for_no_more_than_it_says(claim: str, given: str) -> None:
    assert judge_claim(read_claim(claim, given), patience=60).status in (Status.REFUTED, Status.UNDECIDED)


@pytest.mark.parametrize("given", [r"n in N; x_k \le y_k", r"n in N; x_k in R; y_k in R; y_k \ge x_k"])
def test_what_bounds_one_sequence_by_another_refutes_nothing_true(given: str) -> None:
    found = judge_claim(read_claim(r"\sum_{i=1}^{n} x_i \le \sum_{i=1}^{n} y_i", given), patience=60)
    assert found.status in (Status.PROVED, Status.UNDECIDED)
