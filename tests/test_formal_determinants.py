"""Determinants between bars, and formal ones with vectors for entries of a row or a column."""

from __future__ import annotations

import pytest

from derive.checking import check_text


def statuses(latex: str) -> list[str]:
    return [step.status.value for step in check_text(f"$$ {latex} $$").steps]


CROSS = r"w = \begin{vmatrix} \mathbf{i} & \mathbf{j} & \mathbf{k} \\ 1 & 2 & 3 \\ 4 & 5 & 6 \end{vmatrix} = "


@pytest.mark.parametrize(
    "latex",
    [
        r"y = \left|\begin{array}{cc} a & 2 \\ 3 & 4 \end{array}\right| = 4 a - 6",
        r"y = \left|\begin{matrix} a & b \\ c & d \end{matrix}\right| = a d - b c",
        CROSS + r"-3 \mathbf{i} + 6 \mathbf{j} - 3 \mathbf{k}",
        r"w = \left|\begin{array}{cc} a & \vect{e}_1 \\ b & \vect{e}_2 \end{array}\right| = a \vect{e}_2 - b \vect{e}_1",
    ],
)
def test_proved(latex: str) -> None:
    assert statuses(latex)[-1] == "proved"


@pytest.mark.parametrize(
    "latex",
    [
        r"y = \left|\begin{array}{cc} a & 2 \\ 3 & 4 \end{array}\right| = 4 a + 6",
        CROSS + r"-3 \mathbf{i} - 6 \mathbf{j} - 3 \mathbf{k}",
        r"w = \left|\begin{array}{cc} a & \vect{e}_1 \\ b & \vect{e}_2 \end{array}\right| = a \vect{e}_1 - b \vect{e}_2",
        r"w = \left|\begin{matrix} \hat i & \hat j & \hat k \\ a & b & 0 \\ 0 & 0 & c \end{matrix}\right| = b c \hat i - a c \hat j + c \hat k",
    ],
)
def test_alarmed(latex: str) -> None:
    assert statuses(latex)[-1] == "refuted"


@pytest.mark.parametrize(
    "latex",
    [
        r"y = \left|\begin{array}{c} 3 \\ 4 \end{array}\right| = 5",
        r"y = \begin{vmatrix} \mathbf{a} & \mathbf{b} \\ \mathbf{b} & \mathbf{a} \end{vmatrix} = \mathbf{a}^2 + \mathbf{b}^2",
        CROSS + r"\begin{pmatrix} -3 \\ 6 \\ -3 \end{pmatrix}",
        r"y = \begin{vmatrix} \mathbf{a} & \mathbf{b} \\ 1 & 1 \end{vmatrix} = \mathbf{a}^\top \mathbf{b}",
    ],
)
def test_others_are_not_alarmed(latex: str) -> None:
    assert not {"refuted", "conditional"} & set(statuses(latex))
