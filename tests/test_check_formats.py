"""What `derive check` writes: text, JSON, SARIF and GitHub's workflow commands say the same of the same places."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from derive.cli import main
from derive.codes import CODES
from derive.found import Found, Text
from derive.writers import github, sarif

NOTE = """# Powers

Let $x > 0$.

$$ (x+1)^2 = x^2 + 2x + 1 = x^2 + 1 $$

$$ \\foo = 1 + 1 = 2 $$
"""


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("a note, 100%.md").write_text(NOTE, encoding="utf-8")
    return "a note, 100%.md"


def written(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["check", *arguments])
    return code, capsys.readouterr().out


def entry(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "stance": "asserts",
        "line": 3,
        "column": 4,
        "end_line": 3,
        "end_column": 9,
        "shown": "a = b",
        "verdict": "refuted",
        "expected": None,
        "code": "D201",
        "reason": "fails",
        "counterexample": {"x": "-1", "lhs": "1", "rhs": "-1"},
        "repair": "x >= 0; y > 0",
    }
    return found | changes


def one(path: str, **changes: Any) -> list[tuple[Text, list[Found]]]:
    found = Found(entry(**changes), "Section", "the line")
    return [(Text(path, {"formulas": 1, "read": 1, "relations": 1, "checked": 1}, (found,)), [found])]


def test_json_has_the_keys_of_the_schema(note: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = written(capsys, "-f", "json", note)
    found = json.loads(out)
    assert code == 1 and set(found) == {"schema", "version", "files", "summary"}
    assert [one["code"] for one in found["files"][0]["findings"]] == [None, "D201", "D102", None]
    assert found["summary"]["refuted"] == 1


def test_json_of_chosen_codes_holds_these_only(note: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = written(capsys, "-f", "json", "--select", "D1", note)
    assert [one["code"] for one in json.loads(out)["files"][0]["findings"]] == ["D102"]


def test_sarif_names_place_and_rule(note: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = written(capsys, "-f", "sarif", "--strict", note)
    log = json.loads(out)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0" and [rule["id"] for rule in rules] == ["D102", "D201"]
    assert [(one["ruleId"], one["level"]) for one in run["results"]] == [("D201", "error"), ("D102", "note")]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20note%2C%20100%25.md"
    assert {key: place["region"][key] for key in ("startLine", "startColumn", "endLine", "endColumn")} == {
        "startLine": 5,
        "startColumn": 29,
        "endLine": 5,
        "endColumn": 36,
    }


def test_a_fingerprint_survives_lines_above() -> None:
    def fingerprint(**changes: Any) -> str:
        result = json.loads(sarif.write(one("n.md", **changes)))["runs"][0]["results"][0]
        return str(result["partialFingerprints"]["formulaAndSection/v1"])

    assert fingerprint() == fingerprint(line=90, end_line=90) == fingerprint(shown="a  =\n b")
    assert fingerprint() != fingerprint(shown="a = c")


def test_a_cell_of_a_notebook_is_a_logical_place() -> None:
    (location,) = json.loads(sarif.write(one("n.ipynb#cell-2")))["runs"][0]["results"][0]["locations"]
    assert location["physicalLocation"] == {"artifactLocation": {"uri": "n.ipynb"}}
    assert location["logicalLocations"][0]["name"] == "cell-2, line 3"


def test_github_shows_errors_beside_the_line(note: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = written(capsys, "-f", "github", note)
    assert out.startswith(
        "::error file=a note%2C 100%25.md,line=5,endLine=5,col=29,endColumn=36,title=D201 refuted::x^2 + 2x + 1 = x^2 + 1: fails"
    )
    assert out.count("\n") == 1


def test_what_would_end_a_command_is_escaped() -> None:
    (line,) = github.write(one("a,b:c%.md", shown="50% of\nit::x", reason="says\r\nso")).splitlines()
    properties, _, message = line.removeprefix("::error ").partition("::")
    assert properties.startswith("file=a%2Cb%3Ac%25.md,line=3,")
    assert message == "50%25 of it::x: says%0D%0Aso; at x = -1; true if x >= 0 and y > 0"


@pytest.mark.parametrize(("verdict", "level"), [("conditional", "warning"), ("undecided", "notice")])
def test_levels(verdict: str, level: str) -> None:
    assert github.write(one("n.md", verdict=verdict)).startswith(f"::{level} ")


def test_every_code_can_be_a_rule() -> None:
    for code in CODES:
        log = json.loads(sarif.write(one("n.md", code=code)))
        (rule,) = log["runs"][0]["tool"]["driver"]["rules"]
        assert rule["id"] == code and rule["defaultConfiguration"]["level"] in ("error", "warning", "note")


def test_nothing_found_is_an_empty_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "n.md").write_text("Nothing.\n", encoding="utf-8")
    code, out = written(capsys, "-f", "sarif", str(tmp_path / "n.md"))
    assert code == 0 and json.loads(out)["runs"][0]["results"] == []
    assert written(capsys, "-f", "github", str(tmp_path / "n.md")) == (0, "")


def test_a_file_that_cannot_be_read_does_not_stop_the_others(note: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("latin.md").write_bytes(b"\xe4\xf6")
    code = main(["check", "missing.md", "latin.md", note])
    out, err = capsys.readouterr()
    assert code == 2 and ":5:29: refuted" in out
    assert "[D501]" in err and "[D502]" in err and err.count("\n") == 2


EXPECTED = "<!-- derive: expect {} -->\n\n$$ x + 1 = 1 + x = x + 2 $$\n"


@pytest.mark.parametrize(("verdict", "code", "words"), [("refuted", 0, ""), ("unread", 1, "[D507]")])
def test_a_comment_announces_a_verdict(
    verdict: str, code: int, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "n.md").write_text(EXPECTED.format(verdict), encoding="utf-8")
    found, out = written(capsys, str(tmp_path / "n.md"))
    assert found == code and words in out


def test_codes_are_selected_and_ignored(note: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert written(capsys, "--ignore", "D2", note)[0] == 0
    code, out = written(capsys, "--select", "D102", note)
    assert code == 0 and "[D102]" in out and "[D201]" not in out
    assert written(capsys, "--select", "D102", "--strict", note)[0] == 1
    assert written(capsys, "--select", "D9", note)[0] == 2


def test_unread_text_does_not_look_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "n.md").write_text("$$ \\foo = \\bar = \\baz $$\n\n$$ x + x = 2x = x + x $$\n", encoding="utf-8")
    path = str(tmp_path / "n.md")
    assert main(["check", path]) == 0
    assert main(["check", "--min-coverage", "50", path]) == 0
    assert main(["check", "--min-coverage", "60", path]) == 1
    assert "50 % of the formulas were read" in capsys.readouterr().err


def test_processes_change_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(5):
        (tmp_path / f"{number}.md").write_text(f"$$ x + x = 2x = {number} x $$\n", encoding="utf-8")
    alone = written(capsys, "-f", "json", "--no-cache", str(tmp_path))
    assert written(capsys, "-f", "json", "--no-cache", "--jobs", "3", str(tmp_path)) == alone
    assert alone[0] == 1


def test_a_terminal_obeys_nothing_that_stands_in_a_note(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "n.md").write_text("\x1b[31m $$ x + x = 2x = 3x $$ \x07\n", encoding="utf-8")
    code, out = written(capsys, str(tmp_path / "n.md"))
    assert code == 1 and all(character.isprintable() for character in out.replace("\n", ""))
    assert out.splitlines()[2].index("^") == out.splitlines()[1].index("3x")


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_a_name_that_is_no_text(form: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/n\xff.md")
    try:
        Path(path).write_text("$$ x + x = 2x = 3x $$\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system has no such names")
    assert main(["check", "-f", form, path]) == 1
    out = capfdbinary.readouterr().out.decode("utf-8")
    assert form not in ("json", "sarif") or json.loads(out)
    known = str(tmp_path / "known.json")
    assert main(["check", path, "--baseline", known, "--write-baseline"]) == 0
    assert main(["check", path, "--baseline", known]) == 0
