"""Integrals of complex functions of a real letter: their values are complex, and no true equation may be refuted for its imaginary part."""

from __future__ import annotations

import pytest

from derive.core import Status
from derive.formula.claims import read_claim
from derive.judge import judge_claims

TRUE = [
    r"\int_{0}^{2\pi} \frac{x}{2} e^{-i x} dx = \pi i",
    r"\int_{0}^{1} e^{i x} dx = \frac{e^{i} - 1}{i}",
    r"\int_{0}^{1} i x dx = \frac{i}{2}",
    r"\int_{0}^{1} x e^{i x} dx = e^{i} (1 - i) - 1",
    r"\int_{0}^{1} \frac{1}{x + i} dx = \frac{1}{2} \ln 2 - \frac{i \pi}{4}",
    r"\int_{-1}^{1} (1 + i x)^2 dx = \frac{4}{3}",
]
FALSE = [
    r"\int_{0}^{1} i x dx = 0",
    r"\int_{0}^{1} x e^{i x} dx = 0",
    r"\int_{0}^{1} e^{i x} dx = \sin 1",
    r"\int_{0}^{1} x e^{i x} dx = \cos 1 + \sin 1 - 1",
]


@pytest.mark.parametrize("latex", TRUE)
def test_a_true_equation_is_not_refuted(latex: str) -> None:
    assert status(latex) in (Status.PROVED, Status.SUPPORTED, Status.UNDECIDED)


@pytest.mark.parametrize("latex", FALSE)
def test_a_real_part_is_not_the_whole(latex: str) -> None:
    assert status(latex) == Status.REFUTED


def status(latex: str) -> Status:
    (finding,) = judge_claims([read_claim(latex)])
    return finding.status
