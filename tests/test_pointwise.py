"""Integrals over one range are ordered by their integrands: what the rule proves, and what would slip through without its conditions."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.checkers.sampling import witness_for
from derive.core import Normal, Pointwise, Status
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit


def status(latex: str, given: str) -> Status:
    claim = read_claim(latex, given)
    found = search(claim)
    evidence = found.proof or found.refutation or found.support
    return admit(claim, evidence, found.witness).status if evidence else Status.UNDECIDED


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\int_0^z e^{-x^2/2} \, dx \le \int_0^z 1 \, dx", "z >= 0"),
        (r"\int_a^b e^{-x^2} \, dx \le \int_a^b 1 \, dx", "a, b in R; a <= b"),
        (r"0 \le \int_0^a e^{-x^4} \, dx", "a > 0"),
        (r"\int_1^a \frac{e^{-x^2}}{x} \, dx \le \int_1^a \frac{1}{x} \, dx", "a > 1"),
        (r"\int_0^z e^{-x^2} \, dx \ge \int_0^z e^{-x^2 - 1} \, dx", "z >= 0"),
        (r"\int_0^x e^{-x^2} \, dx \le \int_0^x 1 \, dx", "x >= 0"),
    ],
)
def test_proved(latex: str, given: str) -> None:
    assert status(latex, given) == Status.PROVED


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\int_0^z e^{-x^2/2} \, dx \le \int_0^z 1 \, dx", "z in R"),
        (r"\int_a^b e^{-x^2} \, dx \le \int_a^b 1 \, dx", "a, b in R"),
        (r"\int_a^b e^{-x^2} \, dx \le \int_a^b 1 \, dx", "a, b in R; a >= b"),
        (r"\int_0^z e^{-x^2} \, dx < \int_0^z 1 \, dx", "z >= 0"),
        (r"\int_0^a e^{-x^2} \, dx \le \int_0^b 1 \, dx", "a > 0; b > 0"),
        (r"\int_0^z e^{x^2} \, dx \le \int_0^z 1 \, dx", "z >= 0"),
        (r"\int_0^x x^2 e^{-x^2} \, dx \le \int_0^x x^3 e^{-x^2} \, dx", "x >= 0"),
        (r"\int_{-a}^a \frac{e^{-x^2}}{x^2} \, dx \ge \int_{-a}^a 0 \, dx", "a > 0"),
        (r"\int_{-a}^a \frac{e^{-x^2}}{x} \, dx \le \int_{-a}^a \frac{1}{x^2} \, dx", "a > 0"),
    ],
)
def test_not_proved(latex: str, given: str) -> None:
    """Wrong order of the ends, strict where the range may be empty, other ranges, a pole inside."""
    assert status(latex, given) not in (Status.PROVED, Status.SUPPORTED)


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\int_0^z e^{-x^2} \, dx \le \int_0^z 1 \, dx", "z in R"),
        (r"\int_0^z e^{-x^2} \, dx < \int_0^z 1 \, dx", "z >= 0"),
        (r"\int_0^z e^{-x^2} \, dx \le z", "z >= 0"),
        (r"\int_0^z e^{x^2} \, dx \le \int_0^z 1 \, dx", "z >= 0"),
        (r"\int_0^{\infty} e^{-x^2} \, dx \le \int_0^{\infty} 1 \, dx", ""),
        (r"\int_{-a}^a \frac{1}{x^2} \, dx \ge \int_{-a}^a 0 \, dx", "a > 0"),
        (r"\int_0^a \lfloor x \rfloor \, dx \le \int_0^a x \, dx", "a > 0"),
        (r"\int_0^a x X \, dx \le \int_0^a x (X^2 + 1) \, dx", "a > 0; X ~ N(0, 1)"),
        (r"\sum_{i=1}^n i \le \sum_{i=1}^n i^2", "n in N"),
    ],
)
def test_forged(latex: str, given: str) -> None:
    claim = read_claim(latex, given)
    with pytest.raises(NotAdmitted):
        admit(claim, Pointwise(Normal()), witness_for(claim))


def test_the_letter_of_an_integral_runs_through_real_numbers() -> None:
    """Nobody declares it; an integral of a real function is real all the same, so that it can be ordered."""
    claim = read_claim(r"\int_{0}^{y} e^{-x^2/2} \, dx \le \int_{0}^{y} 1 \, dx", r"y \ge 0")
    found = search(claim)
    assert found.proof is not None
    assert admit(claim, found.proof, found.witness).status == Status.PROVED
