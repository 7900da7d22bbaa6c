"""What the command line declares holds in files, in standard input and for one line; changes are seen in included files, too."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest

import derive
from derive.cli import main
from derive.core import InputError, Status

FALSE = "$$ 1 + 1 = 2 = 3 $$\n"


@pytest.mark.parametrize(
    "text",
    [
        "$$ \\sqrt{x^2} = x = x + 0 $$\n",
        "\\section{A}\nSo \\[ \\sqrt{x^2} = x = x + 0 \\]\n",
        "\\begin{proof} % words\n\\begin{align} \\sqrt{x^2} &= x \\\\ &= x + 0 \\end{align}\\end{proof}",
    ],
)
def test_given_holds_in_markdown_and_in_latex(text: str) -> None:
    assert [step.status for step in derive.check(text, given="x > 0").steps] == [Status.PROVED] * 2
    assert Status.REFUTED in [step.status for step in derive.check(text, given="x in R").steps]


def test_given_for_one_line() -> None:
    (step,) = derive.check(r"\sqrt{x^2} = x", given="x > 0").steps
    assert step.status == Status.PROVED
    statuses = [step.status for step in derive.check(r"x^2 = x \implies x = 1", given="x > 0").steps]
    assert statuses == [Status.ASSUMED, Status.PROVED]
    lost = derive.check(r"x^2 = x \implies x = 1", given="x in R").steps[-1]
    assert (lost.status, lost.code) == (Status.REFUTED, "D211")


@pytest.mark.parametrize("given", ["x >", "x in Q8"])
def test_given_that_is_not_understood(given: str) -> None:
    for text in ("$$ x = x $$", "x = x", r"x = 1 \implies x = 1"):
        with pytest.raises(InputError):
            derive.check(text, given=given)


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    text = "$$ \\sqrt{x^2} = x = x + 0 $$\n"
    (tmp_path / "note.md").write_text(text, encoding="utf-8")
    assert main(["check", "note.md", "--given", "x > 0"]) == 0
    assert main(["check", "note.md", "--given", "x in R"]) == 1
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert main(["check", "-", "--given", "x in R"]) == 1
    assert main(["check", "-e", r"x^2 = x \implies x = 1", "--given", "x in R"]) == 1
    assert "loses x = 0" in capsys.readouterr().out
    assert main(["check", "note.md", "--given", "x >"]) == 2


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "part").mkdir()
    (tmp_path / "book.tex").write_text("\\section{A}\nLet $x > 0$.\n\\input{part/one}\n", encoding="utf-8")
    (tmp_path / "part" / "one.tex").write_text(f"\\[ \\sqrt{{x^2}} = x = x + 0 \\]\n{FALSE}", encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "notes")
    return tmp_path


def test_what_was_there_in_an_included_file_is_left_out(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = str(repository / "book.tex")
    assert main(["check", book]) == 1
    assert main(["check", book, "--since", "HEAD"]) == 0
    part = repository / "part" / "one.tex"
    part.write_text(part.read_text("utf-8") + "\n$$ 2 + 2 = 4 = 5 $$\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["check", book, "--since", "HEAD"]) == 1
    assert capsys.readouterr().out.count(": refuted: ") == 1


def test_a_declaration_of_the_main_file_changes_what_is_included(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = repository / "book.tex"
    book.write_text(book.read_text("utf-8").replace("x > 0", "x < 0"), encoding="utf-8")
    assert main(["check", str(book), "--since", "HEAD"]) == 1
    out = capsys.readouterr().out
    assert "one.tex:1:" in out and "one.tex:2:" not in out
