"""Roots that a text lists are put into the polynomial before them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.checking import check_text
from derive.notes.parsing import parse
from derive.notes.polynomials import polynomial_in

ALARMS = ("refuted", "conditional")


def alarms(text: str) -> list[str]:
    return [step.step.formula for step in check_text(text).steps if step.status.value in ALARMS]


def proved(text: str) -> int:
    return sum(step.status.value == "proved" for step in check_text(text).steps)


QUADRATIC = r"$$ p_A(\lambda) = (2-\lambda)(4-\lambda)-3 = \lambda^2 - 6\lambda + 5. $$"
TOLD = {
    f"{QUADRATIC} The eigenvalues are $$ \\lambda_1 = 1, \\quad \\lambda_2 = 5. $$": 4,
    r"The characteristic equation is $r^2 - 6r + 9 = 0$. Its roots are $r_1 = r_2 = 3$.": 0,
    r"The characteristic equation is $r^2 - 7r + 12 = 0$. Its roots are $r_1 = 3$ and $r_2 = 4$.": 2,
    r"The equation is $2r^2 + 4r + 10 = 0$ and the roots are $-1 \pm 2i$.": 3,
    r"The equation is $-r^2 + 4 = 0$ and the solutions are $$ r_1 = 2, \quad r_2 = -2 $$": 3,
}


@pytest.mark.parametrize("text", TOLD)
def test_true_roots_are_proved(text: str) -> None:
    assert alarms(text) == []
    assert proved(text) == TOLD[text]


@pytest.mark.parametrize(
    "text",
    [
        f"{QUADRATIC} The eigenvalues are $$ \\lambda_1 = 5, \\quad \\lambda_2 = 5. $$",
        f"{QUADRATIC} The eigenvalues are $$ \\lambda_1 = -1, \\quad \\lambda_2 = 5. $$",
        r"The characteristic equation is $r^2 - 7r + 12 = 0$. Its roots are $r_1 = 3$ and $r_2 = -4$.",
        r"The equation is $2r^2 + 4r + 10 = 0$ and the roots are $-1 \pm i$.",
    ],
)
def test_false_roots_are_alarmed(text: str) -> None:
    assert len(alarms(text)) >= 1


@pytest.mark.parametrize(
    "text",
    [
        "The equation is $r^2 - 7r + 12 = 0$. The sum of the roots is $7$ and the number of roots is $2$.",
        "The equation is $r^2 - 7r + 12 = 0$. For $r^2 - k r + 1 = 0$ and $k = 2$ the root is $r = 1$.",
        "The equation is $r^2 - 7r + 12 = 0$. We try $r = 1$ and $r = 2$.",
        f"{QUADRATIC} The eigenvalues of $B$ are $\\lambda = 7$ and $\\lambda = 8$.",
        f"{QUADRATIC} The eigenvalues are approximately $\\lambda_1 = 1.1$ and $\\lambda_2 = 5.2$.",
        "Here $r = 2$ is a value. The roots are $r_1 = 3$.",
        "The equation is $r^2 - 7r + 12 = 0$. If the roots were $r_1 = 1$ and $r_2 = 12$, their sum would be 13.",
    ],
)
def test_other_numbers_are_no_roots(text: str) -> None:
    assert alarms(text) == []


@pytest.mark.parametrize(
    ("latex", "degree", "leading"),
    [
        (r"\lambda^2 - 4\lambda - 1", 2, Fraction(1)),
        (r"-(x-1)^2 + \frac{x^3}{2}", 3, Fraction(1, 2)),
        (r"2(r - 2) \cdot (r - 4)", 2, Fraction(2)),
    ],
)
def test_degree_and_leading_coefficient(latex: str, degree: int, leading: Fraction) -> None:
    found = polynomial_in(parse(latex))
    assert found is not None
    assert (found.degree, found.leading) == (degree, leading)


@pytest.mark.parametrize(
    "latex", ["x + y", "e^2 + e", "x'", "x_1^2", r"\frac{1}{x}", "x^n", "x^{99}", "f(x)", "3", r"\sin x"]
)
def test_no_polynomial_of_one_letter(latex: str) -> None:
    assert polynomial_in(parse(latex)) is None
