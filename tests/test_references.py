"""References in notes: an equation that is referred to is a hypothesis of what is drawn from it."""

from __future__ import annotations

import pytest

from derive.checking import check_text
from derive.core import Status
from derive.report import JudgedStep

TWO = "$$ y = 2x + 1 \\tag{1} $$\n\n$$ x + y = 7 \\qquad (2) $$\n\n"


def drawn(text: str) -> list[JudgedStep]:
    return [step for step in check_text(text).steps if step.step.source and step.step.source.argument]


def test_equations_are_put_into_each_other() -> None:
    (step,) = drawn(f"{TWO}Plugging (1) into (2) gives\n\n$$ 3x + 1 = 7 $$\n")
    assert step.status == Status.PROVED
    (step,) = drawn(f"{TWO}Plugging (1) into (2) gives\n\n$$ 3x + 2 = 7 $$\n")
    assert (step.status, step.code) == (Status.REFUTED, "D211")


@pytest.mark.parametrize(
    ("equation", "reference"),
    [
        ("$$ a + b = 1 \\label{eq:s} $$", "\\eqref{eq:s}"),
        ("\\begin{equation}\\label{s} a + b = 1 \\end{equation}", "(\\ref{s})"),
        ("$$ a + b = 1 $$ {#eq-sum}", "@eq-sum"),
        ("$$ a + b = 1 $$ (eq-sum)", "{eq}`eq-sum`"),
        ("```{math}\n:label: my_sum\na + b = 1\n```", "{eq}`my_sum`"),
        (":::{math}\n:label: my_sum\na + b = 1\n:::", "{eq}`my_sum`"),
        ("$$ a + b = 1 \\quad \\text{(3)} $$", "(3)"),
        ("$$ a + b = 1 \\tag{*} $$", "(*)"),
    ],
)
def test_every_kind_of_label(equation: str, reference: str) -> None:
    found = drawn(f"{equation}\n\nUsing {reference} we get\n\n$$ b = 1 - a $$\n")
    assert [step.status for step in found] == [Status.PROVED]


def test_a_reference_beside_a_line_holds_for_that_line() -> None:
    text = (
        "$$ a + b = 1 \\tag{1} $$\n\n\\begin{align}\n(a+b)^2 - 1 &= 1 - 1 && \\text{by (1)} \\\\\n&= 0\n\\end{align}\n"
    )
    steps = [step for step in check_text(text).steps if step.step.source and step.step.source.kind == "step"]
    assert [step.status for step in steps] == [Status.PROVED, Status.PROVED]


def test_a_number_behind_a_formula_is_no_factor() -> None:
    (step,) = check_text("We have, for all $x$,\n\n$$ x + x = 2x \\qquad (7) $$\n").steps
    assert step.step.formula == "x + x = 2x"


def test_what_is_used_is_named() -> None:
    (step,) = drawn("$$ a + b = 1 \\tag{1} $$\n\nBy (1) we get\n\n$$ b = 1 - a $$\n")
    assert [one.relation for one in step.findings[0].claim.scope.hypotheses] == ["="]


@pytest.mark.parametrize(
    "text",
    [
        "Theorem (1) in [2] says\n\n$$ b = 1 - a $$\n",
        "$$ a + b = 1 \\tag{1} $$\n\nUnlike (1), this one says\n\n$$ b = 2 - a $$\n",
        "$$ f(x) = x^2 \\tag{1} $$\n\nBy (1) we get\n\n$$ f(2) = 5 $$\n",
    ],
)
def test_no_alarm(text: str) -> None:
    assert [step for step in check_text(text).steps if step.status in (Status.REFUTED, Status.CONDITIONAL)] == []


def test_a_letter_that_is_defined_again_has_its_new_meaning() -> None:
    text = "Let $y = 2x$.\n\n$$ y + x = 2x + x = 3x $$\n\nNow let $y = 3x$.\n\n$$ x + y = x + 3x = 4x $$\n"
    assert [step.status for step in check_text(text).steps] == [Status.PROVED] * 4
