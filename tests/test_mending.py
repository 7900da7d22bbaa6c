"""The smallest change that makes a false relation true: only what is proved is offered."""

from __future__ import annotations

import pytest

from derive.checking import check_formula, check_text
from derive.core import Status
from derive.formula.claims import read_claim
from derive.judge import judge_claim
from derive.notes.mending import MOST_LEFT, mendings

MATRICES = "A in R^{3x3}; B in R^{3x3}; x in R^3; y in R^3"


@pytest.mark.parametrize(
    ("formula", "given", "words"),
    [
        (r"x^9 x = x^9", "", "exponent 9 -> 10"),
        (r"\int_0^1 x^9 dx = \frac{1}{9}", "", "9 -> 10"),
        (r"(x - 1)^2 = x^2 - 2 x - 1", "", "the other sign of the third term"),
        (r"(a + b)^2 = a^2 + a b + b^2", "", "a factor 2 in the second term"),
        (r"\frac{d}{dx} x^3 = 3 x", "", "x -> x^2"),
        (r"\frac{d}{dx} \sin x = \sin x", "", "sin -> cos"),
        (r"(AB)^\top = A^\top B^\top", MATRICES, r"B^\top before A^\top"),
        (r"x^\top A y = y^\top A x", MATRICES, "a transpose of A"),
        (r"x^\top A^\top y = y^\top A^\top x", MATRICES, "no transpose of A"),
        (r"a^2 + 2 < 2 a", "", "< -> >"),
        (r"x^2 < x^2", "", "< -> <="),
        (r"\sum_{k=1}^n k = \frac{n(n-1)}{2}", "n in N", "the other sign of the second term"),
        (r"x (y + z) = x y + x z + x", "", "no x"),
    ],
)
def test_the_change_is_named(formula: str, given: str, words: str) -> None:
    (step,) = check_formula(formula, given).steps
    assert f"it is true with {words}" in step.reason


@pytest.mark.parametrize("formula", [r"\pi = 3", r"x^2 + y^2 = x y + z^3 + 1"])
def test_nothing_is_made_up(formula: str) -> None:
    (step,) = check_formula(formula).steps
    assert step.status == Status.REFUTED and "it is true with" not in step.reason


def test_what_is_offered_is_proved_again() -> None:
    claim = read_claim(r"(x + 2)^3 = x^3 + 5 x^2 + 12 x + 8")
    found = mendings(claim, judge_claim(claim).counterexample)
    assert 0 < len(found) <= MOST_LEFT
    proved = [change.words for change in found if judge_claim(change.claim).status == Status.PROVED]
    assert proved == ["5 -> 6"]


def test_only_alarms_are_mended() -> None:
    text = "With $a + b = 1$:\n\n$$ a^2 + ab = a + 0 = a $$\n\n$$ x x = x^3 = x^2 x $$\n"
    reasons = {step.step.formula: step.reason for step in check_text(text).steps}
    assert "it is true with" not in reasons["a^2 + ab = a + 0"]
    assert "exponent 3 -> 2: x^{2}" in reasons["x x = x^3"]
    assert "it is true with" not in reasons["x^3 = x^2 x"]
