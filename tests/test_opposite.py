"""A claim is refuted by a proof of what contradicts it: rightly, and only where the kernel can check both proof and point."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.core import Normal, Opposite, Status
from derive.formula.claims import read_claim
from derive.judge import judge_claim
from derive.kernel import NotAdmitted, admit

X = (("x", Fraction(1, 2)),)


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        (r"\sum_{k=0}^{\infty} \frac{x^k}{k!} \ne e^x", "x in R"),
        (r"\sum_{k=1}^{\infty} k^2 x^k \ne \frac{x (1 + x)}{(1 - x)^3}", "x in R; |x| < 1"),
        (r"\nabla_x^2 e^{b^\top x} \ne e^{b^\top x} b b^\top", "b, x in R^n"),
        (r"\sum_{k=0}^{\infty} \frac{x^k}{k!} > e^x", "x in R"),
    ],
)
def test_equal_everywhere(claim: str, given: str) -> None:
    finding = judge_claim(read_claim(claim, given))
    assert finding.status == Status.REFUTED
    assert finding.counterexample is not None


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        (r"\sum_{k=1}^{\infty} k^2 x^k \ne \frac{x (1 + x)}{(1 - x)^2}", "x in R; 0 < |x| < 1"),
        (r"\nabla_x^2 e^{b^\top x} \ne 2 e^{b^\top x} b b^\top", "b, x in R^n; b^\\top b > 0"),
        (r"\sum_{k=0}^{\infty} \frac{x^k}{k!} > e^x - 1", "x in R"),
        (r"x \ne x", "x in R; x > 0; x < 0"),
    ],
)
def test_what_is_true_or_says_nothing_is_not_refuted(claim: str, given: str) -> None:
    assert judge_claim(read_claim(claim, given)).status not in (Status.REFUTED, Status.CONDITIONAL)


@pytest.mark.parametrize(
    ("claim", "given", "evidence"),
    [
        ("x + 1 > x", "x in R", Opposite("=", Normal(), X)),  # no proof
        ("x^2 >= 0", "x in R", Opposite("<=", Normal(), X)),  # no contradiction
        ("x^2 = x x", "x in R", Opposite("<=", Normal(), X)),  # neither
        (r"\frac{x}{x} \ne 1", "x in R", Opposite("=", Normal(), (("x", Fraction(0)),))),  # not defined there
        (r"x \ne x", "x > 0", Opposite("=", Normal(), (("x", Fraction(-1)),))),  # not admissible
        ("z^2 < z z", "z in C", Opposite("=", Normal(), (("z", Fraction(1)),))),  # not ordered
    ],
)
def test_forged(claim: str, given: str, evidence: Opposite) -> None:
    with pytest.raises(NotAdmitted):
        admit(read_claim(claim.replace(">=", r"\ge"), given), evidence, X)
