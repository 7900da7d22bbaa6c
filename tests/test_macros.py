"""Macros: expanded as TeX does, every character at its place, and never more than a formula is long."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derive.checking import check_files, check_text
from derive.core import InputError, Status
from derive.notes.definitions import define, definitions
from derive.notes.macros import LONGEST, Macro, NotExpanded, expand
from derive.notes.mapped import Mapped
from derive.notes.settings import settings_for
from derive.notes.yaml_macros import macros_in_yaml


def table(text: str) -> dict[str, Macro]:
    macros: dict[str, Macro] = {}
    for _, _, macro in definitions(text):
        define(macros, macro)
    return macros


def expanded(source: str, text: str) -> str:
    return expand(Mapped.of(text), table(source)).text


@pytest.mark.parametrize(
    ("source", "text", "result"),
    [
        (r"\newcommand{\R}{\mathbb{R}}", r"x \in \R", r"x \in \mathbb{R}"),
        (r"\newcommand\R{\mathbb{R}}", r"\R^n", r"\mathbb{R}^n"),
        (r"\newcommand*{\sq}[1]{#1^2}", r"\sq x + \sq{ab}", r"x^2 + ab^2"),
        (r"\newcommand{\p}[2][2]{#2^{#1}}", r"\p{x} \p[3]{x}", r"x^{2} x^{3}"),
        (r"\def\d#1#2{(#1-#2)}", r"\d ab\d{a}{\d cd}", "(a-b)(a-(c-d))"),
        (r"\DeclareMathOperator{\tr}{tr}", r"\tr A", r"\operatorname{tr} A"),
        (r"\DeclareMathOperator*{\argmax}{arg\,max}", r"\argmax_x", r"\operatorname*{argmax}_x"),
        (r"\DeclareMathOperator{\E}{\mathbb{E}}", r"\E X", r"\mathbb{E} X"),
        (r"\DeclarePairedDelimiter{\norm}{\lVert}{\rVert}", r"\norm*{x}", r"\left\lVert x\right\rVert"),
        (r"\NewDocumentCommand{\f}{m m}{\frac{#1}{#2}}", r"\f{1}{2}", r"\frac{1}{2}"),
        (r"\newcommand{\half}{\frac12}", r"x^\half + \sqrt\half", r"x^{\frac12} + \sqrt{\frac12}"),
        (r"\newcommand{\v}{\mathbf}", r"\v{x}", r"\mathbf{x}"),
        (r"\newcommand{\b}[1]{\mathbf#1}", r"\b x", r"\mathbf x"),  # not \mathbfx
        (r"\newcommand{\c}[1]{#1\alpha}", r"\c{2}b", r"2\alpha b"),  # not \alphab
        (r"\newcommand{\T}{^\top}", r"A\T", r"A^\top"),
        (r"\newcommand{\a}{1}\renewcommand{\a}{2}", r"\a", "2"),
        (r"\newcommand{\a}{1}\providecommand{\a}{2}", r"\a", "1"),
        (r"\let\old\vec\renewcommand{\vec}[1]{\old{\mathbf{#1}}}", r"\vec{x}", r"\vec{\mathbf{x}}"),
        (r"\let\a\phi\let\phi\varphi\let\varphi\a", r"\phi\varphi", r"\varphi\phi"),
        (r"\newcommand{\a}{\b}\newcommand{\b}[1]{<#1>}", r"\a{x}", "<x>"),  # what follows is taken as argument
        ("", r"\ensuremath{x}", "x"),
        (r"\newcommand{\x}{y}", r"\\x \xy", r"\\x \xy"),  # a new row, and another command
    ],
)
def test_expansion(source: str, text: str, result: str) -> None:
    assert expanded(source, text) == result


@pytest.mark.parametrize(
    ("source", "text", "reason"),
    [
        (r"\def\x{\x}", r"\x", r"the macro \x calls itself"),
        (r"\def\x{\y}\def\y{a\x}", r"\x", "calls itself"),
        (r"\def\x{\x\x}", r"\x", "calls itself"),
        (r"\newcommand{\f}[2]{#1#2}", r"\f{a}", r"the macro \f lacks an argument"),
        (r"\newcommand{\f}[1]{#1}", r"\f{a", "is not closed"),
        (r"\newcommand{\f}[1]{#2}", r"\f{a}", "uses an argument #2"),
        (r"\def\f(#1){#1}", r"\f(a)", "has arguments between signs of its own"),
        (r"\NewDocumentCommand{\f}{s m}{#2}", r"\f{a}", "kinds that are not read"),
    ],
)
def test_what_is_not_expanded(source: str, text: str, reason: str) -> None:
    with pytest.raises(NotExpanded, match=reason.replace("\\", "\\\\")):
        expanded(source, text)


def test_a_billion_laughs() -> None:
    pairs = zip("abcdefgh", "bcdefghi", strict=True)
    levels = [rf"\def\l{above}" + "{" + rf"\l{below}" * 10 + "}" for below, above in pairs]
    source = r"\def\la{ha ha ha ha ha ha ha ha ha ha}" + "".join(levels)
    with pytest.raises(NotExpanded, match="expand to more than"):
        expanded(source, r"\li")
    report = check_text(f"$${source}$$\n\n$$ \\li = 1 = 2 $$\n\n$$ 1 + 1 = 2 = 3 $$\n")
    assert [step.status for step in report.steps] == [Status.UNREAD, Status.PROVED, Status.REFUTED]
    assert "expand to more than" in str(report.steps[0].step.source)


def test_an_argument_that_doubles() -> None:
    with pytest.raises(NotExpanded, match="expand to more than"):
        expanded(r"\def\x#1{#1#1}", r"\x{" * 40 + "a" + "}" * 40)


def test_a_long_formula_without_macros_is_not_limited() -> None:
    assert expanded(r"\def\x{y}", "a" * (2 * LONGEST)) == "a" * (2 * LONGEST)


def test_places() -> None:
    text = r"a \sq{b c} d"
    result = expand(Mapped.of(text), table(r"\newcommand{\sq}[1]{(#1)^2}"))
    assert result.text == "a (b c)^2 d"
    at = result.text.index("b")
    assert text[result.starts[at]] == "b"
    assert text[result.starts[2] : result.ends[2]] == r"\sq{b c}"
    assert text[result.starts[-1]] == "d"


@given(st.text(alphabet="\\xyz{}[]#12^_ ", max_size=40), st.text(alphabet="\\xyz{}[]#1^_ ", max_size=30))
def test_whatever_the_text_it_ends(text: str, body: str) -> None:
    macros = {r"\x": Macro(r"\x", body, 1), r"\y": Macro(r"\y", body, 1, "d")}
    try:
        result = expand(Mapped.of(text), macros)
    except NotExpanded:
        return
    assert len(result.starts) == len(result.ends) == len(result.text) <= max(LONGEST, len(text))
    assert all(0 <= start <= end <= len(text) for start, end in zip(result.starts, result.ends, strict=True))


@given(st.text(alphabet="\\newcomadfltx{}[]#12* ", max_size=60))
def test_whatever_the_text_definitions_end(text: str) -> None:
    for start, end, _ in definitions(text):
        assert 0 <= start < end <= len(text)


def test_definitions_in_a_text_hold_from_there() -> None:
    text = "$$ \\x = 1 = 1 $$\n\n\\newcommand{\\x}{1}\n\n$$ \\x = 1 = 2 $$\n\n$\\renewcommand{\\x}{2}$\n\n$$ \\x = 1 + 1 = 2 $$\n"
    statuses = [step.status for step in check_text(text).steps]
    assert statuses == [Status.UNREAD, Status.PROVED, Status.PROVED, Status.REFUTED, Status.PROVED, Status.PROVED]


def test_the_caret_stands_under_the_call() -> None:
    text = "\\newcommand{\\two}{1 + 1}\n\n$$ 2 = \\two = \\two + 1 $$\n"
    (wrong,) = [step.step.source for step in check_text(text).steps if step.status == Status.REFUTED]
    assert wrong is not None
    assert (wrong.line, wrong.column, wrong.end_column) == (3, 15, 23)


YAML = r"""
title: "A book"
sphinx:
  config:
    mathjax3_config:
      tex:
        macros:
          "N": "\\mathbb{N}"
          floor: ["\\lfloor#1\\rfloor", 1]
          'R': '\mathbb{R}'  # the reals
          pair:
            - "(#1, #2)"
            - 2
    other: {a: 1}
project:
  math:
    '\E': '\mathbb{E}'
    '\given':
      macro: '\mid'
include: |
  <script>MathJax = { tex: { macros: { eps: "\\varepsilon", abs: ['\\left|#1\\right|', 1], } } };</script>
  \newcommand{\half}{\frac{1}{2}}
"""


def test_macros_of_a_site() -> None:
    found = {macro.name: (macro.body, macro.arguments) for macro in macros_in_yaml(YAML)}
    assert found == {
        r"\N": (r"\mathbb{N}", 0),
        r"\floor": (r"\lfloor#1\rfloor", 1),
        r"\R": (r"\mathbb{R}", 0),
        r"\pair": ("(#1, #2)", 2),
        r"\E": (r"\mathbb{E}", 0),
        r"\given": (r"\mid", 0),
        r"\eps": (r"\varepsilon", 0),
        r"\abs": (r"\left|#1\right|", 1),
        r"\half": (r"\frac{1}{2}", 0),
    }


@given(st.text(alphabet="macros:{}[]\"'\\#12-, \n", max_size=80))
def test_whatever_the_configuration_it_ends(text: str) -> None:
    for macro in macros_in_yaml("macros:\n" + text):
        assert macro.arguments <= 9


def test_settings_of_a_course(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.derive]\nmacros = ["tex/macros.tex"]\n', encoding="utf-8")
    (tmp_path / "tex").mkdir()
    (tmp_path / "tex" / "macros.tex").write_text(r"\newcommand{\two}{2}", encoding="utf-8")
    (tmp_path / "_quarto.yml").write_text('macros:\n  three: "3"\n', encoding="utf-8")
    notes = tmp_path / "week1"
    notes.mkdir()
    (notes / "a.md").write_text("$$ 1 + 1 = \\two = \\three $$\n", encoding="utf-8")
    (report,) = check_files([str(notes)]).reports
    assert [step.status for step in report.steps] == [Status.PROVED, Status.REFUTED]


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[tool.derive]\nmacros = 1\n", "is a list of files"),
        ('[tool.derive]\nmacros = ["../secret.tex"]\n', "leaves the folder"),
        ('[tool.derive]\nmacros = ["/etc/passwd"]\n', "leaves the folder"),
        ('[tool.derive]\nmacros = ["missing.tex"]\n', "no such file"),
        ('[tool.derive]\nmacros = ["a\\u0000b"]\n', "leaves the folder"),
        ("[tool.derive\n", "is not TOML"),
    ],
)
def test_broken_settings_are_one_line(tmp_path: Path, toml: str, words: str) -> None:
    (tmp_path / "secret.tex").write_text(r"\newcommand{\x}{1}", encoding="utf-8")
    inner = tmp_path / "course"
    inner.mkdir()
    (inner / "pyproject.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        settings_for(inner, {})
    (inner / "a.md").write_text("$$ 1 = 1 $$\n", encoding="utf-8")
    checked = check_files([str(inner)])
    assert len(checked.problems) == 1 and words in checked.problems[0]
