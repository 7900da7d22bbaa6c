"""The NumPy check of norms made of entries and of inner products: within their bounds of exact values."""

from __future__ import annotations

import random
from fractions import Fraction
from math import isqrt

import numpy as np
import pytest

from derive.core import NumpyCheck
from derive.floats import check
from derive.floats.ball import Ball, NoNumericForm
from derive.floats.sizes import frobenius, inner, norm_of_order
from derive.formula.claims import read_claim

TRUE = [
    (r"\|A + B\|_F^2 = \|A\|_F^2 + 2 \operatorname{tr}(A^\top B) + \|B\|_F^2", "A, B in R^{m x n}"),
    (r"\|x\|_2 \le \|x\|_1", "x in R^n"),
    (r"\|x\|_\infty \le \|x\|_2", "x in R^n"),
    (r"\langle x, y \rangle = x^\top y", "x, y in R^n"),
    (r"\|A B\|_F \le \|A\|_F \|B\|_F", "A, B in R^{n x n}"),
]


@pytest.mark.parametrize(("latex", "given"), TRUE)
def test_true_claims_stay_within_their_bounds(latex: str, given: str) -> None:
    found = check(read_claim(latex, given))
    assert isinstance(found, NumpyCheck)
    assert found.ok
    assert found.points >= 16


@pytest.mark.parametrize(
    ("latex", "given"), [(r"\|x\|_1 \le \|x\|_2", "x in R^n"), (r"\|A B\|_F = \|A\|_F \|B\|_F", "A, B in R^{n x n}")]
)
def test_false_claims_leave_their_bounds(latex: str, given: str) -> None:
    found = check(read_claim(latex, given))
    assert isinstance(found, NumpyCheck)
    assert not found.ok


@pytest.mark.parametrize("seed", range(30))
def test_errors_are_bounded(seed: int) -> None:
    rng = random.Random(seed)
    entries = [rng.randint(-(10**6), 10**6) for _ in range(rng.randint(2, 9))]
    column = Ball(np.array(entries, dtype=float)[:, None], 0.0, "matrix")
    scale = 10**40
    root = Fraction(isqrt(sum(x * x for x in entries) * scale**2), scale)
    for found, truth in (
        (frobenius(column), root),
        (norm_of_order(column, 2), root),
        (norm_of_order(column, 1), Fraction(sum(map(abs, entries)))),
        (norm_of_order(column, None), Fraction(max(map(abs, entries)))),
        (inner(column, column), Fraction(sum(x * x for x in entries))),
    ):
        assert abs(Fraction(float(found.value)) - truth) <= Fraction(float(found.error)) + Fraction(1, 10**30)


def test_what_has_no_numeric_form() -> None:
    with pytest.raises(NoNumericForm):
        norm_of_order(Ball(1, 0.0, "identity"), 2)
    with pytest.raises(NoNumericForm):
        norm_of_order(Ball(np.ones((2, 1)), 0.0, "matrix"), 65)
