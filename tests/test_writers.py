"""Every format says the same of every step, and nothing that a user wrote breaks it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
import tiny_topic

from derive.core import InputError, Status, Term
from derive.formula import show_chain
from derive.judge import judge
from derive.report import Report
from derive.writers import BINARY, WRITERS, Layout, escape
from derive.writers.chain import displayed
from derive.writers.formula_width import formula_width
from derive.writers.latex import prose as tex_prose
from derive.writers.markdown import cell
from derive.writers.prose import Span, spans
from derive.writers.terminal import formula_lines
from derive.writers.unicode_math import drawn, one_line


@pytest.fixture(scope="module")
def report() -> Report:
    return judge(tiny_topic.derivation())


@pytest.fixture(scope="module")
def open_report() -> Report:
    return judge(tiny_topic.derivation(tiny_topic.Options(fault="open")))


def written(report: Report, format: str, **layout: object) -> str:
    return WRITERS[format](report, Layout(**layout))  # type: ignore[arg-type]


# ----------------------------------------------------------------------------------------------------------- every page


@pytest.mark.parametrize("format", ["md", "tex", "terminal"])
def test_every_step_is_on_the_page_with_its_mark(report: Report, format: str) -> None:
    text = written(report, format)
    for step in report.steps:
        assert f"({step.id})" in text
    assert "false" in text and "fails at" in text
    assert "3 proved · 1 false on purpose · 1 assumed · 0 undecided" in text.replace(r"\textperiodcentered{}", "·")


@pytest.mark.parametrize("format", WRITERS)
def test_the_same_report_gives_the_same_bytes(format: str) -> None:
    first, second = (written(judge(tiny_topic.derivation()), format) for _ in range(2))
    assert first == second
    if format not in BINARY:
        assert first.endswith("\n") and "\n\n\n\n" not in first


def test_audiences(report: Report) -> None:
    student, lecturer = (written(report, "md", audience=audience) for audience in ("student", "lecturer"))
    assert (
        "Only students" in student
        and "Only lecturers" not in student
        and "NumPy" not in student
        and "FLINT" not in student
    )
    assert "Only lecturers" in lecturer and "Only students" not in lecturer
    assert "NumPy: 64 points, seed 0, all within the rounding bound." in lecturer
    assert student.count("✓ proved · ≈ checked numerically, not proved · ✗ false, shown on purpose") == 1


def test_undecided_says_why(open_report: Report) -> None:
    undecided = next((step for step in open_report.steps if step.status == Status.UNDECIDED), None)
    if undecided is None:
        pytest.skip("the kernel has learnt to decide this")
    assert f"? **({undecided.id})**" in written(open_report, "md", audience="student")
    assert "? **not decided**: " in written(open_report, "md", audience="student")


def test_no_measured_float_on_a_page(report: Report) -> None:
    errors = [f.numpy.max_error for step in report.steps for f in step.findings if f.numpy and f.numpy.max_error]
    for format in ("md", "tex", "terminal"):
        assert not any(repr(error)[:6] in written(report, format) for error in errors)


def test_sections_keep_their_numbers(report: Report) -> None:
    text = written(report, "md", sections=("powers",))
    assert "## 2 Powers" in text and "## 1" not in text and "**(2.1)**" in text and "The opening." in text
    assert "*This page: 1 proved · 1 false on purpose · 0 assumed · 0 undecided.*" in text
    with pytest.raises(InputError, match="there is no section 'x' in tiny; choose among algebra, powers"):
        written(report, "md", sections=("x",))
    assert len(json.loads(written(report, "json", sections=("powers",)))["files"][0]["findings"]) == 2


# ------------------------------------------------------------------------------------------------------------- markdown


def test_a_quoted_falsehood_in_markdown(report: Report) -> None:
    text = written(report, "md")
    block = text[text.index("✗ **(2.2)**") :]
    assert block.startswith(
        "✗ **(2.2)** The sign is lost.\n\n> “roots undo \\*squares\\* \\| always\\_”\n>\n> A \\<book\\>, p. 7\n\n"
        "<!-- derive: here; check; x in R; expect refuted -->\n\n$$"
    )
    assert re.search(
        r"\n\n✗ \*\*false\*\*: fails at \$x = -\d[^$]*\$ \(\$[\d/]+\$ against \$-[\d/]+\$\); true if \$x \\ge 0\$\.\n",
        block,
    )


def test_pipes_in_tables(report: Report) -> None:
    text = written(report, "md")
    assert "| $\\vert x\\vert $ | a\\|b |\n| --- | --- |\n| $\\Vert x\\Vert $ | 100 % \\| _raw_ |\n" in text
    assert cell("a \\| b | $x | y$") == "a \\| b \\| $x \\vert  y$"


def test_long_chains_are_aligned(report: Report) -> None:
    step = report.steps[1].step
    assert displayed(step) == step.formula
    long = tuple(replace(claim, lhs=_wide(claim.lhs), rhs=_wide(claim.rhs)) for claim in step.claims)
    wide = replace(step, claims=long, formula=show_chain(long))  # type: ignore[arg-type]
    text = displayed(wide)
    assert text.startswith("\\begin{aligned} & ") and text.count("\\\\ &\\quad =") == 2
    assert (
        text.replace("\\begin{aligned} & ", "").replace(" \\\\ &\\quad", "").replace(" \\end{aligned}", "")
        == wide.formula
    )


def _wide(term: Term) -> Term:
    powers = (Term("pow", (Term("symbol", (), "x"), Term("number", (), Fraction(k)))) for k in range(20))
    return Term("add", (term, *powers))


# ----------------------------------------------------------------------------------------------------------------- latex


def test_text_reaches_tex_escaped(report: Report) -> None:
    text = written(report, "tex")
    assert r"note: a\_b \$ \{c\} \textbackslash{} ÿ \texttt{U+4E2D}" in text
    assert r"A \textless{}book\textgreater{}, p. 7" in text
    assert r"\texttt{code\_like -{}-n}" in text
    assert escape.tex("a\\b%c^~\x00é") == r"a\textbackslash{}b\%c\textasciicircum{}\textasciitilde{} é"
    assert tex_prose(r"**a** *b* `c_d` $x_1$ \$5 & <i>") == (
        r"\textbf{a} \emph{b} \texttt{c\_d} \(x_1\) \$5 \& \textless{}i\textgreater{}"
    )


@pytest.mark.skipif(not shutil.which("latexmk"), reason="no TeX here")
def test_the_document_compiles(report: Report, tmp_path: Path) -> None:
    (tmp_path / "h.tex").write_text(written(report, "tex"), encoding="utf-8")
    done = subprocess.run(
        ["latexmk", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "h.tex"],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    log = (tmp_path / "h.log").read_text(encoding="latin-1")
    assert done.returncode == 0, log[-2000:]
    assert "Missing character" not in log and "undefined" not in log


# -------------------------------------------------------------------------------------------------------------- terminal


def test_colour_is_never_the_only_signal(report: Report) -> None:
    plain, coloured = (written(report, "terminal", colour=colour) for colour in (False, True))
    assert "\x1b" not in plain and "\x1b[32m✓" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split() == plain.split()


@pytest.mark.parametrize("width", [40, 60, 100])
def test_lines_keep_to_the_width(report: Report, width: int) -> None:
    assert max(map(len, written(report, "terminal", width=width).splitlines())) <= width


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"W^{t+1} = W^{t} W = V \Lambda^{t} (V^{-1} V) \Lambda V^{-1}", "Wᵗ⁺¹ = WᵗW = VΛᵗ(V⁻¹V)ΛV⁻¹"),
        (r"\delta^{1/n} \le \lvert \lambda \rvert", "δ^(1/n) ≤ |λ|"),
        (r"\sum_{k=0}^{t-1} \lambda^{k} = \frac{1-\lambda^{t}}{1-\lambda}", "Σ_{k=0}^{t-1} λᵏ = (1 - λᵗ)/(1 - λ)"),
        (r"\lVert J^{t} \rVert_2 \ge t", "‖Jᵗ‖₂ ≥ t"),
        (r"\begin{pmatrix} a & -b \\ c & d \end{pmatrix}", "[a -b; c d]"),
        (r"\lim_{t \to \infty} \frac{\ln 2}{-\ln r}", "lim_{t→∞} ln 2/(-ln r)"),
        (r"\operatorname{E}[\ln \lvert w_1 \rvert] \ne 0", "E[ln|w₁|] ≠ 0"),
        (r"\sqrt{x^{2} + 1} - \sqrt{2}", "√(x² + 1) - √2"),
        (r"\frac{a}{b c} \binom{t+1}{j}", "(a/(bc))C(t + 1, j)"),
        (r"\frac{37}{10} \frac{27}{37} \left( 1 - x \right)", "(37/10)(27/37)(1 - x)"),
        (r"\frac{1}{2} x + y \frac{1}{2}", "(1/2)x + y(1/2)"),
        (r"\frac{d}{dx} x^{2} = \frac{2}{1}", "d/dx x² = 2/1"),
        (r"W^\top x_{i+1} \notin \mathbb{R}", "Wᵀxᵢ₊₁ ∉ ℝ"),
        (r"x'' - -1 \unknown{y}", "x′′ - -1 unknown y"),
        (r"\left( \frac{1}{2} \right)^{t}", "(1/2)ᵗ"),
        ("", ""),
        (r"\frac{1", "1/"),
        (r"}{^_\\&\left", ""),
    ],
)
def test_unicode_mathematics(latex: str, text: str) -> None:
    if text or not latex:
        assert one_line(latex) == text
    else:
        one_line(latex)  # broken mathematics is shown somehow, never an error
    drawn(latex)
    formula_width(latex)


def test_matrices_are_drawn() -> None:
    assert drawn(r"W = \begin{pmatrix} 19/10 & -7/10 \\ 7/5 & -1/5 \end{pmatrix}^{t} - 1") == (
        "W = ⎡19/10  -7/10⎤ᵗ - 1",
        "    ⎣  7/5   -1/5⎦",
    )


def test_wide_chains_break_at_their_signs() -> None:
    links = ("a", *(f"= b^{{2}} + {'c ' * 20}" for _ in range(3)))
    lines = formula_lines(" ".join(links), links, 60)
    assert [line[:4] for line in lines] == ["a = ", "  = ", "  = "]


# ------------------------------------------------------------------------------------------------------------------ prose


def test_spans() -> None:
    assert spans("a *b* **c** `d` $e_1$ $$f$$ \\$5 [x](y) <b>") == (
        Span("a "),
        Span("b", emphasis=True),
        Span(" "),
        Span("c", strong=True),
        Span(" "),
        Span("d", "code"),
        Span(" "),
        Span("e_1", "math"),
        Span(" "),
        Span("f", "display"),
        Span(" $5 [x](y) <b>"),
    )


@pytest.mark.parametrize(
    "text", ["a*b_c", "$5 and $6", "<b>&amp;|~", "1. x", "- x", "# x", "`x`", "\\", "[a](b)", "a  b"]
)
def test_escaped_text_has_no_mark_up(text: str) -> None:
    assert "".join(span.text for span in spans(escape.markdown(text))) == " ".join(text.split())
    assert {span.kind for span in spans(escape.markdown(text))} == {"text"}


# ------------------------------------------------------------------------------------------------------------------- json

KEYS = ["id", "stance", "kind", "line", "column", "end_line", "end_column", "shown", "lhs", "relation", "rhs", "verdict",
        "expected", "code", "reason", "counterexample", "repair", "trust", "assuming", "numpy"]  # fmt: skip


def test_the_json_contract(report: Report) -> None:
    content = json.loads(report.to_json())
    assert list(content) == ["schema", "version", "files", "summary"]
    assert content["schema"] == 1
    assert list(content["summary"]) == [status.value for status in Status]
    (file,) = content["files"]
    assert list(file) == ["path", "coverage", "findings"] and file["path"] == "tiny"
    assert file["coverage"] == {"formulas": 5, "read": 5, "relations": 6, "checked": 5}
    findings = {finding["id"]: finding for finding in file["findings"]}
    assert list(findings) == ["1.1", "1.2a", "1.2b", "1.3", "2.1", "2.2"]
    assert all(list(finding) == KEYS for finding in findings.values())
    assert sum(content["summary"].values()) == len(findings)
    assert all(
        f[key] is None for f in findings.values() for key in ("line", "column", "end_line", "end_column", "expected")
    )
    assert {name: f["repair"] for name, f in findings.items() if f["repair"] is not None} == {"2.2": "x >= 0"}
    assert {key: findings["1.1"][key] for key in ("kind", "verdict", "code", "trust", "numpy")} == {
        "kind": "definition", "verdict": "assumed", "code": None, "trust": [], "numpy": None}  # fmt: skip
    assert findings["1.2a"]["kind"] == "step" and findings["1.3"]["kind"] == "identity"
    assert findings["1.2a"]["shown"] == findings["1.2b"]["shown"]
    assert (findings["1.2b"]["lhs"], findings["1.2b"]["relation"]) == ("(x + 1) (x + 1)", "=")
    wrong = findings["2.2"]
    assert (wrong["stance"], wrong["verdict"], wrong["code"], wrong["trust"]) == (
        "quotes",
        "refuted",
        "D201",
        ["flint"],
    )
    assert list(wrong["counterexample"]) == ["x", "lhs", "rhs"]
    assert Fraction(wrong["counterexample"]["x"]) < 0 < Fraction(wrong["counterexample"]["lhs"])
    assert list(wrong["numpy"]) == ["points", "seed", "max_error", "bound"]


def test_json_without_what_differs_between_processors(report: Report) -> None:
    content = json.loads(written(report, "json", measured=False))
    checks = [finding["numpy"] for finding in content["files"][0]["findings"] if finding["numpy"]]
    assert checks and all(check["max_error"] is None and check["bound"] is None and check["points"] for check in checks)


def test_a_quotation_keeps_its_mathematics_and_nothing_else() -> None:
    assert escape.markdown_but_math("scaled by $\\lambda^t$ *at once*") == "scaled by $\\lambda^t$ \\*at once\\*"
    assert escape.markdown_but_math("costs $5") == escape.markdown("costs $5")
