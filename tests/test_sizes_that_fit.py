"""Sizes of matrices that a text uses for several examples: each relation is read with sizes of its own, and what is assumed of
its letters hinders no proof."""

import pytest
from labelled_notes import FOLDER

from derive.checking import check_files, check_text
from derive.core import Status

EXAMPLES = r"""
Let $\mathbf{v} = \begin{pmatrix} 1 \\ 2 \end{pmatrix}$. Then
$$ \|\mathbf{v}\|^2 = 1 + 4 = 5 . $$
# Next
Let $\mathbf{v} = \begin{pmatrix} 1 \\ 2 \\ 4 \end{pmatrix}$. Then
$$ \|\mathbf{v}\|^2 = 1 + 4 + 16 = %s . $$
"""


def statuses(text: str) -> list[Status]:
    return [step.status for step in check_text(text).steps if step.status != Status.ASSUMED]


def test_a_note_with_several_sizes_is_proved() -> None:
    (report,) = check_files([str(FOLDER / "sound" / "sizes-of-examples.md")]).reports
    undecided = [step.step.formula for step in report.steps if step.status not in (Status.PROVED, Status.ASSUMED)]
    assert undecided == []


@pytest.mark.parametrize("end, expected", [("21", Status.PROVED), ("22", Status.REFUTED)])
def test_each_example_has_its_own_size(end: str, expected: Status) -> None:
    assert statuses(EXAMPLES % end)[-1] == expected


@pytest.mark.parametrize(
    "noun, said", [("is an eigenvalue of the symmetric matrix", False), ("is a symmetric matrix", True)]
)
def test_whose_matrix_it_is(noun: str, said: bool) -> None:
    from derive.notes.prose import items_said

    assert bool(list(items_said("Suppose ", "B", f" {noun} $A$"))) == said


def test_no_false_inner_product_is_proved() -> None:
    text = r"For vectors $\mathbf{a}$ and $\mathbf{b}$ we find $$ (\mathbf{a} + \mathbf{b}) \cdot (\mathbf{a} + \mathbf{b}) = \mathbf{a} \cdot \mathbf{a} + %s\mathbf{a} \cdot \mathbf{b} + \mathbf{b} \cdot \mathbf{b} = \|\mathbf{a} + \mathbf{b}\|^2 . $$"
    assert statuses(text % "2 ") == [Status.PROVED, Status.PROVED]
    assert Status.PROVED not in statuses(text % "")[:1]


def test_a_hypothesis_that_is_needed_is_not_dropped() -> None:
    text = r"Let $A$ be a symmetric matrix. Suppose $x = 2$. $$ x^2 + 1 = x + 3 = 5 $$ $$ y x + 1 = y x + 2 - 1 = 7 $$"
    assert Status.PROVED in statuses(text)
    assert statuses(text)[-1] != Status.PROVED
