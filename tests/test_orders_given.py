"""Inequalities that follow from inequalities: positive multiples, powers of both sides; and near misses."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.formula.claims import read_claim
from derive.kernel import admit


def status(latex: str, given: str) -> str:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.proof is None or found.refutation is None
    evidence = found.proof or found.refutation or found.support
    return "undecided" if evidence is None else str(admit(claim, evidence, found.witness).status)


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        ("x < y", "x^3 < y^3"),
        ("x = y", "x^3 = y^3"),
        (r"x \le y", r"x^5 \le y^5"),
        ("a < b", "a c < b c; c > 0"),
        ("a > b", "a c < b c; c < 0"),
        (r"\frac{1}{x} > \frac{1}{y}", "x < y; x > 0"),
        (r"\frac{a}{b} < \frac{a + c}{b + d}", "a d < b c; b > 0; d > 0"),
        ("x < y", "x^2 < y^2; y > 0"),
        (r"(a + b)^p \le a^p + b^p", r"a > 0; b > 0; 0 < p \le 1"),
        (r"(a + b)^p \ge a^p + b^p", r"a > 0; b > 0; p \ge 1"),
        (r"(a + b + c)^{\frac{2}{3}} \le a^{\frac{2}{3}} + b^{\frac{2}{3}} + c^{\frac{2}{3}}", "a > 0; b > 0; c > 0"),
    ],
)
def test_proved(latex: str, given: str) -> None:
    assert status(latex, given) == "proved"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        ("x < y", r"x^3 \le y^3"),
        ("x < y", "x^2 < y^2"),
        ("x = y", "x^4 = y^4"),
        ("a < b", r"a c < b c; c \ne 0"),
        ("a c < b c", r"a < b; c \ge 0"),
        (r"\frac{1}{x} > \frac{1}{y}", "x < y"),
        (r"\frac{a}{b} < \frac{a + c}{b + d}", "a d < b c; b > 0"),
        (r"(a + b)^p \le a^p + b^p", r"a > 0; b > 0; 0 < p \le 1.001"),
        (r"(a + b)^p \ge a^p + b^p", r"a > 0; b > 0; p \ge \frac{1}{2}"),
        (r"(a + b)^p < a^p + b^p", r"a > 0; b > 0; 0 < p \le 1"),
    ],
)
def test_near_misses_are_not_proved(latex: str, given: str) -> None:
    assert status(latex, given) in ("refuted", "conditional", "undecided")
