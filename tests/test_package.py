"""What is promised about the package: the README's two lines, the CI, the wheel, the version, a light ``--help``, the limits."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

import derive
from derive import inputs, judge
from derive.formula import Unread, read
from derive.formula.claims import read_claim
from derive.formula.given import read_given
from derive.judge import judge_claims
from derive.kernel import explicit
from derive.kernel.balls import limits
from derive.report import Report
from derive.topics import vanishing
from derive.topics.vanishing import spectrum
from derive.writers import WRITERS, Layout

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
WRITE = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/derive vanishing --n 10"
TEST = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/python -m pytest"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_readme_has_its_two_lines_on_the_first_screen() -> None:
    first_screen = README.splitlines()[:25]
    assert WRITE in first_screen
    assert TEST in first_screen


def test_ci_runs_the_second_line_of_the_readme() -> None:
    """It extracts the line by a pattern; the pattern must find that line and no earlier one."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    pattern = re.search(r"grep -m1 -E '([^']+)' README\.md", script)
    assert pattern is not None
    assert [line for line in README.splitlines() if re.search(pattern[1], line)] == [TEST]
    assert 'eval "$line"' in script


def test_the_ci_script_is_executable_bash() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o100
    subprocess.run(["bash", "-n", str(script)], check=True)


def test_the_wheel_carries_package_and_templates() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == ["derive"]
    assert wheel["force-include"] == {"templates": "derive/templates"}
    assert list((ROOT / "templates").glob("*.j2"))


def test_the_version_is_the_same_everywhere() -> None:
    citation = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    assert citation is not None
    assert PROJECT["project"]["version"] == derive.__version__ == citation[1].strip("\"'")
    assert f"## {derive.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f'"version": "{derive.__version__}"' in README


def test_the_entry_point_exists() -> None:
    module, _, function = PROJECT["project"]["scripts"]["derive"].partition(":")
    assert find_spec(module) is not None
    assert function == "main"


@pytest.mark.skipif(find_spec("derive.cli") is None, reason="there is no command line")
@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_and_version_import_neither_sympy_nor_numpy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom derive.cli import main\n"
        f"code = main({arguments!r})\n"
        "print(code, sorted({'sympy', 'numpy'} & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "0 []"
    assert done.stdout.strip()


def test_every_file_that_the_readme_links_to_exists() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).is_file()] == []


def test_every_path_of_the_layout_exists() -> None:
    layout = README.partition("## Layout")[2]
    paths = set(re.findall(r"`((?:derive|templates|tests|bench|outputs)/[^` ]*)`", layout))
    assert len(paths) > 10
    assert sorted(path for path in paths if not (ROOT / path).exists()) == []


def test_every_file_that_the_auditor_is_told_to_read_exists() -> None:
    paragraph = README.partition("## For the auditor")[2].partition("## Layout")[0]
    names = re.findall(r"`([a-z_]+(?:\.py|/))`", paragraph)
    assert len(names) > 8
    assert [name for name in names if not (ROOT / "derive" / "kernel" / name).exists()] == []


def test_every_path_in_contributing_exists() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    paths = set(re.findall(r"`((?:derive|tests|outputs)/[^` ]*)`", text))
    assert len(paths) > 8
    assert sorted(path for path in paths if not (ROOT / path).exists()) == []


def test_the_excerpt_in_contributing_is_in_the_topic() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    excerpt = text.partition("```python\n")[2].partition("```")[0]
    topic = (ROOT / "derive" / "topics" / "vanishing" / "sharing.py").read_text(encoding="utf-8")
    assert "".join(excerpt.split()) in "".join(topic.split())


@pytest.fixture(scope="module")
def report() -> Report:
    return derive.derivation("vanishing", n=10)


def test_the_sample_in_the_readme_is_from_the_page(report: Report) -> None:

    sample = README.partition("<!-- sample -->\n")[2].partition("<!-- end of sample -->")[0]
    lines = [line.removeprefix(">").removeprefix(" ") for line in sample.splitlines()]
    page = WRITERS["md"](report, Layout())
    assert len(lines) > 10
    assert "\n".join(lines) in page


def test_the_json_in_the_readme_is_of_the_shape_that_is_written(report: Report) -> None:
    """Counts and the point at which it fails may differ, keys and the rest of the finding that is shown may not."""
    shown = json.loads(README.partition("```json\n")[2].partition("```")[0])
    written = json.loads(report.to_json())
    (shown_file,), (written_file,) = shown["files"], written["files"]
    (finding,) = shown_file["findings"]
    assert list(shown) == list(written)
    assert list(shown_file) == list(written_file)
    assert list(shown_file["coverage"]) == list(written_file["coverage"])
    assert list(shown["summary"]) == list(written["summary"])
    (same,) = (entry for entry in written_file["findings"] if entry["id"] == finding["id"])
    for entry in (finding, same):
        entry |= {key: sorted(entry[key]) for key in ("numpy", "counterexample")} | {"reason": None}
    assert list(finding) == list(same)
    assert finding == same


# ---------------------------------------------------------------------------------------------------------- LIMITS.md

LIMITS = (ROOT / "LIMITS.md").read_text(encoding="utf-8")
UNDECIDED = LIMITS.partition("## What is not decided")[2].partition("\n## ")[0]
SUPPORTED = LIMITS.partition("## What is supported")[2].partition("\n## ")[0]


def examples(section: str) -> list[tuple[str, str]]:
    """(claim, what is given) in the rows of a table."""
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    found = [re.search(r"\| `([^`]*\\[^`]*)`(?: given `([^`]*)`)? \|", row) for row in rows]
    return [(match[1], match[2] or "") for match in found if match]


def status_of(latex: str, given: str) -> str:
    (finding,) = judge_claims([read_claim(latex, given)])
    return finding.status.value


@pytest.mark.parametrize(("latex", "given"), examples(UNDECIDED))
def test_what_limits_calls_undecided_is_undecided(latex: str, given: str) -> None:
    assert status_of(latex, given) == "undecided"


@pytest.mark.parametrize(("latex", "given"), examples(SUPPORTED))
def test_what_limits_calls_supported_is_supported(latex: str, given: str) -> None:
    assert status_of(latex, given) == "supported"


def test_limits_has_examples() -> None:
    assert len(examples(UNDECIDED)) >= 12
    assert len(examples(SUPPORTED)) >= 2


@pytest.mark.parametrize(
    "formula", [r"\int_{0}^{1} x", r"\nabla x^2", r"x \in y", r"\sum_{i \ne j} x", r"\sqrt[n + 1]{x}"]
)
def test_what_limits_calls_not_read_is_not_read(formula: str) -> None:
    with pytest.raises(Unread):
        read(formula, read_given("x, y in R; n in N; A in R^{d x d}"))


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("at most {0} × {0}", inputs.LARGEST_SIZE),
        ("up to {0} × {0}; above, the spectrum", spectrum.SMALL),
        ("up to {0} × {0}; above, NumPy's estimate", spectrum.ENCLOSED),
        ("up to {0} × {0}; above, `W^2 W", explicit.SIZE_LIMIT),
        ("1 to {0}", vanishing.LARGEST_N),
        ("{0} characters", inputs.LONGEST_NUMERAL),
        ("exponents to {0}", inputs.LARGEST_EXPONENT),
        ("up to {0}; `3^", limits.LARGEST_EXPONENT),
        ("{0:g} seconds", judge.PATIENCE),
    ],
)
def test_the_sizes_in_limits_are_those_of_the_code(words: str, limit: float) -> None:
    assert words.format(limit) in LIMITS
