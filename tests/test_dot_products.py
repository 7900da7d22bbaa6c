"""Vectors of which a text says nothing are long: neither a dot between two of them nor a line that fits numbers only makes them
vectors of one entry, of which too much is true."""

from __future__ import annotations

import pytest

from derive.checking import check_text

LEAD = "The vectors $\\mathbf{u}$, $\\mathbf{v}$ and $\\mathbf{w}$ are of the same length.\n\n"


def verdicts(*displays: str) -> list[str]:
    text = LEAD + "\n\n".join(f"$$\n{display}\n$$" for display in displays)
    return [step.status.value for step in check_text(text).steps]


@pytest.mark.parametrize(
    ("chain", "found"),
    [
        (
            r"\mathbf{u} \cdot \mathbf{v} = \mathbf{u}^\top \mathbf{v} = \mathbf{v} \cdot \mathbf{u}",
            ["proved", "proved"],
        ),
        (
            r"(\mathbf{u} + 2 \mathbf{v}) \cdot \mathbf{w} = \mathbf{u} \cdot \mathbf{w} + 2 \mathbf{w} \cdot \mathbf{v}"
            r" = \mathbf{u} \cdot \mathbf{w} + 3 \mathbf{w} \cdot \mathbf{v}",
            ["proved", "refuted"],
        ),
        (
            r"\mathbf{u} \cdot A \mathbf{v} = \mathbf{u}^\top A \mathbf{v} = (A^\top \mathbf{u}) \cdot \mathbf{v}",
            ["proved", "proved"],
        ),
    ],
)
def test_a_dot_between_vectors(chain: str, found: list[str]) -> None:
    assert verdicts(chain) == found


def test_what_fits_numbers_only_is_not_proved() -> None:
    assert (
        verdicts(r"\mathbf{v}^\top \mathbf{u} = \mathbf{u}^\top \mathbf{v} = \mathbf{v} \mathbf{u}")[1] == "undecided"
    )


def test_one_wrong_line_makes_no_other_true() -> None:
    outer = r"\mathbf{u} \mathbf{u}^\top = \mathbf{u} \mathbf{v}^\top = \mathbf{v} \mathbf{u}^\top"
    dot = r"\mathbf{u}^\top \mathbf{v} = \mathbf{v}^\top \mathbf{u} = \mathbf{v} \mathbf{u}"
    assert "proved" not in verdicts(outer, dot)[:2]
