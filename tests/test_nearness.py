"""Slips leave most of a formula right; what no small change would make true is not held against the author."""

from __future__ import annotations

import pytest

from derive.checking import check_text
from derive.core import Status
from derive.formula.claims import read_claim
from derive.judge import judge_claims
from derive.notes.nearness import is_near

SLIPS = [
    "(a + b)^2 = a^2 + b^2",
    "(a + b)^2 = a^2 + 3 a b + b^2",
    "(a - b)(a + b) = a^2 + b^2",
    "(x + 1)^3 = x^3 + 3 x^2 + 3 x",
    "\\frac{1}{a + b} = \\frac{1}{a} + \\frac{1}{b}",
    "\\sqrt{a^2 + b^2} = a + b",
    "\\sin(x + y) = \\sin x \\cos y - \\cos x \\sin y",
    "e^{x} e^{y} = e^{x y}",
    "\\log(a b) = \\log a \\log b",
    "\\sqrt{x^2} + 1 = x + 1",
    "\\frac{m c^2}{c} (1 + \\frac{v^2}{2 c^2}) = \\frac{m c^2}{c} + \\frac{1}{2} m v^2",
    "\\frac{z^2}{z^2 - z - 1} = \\frac{1}{1 - z^{-1} + z^{-2}}",
    "\\frac{900 s^2}{169 + 720 s + 900 s^2} = \\frac{s^2}{s^2 + \\frac{5}{4} s + \\frac{169}{900}}",
    "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} \\begin{pmatrix} 1 \\\\ 1 \\end{pmatrix} = \\begin{pmatrix} 3 \\\\ 8 \\end{pmatrix}",
    "\\begin{pmatrix} 1 \\\\ 1 \\end{pmatrix} = \\frac{1}{6} \\begin{pmatrix} 4 \\\\ 4 \\end{pmatrix}",
    "(a-2)^2 p + a^2 (1 - 2 p) + (a + 2) p = a^2 + 8 p",
    "1 - 0.93319 = 0.6681",
    "1 - \\frac{18.53}{25.01} \\cdot \\frac{9999}{1000 - 10} = 0.2584",
]
FAR = [
    "(a + b)^2 = a^3 - 7 b",
    "x^2 + 2 x y + y^2 = 1 + 2 x y",
    "1 = 0",
    "520 = 627120",
    "60 \\cos 30 = 52",
    "\\begin{pmatrix} 1 \\\\ 2 \\\\ 3 \\end{pmatrix} = \\begin{pmatrix} 7 \\\\ -1 \\\\ 4 \\end{pmatrix}",
]


@pytest.mark.parametrize("latex", SLIPS)
def test_a_slip_is_near_to_the_truth(latex: str) -> None:
    assert near(latex)


@pytest.mark.parametrize("latex", FAR)
def test_what_has_little_in_common_is_not(latex: str) -> None:
    assert not near(latex)


def near(latex: str) -> bool:
    claim = read_claim(latex)
    (finding,) = judge_claims([claim])
    assert finding.status in (Status.REFUTED, Status.CONDITIONAL)
    return is_near(claim, finding.counterexample)


@pytest.mark.parametrize("latex", SLIPS[:4])
def test_a_slip_is_alarmed(latex: str) -> None:
    assert [step.status for step in check_text(f"$$ y = {latex} $$").steps][-1] in (Status.REFUTED, Status.CONDITIONAL)


def test_what_is_far_is_doubted_with_that_reason() -> None:
    step = check_text("$$ y = (a + b)^2 = a^3 - 7 b $$").steps[-1]
    assert step.status == Status.UNDECIDED
    assert "no small change would make it true" in step.findings[0].reason
