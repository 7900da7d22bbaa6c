"""The codes of findings: each has words, and those of verdicts come out where they should."""

from __future__ import annotations

import pytest

from derive.checking import check_formula, check_text
from derive.cli import main
from derive.codes import CODES, TABLE, explain, read_codes
from derive.core import InputError


def test_every_code_has_words() -> None:
    assert len(CODES) == len(TABLE) == len({code.name for code in TABLE})
    for code in TABLE:
        assert code.id[0] == "D" and code.id[1:].isdigit() and code.id[1] in "12345"
        assert code.meaning.endswith(".") and code.advice.endswith(".") and code.example


@pytest.mark.parametrize(
    ("code", "formula", "given"),
    [
        ("D201", r"(a + b)^2 = a^2 + b^2", ""),
        ("D202", r"\lim_{x \to 0} \frac{\sin x}{x} = 0", ""),
        ("D203", r"\sum_{k=1}^\infty \frac{1}{k} = 2", ""),
        ("D205", r"(AB)^\top = A^\top B^\top", "A in R^{3x3}; B in R^{3x3}"),
        ("D208", r"\operatorname{E}[X^2] = \operatorname{E}[X]^2", "X ~ N(0, 1)"),
        ("D206", r"\sum_{k=1}^n k = \frac{n(n-1)}{2}", ""),
        ("D207", r"\int_0^1 x^2\,dx = \frac{1}{2}", ""),
        ("D209", r"x^2 + 1 < x", "x in R"),
        ("D210", r"\sqrt{2} \approx 1.42", ""),
        ("D301", r"\sqrt{x^2} = x", ""),
        ("D401", r"\sum_{k=1}^{n} \frac{1}{k^3} < 1.3", "n in N"),
    ],
)
def test_a_verdict_has_its_code(code: str, formula: str, given: str) -> None:
    (step,) = check_formula(formula, given).steps
    assert step.code == code, step.reason


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("D101", r"$$ \frac{1} = x = x $$"),
        ("D102", r"$$ \foo = 1 = 2 $$"),
        ("D103", r"$$ a \right) = 1 = 2 $$"),
        (
            "D302",
            r"$$ (\mathbf{A} + \mathbf{B})^2 = \mathbf{A}^2 + 2 \mathbf{A}\mathbf{B} + \mathbf{B}^2 = \mathbf{B}^2 + 2 \mathbf{A}\mathbf{B} + \mathbf{A}^2 $$",
        ),
        ("D402", r"$$ x = \nabla y = s $$"),
        ("D403", "At a fixed point:\n\n$$ a^2 + ab = a + 0 = a $$"),
        ("D404", r"$$ -\log \frac{1}{16} = 4 = 4 $$"),
        (
            "D406",
            "where $A \\in \\mathbb{R}^{2\\times 2}$ and $x \\in \\mathbb{R}^2$.\n\n$$ A + x = A + x + 0 = A + x $$",
        ),
        ("D407", r"$$ x \propto y = y $$"),
    ],
)
def test_a_relation_of_a_note_has_its_code(code: str, text: str) -> None:
    assert code in [step.code for step in check_text(text).steps]


def test_codes_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "d201"]) == 0
    assert "fails-at-a-point" in capsys.readouterr().out
    assert main(["explain"]) == 0
    assert all(code.id in capsys.readouterr().out for code in TABLE[:1])
    assert main(["explain", "D291"]) == 2
    assert "did you mean 'D2" in capsys.readouterr().err
    assert explain("matrix-step").id == "D205"


def test_codes_are_chosen_by_their_beginning() -> None:
    assert read_codes("d2, D301") == ("D2", "D301")
    with pytest.raises(InputError, match="no code begins with 'D9'"):
        read_codes("D9")
