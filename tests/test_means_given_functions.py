"""A mean given X^2 is not that given X where X and -X are values: laws at points whose squares are apart tell nothing of it."""

from __future__ import annotations

import pytest

from derive.checkers import search
from derive.formula.claims import read_claim

XY = "mu, nu in R; v > 0; w > 0; X ~ moments(mean=mu, var=v); Y ~ moments(mean=nu, var=w)"


@pytest.mark.parametrize(
    "latex",
    [
        r"\operatorname{Var}(Y) = \operatorname{E}\left[(Y - \operatorname{E}[Y \mid X X])^2\right] + \operatorname{Var}(\operatorname{E}[Y \mid X])",
        r"\operatorname{E}\left[\operatorname{E}[Y \mid X^2]^2\right] = \operatorname{E}\left[\operatorname{E}[Y \mid X]^2\right]",
        r"\operatorname{Var}(\operatorname{E}[Y \mid |X|]) = \operatorname{Var}(\operatorname{E}[Y \mid X])",
    ],
)
def test_false_claims_are_not_supported(latex: str) -> None:
    found = search(read_claim(latex, XY), audit=True)
    assert found.proof is None
    assert found.support is None


def test_a_mean_given_a_letter_is_decided_as_before() -> None:
    total = r"\operatorname{Var}(Y) = \operatorname{E}\left[(Y - \operatorname{E}[Y \mid X])^2\right] + \operatorname{Var}(\operatorname{E}[Y \mid X])"
    found = search(read_claim(total, XY), audit=True)
    assert found.refutation is None
    assert found.proof is not None or found.support is not None
