"""Arguments in notes: solutions lost and gained are named, and what follows is proved or left alone."""

from __future__ import annotations

import pytest

from derive.checking import check_text
from derive.core import Status
from derive.report import JudgedStep

REAL = "Let $x \\in \\mathbb{R}$.\n\n"


def drawn(text: str) -> list[JudgedStep]:
    """The steps that are conclusions."""
    return [step for step in check_text(text).steps if step.step.source and step.step.source.argument]


@pytest.mark.parametrize(
    ("formula", "code", "words"),
    [
        (r"x^2 = x \implies x = 1", "D211", "loses x = 0:"),
        (r"x^3 = x \implies x^2 = 1", "D211", "loses x = 0:"),
        (r"x^3 = 4x \Rightarrow x = 2", "D211", "loses x = -2, x = 0:"),
        (r"2x + 3 = 7 \implies 2x = 5", "D211", "loses x = 2:"),
        (r"\sqrt{x} = x - 2 \iff x = x^2 - 4x + 4", "D212", "gains x = 1:"),
        (r"x = 1 \iff x^2 = 1", "D212", "gains x = -1:"),
        (r"x = 3 \iff x = 3 \text{ or } x = 4", "D212", "gains x = 4:"),
        (r"-2x < 4 \implies x < -2", "D213", "does not follow at"),
        (r"\frac{1}{x} < 1 \implies 1 < x", "D213", "does not follow at"),
    ],
)
def test_what_is_lost_or_gained_is_named(formula: str, code: str, words: str) -> None:
    alarms = [step for step in drawn(f"{REAL}$$ {formula} $$\n") if step.status == Status.REFUTED]
    assert [(step.code, step.reason.startswith(words)) for step in alarms] == [(code, True)]


@pytest.mark.parametrize(
    "formula",
    [
        r"x = 1 \implies x^2 = 1",
        r"x^2 = x \implies x = 0 \text{ or } x = 1",
        r"x^2 = x \iff x \in \{0, 1\}",
        r"x^2 = 9 \iff x = \pm 3",
        r"x^2 = 9 \implies x = 3 \lor x = -3",
        r"x^2 = 9 \implies x = -3, \quad x = 3",
        r"\begin{aligned} x^2 - 3x + 2 = 0 &\iff (x-1)(x-2) = 0 \\ &\iff x = 1 \text{ or } 2 \end{aligned}",
        r"2x + 3 = 7 \iff x = 2",
        r"-2x < 4 \implies x > -2",
    ],
)
def test_what_follows_is_proved(formula: str) -> None:
    found = drawn(f"{REAL}$$ {formula} $$\n")
    assert found and all(step.status == Status.PROVED for step in found)


def test_without_a_word_on_the_letter_it_is_conditional() -> None:
    (step,) = drawn("$$ x^2 = x \\implies x = 1 $$\n")
    assert (step.status, step.code) == (Status.CONDITIONAL, "D303")
    (step,) = drawn("$$ a b = a c \\implies b = c $$\n")
    assert (step.status, step.code) == (Status.CONDITIONAL, "D303")


@pytest.mark.parametrize("between", ["Hence", "and so we get", "Dividing by $x$ gives"])
def test_a_word_between_displays(between: str) -> None:
    (step,) = drawn(f"{REAL}Solve:\n\n$$ x^2 = 2x $$\n\n{between}\n\n$$ x = 2 $$\n")
    assert (step.status, step.code) == (Status.REFUTED, "D211")
    assert step.step.source is not None and step.step.source.line == 9


def test_equations_for_an_unknown_one_below_the_other() -> None:
    right = "$$\\begin{aligned} 2x + 3 &= 7 \\\\ 2x &= 4 \\\\ x &= 2 \\end{aligned}$$\n"
    assert [step.status for step in drawn(right)] == [Status.PROVED, Status.PROVED]
    wrong = drawn(right.replace("2x &= 4", "2x &= 10"))
    assert wrong[0].status == Status.REFUTED


def test_a_system_is_no_argument() -> None:
    assert drawn("$$\\begin{aligned} x + y &= 3 \\\\ x - y &= 1 \\end{aligned}$$\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "$$ x^2 = 4 \\implies x = 2 $$\n\nsince $x$ is positive.\n",
        "Here $x > 1$.\n\n$$ x^2 = x \\implies x = 1 $$\n",
        "$$ a^2 = b^2 + c^2 \\implies a = \\sqrt{b^2 + c^2} $$\n",  # lengths, as a rule
        "$$ a x^2 + b x + c = 0 \\implies a = 0 $$\n",  # for all x
        "$$ \\mathbf{v} \\perp \\mathbf{w} \\iff a_1 b_1 = 0 $$\n",
        "$$ f(x) = x^2 \\implies f(2) = 5 $$\n",
        "$$ a_n = 2^n \\implies a_{n+1} = 3 a_n $$\n",
        "$$ n > 0 \\implies n \\ge 1 $$\n",
        "Does $$ x^2 = x \\implies x = 1 $$ hold?\n",
        "$$ \\frac{c - 6015}{2} = 1.345 \\implies c = 6017.7 $$\n",
        "Suppose $$ 2 = 3 \\implies 1 = 2, $$ which is absurd.\n",
        "$$ x + y = 3 $$\n\nand\n\n$$ x - y = 1 \\implies x = 7 $$\n",
        "$$ x \\sim y \\text{ and } x^2 = 4 \\implies x = 2 $$\n",
        "By convention\n\n$$ x = 1 \\text{ or } x = 2 $$\n\n$$ x + 1 = x + 2 - 1 = 2 $$\n",
    ],
)
def test_what_may_hang_on_the_text_is_no_alarm(text: str) -> None:
    assert [step for step in check_text(text).steps if step.status in (Status.REFUTED, Status.CONDITIONAL)] == []


def test_later_steps_use_all_that_was_stated() -> None:
    text = f"{REAL}$$ \\sqrt{{x}} = x - 2 \\implies x = 1 \\text{{ or }} x = 4 \\implies x = 4 $$\n"
    assert [step.status for step in drawn(text)][-1] == Status.PROVED
