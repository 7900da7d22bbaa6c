"""The reason of a verdict names the term that it speaks of, where that is short."""

from __future__ import annotations

import pytest

from derive.formula.claims import read_claim
from derive.judge import judge_claim


@pytest.mark.parametrize(
    ("claim", "given", "ending"),
    [
        (r"(x + 1)^2 - 2 x = (x - 1)^2 + 2 x", "", r"the same normal form: $x^{2} + 1$"),
        (r"\frac{x^2 - 1}{x - 1} = \frac{x^3 + x^2}{x^2}", "", r"the same normal form: $x + 1$"),
        (r"\int_0^1 x^2 \, dx = \frac{1}{3}", "", r"antiderivative: $\frac{1}{3} x^{3}$"),
        (r"x^2 + y^2 \ge 2 x y", "", r"a sign by the declarations: $(x - y)^{2}$"),
    ],
)
def test_the_term_is_shown(claim: str, given: str, ending: str) -> None:
    finding = judge_claim(read_claim(claim, given))
    assert finding.reason.endswith(ending), finding.reason


@pytest.mark.parametrize("claim", [r"(x + 1)^{40} = (x + 1)^{39} (x + 1)", r"\sin^2 x + \cos^2 x = 1", "x + x = 2 x"])
def test_a_long_form_or_a_copy_of_a_side_is_not(claim: str) -> None:
    assert "$" not in judge_claim(read_claim(claim, "")).reason
