"""Signs of means, and families whose members are counted from another place on."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.core import Citation, Normal
from derive.formula.claims import read_claim
from derive.kernel import NotAdmitted, admit

X = r"\mu in R; \sigma > 0; X ~ moments(mean=\mu, var=\sigma^2)"
Y = r"n in N; \mu in R; \sigma > 0; y_i ~ iid N(\mu, \sigma^2)"

PROVED = [
    (r"-\operatorname{E}[|X - \mu|] \le \sigma", X),
    (r"\operatorname{E}[X^2 |X - \mu|^2] \ge 0", r"\mu in R; \sigma > 0; X ~ N(\mu, \sigma^2)"),
    (r"\operatorname{Var}\left[\frac{1}{n} \sum_{i=1}^{n} y_{i+1}\right] = \frac{1}{n^2} \sum_{i=1}^{n} \operatorname{Var}[y_i]", Y),
    (r"\operatorname{E}\left[\prod_{i=1}^{n} y_{i-1}\right] = \mu^n", Y),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "given"), PROVED)
def test_proved(latex: str, given: str) -> None:
    found = search(read_claim(latex, given), audit=True)
    assert found.proof is not None
    assert found.refutation is None


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"-\operatorname{E}[|X - \mu|] < 0", r"\mu in R; \sigma \ge 0; X ~ moments(mean=\mu, var=\sigma^2)"),
        (r"\operatorname{E}[X - \mu] > 0", X),
        (r"\operatorname{E}[X] \ge 0", X),
        (r"\operatorname{E}[X Y] \ge 0", "X ~ moments(mean=1, var=1); Y ~ moments(mean=1, var=1)"),
        (r"\operatorname{E}[X] \ge 0", r"X ~ moments(mean=\mu, var=1); \mu in R; X \ge \mu"),
        (r"\operatorname{Var}\left[\sum_{i=1}^{n} i y_{i+1}\right] = \sum_{i=2}^{n+1} i^2 \sigma^2", Y),
        (r"\operatorname{E}\left[\sum_{i=1}^{n} y_{i+1} \sum_{i=1}^{n} y_i\right] = n^2 \mu^2", Y),
        (r"\operatorname{Var}\left[\sum_{i=1}^{n} (y_{i+1} - y_i)\right] = 2 n \sigma^2", Y),
        (r"\operatorname{Var}\left[\sum_{i=1}^{n} y_{1}\right] = n \sigma^2", Y),
        (r"\operatorname{Var}\left[\sum_{i=-1}^{n} y_{i^2}\right] = (n + 2) \sigma^2", Y),
    ],
)
def test_near_misses(latex: str, given: str) -> None:
    claim = read_claim(latex, given)
    found = search(claim, audit=True)
    assert found.proof is None
    assert found.support is None
    for forged in (Normal(), Citation("expectation_is_monotone")):
        with pytest.raises(NotAdmitted):
            admit(claim, forged, found.witness)
