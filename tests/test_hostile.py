"""What nobody writes: each file of it is one clear line and exit code 2, the other files are checked, and nothing takes long."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.checking import check_text
from derive.cli import main
from derive.core import InputError
from derive.notes.files import read_text
from derive.notes.reading import derivations_of
from derive.notes.settings import Settings

GOOD = "$$ 1 + 1 = 2 = 3 - 1 $$\n"
SECONDS = 2.0
"""Of computing, for a document with one or two claims."""


def told(folder: Path, name: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What is said of the file, with a good one beside it that is checked."""
    (folder / "good.md").write_text(GOOD, encoding="utf-8")
    assert main(["check", str(folder / name), str(folder / "good.md")]) == 2
    out, err = capsys.readouterr()
    assert "good.md" in out and "2 proved" in out
    assert err.count("\n") == 1 and "Traceback" not in err
    return err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"$$ x = \xff\xfe $$", "not UTF-8"),
        (b"$$ x = 1 \0 $$", "null byte"),
        (b"a" * 600_000 + b"\n", "line 1 has more than"),
        (b"x" * 20_000_001, "larger than 20 MB"),
    ],
    ids=["latin", "null", "long line", "large"],
)
def test_a_file_that_is_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, words: str) -> None:
    (tmp_path / "bad.md").write_bytes(content)
    assert words in told(tmp_path, "bad.md", capsys)


def test_a_line_of_a_hundred_megabytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (tmp_path / "bad.md").open("wb") as file:
        file.truncate(100_000_000)  # a file with holes: no such line is written
    assert "larger than" in told(tmp_path, "bad.md", capsys)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gone.md", "no such file"),
        ("bad.ipynb", "no notebook"),
        ("bad.exe", "nothing is known"),
        ("empty", "holds no notes"),
    ],
)
def test_a_name_that_is_no_file_of_notes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.ipynb").write_text("[" * 50_000, encoding="utf-8")
    (tmp_path / "bad.exe").write_text("x", encoding="utf-8")
    assert words in told(tmp_path, name, capsys)


def test_a_folder_called_like_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "folder.md").mkdir()
    assert "holds no notes" in told(tmp_path, "folder.md", capsys)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("\\input{bad}", "includes itself"),
        ("\\input{other}", "includes itself"),
        ("\\input{../outside}", "leaves the folder"),
        ("\\input{link}", "symbolic link"),
        ("\\input{/etc/passwd}", "is not read"),
    ],
)
def test_what_is_included(tmp_path: Path, capsys: pytest.CaptureFixture[str], body: str, words: str) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    (tmp_path / "outside.tex").write_text("secret", encoding="utf-8")
    (folder / "other.tex").write_text("\\input{bad}", encoding="utf-8")
    os.symlink(folder / "other.tex", folder / "link.tex")
    (folder / "bad.tex").write_text(f"\\section{{A}}\n{body}\n", encoding="utf-8")
    said = told(folder, "bad.tex", capsys)
    assert words in said and "secret" not in said


def nested(open_: str, inside: str, close: str, depth: int) -> str:
    return open_ * depth + inside + close * depth


@pytest.mark.parametrize(
    "formula",
    [
        nested("{", "x", "}", 10_000),
        nested("(", "x", ")", 10_000),
        nested("\\sqrt{", "x", "}", 50),
        nested("x^{", "x", "}", 50),
        nested("\\left(", "x", "\\right)", 3_000),
        nested("|", "x", "|", 1_000),
        "9^{9^{9^{9^9}}}",
        "((100!)!)!",
        "\\binom{10^{50}}{10^{40}}",
        "9" * 15_000,
        "(a+b+c+d)^{300}(p+q)^{1000}",
        "\\sum_{k=1}^{1000000000} \\sin(k)^k",
        "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}^{1000000}",
        "\\text{a " * 2_000,
        "b" + "\\quad " * 5_000 + "x",
        "b" + ".,;" * 5_000 + "x",
        "&" * 20_000,
        "x^2 = 1 \\implies x = " + "\\pm " * 2_000 + "1",
        "x^2 = 1 \\implies x = 1 " + "\\lor x = 1" * 1_000,
    ],
    ids=lambda formula: formula[:24],
)
def test_a_formula_does_not_take_long(formula: str) -> None:
    begin = time.process_time()
    check_text(f"$$ {formula} = 1 = 2 $$\n")
    assert time.process_time() - begin < SECONDS


LAUGHS = "\\newcommand{\\a}{xx}" + "".join(
    f"\\newcommand{{\\{chr(98 + i)}}}{{{(chr(92) + chr(97 + i)) * 4}}}" for i in range(20)
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "\\[ " * 20_000),
        ("a.md", "\\begin{align} " * 20_000),
        ("a.md", "<!-- " * 20_000),
        ("a.md", "` " * 5_000),
        ("a.md", "[" * 10_000),
        ("a.md", "\\def\\a#1" * 5_000),
        ("a.md", "---\nmacros:\n" + '  a: "\\' * 5_000 + "\n---\n"),
        ("a.md", LAUGHS + "$$ \\u = 1 = 2 $$\n\n" * 120),
        ("a.md", "$$ a = b \\tag{1} $$" * 200 + "By (1) " * 200),
        ("a.tex", "\\section{A}" + "\\[ " * 5_000),
        ("a.tex", "\\section{A}" + "\\begin{align} " * 5_000),
        ("a.tex", "\\section{" * 5_000),
        ("a.tex", "\\section{A}" + "{" * 50_000),
    ],
    ids=lambda text: text[:16],
)
def test_a_document_does_not_take_long(name: str, text: str) -> None:
    begin = time.process_time()
    derivations_of(read_text(text, name, Settings()))
    assert time.process_time() - begin < SECONDS


SIGNS = st.sampled_from(
    [
        *("$", "$$", "\\[", "\\]", "{", "}", "\\", "&", "\\\\", "^", "_", "(", ")", "|", "=", "<", "x", "y", "2", " ", "\n\n", "%"),
        *("\\implies ", "\\iff ", "\\text{ or }", "\\pm ", "\\begin{align}", "\\end{align}", "\\frac", "\\sqrt", "\\sum_{k=1}^n "),
        *("\\newcommand{\\a}{x}", "\\a", "\\tag{1}", "By (1) ", "Hence ", "<!-- derive: x > 0 -->", "\\left(", "\\right)", "\\in \\{"),
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(SIGNS, max_size=40), st.sampled_from(["a.md", "a.tex"]))
def test_any_run_of_signs_is_read(signs: list[str], name: str) -> None:
    for wrapped in ("".join(signs), f"$$ {''.join(signs)} $$"):
        try:
            derivations_of(read_text(wrapped, name, Settings()))
        except InputError as problem:
            assert "\n" not in str(problem)
