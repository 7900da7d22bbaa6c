"""LaTeX: what is read stands at its place, what is hidden is not read, and hostile files end in one line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derive.checking import check_files
from derive.cli import main
from derive.core import Status
from derive.notes.display import statements
from derive.notes.document import Comment, Document, End, Formula, Heading
from derive.notes.expanding import expanded
from derive.notes.includes import MOST
from derive.notes.tex import read_tex

WRONG = r"\[ 1 + 1 = 2 = 3 \]"


def formulas(text: str) -> list[Formula]:
    return [part for part in read_tex(text).parts if isinstance(part, Formula)]


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".tex")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def places(*paths: str) -> set[tuple[str, int, int]]:
    """The alarms of a check: file, line and column."""
    return {
        (report.derivation.name.rpartition("/")[2], step.step.source.line, step.step.source.column)
        for report in check_files(paths).reports
        for step in report.steps
        if step.status in (Status.REFUTED, Status.CONDITIONAL) and step.step.source
    }


@pytest.mark.parametrize(
    ("text", "inside", "display"),
    [
        (r"a $x$ b", "x", False),
        (r"a \(x\) b", "x", False),
        (r"a $$x$$ b", "x", True),
        (r"\[x\]", "x", True),
        (r"\begin{math}x\end{math}", "x", False),
        (r"\begin{equation*}x\end{equation*}", "x", True),
        (r"\begin{align}x &= y\end{align}", "x &= y", True),
        (r"\begin{alignat}{2}x\end{alignat}", "x", True),
        (r"\begin{IEEEeqnarray}{rCl}x\end{IEEEeqnarray}", "x", True),
        (r"\begin{empheq}[box=\fbox]{align}x\end{empheq}", "x", True),
        (r"\begin{equation}\begin{split}x\end{split}\end{equation}", r"\begin{split}x\end{split}", True),
        (r"$x \text{ for $y$ } z$", r"x \text{ for $y$ } z", False),
        (r"$x % $ no \\ more" "\n z$", "x z", False),
        (r"\$ 5 and $x$", "x", False),
        (r"$10\%$", r"10\%", False),
        (r"\\[2pt] $x$", "x", False),
        (r"\newcommand{\be}{\begin{equation}}\newcommand{\ee}{\end{equation}}\be x\ee", " x", True),
        (r"\def\[{$$}\verb|$y$| $x$", "x", False),
    ],
)
def test_one_formula(text: str, inside: str, display: bool) -> None:
    (formula,) = formulas(text)
    assert (formula.text.text, formula.display) == (inside, display)
    place = formula.text.place
    assert place is not None and text[place[0]] == inside[0] and text[place[1] - 1] == inside[-1]


@pytest.mark.parametrize(
    "text",
    [
        r"% $x$",
        r"\begin{verbatim}$x$\end{verbatim}",
        r"\begin{lstlisting}[language=C]" "\n$x$\n" r"\end{lstlisting}",
        r"\begin{minted}{python}$x$\end{minted}",
        r"\begin{tikzpicture}\node {$x$};\end{tikzpicture}",
        r"\begin{comment}$x$\end{comment}",
        r"\verb|$x$| \lstinline!$x$! \url{a$x$b}",
        r"\iffalse $x$ \fi",
        r"\title{$x$}\begin{document}\end{document}$x$",
        r"\newcommand{\x}{$x$}",
        "$x\n\ny z",  # a paragraph ends
        r"$x",
        r"\begin{align}x",
        r"{ $x } y",
        r"costs \$5 or \$6",
    ],
)
def test_no_formula(text: str) -> None:
    assert formulas(text) == []


def test_a_paragraph_that_lacks_a_dollar_does_not_turn_the_others_round() -> None:
    assert [formula.text.text for formula in formulas("a $x b\n\nc $y$ d")] == ["y"]


def test_sections_theorems_and_comments() -> None:
    text = (
        r"\chapter{A}\section[b]{B}\newtheorem{satz}{Satz}\begin{satz}\end{satz}\begin{proof}\end{proof}"
        "\n% derive: x > 0; n in N\n% not this\n\\subsection*{C}"
    )
    parts = [part for part in read_tex(text).parts if isinstance(part, Heading | End | Comment)]
    levels = [(part.level, part.title) for part in parts if isinstance(part, Heading)]
    assert levels == [(2, "A"), (3, "B"), (7, "satz"), (7, "proof"), (4, "C")]
    assert [part.text for part in parts if isinstance(part, Comment)] == ["x > 0; n in N"]
    assert sum(isinstance(part, End) for part in parts) == 2


def test_hypotheses_end_with_their_theorem_and_hold_in_its_proof(tmp_path: Path) -> None:
    root = r"\[ \sqrt{x^2} = x = x. \]"
    text = rf"""% derive: off
\section{{One}} \begin{{theorem}} Let $x > 0$. Then % derive: on
{root}
\end{{theorem}}
\begin{{proof}}
{root}
\end{{proof}}
{root}
"""
    write(tmp_path, a=text)
    (report,) = check_files([str(tmp_path / "a.tex")]).reports
    assert [step.status == Status.PROVED for step in report.steps[::2]] == [True, True, False]


@pytest.mark.parametrize(
    ("rows", "relations"),
    [
        (r"a &= b \\ &\quad + c \\ &= d", ["a = b + c", "b + c = d"]),
        (r"a &= b + \\ & c", ["a = b + c"]),
        (r"a &= b \\ &\phantom{=} {}- c", ["a = b - c"]),
        (r"a = \\ & b", ["a = b"]),
        (r"a &= (b + \\ & c) d", ["a = (b + c) d"]),
        (r"a &= b \\ -a &= c", ["a = b", "-a = c"]),  # a new line
        (r"a &= b \\ &= c + d", ["a = b", "b = c + d"]),
    ],
)
def test_rows_that_go_on(rows: str, relations: list[str]) -> None:
    (formula,) = formulas(rf"\begin{{align}}{rows}\end{{align}}")
    found = [link for statement in statements(formula) for link in statement.links]
    written = [" ".join(f"{link.lhs.text} {link.sign} {link.rhs.text}".replace(r"\quad", "").split()) for link in found]
    assert [words.replace(r"\phantom{=} ", "") for words in written] == relations


@pytest.mark.parametrize(
    "text",
    [
        r"\begin{align}\text{rate in} &= 5, \\ \text{concentration in} &= 0.1 \end{align}",  # not 5 = 0.1
        r"\[ \langle 1, 1 \rangle = \int_{-1}^1 1 \, dt = 2 \]",  # an inner product of functions
        r"\[ 1 + 2 \sum_{n=1}^\infty r^n = 1 + \sum_{n=1}^\infty (r^n + r^n) = 1 + \sum_{n=1}^\infty 2 r^n \]",  # |r| < 1 is meant
        r"We plug in to get \[ - 9 C \cos (3t) = - C \cos (3t) + 2 \cos (3t). \] We get $C = -1/4$.",
        r"From this we get \[ x = 1 - x. \]",
        r"\begin{align} (a+b)^2 - (a-b)^2 &= (a+b)^2 \\ &\quad - (a-b)^2 \\ &= 2ab \\ &\quad + 2ab \end{align}",
    ],
)
def test_no_alarm(tmp_path: Path, text: str) -> None:
    write(tmp_path, a=text)
    assert places(str(tmp_path)) == set()


@pytest.mark.parametrize(
    ("text", "column"),
    [
        (r"\begin{align} a &= b + 1 \\ \text{hence} &= b + 2 \end{align}", 45),  # words that lead on
        (r"For all $x$ we get \[ (x + 1)^2 = x^2 + 1. \]", 23),
        (r"We get the expression \[ \frac{d}{dv} (x-uv)^{2} = 2(x-uv)u, \]", 26),
        (r"For $x > 0$ we get \[ (x + 1)^2 = x^2 + 1. \]", 23),
    ],
)
def test_alarms_that_stay(tmp_path: Path, text: str, column: int) -> None:
    write(tmp_path, a=text)
    assert places(str(tmp_path)) == {("a.tex", 1, column)}


def test_multline_is_one_line() -> None:
    (formula,) = formulas("\\begin{multline}a = b \\\\ c + d\\end{multline}")
    assert [len(statement.links) for statement in statements(formula)] == [1]


def test_alarms_in_included_files(tmp_path: Path) -> None:
    main_file = "\\newcommand{\\two}{2}\n% derive: x > 0\n\\input{ch/one}\n\\include{two.tex}\n" + WRONG
    one = "\\begin{align}\n \\sqrt{x^2} &= x \\\\\n &= x + \\two\n\\end{align}"
    write(tmp_path, main=main_file, ch__one=one, two="text\n" + WRONG)
    expected = {("one.tex", 3, 5), ("two.tex", 2, 16), ("main.tex", 5, 16)}
    assert places(str(tmp_path / "main.tex")) == expected
    assert places(str(tmp_path)) == expected  # and no file is judged twice
    assert len(check_files([str(tmp_path)]).reports) == 3


def test_macros_of_a_package_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "my.sty").write_text(r"\newcommand{\two}{2} $x$", encoding="utf-8")
    write(tmp_path, a=r"\usepackage{amsmath,my}\begin{document}\[ 1 + 1 = \two = \two + 1 \]\end{document}")
    assert places(str(tmp_path / "a.tex")) == {("a.tex", 1, 58)}


# ------------------------------------------------------------------------------------------------------ hostile files


def complaints(capsys: pytest.CaptureFixture[str], *paths: Path) -> list[str]:
    """The lines on standard error of a check that ends with exit code 2."""
    assert main(["check", "--no-cache", *map(str, paths)]) == 2
    return capsys.readouterr().err.splitlines()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../secret", "leaves the folder"),
        ("{}/secret", "is not read"),
        ("link", "symbolic link"),
        ("out", "leaves the folder"),
    ],
)
def test_no_file_outside_of_the_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    write(tmp_path, secret=WRONG, notes__inner=WRONG, notes__a=f"\\input{{{name.format(tmp_path)}}}\n{WRONG}")
    (tmp_path / "notes" / "link.tex").symlink_to(tmp_path / "notes" / "inner.tex")
    (tmp_path / "notes" / "out.tex").symlink_to(tmp_path / "secret.tex")
    (line,) = complaints(capsys, tmp_path / "notes" / "a.tex")
    assert f"{tmp_path / 'notes' / 'a.tex'}:1: includes a file" in line and words in line
    checked = check_files([str(tmp_path / "notes" / "a.tex")])
    assert [report.summary["refuted"] for report in checked.reports] == [1]


def test_links_in_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, secret=WRONG, notes__a=WRONG)
    (tmp_path / "notes" / "b.tex").symlink_to(tmp_path / "secret.tex")
    (tmp_path / "notes" / "again").symlink_to(tmp_path / "notes")
    lines = complaints(capsys, tmp_path / "notes")
    assert len(lines) == 2 and "symbolic link to a folder" in lines[0] and "leaves the folder" in lines[1]


def test_files_that_include_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, a="\\input{b}\n" + WRONG, b="\\input{a}", c="\\input{c}")
    lines = complaints(capsys, tmp_path / "a.tex", tmp_path / "c.tex")
    assert len(lines) == 2 and all("includes itself" in line for line in lines)


def test_many_files_and_deep_ones(tmp_path: Path) -> None:
    write(tmp_path, **{f"d{number}": f"\\input{{d{number + 1}}}" for number in range(60)})
    write(tmp_path, many="".join(f"\\input{{m{number}}}" for number in range(MOST + 20)))
    write(tmp_path, **{f"m{number}": "x" for number in range(MOST + 20)})
    assert ["deep" in line for line in check_files([str(tmp_path / "d0.tex")]).problems] == [True]
    problems = check_files([str(tmp_path / "many.tex")]).problems
    assert len(problems) == 20 and f"more than {MOST} files" in problems[0]


def test_a_file_twice_included_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, **{f"b{number}": f"\\input{{b{number + 1}}}" * 10 for number in range(15)}, b15=WRONG)
    assert places(str(tmp_path / "b0.tex")) == {("b15.tex", 1, 16)}


def test_what_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, a="\\input{missing}\n\\input{plot.pdf_tex}\n$$ 1 + 1 = 2 = 2 $$")
    assert main(["check", "--no-cache", str(tmp_path / "a.tex")]) == 0
    assert capsys.readouterr().err == f"derive: {tmp_path / 'a.tex'}:1: includes missing, which is not there\n"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.tex", b"\\[ 1 = 2 \\] \0", "null byte"),
        ("a.tex", b"\\[ 1 = 2 \\] \xff\xfe", "is not UTF-8"),
        ("a.md", b"\xc3", "is not UTF-8"),
        ("a.docx", b"", "nothing is known of .docx"),
        ("README", b"", "nothing is known of this"),
    ],
)
def test_unreadable_files_are_one_line_and_the_others_are_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    write(tmp_path, z=WRONG)
    assert main(["check", "--no-cache", str(tmp_path / name), str(tmp_path / "z.tex")]) == 2
    captured = capsys.readouterr()
    assert words in captured.err and captured.err.count("\n") == 1
    assert "z.tex:1:16: refuted" in captured.out


def test_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, b__z=WRONG, a=WRONG)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.md").write_text("$$ 1 = 2 = 3 $$", encoding="utf-8")
    (tmp_path / "folder.tex").mkdir()
    (tmp_path / "picture.png").write_bytes(b"\0")
    names = [report.derivation.name for report in check_files([str(tmp_path)]).reports]
    assert names == [str(tmp_path / "a.tex"), str(tmp_path / "b" / "z.tex")]
    (line,) = complaints(capsys, tmp_path / "folder.tex")
    assert "holds no notes" in line
    (line,) = complaints(capsys, tmp_path / "a\0b.tex")
    assert "cannot be read" in line


@pytest.mark.parametrize(
    "text",
    [
        "\\[ 1 = " + "{" * 10_000 + "2" + "}" * 10_000 + " = 3 \\]",
        "\\[ 1 = " + "{" * 10_000 + " = 3 \\]",
        "\\[ 1 = " + "\\frac{1}" * 10_000 + " = 3 \\]",
        "\\[ 1 = " + "\\left(" * 10_000 + " = 3 \\]",
        "\\[ 1 = " + "\\begin{pmatrix}" * 5_000 + " = 3 \\]",
        "\\def\\x{\\x}\\[ 1 = \\x = 3 \\]",
        "\\newcommand{\\f}[1]{" + "{" * 10_000 + "#1" + "}" * 10_000 + "}\\[ 1 = \\f{2} = 3 \\]",
        "\\( " * 20_000,
        "$ { " * 20_000,
        "\\begin{align} " * 5_000,
        "\\begin{theorem}" * 5_000,
        "\\section{" * 5_000,
        "%" * 100_000,
        "\\verb|" * 5_000,
        "\\[ 1 = 10^{10^{10^{10}}} = 9^{9^{9^9}} \\]",
        "\\[ 1 = " + "9" * 100_000 + " = 3 \\]",
    ],
)
def test_hostile_text_ends(tmp_path: Path, text: str) -> None:
    write(tmp_path, a=text + "\n\n" + WRONG)
    started = time.perf_counter()
    checked = check_files([str(tmp_path / "a.tex")])
    assert time.perf_counter() - started < 20
    assert checked.reports or checked.problems


@given(st.text(alphabet="$\\()[]{}%abeginmathd&= \n", max_size=60))
def test_whatever_the_text_it_is_read(text: str) -> None:
    document = read_tex(text + "$x$")
    for placed in expanded(document):
        part = placed.part
        if isinstance(part, Formula):
            assert 0 <= part.start < part.end <= len(document.text)
            assert all(part.start <= start < part.end for start in part.text.starts)


def test_a_document_is_itself() -> None:
    assert isinstance(read_tex("", "a.tex"), Document) and read_tex("").parts == ()
