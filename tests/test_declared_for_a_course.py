"""What holds for a whole course: declarations in pyproject.toml, macros in the front matter of a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checking import check_files, check_text
from derive.core import Status


def statuses(folder: Path, text: str, settings: str = "") -> list[Status]:
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    (folder / "note.md").write_text(text, encoding="utf-8")
    checked = check_files([str(folder / "note.md")])
    assert checked.problems == ()
    return [step.status for report in checked.reports for step in report.steps]


def test_declarations_hold_in_every_document(tmp_path: Path) -> None:
    text = "$$ \\sqrt{x^2} = x = x + 0 $$\n"
    assert Status.REFUTED in statuses(tmp_path, text, '[tool.derive]\ndeclare = ["x in R"]\n')
    assert statuses(tmp_path, text, '[tool.derive]\ndeclare = ["x > 0"]\n') == [Status.PROVED] * 2


@pytest.mark.parametrize("end", ["\\sigma(x)(1 - \\sigma(x))", "\\sigma(x) + \\sigma(x)^2"])
def test_a_function_is_named(tmp_path: Path, end: str) -> None:
    settings = '[tool.derive]\ndeclare = ["sigma = logistic"]\n'
    text = f"$$ 1 - \\sigma(x) = \\sigma(-x) = \\frac{{1}}{{1 + e^x}} $$\n\n$$ 1 + 1 = 2 = \\sigma'(x) - {end} + 2 $$\n"
    assert statuses(tmp_path, text, settings) == [Status.PROVED] * 4
    assert Status.REFUTED in statuses(tmp_path, "$$ 1 - \\sigma(x) = \\sigma(-x) = \\sigma(x) $$\n", settings)


def test_a_comment_names_one_too() -> None:
    text = "<!-- derive: f = square -->\n\n$$ f(x + 1) = (x + 1)^2 = f(x) + 2x + 1 $$\n"
    assert [step.status for step in check_text(text).steps] == [Status.PROVED] * 2


@pytest.mark.parametrize("item", ['"x >"', '"x in Q8"', "3", '"x; y"'])
def test_what_is_not_understood_is_one_line(tmp_path: Path, item: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f"[tool.derive]\ndeclare = [{item}]\n", encoding="utf-8")
    (tmp_path / "note.md").write_text("$$ 1 = 1 $$\n", encoding="utf-8")
    (problem,) = check_files([str(tmp_path / "note.md")]).problems
    assert "declare" in problem and "\n" not in problem


@pytest.mark.parametrize(
    "matter",
    [
        'macros:\n  two: "2"\n',
        "math:\n  '\\two': '2'\n",
        "mathjax:\n  macros:\n    two: 2\n",
        "header-includes:\n  - \\newcommand{\\two}{2}\n",
        "header-includes: |\n  \\newcommand{\\two}{2}\n",
        'header-includes: "\\\\newcommand{\\\\two}{2}"\n',
        "format:\n  html:\n    include-in-header:\n      text: '<script>window.MathJax = {tex: {macros: {two: \"2\"}}}</script>'\n",
    ],
)
def test_macros_of_the_front_matter(matter: str) -> None:
    text = f"---\ntitle: Notes\n{matter}---\n\n$$ 1 + 1 = \\two = 3 - 1 $$\n"
    assert [step.status for step in check_text(text).steps] == [Status.PROVED] * 2
