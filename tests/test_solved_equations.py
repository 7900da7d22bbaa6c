"""What an equation is solved for is put back into it."""

from __future__ import annotations

import pytest

from derive.checking import check_text

ALARMS = {"refuted", "conditional"}


def statuses(text: str) -> list[str]:
    return [step.status.value for step in check_text(text).steps]


@pytest.mark.parametrize(
    ("true", "false"),
    [
        (
            r"It came from $x^2 + y^2 = C$. We often wish to solve for $y$ in terms of $x$. In our example, $$ y = \pm \sqrt{C - x^2} . $$",
            r"It came from $x^2 + y^2 = C$. We often wish to solve for $y$ in terms of $x$. In our example, $$ y = \pm \sqrt{C^2 - x^2} . $$",
        ),
        (
            r"We have $u v + v = 3u$. Solving for $v$ we get $$ v = \frac{3u}{u + 1} $$",
            r"We have $u v + v = 3u$. Solving for $v$ we get $$ v = \frac{3u}{u - 1} $$",
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
        r"We have $u w = u^2$. Solving for $w$ we get $$ w = u $$",
        r"We have $\sqrt{s} = t$. We solve for $s$ to get $$ s = t^2 $$",
        r"We have $s^2 = t$. We solve for $s$ to get $$ s = \sqrt{t} $$",
        r"We have $u v + v = 3u$ and $u v = 2 u$. Solving for $v$ we get $$ v = \frac{u}{2} $$",
        r"We have $u v + v = 3u$. If we solve for $v$ and $u$ is small, then $$ v = 3 u $$",
        r"We have $u v + v = 3u$. We do not solve for $v$ yet. $$ v = u^2 $$",
        r"We have $u v + v = 3 k u$. Solving for $v$ we get $$ v = u^2 $$",
    ],
)
def test_no_alarm(text: str) -> None:
    assert not ALARMS & set(statuses(text))
