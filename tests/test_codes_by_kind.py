"""Codes follow from what happened, not from the words in which it is told; each code of an argument is explained."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import derive.codes
from derive.checking import check_text
from derive.cli import main
from derive.codes import code_of_unjudged, problem_code
from derive.core import Status


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("$$ \\frac{1} = x = x $$", "D101"),
        ("$$ \\foo = 1 = 2 $$", "D102"),
        ("$$ \\begin{foo} x \\end{foo} = 1 $$", "D102"),
        ("$$ a \\right) = 1 = 2 $$", "D103"),
        ("$$ (1 + 2 = 3 $$", "D103"),
        ("$$ \\frac{1}{2 = 3 $$", "D103"),
        ("$$ " + "{" * 100 + "x" + "}" * 100 + " = 1 $$", "D104"),
        ("$$ " + "x+" * 11_000 + "1 = 1 $$", "D104"),
        ("\\newcommand{\\a}{\\a\\a} $$ \\a = 1 $$", "D105"),
        ("$$ x \\propto y = y $$", "D407"),
    ],
)
def test_the_kind_of_what_is_not_read(text: str, code: str) -> None:
    assert code in [step.code for step in check_text(text).steps]


@pytest.mark.parametrize("formula", ["A x = x A = x", "A x = A + 1 = 2", "A x = A = x"])
def test_what_does_not_fit_by_its_shapes(formula: str) -> None:
    text = f"where $A \\in \\mathbb{{R}}^{{2\\times 2}}$ and $x \\in \\mathbb{{R}}^2$.\n\n$$ {formula} $$\n"
    assert "D406" in [step.code for step in check_text(text).steps]


def test_what_fits_has_no_such_code() -> None:
    text = "where $A \\in \\mathbb{R}^{2\\times 2}$ and $x \\in \\mathbb{R}^2$.\n\n$$ A x = 2 A x = 0 $$\n"
    assert "D406" not in [step.code for step in check_text(text).steps]


def test_no_code_is_found_by_words() -> None:
    """The one pattern in the module reads a code that stands in a line."""
    tree = ast.parse(Path(derive.codes.__file__).read_text("utf-8"))
    patterns = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("compile", "search", "match")
    ]
    assert len(patterns) == 2
    assert problem_code("a.md is gone") == "D501" and problem_code("a.md is odd [D502]") == "D502"
    assert code_of_unjudged(Status.UNREAD, "") == "D101"


@pytest.mark.parametrize("code", ["D211", "D212", "D213", "D303", "D304"])
def test_the_codes_of_arguments_are_explained(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", code]) == 0
    assert code in capsys.readouterr().out
