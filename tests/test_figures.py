"""Figures: what the writers say of them, and how they are drawn."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derive.cli import main
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
from derive.figures import pdf, svg, web
from derive.figures.arranging import spread
from derive.judge import judge
from derive.report import Report
from derive.writers import WRITERS, Layout
from derive.writers.pictures import left_out, pictures, with_pictures

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


# ------------------------------------------------------------------------------------------------- pictures beside a page


def test_markdown_in_a_file_has_its_pictures_beside_it(report: Report) -> None:
    layout = with_pictures(Layout(), "md", Path("of/a page.md"))
    assert set(pictures(report, layout, "md")) == {"a page-line.svg", "a page-later.svg"}
    text = str(WRITERS["md"](report, layout))
    assert "![The line runs from 0\\_a to 2\\_b.](a%20page-line.svg)" in text and "**Figure 1.**" in text


def test_only_the_sections_that_are_shown_have_pictures(report: Report) -> None:
    layout = with_pictures(Layout(sections=("two",)), "md", Path("x.md"))
    assert set(pictures(report, layout, "md")) == {"x-later.svg"}


def test_without_a_file_there_are_no_pictures(report: Report) -> None:
    layout = with_pictures(Layout(), "md", None)
    assert pictures(report, layout, "md") == {}
    assert "](" not in str(WRITERS["md"](report, layout))


@pytest.mark.parametrize("name", ["x.tex", "odd name.tex", "#.tex"])
def test_latex_includes_a_pdf_if_its_name_is_plain(report: Report, name: str) -> None:
    layout = with_pictures(Layout(), "tex", Path(name))
    text = str(WRITERS["tex"](report, layout))
    assert (r"\includegraphics[width=0.86\linewidth]{x-line.pdf}" in text) == (name == "x.tex")
    assert set(pictures(report, layout, "tex")) == ({"x-line.pdf", "x-later.pdf"} if name == "x.tex" else set())
    assert r"The line runs from 0\_a to 2\_b." in text, "for those who have no picture"


def test_a_web_page_draws_in_colours_that_follow_the_page(report: Report) -> None:
    page = str(WRITERS["html"](report, Layout()))
    assert page.count("<svg ") == 2 and 'aria-label="The line runs from 0_a to 2_b."' in page
    for name in re.findall(r"var\((--figure-[a-z0-9]+)", page):
        assert page.count(f"{name}: ") == 3, "on a light and a dark screen and on paper"


def test_no_colour_of_a_web_picture_is_fixed() -> None:
    outside = re.sub(r"var\([^)]*\)", "", web(LINE))
    assert not re.search(r"#[0-9a-f]{6}", outside)


def test_without_matplotlib_pages_say_what_is_seen(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("derive.figures.available", lambda: False)
    for format in ("md", "html", "tex"):
        layout = with_pictures(Layout(), format, Path("x"))
        text = str(WRITERS[format](report, layout))
        assert pictures(report, layout, format) == {} and "The line runs" in text and "<svg" not in text
        assert "pip install 'derive-handouts[plot]'" in left_out(report, layout, format)
    assert left_out(report, Layout(), "json") == ""


def test_the_command_line_writes_page_and_pictures(tmp_path: Path) -> None:
    assert main(["remedies", "--no-cache", "--horizon", "5", "-o", str(tmp_path / "r.md")]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r-lags.svg", "r.md"]
    ElementTree.parse(tmp_path / "r-lags.svg")
    assert "(r-lags.svg)" in (tmp_path / "r.md").read_text(encoding="utf-8")
