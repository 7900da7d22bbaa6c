"""Of a constant nobody assumes how it compares with a numeral: ``\\gamma > 0`` speaks of a letter, ``x < \\pi`` of the constant."""

from __future__ import annotations

import pytest

from derive.checkers import decide
from derive.formula.claims import read_claim


def status(latex: str, given: str) -> str:
    verdict = decide(read_claim(latex, given))
    return "undecided" if verdict is None else str(verdict.status)


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\gamma < 1", r"\gamma > 0"),
        (r"\gamma < 1", r"0 < \gamma"),
        (r"\gamma x < x", r"x > 0; \gamma > 0"),
        (r"\gamma < 1", r"x > 0; \gamma x > 0"),
        (r"\operatorname{E}[X^2] < 1", r"X ~ moments(mean=0, var=\gamma^2)"),
        (r"\pi < 4", r"\pi > 0"),
        (r"\pi > \frac{1}{2}", r"0 \le \pi \le 1"),
        (r"e < 3", r"e > 0"),
        (r"\operatorname{tr}(\gamma^\top A) = 1", r"A = \begin{pmatrix} 1 \\ 2 \end{pmatrix}; \gamma = \begin{pmatrix} 1 \\ 1 \end{pmatrix}"),
    ],
)  # fmt: skip
def test_a_letter_is_no_constant(latex: str, given: str) -> None:
    assert status(latex, given) in ("refuted", "conditional")


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"\sin(x) \ge 0", r"0 \le x \le \pi"),
        (r"x > 3", r"x = \pi"),
        (r"x < 3", r"0 < x < e"),
        (r"|x| < 4", r"|x| < \pi"),
        (r"\gamma < 1", "x > 0"),
        (r"i \ge 1", r"1 \le i \le n; n in N"),
        (r"\gamma^2 < \gamma", r"0 < \gamma < 1"),
    ],
)
def test_a_constant_beside_letters_stays_one(latex: str, given: str) -> None:
    assert status(latex, given) == "proved"
