"""Notebooks: each Markdown cell is a text of its own, in one context."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from derive.checking import check_files
from derive.cli import main
from derive.core import Status


def notebook(*cells: tuple[str, object]) -> str:
    return json.dumps({"nbformat": 4, "cells": [{"cell_type": kind, "source": source} for kind, source in cells]})


CELLS = (
    ("markdown", "# Powers\n\n$\\newcommand{\\two}{2}$ Let $x > 0$.\n"),
    ("code", "x = '$$ 1 = 2 = 3 $$'"),
    ("markdown", ["Then\n", "\n", "$$ \\sqrt{x^2} = x = x + \\two $$\n"]),
    ("raw", "$$ 1 = 2 = 3 $$"),
    ("markdown", "$$ 1 + 1 = \\two = \\two $$"),
)


def test_places_are_cell_and_line(tmp_path: Path) -> None:
    file = tmp_path / "week.ipynb"
    file.write_text(notebook(*CELLS), encoding="utf-8")
    reports = check_files([str(file)]).reports
    found = {
        (report.derivation.name.partition("#")[2], step.step.source.line, step.step.source.column, step.status)
        for report in reports
        for step in report.steps
        if step.step.source
    }
    assert found == {
        ("cell-3", 3, 4, Status.PROVED),  # x > 0 was said in another cell
        ("cell-3", 3, 21, Status.REFUTED),
        ("cell-5", 1, 4, Status.PROVED),
        ("cell-5", 1, 19, Status.PROVED),
    }


def test_the_text_shown_is_the_cell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "week.ipynb"
    file.write_text(notebook(*CELLS), encoding="utf-8")
    assert main(["check", "--no-cache", str(file)]) == 1
    out = capsys.readouterr().out
    assert f"{file}#cell-3:3:21: refuted" in out
    assert "cell-1" not in out  # nothing is claimed there
    assert "    $$ \\sqrt{x^2} = x = x + \\two $$\n                        ^^^^^^^^\n" in out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "is not JSON"),
        ("[1]", "has no list of cells"),
        ('{"worksheets": []}', "has no list of cells"),
        ("[" * 100_000, "is not JSON"),
        ("", "is not JSON"),
    ],
)
def test_what_is_no_notebook_is_one_line(
    tmp_path: Path, content: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.ipynb").write_text(content, encoding="utf-8")
    (tmp_path / "b.md").write_text("$$ 1 + 1 = 2 = 3 $$\n", encoding="utf-8")
    assert main(["check", "--no-cache", str(tmp_path)]) == 2
    captured = capsys.readouterr()
    assert words in captured.err and captured.err.count("\n") == 1
    assert "b.md:1:16: refuted" in captured.out


def test_cells_of_another_build_are_left_out(tmp_path: Path) -> None:
    cells = [1, {}, {"cell_type": "markdown"}, {"cell_type": "markdown", "source": [1]}, {"source": "$$ 1 = 2 = 3 $$"}]
    file = tmp_path / "a.ipynb"
    file.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    checked = check_files([str(file)])
    assert [len(report.steps) for report in checked.reports] == [0] and not checked.problems
