"""Counterexamples become simpler and stay counterexamples."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.core import Matrix, Status
from derive.formula.claims import read_claim
from derive.judge import judge_claim
from derive.kernel import genuine
from derive.textbook.simplest import simplest


def square(*rows: tuple[int, ...]) -> Matrix:
    return Matrix(tuple(tuple(map(Fraction, row)) for row in rows))


@pytest.mark.parametrize(
    ("claim", "given", "expected"),
    [
        (r"W^\top = W", "W in R^{2 x 2}", {"W": square((0, 0), (1, 0))}),
        (r"\lVert A \rVert = \rho(A)", "A in R^{2 x 2}", {"A": square((0, 0), (1, 0))}),
        (r"(x + c y)^2 \le x^2", "c, x, y in R", {"c": Fraction(1), "x": Fraction(0), "y": Fraction(1)}),
        (r"x^2 \ge x", "x > 0", {"x": Fraction(1, 2)}),
    ],
)
def test_a_simpler_point(claim: str, given: str, expected: dict[str, object]) -> None:
    found = simplest(judge_claim(read_claim(claim, given)))
    assert found.status == Status.REFUTED and genuine(found.verdict)
    assert dict(found.counterexample or ()) == expected


def test_bounds_and_hypotheses_hold_at_the_simpler_point() -> None:
    found = simplest(judge_claim(read_claim("x + y <= 10", "x >= 7; y in Z; y >= 2; x y >= 30")))
    point = dict(found.counterexample or ())
    x, y = point["x"], point["y"]
    assert isinstance(x, Fraction) and isinstance(y, Fraction)
    assert x >= 7 and y >= 2 and y.denominator == 1 and x * y >= 30 and x + y > 10


def test_the_repair_stays() -> None:
    before = judge_claim(read_claim(r"\sqrt{x^2} = x", "x in R"))
    after = simplest(before)
    assert before.repair and after.repair == before.repair
    assert dict(after.counterexample or ()) == {"x": Fraction(-1)}


@pytest.mark.parametrize(("claim", "given"), [("x^2 >= 0", "x in R"), (r"\lim_{t \to \infty} 2^t = 0", "")])
def test_nothing_else_changes(claim: str, given: str) -> None:
    found = judge_claim(read_claim(claim, given))
    assert simplest(found) is found
