"""Limits with harmonic numbers: their expansion is used where the end of the sum tends to infinity in steps of 1, and nowhere else."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.checkers.sampling import witness_for
from derive.core import Citation
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit

N = "n in N"
H = r"\sum_{j=1}^{n} \frac{1}{j}"
TRUE = (
    rf"\lim_{{n \to \infty}} \left( {H} - \ln n \right) = \gamma",
    rf"\lim_{{n \to \infty}} n \left( {H} - \ln n - \gamma \right) = \frac{{1}}{{2}}",
    rf"\lim_{{n \to \infty}} n^2 \left( {H} - \ln n - \gamma - \frac{{1}}{{2 n}} \right) = -\frac{{1}}{{12}}",
    r"\lim_{n \to \infty} \left( \sum_{j=4}^{n} \frac{6}{j} - 6 \ln n \right) = 6 \gamma - 11",
    r"\lim_{n \to \infty} \left( \sum_{j=1}^{3 n} \frac{1}{j} - \sum_{j=1}^{n} \frac{1}{j} \right) = \ln 3",
    rf"{H} \sim \ln n",
)
FALSE = (
    rf"\lim_{{n \to \infty}} \left( {H} - \ln n \right) = \frac{{1}}{{2}}",
    rf"\lim_{{n \to \infty}} n \left( {H} - \ln n - \gamma \right) = -\frac{{1}}{{2}}",
    r"\lim_{n \to \infty} \left( \sum_{j=2}^{n} \frac{1}{j} - \ln n \right) = \gamma",
    r"\lim_{n \to \infty} \left( \sum_{j=1}^{n} \frac{j}{n} - \ln n \right) = \gamma",
    r"\lim_{n \to \infty} \left( \sum_{j=1}^{n} \frac{1}{j^2} - \ln n \right) = \gamma",
    rf"{H} \sim n",
)


@pytest.mark.parametrize("latex", TRUE)
def test_proved(latex: str) -> None:
    claim = read_claim(latex, N)
    found = search(claim)
    assert found.proof is not None and found.refutation is None
    assert "axiom:harmonic" in admit(claim, found.proof, found.witness).trust


@pytest.mark.parametrize("latex", FALSE)
def test_false_ones_are_not_proved(latex: str) -> None:
    found = search(read_claim(latex, N), audit=True)
    assert found.proof is None and found.support is None


def test_an_end_that_is_no_integer() -> None:
    """The sum to x is that to the whole part of x: the difference to ln x does not tend to gamma smoothly, and is not expanded."""
    claim = read_claim(
        r"\lim_{x \to \infty} x \left( \sum_{j=1}^{x} \frac{1}{j} - \ln x - \gamma \right) = \frac{1}{2}", "x > 0"
    )
    assert search(claim).proof is None


@pytest.mark.parametrize(
    ("latex", "given", "applies"),
    [
        (TRUE[0], N, True),
        (TRUE[0], "n > 0", False),
        (FALSE[0], N, False),
        (FALSE[2], N, False),
        (rf"\lim_{{n \to 5}} \left( {H} - \ln n \right) = \gamma", N, False),
    ],
)
def test_the_theorem_by_name(latex: str, given: str, applies: bool) -> None:
    claim = read_claim(latex, given)
    try:
        admit(claim, Citation("harmonic"), witness_for(claim))
    except NotAdmitted:
        assert not applies
    else:
        assert applies
