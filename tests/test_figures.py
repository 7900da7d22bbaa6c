"""Figures: what the writers say of them, and how they are drawn."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derive.core import (
    Axis,
    Band,
    Curve,
    Derivation,
    Figure,
    Histogram,
    InputError,
    Note,
    Panel,
    Points,
    Prose,
    Section,
)
from derive.figures import pdf, svg
from derive.figures.arranging import spread
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


# ------------------------------------------------------------------------------------------------------------- drawing

LOOKS: dict[str, Any] = {"light": {}, "dark": {"dark": True}, "paper": {"paper": True}}


@pytest.mark.parametrize("look", LOOKS)
def test_the_same_figure_has_the_same_bytes_and_no_trace_of_the_machine(look: str) -> None:
    first, again = (svg(LINE, **LOOKS[look]) for _ in range(2))
    assert first == again
    assert "matplotlib" not in first.lower() and "<metadata" not in first and "<!--" not in first
    assert ElementTree.fromstring(first).get("aria-label") == LINE.alt


def test_somebodys_settings_make_no_difference() -> None:
    import matplotlib

    plain = svg(LINE)
    with matplotlib.rc_context({"font.size": 20, "svg.fonttype": "none", "axes.grid": True}):
        assert svg(LINE) == plain
        assert matplotlib.rcParams["font.size"] == 20, "and what they set stays set"


def test_identifiers_of_two_figures_of_a_page_differ() -> None:
    found = [set(re.findall(r'id="([^"]+)"', svg(figure))) for figure in (LINE, LATER)]
    assert all(found) and not found[0] & found[1]
    for figure in (LINE, LATER):
        text = svg(figure)
        assert set(re.findall(r'href="#([^"]+)"', text)) <= set(re.findall(r'id="([^"]+)"', text))


def test_pdf_for_latex_has_the_same_bytes() -> None:
    assert pdf(LINE) == pdf(LINE)
    assert pdf(LINE).startswith(b"%PDF") and b"/CreationDate" not in pdf(LINE)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8).map(sorted))
def test_labels_are_spread_in_order_and_apart(places: list[float]) -> None:
    moved = spread(places, 5.0)
    assert all(b - a >= 5.0 - 1e-6 for a, b in itertools.pairwise(moved))
    assert sum(moved) == pytest.approx(sum(places)), "what moves up is made good by what moves down"


def test_every_kind_of_mark_is_drawn() -> None:
    x = (0.0, 1.0, 2.0)
    marks = {
        "curve": Curve(x, x, "curve", marker="circle"),
        "points": Points(x, x, labels=("a", "b", "c"), marker="cross"),
        "band": Band(x, x, (1.0, 2.0, 3.0), "band", hatched=True),
        "histogram": Histogram(x, (1.0, 2.0), "bars"),
        "note": Note(1.0, 1.0, "note"),
    }
    axes = Axis("$x$"), Axis("$y$")
    empty = len(svg(Figure("none", "", "", (Panel((), *axes),))))
    for name, mark in marks.items():
        assert len(svg(Figure("one", "", "", (Panel((mark,), *axes),)))) > empty, name


def test_nothing_is_imported_before_a_figure_is_drawn() -> None:
    code = "import sys, derive.figures, derive.writers.page; print('matplotlib' in sys.modules, derive.figures.available())"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["False", "True"]


def test_without_matplotlib_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(InputError, match=r"pip install 'derive-handouts\[plot\]'"):
        svg(LINE)
