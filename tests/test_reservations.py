"""What words say and formulas do not: alarms that they bear on are held back, others are not."""

from __future__ import annotations

import pytest

from derive.checking import check_text
from derive.core import Status

ALARMS = (Status.REFUTED, Status.CONDITIONAL)


def alarmed(text: str) -> bool:
    return any(step.status in ALARMS for step in check_text(text).steps)


@pytest.mark.parametrize(
    ("words", "display"),
    [
        ("A common mistake is to write", "1 + 1 = 2 = 3"),
        ("We compute modulo 7.", "3 \\cdot 5 = 15 = 8"),
        ("Let $(x, y)$ be a point of the unit circle.", "x^3 y + x y^3 = x y (x^2 + y^2) = x y"),
        ("Suppose for contradiction that there is a largest number.", "2 + 0 = 2 = 1"),
        ("Where is the flaw?\n\nWe begin.", "1 + 1 = 2 = 1"),
    ],
)
def test_words_hold_an_alarm_back(words: str, display: str) -> None:
    assert not alarmed(f"{words}\n\n$$ {display} $$\n")
    assert alarmed(f"We compute.\n\n$$ {display} $$\n")


def test_a_section_ends_what_words_say() -> None:
    text = "# Clocks\n\nWe compute modulo 7.\n\n$$ 3 \\cdot 5 = 15 = 8 $$\n\n# Numbers\n\n$$ 3 \\cdot 5 = 15 = 8 $$\n"
    assert [step.step.source.line for step in check_text(text).steps if step.status in ALARMS and step.step.source] == [
        9
    ]


@pytest.mark.parametrize(
    ("words", "alarm"),
    [
        ("Let $X$ and $Y$ be independent.", False),
        ("Let $X$ and $Y$ be random variables.", True),
        ("The draws are independent. Let $X$ and $Y$ be two of them.", False),
    ],
)
def test_independence_is_read_or_held_back(words: str, alarm: bool) -> None:
    display = "\\operatorname{Var}(X + Y) = \\operatorname{Var}(X) + \\operatorname{Var}(Y) = \\operatorname{Var}(Y) + \\operatorname{Var}(X)"
    assert alarmed(f"{words}\n\n$$ {display} $$\n") is alarm


def test_matrices_that_the_text_calls_so_do_not_commute() -> None:
    display = "(A + B)^2 = A^2 + AB + BA + B^2 = A^2 + 2AB + B^2"
    assert alarmed(f"For all matrices $A$ and $B$ of size $n \\times n$\n\n$$ {display} $$\n")
    assert not alarmed(f"For all numbers $A$ and $B$\n\n$$ {display} $$\n")


@pytest.mark.parametrize(
    ("words", "display", "alarm"),
    [
        ("We compute", "(a + b) c = a c + b c = a c + b", True),  # c was lost
        ("For $c = 1$ we get", "(a + b) c = a c + b c = a + b", False),
        ("We solve", "x^2 - 4 x + 4 = (x - 2)^2 = 0", False),
        ("Hence", "x y = y x = z", False),  # z is new
    ],
)
def test_a_letter_that_one_change_puts_back_was_lost(words: str, display: str, alarm: bool) -> None:
    assert alarmed(f"{words} $$ {display} $$\n") is alarm
