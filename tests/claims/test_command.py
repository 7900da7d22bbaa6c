"""``derive claims`` as a user meets it: formats, filters, one entry in full, and a clear line for whatever is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import derive.build
from derive import cli, textbook
from derive.ledger import Outcome, Truth, verdict_of

KEYS = ["id", "source", "claim", "verdict", "readings", "hypotheses", "counterexample", "correction", "topic", "steps"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(("claims", *arguments))
    out, err = capsys.readouterr()
    return code, out, err


def objects(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    code, out, _ = run(capsys, *arguments, "--format", "json")
    assert code == 0
    return list(json.loads(out))


# ------------------------------------------------------------------------------------------------------------- formats


def test_a_pipe_gets_a_markdown_table(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "A1", "A10")
    lines = [line for line in out.splitlines() if line.startswith("|")]
    assert code == 0
    assert lines[0].startswith("| id | place | claim | verdict | what is missing | smallest counterexample |")
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| A1", "| A10"]
    assert all(len(re.split(r"(?<!\\)\|", line)) == 10 for line in lines)
    assert err == "1 true · 1 false\n"


def test_json_has_all_keys_and_null_for_what_is_absent(capsys: pytest.CaptureFixture[str]) -> None:
    true, false = objects(capsys, "A1", "A10")
    assert list(true) == list(false) == KEYS
    assert (true["verdict"], true["counterexample"], true["correction"]) == ("true", None, None)
    assert false["verdict"] == "false"
    assert false["counterexample"]["lambda"] == "-1"
    assert [reading["verdict"] for reading in false["readings"]] == ["refuted"]
    assert {step["verdict"] for step in true["steps"]} == {"proved", "assumed"}


def test_json_of_everything_lists_the_steps_without_judging_topics(capsys: pytest.CaptureFixture[str]) -> None:
    found = objects(capsys, "--source", "8.2.6")
    steps = [step for entry in found for step in entry["steps"] if step["topic"]]
    assert steps and all(step["verdict"] is None for step in steps)


@pytest.mark.parametrize(
    ("format", "start"), [("text", "Claim A10"), ("md", "# Claim A10"), ("tex", r"\documentclass")]
)
def test_one_entry_in_full(capsys: pytest.CaptureFixture[str], format: str, start: str) -> None:
    code, out, _ = run(capsys, "a10", "-f", format)
    assert code == 0
    assert out.startswith(start)
    assert "vanishing" in out and "modulus" in out


@pytest.mark.parametrize("suffix", [".txt", ".md", ".tex", ".json"])
def test_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"claims{suffix}"
    code, out, _ = run(capsys, "A1", "A10", "-o", str(target))
    assert (code, out) == (0, "")
    assert "A10" in target.read_text(encoding="utf-8")


def test_the_table_keeps_to_the_width(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from derive.textbook import chosen, judged
    from derive.writers import Layout
    from derive.writers.claims import TABLES

    found = judged(chosen(["A2", "A8", "A14", "H", "0"]))
    for width in (80, 100, 140):
        assert max(map(len, TABLES["text"](found, Layout(width=width)).splitlines())) <= width


# ------------------------------------------------------------------------------------------------------------- filters


def test_a_letter_is_a_group_and_the_order_is_by_number(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "0")
    assert re.findall(r"^\| (\S+) \|", out, re.MULTILINE)[2:] == [f"0.{number}" for number in range(1, 8)]
    assert [entry.id for entry in textbook.chosen(["A"])] == [f"A{number}" for number in range(1, 16)]


def test_a_source_includes_its_subsections_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "D1", "D2", "A1", "--source", "10.11")
    assert re.findall(r"^\| ([A-Z]\d+) \|", out, re.MULTILINE) == ["D1", "D2"]
    assert run(capsys, "D1", "D2", "--source", "10.11.1")[1] == out
    assert run(capsys, "--source", "10.1")[0] == 2


def test_a_verdict_filters(capsys: pytest.CaptureFixture[str]) -> None:
    found = objects(capsys, "A2", "D6", "--verdict", "true-if")
    assert [entry["verdict"] for entry in found] == ["true if"]
    assert all(entry["hypotheses"] for entry in found)
    assert textbook.read_truth("true if") == textbook.read_truth("True-If") == Truth.TRUE_IF


# -------------------------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["A100"], "there is no claim 'A100', did you mean 'A10'"),
        (["Q"], "there is no claim 'Q'"),
        (["--verdict", "flase"], "did you mean 'false'; choose one of true, true if, false"),
        (["--source", "10.9"], "no claim is from '10.9'"),
        (["--format", "markdwn"], "there is no format 'markdwn'"),
        (["-o", "claims.odt"], "no format is known for the file claims.odt"),
        (["--sorce", "10.7"], "there is no option --sorce, did you mean '--source'"),
        (["-o", "no/such/folder/claims.md"], "there is no directory"),
    ],
)
def test_errors(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert re.fullmatch(r"derive: [^\n]+\n", err), err
    assert words in err


# ---------------------------------------------------------------------------------------------------------- the verdict


@pytest.mark.parametrize(
    ("outcomes", "truth"),
    [
        ({Outcome.PROVED}, Truth.TRUE),
        ({Outcome.REFUTED}, Truth.FALSE),
        ({Outcome.REPAIRED}, Truth.TRUE_IF),
        ({Outcome.PROVED, Outcome.REPAIRED}, Truth.TRUE_IF),
        ({Outcome.PROVED, Outcome.REFUTED}, Truth.VAGUE),
        ({Outcome.REPAIRED, Outcome.REFUTED}, Truth.VAGUE),
        ({Outcome.PROVED, Outcome.REFUTED, Outcome.UNDECIDED}, Truth.VAGUE),
        ({Outcome.PROVED, Outcome.UNDECIDED}, Truth.UNDECIDED),
        ({Outcome.REFUTED, Outcome.UNDECIDED}, Truth.UNDECIDED),
        ({Outcome.PROVED, Outcome.SUPPORTED}, Truth.SUPPORTED),
        (set(), Truth.UNDECIDED),
    ],
)
def test_the_verdict_follows_from_the_outcomes(outcomes: set[Outcome], truth: Truth) -> None:
    assert verdict_of(outcomes) == truth


# --------------------------------------------------------------------------------------------------------------- build


@pytest.fixture
def only_claims(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder to build in, where there are two claims and the handouts are left out."""
    few = textbook.chosen(["A1", "A10"])
    monkeypatch.setattr(textbook, "entries", lambda: few)
    monkeypatch.setattr(derive.build, "build", lambda *_, **__: iter(()))
    return tmp_path


def test_build_makes_the_ledger_and_compares_it(capsys: pytest.CaptureFixture[str], only_claims: Path) -> None:
    (only_claims / "build.toml").write_text('[claims]\nname = "ledger"\nformats = ["md", "json"]\n')
    assert cli.main(["build", str(only_claims)]) == 0
    assert "| A10 |" in (only_claims / "ledger.md").read_text(encoding="utf-8")
    assert cli.main(["build", str(only_claims), "--check"]) == 0
    (only_claims / "ledger.md").write_text("something else")
    assert cli.main(["build", str(only_claims), "--check"]) == 1
    assert "ledger.md differs" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('nam = "x"', "has the unknown key 'nam', did you mean 'name'"),
        ('name = "../x"', "has the name '../x'"),
        ('name = "x"\nformats = ["odt"]', "has the unknown format 'odt'"),
    ],
)
def test_bad_plans(capsys: pytest.CaptureFixture[str], only_claims: Path, line: str, words: str) -> None:
    (only_claims / "build.toml").write_text(f"[claims]\n{line}\n")
    assert cli.main(["build", str(only_claims), "--check"]) == 2
    assert words in capsys.readouterr().err
