"""What is known already, and what is new since a revision."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from derive.cli import main

OLD = "# One\n\n$$ x + x = 2x = 3x $$\n\n# Two\n\n$$ y y = y^2 = y^3 $$\n"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("note.md")
    path.write_text(OLD, encoding="utf-8")
    return path


def alarms(capsys: Captured, *arguments: str) -> tuple[int, list[str]]:
    code = main(["check", "note.md", *arguments])
    return code, [line.split(": ")[0] for line in capsys.readouterr().out.splitlines() if ": refuted:" in line]


def test_known_findings_are_left_out(note: Path, capsys: Captured) -> None:
    assert alarms(capsys) == (1, ["note.md:3:17", "note.md:7:16"])
    assert main(["check", "note.md", "--baseline", "known.json", "--write-baseline"]) == 0
    assert "2 findings are known" in capsys.readouterr().err
    assert alarms(capsys, "--baseline", "known.json") == (0, [])


def test_lines_may_move_and_spaces_change(note: Path, capsys: Captured) -> None:
    main(["check", "note.md", "--baseline", "known.json", "--write-baseline"])
    note.write_text("Some words.\n\n" + OLD.replace("2x = 3x", "2x  =  3x"), encoding="utf-8")
    assert alarms(capsys, "--baseline", "known.json") == (0, [])


def test_the_same_formula_elsewhere_or_once_more_is_new(note: Path, capsys: Captured) -> None:
    main(["check", "note.md", "--baseline", "known.json", "--write-baseline"])
    note.write_text(OLD + "\n$$ y y = y^2 = y^3 $$\n\n# Three\n\n$$ x + x = 2x = 3x $$\n", encoding="utf-8")
    assert alarms(capsys, "--baseline", "known.json") == (1, ["note.md:9:16", "note.md:13:17"])


def test_the_place_where_it_is_run_does_not_matter(
    note: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["check", "note.md", "--baseline", "known.json", "--write-baseline"])
    Path("below").mkdir()
    monkeypatch.chdir("below")
    assert main(["check", "../note.md", "--baseline", "../known.json"]) == 0


@pytest.mark.parametrize(
    "content",
    [
        None,
        "",
        "[]",
        "{}",
        '{"schema": 2, "findings": []}',
        '{"schema": 1, "findings": [1]}',
        '{"schema": 1, "findings": [{"path": "x"}]}',
        "[" * 100_000,
    ],
)
def test_what_is_no_baseline_is_said(content: str | None, note: Path, capsys: Captured) -> None:
    if content is not None:
        Path("known.json").write_text(content, encoding="utf-8")
    assert main(["check", "note.md", "--baseline", "known.json"]) == 2
    assert "[D505]" in capsys.readouterr().err


def test_a_baseline_is_sorted_and_has_no_lines(note: Path) -> None:
    main(["check", "note.md", "--baseline", "known.json", "--write-baseline"])
    entries = json.loads(Path("known.json").read_text(encoding="utf-8"))["findings"]
    assert [entry["section"] for entry in entries] == ["One", "Two"]
    assert set(entries[0]) == {"path", "section", "formula", "verdict", "count"}


# ------------------------------------------------------------------------------------------------ since a revision


def git(*arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def committed(note: Path) -> Path:
    if shutil.which("git") is None:
        pytest.skip("there is no git")
    git("init", "-q")
    git("add", "note.md")
    git("commit", "-qm", "first")
    return note


def test_only_what_is_new_is_shown(committed: Path, capsys: Captured) -> None:
    assert alarms(capsys, "--since", "HEAD") == (0, [])
    committed.write_text("Words.\n\n" + OLD + "\n$$ z + z = 2z = 4z $$\n", encoding="utf-8")
    assert alarms(capsys, "--since", "HEAD") == (1, ["note.md:11:17"])


def test_a_changed_line_is_shown_though_it_was_wrong_before(committed: Path, capsys: Captured) -> None:
    committed.write_text(OLD.replace("$$ x + x", "$$ 0 + x + x"), encoding="utf-8")
    assert alarms(capsys, "--since", "HEAD") == (1, ["note.md:3:21"])


def test_a_changed_declaration_shows_what_depends_on_it(committed: Path, capsys: Captured) -> None:
    text = "<!-- derive: x > 0 -->\n\n$$ |x| = x = x + 0 $$\n"
    committed.write_text(text, encoding="utf-8")
    git("commit", "-qam", "second")
    committed.write_text(text.replace("x > 0", "x in R"), encoding="utf-8")
    assert alarms(capsys, "--since", "HEAD") == (1, ["note.md:3:4"])


def test_a_new_file_is_new(committed: Path, capsys: Captured) -> None:
    Path("other.md").write_text(OLD, encoding="utf-8")
    assert main(["check", "other.md", "note.md", "--since", "HEAD"]) == 1
    out = capsys.readouterr().out
    assert out.count("other.md:") == 3 and out.count("note.md:") == 1


@pytest.mark.parametrize("revision", ["nowhere", "-x", "--output=x", ""])
def test_an_unknown_revision_is_said(revision: str, committed: Path, capsys: Captured) -> None:
    assert main(["check", "note.md", f"--since={revision}"]) == 2
    assert "[D506]" in capsys.readouterr().err
