"""`derive init` writes what is missing, and never over what is there."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from derive.cli import main

Captured = pytest.CaptureFixture[str]
ROOT = Path(__file__).parent.parent
WORKFLOW = ".github/workflows/derive.yml"


def run(folder: Path, capsys: Captured) -> str:
    assert main(["init", str(folder)]) == 0
    return capsys.readouterr().out


def test_an_empty_folder_is_set_up(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "n.md").write_text("$$ x + x = 2x = 3x $$\n\n$$ \\foo = 1 = 1 $$\n", encoding="utf-8")
    out = run(tmp_path, capsys)
    assert "derive" in tomllib.loads((tmp_path / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert "entry: derive check" in (tmp_path / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert "derive check --format github ." in (tmp_path / WORKFLOW).read_text(encoding="utf-8")
    assert "1 text, 4 relations, 75 % of them read" in out and "1 refuted" in out


def test_nothing_is_written_over(tmp_path: Path, capsys: Captured) -> None:
    run(tmp_path, capsys)
    (tmp_path / WORKFLOW).write_text("mine\n", encoding="utf-8")
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: []\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    out = run(tmp_path, capsys)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert out.count("left as it is") == 3 and "id: derive-check" in out


def test_a_project_keeps_what_it_has(tmp_path: Path, capsys: Captured) -> None:
    before = '[project]\nname = "x"  # kept\n\n[tool.other]\na = 1\n'
    (tmp_path / "pyproject.toml").write_text(before, encoding="utf-8")
    run(tmp_path, capsys)
    after = (tmp_path / "pyproject.toml").read_text(encoding="utf-8")
    assert after.startswith(before) and tomllib.loads(after)["tool"] == {"other": {"a": 1}, "derive": {}}


@pytest.mark.parametrize("content", ["not toml", "tool = 1\n", "tool = {}\n"])
def test_a_project_that_cannot_be_extended_is_left(content: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "pyproject.toml").write_text(content, encoding="utf-8")
    assert main(["init", str(tmp_path)]) == 2
    assert (tmp_path / "pyproject.toml").read_text(encoding="utf-8") == content
    assert capsys.readouterr().err.count("\n") == 1


def test_no_such_folder(tmp_path: Path, capsys: Captured) -> None:
    assert main(["init", str(tmp_path / "missing")]) == 2
    assert "there is no directory" in capsys.readouterr().err


def test_the_hook_of_this_repository_is_the_same() -> None:
    from derive.commands.init import HOOK

    ours = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    pattern = next(line.strip() for line in HOOK.splitlines() if "files:" in line)
    assert pattern in ours and "entry: derive check" in ours and "id: derive-check" in ours
