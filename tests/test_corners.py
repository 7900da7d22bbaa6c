"""What agrees at all random points may fail where a letter is 0; and letters of integrals are not those of hypotheses."""

from __future__ import annotations

import pytest

from derive.checkers.corners import corners
from derive.core import Status
from derive.formula.claims import read_claim
from derive.judge import judge_claims

ONLY_AT_ZERO = r"x \max(x, p) + \sqrt{x y} \sqrt{y} = \max(x x, x p) + \sqrt{(x y) y}"


def test_a_claim_that_fails_only_where_a_letter_is_zero() -> None:
    (finding,) = judge_claims([read_claim(ONLY_AT_ZERO)])
    assert finding.status in (Status.REFUTED, Status.CONDITIONAL), finding.reason
    assert dict(finding.counterexample or ())["y"] == 0


def test_corners_set_one_letter_of_the_claim_to_zero() -> None:
    claim = read_claim("x y = y x", "z > 0")
    found = list(corners(claim))
    assert found and all([name for name, value in point if value == 0] in (["x"], ["y"]) for point in found)


def test_equations_leave_no_corners() -> None:
    assert not list(corners(read_claim("x y = y x", "x y = 1")))


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\int_0^\infty x^n e^{-x} dx = n!", "n in N; |x| < 1"),
        (r"\int_0^1 x^2 dx = \frac{1}{3}", "x = 2"),
        (r"\int_0^{x} 2 x dx = x^2", "x > 3"),
    ],
)
def test_hypotheses_do_not_speak_of_the_letter_of_an_integral(latex: str, given: str) -> None:
    (finding,) = judge_claims([read_claim(latex, given)])
    assert finding.status == Status.PROVED, finding.reason


def test_nor_do_they_make_false_integrals_true() -> None:
    for latex, given in [(r"\int_0^1 x dx = 2", "x = 2"), (r"\int_0^x \sqrt{x^2} dx = \frac{x^2}{2}", "x < -1")]:
        (finding,) = judge_claims([read_claim(latex, given)])
        assert finding.status == Status.REFUTED, finding.reason


def test_an_index_is_no_imaginary_unit() -> None:
    (finding,) = judge_claims([read_claim("e^{z_i + z_j} = e^{z_i} e^{z_j}")])
    assert finding.status == Status.PROVED
