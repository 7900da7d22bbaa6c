"""A false mutant of a true claim is not held true. `python bench/bank_mutants.py` judges all of them."""

from __future__ import annotations

import pytest
from bank_mutation import is_misfit, judged, sampled

from derive.formula.claims import read_claim

SAMPLE = 96
SHARES = 4
UNRESOLVED = 0.30
"""The tests only keep us from falling back; how many are unresolved, the benchmark says."""


@pytest.mark.parametrize("share", range(SHARES))
def test_mpmath_does_not_contradict(share: int) -> None:
    outcomes = list(judged(sampled(SAMPLE)[share::SHARES]))
    doubted = [
        f"{one.outcome}: {one.mutant.mutant.formula} ({one.mutant.entry.id}, {one.mutant.mutant.change}): {one.doubt}; {one.reason}"
        for one in outcomes
        if one.doubt
    ]
    assert not doubted, "\n".join(doubted)
    assert sum(one.outcome == "unresolved" for one in outcomes) <= UNRESOLVED * len(outcomes)


@pytest.mark.parametrize(
    ("latex", "misfit"),
    [
        (r"\sum_{k=1}^{\infty + 1} 2^{-k} = 1", True),
        (r"\int_{-\infty + 1}^{\infty} e^{-x^2} \, dx = 1", True),
        (r"\sum_{k=1}^{\infty} 2^{-k} = 2", False),
        (r"\int_{-\infty}^{\infty} e^{-x^2} \, dx = 1", False),
    ],
)
def test_there_is_no_number_after_infinity(latex: str, misfit: bool) -> None:
    assert is_misfit(read_claim(latex)) is misfit


@pytest.mark.parametrize(
    ("latex", "given", "misfit"),
    [
        (r"\frac{1}{x - x} = 1", "x in R", True),
        (r"\sqrt{2.5 - 1.6^2} = 1", "", True),
        (r"\sum_{k=-1}^{n} \frac{1}{k} = 1", "n in N", True),
        (r"\sum_{k=-1}^{n} k! = 1", "n in N", True),
        (r"\int_{\infty}^{\infty} x \, dx = 1", "", True),
        (r"\sum_{k=1}^{-\infty} 2^{-k} = 1", "", True),
        (r"\frac{1}{x - y} = 1", "x, y in R", False),
        (r"\sum_{k=-1}^{n} \frac{1}{k} = 1", "n in Z", False),
        (r"\sum_{k=1}^{n} k! = 1", "n in N", False),
        (r"\sqrt{2.5 - x^2} = 1", "x in R", False),
    ],
)
def test_what_is_defined_nowhere_is_no_claim(latex: str, given: str, misfit: bool) -> None:
    assert is_misfit(read_claim(latex, given)) is misfit
