"""What a text calls a Taylor polynomial has to agree with its function up to its degree."""

from __future__ import annotations

import pytest

from derive.checking import check_text
from derive.notes.parsing import parse
from derive.notes.taylor import agreeing

ALARMS = {"refuted", "conditional"}


def statuses(text: str) -> list[str]:
    return [step.status.value for step in check_text(text).steps]


RULE = r"Let $f(x, y) = x e^{-x^2 - y^2}$ be given. "


@pytest.mark.parametrize(
    ("true", "false"),
    [
        (
            r"The linear approximation near $x = 4$ is $$ \sqrt{x} \approx 2 + \frac{1}{4}(x - 4) $$",
            r"The linear approximation near $x = 4$ is $$ \sqrt{x} \approx 2 + \frac{1}{2}(x - 4) $$",
        ),
        (
            r"The second-order approximation for small $x$ is $$ e^x \approx 1 + x + \frac{x^2}{2} $$",
            r"The second-order approximation for small $x$ is $$ e^x \approx 1 + x + x^2 $$",
        ),
        (
            r"Let $g(x) = \ln(1 + x)$. Its Taylor polynomial at $x = 0$ is $$ g(x) \approx x - \frac{x^2}{2} $$",
            r"Let $g(x) = \ln(1 + x)$. Its Taylor polynomial at $x = 0$ is $$ g(x) \approx x + \frac{x^2}{2} $$",
        ),
        (
            RULE
            + r"The approximating quadratic at $[-1, 0]^\top$ is $$ f(x, y) \approx e^{-1} \left(-1 - (x+1) + (x+1)^2 + y^2\right) $$",
            RULE
            + r"The approximating quadratic at $[-1, 0]^\top$ is $$ f(x, y) \approx e^{-1} \left(-1 - (x+1) + 2(x+1)^2 + 2y^2\right) $$",
        ),
    ],
)
def test_judged(true: str, false: str) -> None:
    assert "proved" in statuses(true)
    assert not ALARMS & set(statuses(true))
    assert ALARMS & set(statuses(false))


@pytest.mark.parametrize(
    "text",
    [
        r"We fit a linear approximation near $x = 0$: $$ \sin x \approx 0.9 x $$",
        r"A rough value for small $x$ is $$ \sin x \approx 0.9 x $$",
        r"The Taylor polynomial is $$ \ln x \approx x - 1 $$",
        r"The Taylor polynomial near $x = 2$ is $$ \ln x \approx (x - 1) - \frac{(x-1)^2}{2} $$",
        r"The linear approximation for small $x$ is $$ (1 + x)^n \approx 1 + n x $$",
        r"The Taylor polynomial for small $x$ is $$ h(x) \approx 1 + x $$",
    ],
)
def test_not_judged_where_the_point_or_the_meaning_is_not_clear(text: str) -> None:
    assert not ALARMS & set(statuses(text))


@pytest.mark.parametrize(("degree", "lines"), [("1 + x + y", 2), ("1 + x y", 3), ("x^2 y", 4)])
def test_as_many_lines_as_tell_polynomials_apart(degree: str, lines: int) -> None:
    limits = agreeing(parse("e^{x y}"), parse(degree), ("x", "y"), "the Taylor polynomial at $(0, 0)$ is")
    assert len(list(limits)) == lines
