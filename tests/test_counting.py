"""The theorems on counting: statements that are instances, and near misses."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.core import Citation
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit

BINOMIAL = "n in N; p in R; 0 < p < 1; y ~ Binomial(n, p)"
VANDERMONDE = r"\sum_{k=0}^{r} \binom{m}{k} \binom{n}{r - k} = \binom{m + n}{r}"
ONE_BY_ONE = r"\Pr[y \le z] = \sum_{x=0}^{z} \Pr[y = x]"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (VANDERMONDE, "m, n, r in N_0"),
        (VANDERMONDE, "m, n, r in Z"),  # that all three are at least 0 is visible
        (r"\binom{2 n}{n} = \sum_{j=0}^{n} \binom{n}{n - j} \binom{n}{j}", "n in N_0"),
        (ONE_BY_ONE, f"{BINOMIAL}; z in N_0"),
        (ONE_BY_ONE, f"{BINOMIAL}; z in Z"),
        (ONE_BY_ONE, r"\lambda > 0; y ~ Poisson(\lambda); z in N"),
        (r"\sum_{x=-2}^{z + 1} \Pr[y = x] = \Pr[y \le z + 1]", f"{BINOMIAL}; z in N"),
    ],
)
def test_proved(latex: str, given: str) -> None:
    found = search(read_claim(latex, given), audit=True)
    assert found.refutation is None
    assert found.proof is not None


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\sum_{k=0}^{r} \binom{m}{k} \binom{n}{r - k} = \binom{m + n}{r} + 0^r", "m, n, r in N_0"),
        (r"\sum_{k=0}^{r} \binom{m}{k} \binom{n}{r - k} = \binom{m n}{r}", "m, n, r in N_0"),
        (r"\sum_{k=1}^{r} \binom{m}{k} \binom{n}{r - k} = \binom{m + n}{r}", "m, n, r in N_0"),
        (r"\sum_{k=0}^{r} \binom{m}{k} \binom{n}{r} = \binom{m + n}{r}", "m, n, r in N_0"),
        (r"\sum_{k=0}^{m} \binom{m}{k} \binom{n}{m - k} = \binom{m + n}{n + 1}", "m, n in N_0"),
        (r"\sum_{k=0}^{r} \binom{k}{k} \binom{n}{r - k} = \binom{k + n}{r}", "k, n, r in N_0"),
        (r"\Pr[y \le z] = \sum_{x=1}^{z} \Pr[y = x]", f"{BINOMIAL}; z in N"),
        (r"\Pr[y \le z] = \sum_{x=0}^{z - 1} \Pr[y = x]", f"{BINOMIAL}; z in N"),
        (r"\Pr[y < z] = \sum_{x=0}^{z} \Pr[y = x]", f"{BINOMIAL}; z in N"),
        (ONE_BY_ONE, "y ~ N(0, 1); z in N"),
        (ONE_BY_ONE, "y ~ moments(mean=1, var=1); z in N"),
        (ONE_BY_ONE, f"{BINOMIAL}; z in R"),
        (ONE_BY_ONE, f"{BINOMIAL}; z in N; y > 0"),
    ],
)
def test_near_misses(latex: str, given: str) -> None:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.proof is None
    for name in ("vandermonde", "additivity"):
        with pytest.raises(NotAdmitted):
            admit(claim, Citation(name), found.witness)
