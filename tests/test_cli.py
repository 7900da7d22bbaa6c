"""The command line as a user meets it: what it prints where, exit codes, and one clear line for whatever is wrong."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import derive
from derive import cli, listing, output, topics
from derive.core import InputError

TESTS = Path(__file__).parent
PYTHON = [
    sys.executable,
    "-c",
    f"import sys; sys.path.insert(0, {str(TESTS.parent)!r}); from derive.cli import main; sys.exit(main())",
]


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The small topic beside the real ones; work happens in an empty folder, whose path is returned."""
    folder = tmp_path / "topics"
    folder.mkdir()
    shutil.copy(TESTS / "tiny_topic.py", folder / "tiny.py")
    monkeypatch.setattr(topics, "__path__", [*topics.__path__, str(folder)])
    monkeypatch.delitem(sys.modules, "derive.topics.tiny", raising=False)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


def refused(capsys: pytest.CaptureFixture[str], words: str, *arguments: str) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert re.fullmatch(r"derive: [^\n]+\n", err), err
    assert words in err


# --------------------------------------------------------------------------------------------------------- what it does


def test_the_list_of_topics(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys)
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == len(listing.names())
    assert re.search(r"^tiny +A small topic for tests of the writers and of the command line\.$", out, re.MULTILINE)


def test_a_handout_goes_to_standard_output_and_its_summary_to_standard_error(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "tiny", "--n", "5", "--seed", "7")
    assert code == 0
    assert out.startswith("# A tiny handout\n\n*derive tiny · n = 5 · ") and "seed 7," in out
    assert err == "3 proved (3 without axioms) · 1 false on purpose · 1 assumed · 0 undecided; seed 7\n"
    assert list(tiny.iterdir()) == []


@pytest.mark.parametrize(
    ("suffix", "start"), [("md", "# A tiny"), ("tex", "\\documentclass"), ("txt", "A tiny"), ("json", "{")]
)
def test_the_suffix_chooses_the_format(tiny: Path, capsys: pytest.CaptureFixture[str], suffix: str, start: str) -> None:
    code, out, _ = run(capsys, "tiny", "-o", f"page.{suffix}")
    assert (code, out) == (0, "")
    assert (tiny / f"page.{suffix}").read_text(encoding="utf-8").startswith(start)
    assert [path.name for path in tiny.iterdir()] == [f"page.{suffix}"]


def test_a_format_overrules_the_suffix(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "tiny", "-o", "page.md", "-f", "json")[0] == 0
    assert json.loads((tiny / "page.md").read_text())["files"][0]["path"] == "tiny"


@pytest.mark.parametrize(("fault", "code"), [("none", 0), ("false", 1), ("open", 1), ("alarm", 3)])
def test_exit_codes(tiny: Path, capsys: pytest.CaptureFixture[str], fault: str, code: int) -> None:
    if fault == "open" and run(capsys, "tiny", "--fault", fault)[0] == 0:
        pytest.skip("the kernel has learnt to decide this")
    found, out, err = run(capsys, "tiny", "--fault", fault)
    assert found == code and out
    assert ("alarm: step 1.4 quotes" in err) == (fault == "alarm")


def test_a_fault_of_ours_is_not_taken_for_an_unproved_step(
    tiny: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("derive.judge.judge", lambda *_, **__: 1 / 0)
    code, out, err = run(capsys, "tiny")
    assert (code, out) == (3, "")
    assert "ZeroDivisionError" in err and "fault of derive itself" in err


def test_axioms(capsys: pytest.CaptureFixture[str]) -> None:
    from derive.kernel import AXIOMS

    code, out, _ = run(capsys, "axioms")
    assert code == 0
    assert all(axiom.statement in out and axiom.source in out and f"{name}\n" in out for name, axiom in AXIOMS.items())


def test_version_and_help(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version")[:2] == (0, f"derive, version {derive.__version__}\n")
    code, out, _ = run(capsys, "--help")
    assert code == 0 and "A small topic" in out and "build" in out
    code, out, _ = run(capsys, "tiny", "--help")
    assert code == 0 and all(
        word in out for word in ("--n INT", "1 to 100 [default: 3]", "--for student|lecturer", "--sections")
    )


@pytest.mark.parametrize("arguments", [["--help"], [], ["vanishing", "--help"], ["--version"]])
def test_help_imports_neither_sympy_nor_numpy(arguments: list[str]) -> None:
    code = f"import sys; from derive.cli import main; main({arguments!r}); print([m for m in ('sympy','numpy','flint','rich','jinja2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")


def test_python_api(tiny: Path) -> None:
    report = derive.derivation("tiny", n=4, variance="1/3", seed=2)
    assert dict(report.derivation.parameters)["n"] == "4" and report.derivation.seed == 2
    for name, options in (
        ("tiny", {"m": 1}),
        ("tiny", {"n": 0}),
        ("tiny", {"n": True}),
        ("tiny", {"seed": -1}),
        ("tinny", {}),
    ):
        with pytest.raises(InputError):
            derive.derivation(name, **options)


# ------------------------------------------------------------------------------------------------------------ bad input


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        ("option --n is -3; give a whole number from 1 to 100", "--n -3"),
        ("option --n is 1e9; give a whole number from 1 to 100", "--n 1e9"),
        ("option --n is 1000000000; give", "--n 1000000000"),
        ("option --n is x; give", "--n x"),
        ("option --seed is -1; give a whole number from 0", "--seed -1"),
        ("option --variance is 'x', not a number", "--variance x"),
        ("option --variance is nan; every entry must be a finite number", "--variance nan"),
        ("option --variance is -1; give a number that is above 0", "--variance=-1"),
        ("option --fault is 'opne', did you mean 'open'; choose one of", "--fault opne"),
        ("row 1, column 2 of --matrix is nan", "--matrix [[1,nan],[3,4]]"),
        ("not square", "--matrix [[1,2]]"),
        ("there is no file no.npy", "--matrix no.npy"),
        ("is a directory", "--matrix ."),
        ("there is no format 'docx'; choose one of md, tex, ", "-f docx"),
        ("there is no format 'jsn', did you mean 'json'", "-f jsn"),
        ("no format is known for the file page.docx", "-o page.docx"),
        ("there is no directory missing; make it first", "-o missing/page.md"),
        ("it is a directory", "-o . -f md"),
        ("option --for is 'students', did you mean 'student'", "--for students"),
        ("there is no section 'algbra' in tiny; choose among algebra, powers", "--sections algbra"),
        ("there is no option --matrx, did you mean '--matrix'; see 'derive tiny --help'", "--matrx 3"),
        ("requires an argument", "--n"),
        ("unexpected extra argument (extra)", "extra"),
    ],
)
def test_bad_options(tiny: Path, capsys: pytest.CaptureFixture[str], words: str, arguments: str) -> None:
    refused(capsys, words, "tiny", *arguments.split())
    assert list(tiny.iterdir()) == []


def test_a_mistyped_topic(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(
        capsys,
        "there is no topic or command 'vanishng', did you mean 'vanishing'; 'derive' lists the topics",
        "vanishng",
    )
    refused(capsys, "there is no option --verson, did you mean '--version'", "--verson")


def test_a_pickle_is_refused_in_one_line(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    np.save(tiny / "w.npy", np.array([[{}]], dtype=object), allow_pickle=True)
    refused(capsys, "pickled objects, which are not opened", "tiny", "--matrix", "w.npy")


# ------------------------------------------------------------------------------------------------------- broken outputs


def test_a_full_disk(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(capsys, "cannot write to /dev/full: no space left on device", "tiny", "-f", "md", "-o", "/dev/full")
    assert not Path("/dev/full").is_file()
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*PYTHON, "axioms"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "derive: cannot write to standard output: no space left on device; choose a file with -o\n"


def test_a_folder_that_takes_no_files(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(capsys, "cannot write to /proc/page.md: ", "tiny", "-o", "/proc/page.md")


def test_what_was_there_stays_when_writing_fails(
    tiny: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tiny / "page.md").write_text("before")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    refused(capsys, "cannot write to page.md: no space left on device", "tiny", "-o", "page.md")
    assert [(path.name, path.read_text()) for path in tiny.iterdir()] == [("page.md", "before")]

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    assert run(capsys, "tiny", "-o", "page.md")[0] == 130
    assert [(path.name, path.read_text()) for path in tiny.iterdir()] == [("page.md", "before")]


def test_writing_keeps_permissions_and_links(tiny: Path) -> None:
    (tiny / "real.md").write_text("before")
    (tiny / "real.md").chmod(0o640)
    (tiny / "link.md").symlink_to("real.md")
    output.write_file(tiny / "link.md", "after ✓")
    assert (tiny / "link.md").is_symlink() and (tiny / "real.md").read_text(encoding="utf-8") == "after ✓"
    assert (tiny / "real.md").stat().st_mode & 0o777 == 0o640


def test_a_reader_that_goes_away() -> None:
    process = subprocess.Popen([*PYTHON, "axioms"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    process.stdout.close()
    assert (process.wait(60), process.stderr.read()) == (0, b"")


@pytest.mark.parametrize("delay", [0.3, 1.0])
def test_an_interrupt(tmp_path: Path, delay: float) -> None:
    process = subprocess.Popen(
        [*PYTHON, "vanishing", "--n", "11", "-o", str(tmp_path / "page.md")],
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a suite in the background ignores it
    )
    time.sleep(delay)
    if process.poll() is not None:
        pytest.skip("done before it could be interrupted")
    os.killpg(process.pid, signal.SIGINT)
    errors = process.communicate(timeout=60)[1]
    assert process.returncode == 130 and b"Traceback" not in errors
    assert list(tmp_path.iterdir()) == []


# --------------------------------------------------------------------------------------------------------------- terminal


def test_a_terminal_gets_the_terminal_page() -> None:
    import pty

    main, other = pty.openpty()
    code = "import tiny_topic, sys; sys.modules['derive.topics.tiny'] = tiny_topic; from derive import listing, cli; listing.topic = lambda _: tiny_topic; import derive.catalog; derive.catalog.topic = listing.topic; cli.names = listing.names = lambda: ('tiny',); sys.exit(cli.main(['tiny']))"  # fmt: skip
    outputs = []
    for extra in ({}, {"NO_COLOR": "1"}):
        env = {**os.environ, "TERM": "xterm", "COLUMNS": "70", "PYTHONPATH": f"{TESTS}:{TESTS.parent}", **extra}
        process = subprocess.Popen([sys.executable, "-c", code], stdout=other, stderr=subprocess.DEVNULL, env=env)
        process.wait(60)
        outputs.append(os.read(main, 1 << 20).decode())
        assert process.returncode == 0
    assert outputs[0].startswith("\x1b[1mA tiny handout") and "\x1b" not in outputs[1]
    assert all("Jᵗ = ⎡1  t⎤" in text for text in outputs)


# ------------------------------------------------------------------------------------------------------------------ build

PLAN = """
[[handout]]
name = "first"
topic = "tiny"
formats = ["md", "json"]
options = { n = 4, matrix = "w.csv" }

[[handout]]
name = "second"
topic = "tiny"
formats = ["tex", "terminal"]
audience = "student"
sections = ["powers"]
seed = 3
"""


def test_build_writes_and_checks(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tiny / "outputs"
    folder.mkdir()
    (folder / "build.toml").write_text(PLAN)
    (folder / "w.csv").write_text("1,2\n3,4\n")
    assert run(capsys, "build", "outputs", "--check")[0] == 1
    assert sorted(path.name for path in folder.iterdir()) == ["build.toml", "w.csv"]
    code, _, err = run(capsys, "build", "outputs")
    assert code == 0 and "derive: first: 3 proved" in err and "derive: second: 3 proved" in err
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sorted(files) == ["build.toml", "first.json", "first.md", "second.tex", "second.txt", "w.csv"]
    assert b'max_error": null' in files["first.json"]
    assert run(capsys, "build", "outputs", "--check")[0] == 0
    (folder / "first.md").write_text("changed")
    code, _, err = run(capsys, "build", "outputs", "--check")
    assert code == 1 and "outputs/first.md differs" in err
    assert run(capsys, "build", "outputs")[0] == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (None, "there is no"),
        ("[[handout", "is not TOML"),
        ("", "lists no handout"),
        ("[[handout]]\nname = 'a'\ntopc = 'tiny'", "unknown key 'topc', did you mean 'topic'"),
        ("[[handout]]\nname = 'a'", "has no topic"),
        ("[[handout]]\nname = '../a'\ntopic = 'tiny'", "plain file name"),
        ("[[handout]]\nname = 'a'\ntopic = 'tiny'\nformats = ['odt']", "unknown format 'odt'"),
        ("[[handout]]\nname = 'a'\ntopic = 'tiny'\naudience = 'all'", "unknown audience"),
        ("[[handout]]\nname = 'a'\ntopic = 'tiny'\noptions = { m = 1 }", "tiny has no option 'm'"),
        ("[[handout]]\nname = 'a'\ntopic = 'tinny'", "there is no topic 'tinny', did you mean 'tiny'"),
    ],
)
def test_bad_plans(tiny: Path, capsys: pytest.CaptureFixture[str], plan: str | None, words: str) -> None:
    if plan is not None:
        (tiny / "build.toml").write_text(plan)
    refused(capsys, words, "build", ".")
