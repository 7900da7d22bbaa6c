"""A limit that is claimed to be another limit, where the values come from the normal form at infinity and no expansion."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.formula.claims import read_claim
from derive.kernel import admit

RATIO = r"\lim_{k \to \infty} \left| \frac{a_{k+1}}{a_k} \right|"
GIVEN = "a_k = (-1)^{k+1} k"


def status(latex: str, given: str) -> str:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.proof is None or found.refutation is None
    evidence = found.proof or found.refutation or found.support
    return "undecided" if evidence is None else str(admit(claim, evidence, found.witness).status)


@pytest.mark.parametrize(
    ("right", "verdict"),
    [
        (r"\left| \frac{(-1)^{k+2} (k+1)}{(-1)^{k+1} k} \right|", "proved"),
        (r"\left| \frac{(-1)^{k+2}}{(-1)^{k+1} k} \right|", "refuted"),
        (r"\left| \frac{2 (-1)^{k+2} (k+1)}{(-1)^{k+1} k} \right|", "refuted"),
        ("(-1)^k", "undecided"),  # there is none; the left side has one
        (r"\left| (-1)^k k \right|", "refuted"),
    ],
)
def test_ratio_of_members(right: str, verdict: str) -> None:
    assert status(rf"{RATIO} = \lim_{{k \to \infty}} {right}", GIVEN) == verdict


@pytest.mark.parametrize(
    ("latex", "given", "verdict"),
    [
        (r"\lim_{k \to \infty} (-1)^k = \lim_{k \to \infty} (-1)^{k+2}", "", "refuted"),  # there is no limit
        (r"\lim_{k \to \infty} (-1)^{2k} = \lim_{k \to \infty} (-1)^{2k+1}", "", "refuted"),
        (r"\lim_{k \to \infty} |(-1)^{k}| = \lim_{x \to 0} |x - 3|", "", "refuted"),
        # k - 3 is positive where k is large, and not where k is 0
        (r"\lim_{k \to \infty} \frac{(-1)^{2 k} |k - 3|}{k} = \lim_{k \to 0} \frac{|k - 3|}{3}", "", "proved"),
        (r"\lim_{k \to \infty} x^k (-1)^{2k} = \lim_{k \to \infty} |(-1)^{k}| x^k", "|x| < 1", "proved"),
        (r"\lim_{k \to \infty} x^k (-1)^{2k} = \lim_{k \to \infty} |(-1)^{k}| x^k", "x in R", "undecided"),
    ],
)
def test_other_limits(latex: str, given: str, verdict: str) -> None:
    assert status(latex, given) == verdict
