"""Sums of arctangents that telescope."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.core import Antidifference, Closed, Status, Summed, Term
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit
from derive.kernel.arctangents import same_angle
from derive.kernel.facts import facts_of
from derive.kernel.terms import number, sub, symbol


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\sum_{k=1}^{\infty} \arctan\left(\frac{1}{k^2 + k + 1}\right) = \frac{\pi}{4}", ""),
        (r"\sum_{k=1}^{\infty} \arctan\left(\frac{2}{k^2}\right) = \frac{3 \pi}{4}", ""),
        (r"\sum_{k=1}^{n} \arctan\left(\frac{1}{2 k^2}\right) = \arctan(2 n + 1) - \frac{\pi}{4}", "n in N"),
    ],
)
def test_proved(latex: str, given: str) -> None:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.refutation is None
    assert found.proof is not None
    assert admit(claim, found.proof, found.witness).status == Status.PROVED


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\sum_{k=1}^{\infty} \arctan\left(\frac{1}{k^2 + k + 1}\right) = \frac{\pi}{3}", ""),
        (r"\sum_{k=1}^{\infty} \arctan\left(\frac{1}{k^2 + k + 2}\right) = \frac{\pi}{4}", ""),
        (r"\sum_{k=1}^{\infty} \arctan\left(\frac{1}{k}\right) = \frac{\pi}{2}", ""),
        (r"\sum_{k=-4}^{\infty} \arctan\left(\frac{2}{k^2}\right) = \frac{3 \pi}{4}", ""),
        (r"\sum_{k=1}^{n} \arctan\left(\frac{1}{2 k^2}\right) = \arctan(2 n - 1) - \frac{\pi}{4}", "n in N"),
    ],
)
def test_near_misses(latex: str, given: str) -> None:
    found = search(read_claim(latex, given), audit=True)
    assert found.proof is None
    assert found.support is None


@pytest.mark.parametrize("shift", [-3, 0, 1])
def test_forged_antidifferences(shift: int) -> None:
    """An angle that is a turn off: arctan k + arctan(1/k) is pi/2 for k > 0 only, and the steps below go through the pole at 0."""
    k = symbol("k~")
    jump = Term("neg", (Term("arctan", (Term("div", (number(1), sub(k, number(shift)))),)),))
    claim = read_claim(r"\sum_{k=-2}^{\infty} \arctan\left(\frac{1}{k^2 + k + 1}\right) = 0")
    with pytest.raises(NotAdmitted):
        admit(claim, Summed((Closed(claim.lhs, Antidifference("k~", jump)),)))


@pytest.mark.parametrize(
    ("latex", "given", "same"),
    [
        (r"\arctan(k + 1) - \arctan(k) = \arctan\left(\frac{1}{k^2 + k + 1}\right)", "k in N", True),
        (r"\arctan(x) = -\arctan(-x)", "x > 0", True),
        (r"\arctan(x) + \arctan(y) = \arctan\left(\frac{x + y}{1 - x y}\right)", "x, y > 0", False),
        (r"\arctan(x) + \arctan(2 x) + \arctan(3 x) = 0", "x > 0", False),
        (r"\arctan(x) + \arctan(\frac{1}{x}) = \arctan(2 x) + \arctan(\frac{1}{2 x})", "x > 0", True),
        (r"\arctan(x) + \arctan(\frac{1}{x}) = \arctan(2 x) + \arctan(\frac{1}{2 x})", "x != 0", False),
        (r"\arctan(x) + \arctan(\frac{1}{x}) = -\arctan(x) - \arctan(\frac{1}{x})", "x > 0", False),  # pi is no 0
        (r"\arctan(z) = -\arctan(-z)", "z in C", False),
        (r"2 \arctan(1) = \arctan(0)", "", False),
    ],
)
def test_angles(latex: str, given: str, same: bool) -> None:
    claim = read_claim(latex, given.replace("x, y > 0", "x > 0; y > 0"))
    assert same_angle(claim.lhs, claim.rhs, facts_of(claim.scope)) is same
