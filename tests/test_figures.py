"""Figures: what the writers say of them, and how they are drawn."""

from __future__ import annotations

import json

import pytest

from derive.core import Axis, Curve, Derivation, Figure, Panel, Prose, Section
from derive.judge import judge
from derive.report import Report
from derive.writers import WRITERS, Layout

LINE = Figure(
    "line",
    "A line of slope $2$ & more.",
    "The line runs from 0_a to 2_b.",
    (Panel((Curve((0.0, 1.0), (0.0, 2.0), "$y = 2x$"),), Axis("$x$"), Axis("$y$")),),
)
LATER = Figure("later", "Another.", "It is the same line.", LINE.panels)


@pytest.fixture(scope="module")
def report() -> Report:
    sections = (Section("one", "One", (Prose("Look."), LINE)), Section("two", "Two", (LATER,)))
    return judge(Derivation("pictures", "Pictures", (), sections))


@pytest.mark.parametrize(
    ("format", "caption", "alt"),
    [
        ("md", "**Figure 1.** A line of slope $2$ & more.", "*The line runs from 0\\_a to 2\\_b.*"),
        ("tex", r"\textbf{Figure 1.} A line of slope \(2\) \& more.", r"\textit{The line runs from 0\_a to 2\_b.}"),
        ("terminal", "Figure 1. A line of slope 2 & more.", "The line runs from 0_a to 2_b."),
    ],
)
def test_a_writer_of_text_says_what_a_figure_shows(report: Report, format: str, caption: str, alt: str) -> None:
    text = WRITERS[format](report, Layout())
    assert isinstance(text, str)
    assert caption in text and alt in text


def test_the_json_names_the_figures(report: Report) -> None:
    (entry,) = json.loads(str(WRITERS["json"](report, Layout())))["files"]
    assert [figure["key"] for figure in entry["figures"]] == ["line", "later"]
    assert entry["figures"][0]["alt"] == LINE.alt


def test_numbers_of_figures_are_those_of_the_full_handout(report: Report) -> None:
    text = str(WRITERS["md"](report, Layout(sections=("two",))))
    assert "Figure 2." in text and "Figure 1." not in text
