"""One relation in running text is judged where the words around it say that it holds, and nowhere else."""

from __future__ import annotations

import pytest

from derive.checking import check_text
from derive.core import Status


def statuses(text: str) -> list[Status]:
    return [step.status for step in check_text(text).steps]


@pytest.mark.parametrize(
    "text",
    [
        "For all $x$, $(x+1)^2 = x^2 + 2x + 1$.",
        "For every real $x$ and $y$ we have $(x+y)^2 = x^2 + 2xy + y^2$.",
        "Clearly $(x+1)^2 = x^2 + 2x + 1$ for all $x$.",
        "This follows since $a^2 - b^2 = (a - b)(a + b)$ and so on.",
        "For all $x$, $x^2 + 1 \\ge 2x$.",
        "Note that $(a+b)^2 - (a-b)^2 = 4ab$.",
    ],
)
def test_what_is_said_to_hold_is_proved(text: str) -> None:
    assert statuses(text + "\n") == [Status.PROVED]


@pytest.mark.parametrize(
    "text",
    [
        "For all $x$, $(x+1)^2 = x^2 + 1 + x$.",
        "We see $(x+1)^2 = x^2 + x + 1$ for all $x$.",
        "Let $x \\in \\mathbb{R}$. Note that $(x+1)^2 = x^2 + x + 1$.",
    ],
)
def test_what_is_false_for_all_is_refuted(text: str) -> None:
    assert statuses(text + "\n") == [Status.REFUTED]


@pytest.mark.parametrize(
    "text",
    [
        "Since $x^2 + y = y^2 + x$, the two agree.",
        "If for all $x$, $f(x) = x$ holds.",
        "Is it true that for all $x$, $(x+1)^2 = x^2 + 1$?",
        "It is not true that for all $x$, $(x+1)^2 = x^2 + 1$.",
        "We have $x^2 = x + 1$ at the fixed points.",
        "Suppose that $(x+1)^2 = x^2 + 1 + x$ for all $x$.",
        "Let $y = 2x$. For all $x$, $y^2 = 4$ would be odd.",
        "for all $x$ with $x^2 = 1$, $x^4 = 1 + x - x$",
        "We have $a b = b a + c$ here.",
    ],
)
def test_no_alarm(text: str) -> None:
    assert not {Status.REFUTED, Status.CONDITIONAL} & set(statuses(text + "\n"))
