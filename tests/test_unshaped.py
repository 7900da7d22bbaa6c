"""Letters of which nothing is said are no matrices, and matrices of one entry are no numbers: what would be misread is refused."""

from __future__ import annotations

import pytest

from derive.checkers import decide
from derive.core import Status
from derive.formula import Unread
from derive.formula.claims import read_claim

TWO_I = r"\begin{pmatrix} 2 & 0 \\ 0 & 2 \end{pmatrix}"


@pytest.mark.parametrize(
    "latex",
    [
        r"\det(A + B) = \det A + \det B",  # true of numbers
        r"\operatorname{tr}(A B) = \operatorname{tr} A \operatorname{tr} B",
        r"\det(I_2) = 1",
        r"\|A B\| = \|A\| \|B\|",
        r"x^T y = y^T x",  # false of numbers, with a number T
        r"(A B)^T = A^T B^T",
        r"(A B)^\top = A^\top B^\top",
        "(A B)^{-1} = A^{-1} B^{-1}",  # true of numbers
        "(A B C)^{-1} = C^{-1} B^{-1} A^{-1}",
        "A B = B A",
        "A B A^{-1} = B",
        "A^{-1} B = B A^{-1}",
    ],
)
def test_unread_where_nothing_is_said(latex: str) -> None:
    with pytest.raises(Unread):
        read_claim(latex)


def test_read_where_something_is_said() -> None:
    assert read_claim(r"\det(A B) = \det A \det B", "A, B in R^{n x n}").scope.declarations
    assert read_claim(r"\|x\| \ge 0", "x in R").scope.declarations
    assert read_claim(r"\det \begin{pmatrix} a & b \\ c & d \end{pmatrix} = a d - b c").scope.declarations
    assert read_claim(
        r"\det\left(\lambda I - \begin{pmatrix} 4 & 1 \\ 2 & 3 \end{pmatrix}\right) = 0"
    ).scope.declarations
    assert read_claim("(1 + r)^T > 0", "r > 0").scope.declarations


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        ("(a b)^{-1} = a^{-1} b^{-1}", ""),
        ("(A b)^{-1} = A^{-1} b^{-1}", ""),
        (r"(R C)^{-1} = \frac{1}{R C}", ""),
        ("N T = T N", "N, T in R"),
        ("(A + B)^2 = A^2 + 2 A B + B^2", ""),
    ],
)
def test_numbers_are_read_as_ever(latex: str, given: str) -> None:
    assert str(getattr(decide(read_claim(latex, given)), "status", "")) == "proved"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (rf"\begin{{pmatrix}} 2 \end{{pmatrix}} \begin{{pmatrix}} 1 & 0 \\ 0 & 1 \end{{pmatrix}} = {TWO_I}", ""),
        ("A B = B A", "A in R^{1x1}; B in R^{2x2}"),
    ],
)
def test_one_entry_is_no_number(latex: str, given: str) -> None:
    assert decide(read_claim(latex, given)) is None


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (
            r"\begin{pmatrix} 2 \end{pmatrix} \begin{pmatrix} 1 & 3 \end{pmatrix} = \begin{pmatrix} 2 & 6 \end{pmatrix}",
            "",
        ),
        ("A B = B A", "A, B in R^{1x1}"),
        ("A x = x A", "A in R^{1x1}; x in R"),
        ("x^T y z = z y^T x", "x, y, z in R^n"),  # an inner product is one
    ],
)
def test_what_fits_is_decided(latex: str, given: str) -> None:
    verdict = decide(read_claim(latex, given))
    assert verdict is not None and verdict.status == Status.PROVED
