"""A second check of a note: the evidence is admitted again, and nothing that only searches is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from derive.notes.caseless import caseless, in_small_letters

NOTE = "The square is $$(a + b)^2 = a^2 + 2 a b + b^2 = (b + a)^2.$$\n"
RUN = (
    "import sys; from derive.cli import main; code = main(['check', sys.argv[1]]); "
    "print('loaded:', sorted(name for name in sys.modules if name == 'derive.checkers')); sys.exit(code)"
)


def test_a_warm_check_loads_no_checker(tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text(NOTE)
    known = {**os.environ, "DERIVE_CACHE": str(tmp_path / "cache.sqlite"), "XDG_STATE_HOME": str(tmp_path / "state")}
    said = [
        subprocess.run([sys.executable, "-c", RUN, str(note)], env=known, capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert "loaded: ['derive.checkers']" in said[0].stdout  # else the second run would show nothing
    assert "loaded: []" in said[1].stdout
    assert [one.stdout.partition("loaded")[0] for one in said[1:]] == [said[0].stdout.partition("loaded")[0]]


@pytest.mark.parametrize("text", ["Approximately", "İ is a capital", "ẞ, GF(2), \\Sigma", ""])
def test_small_letters_stay_in_their_places(text: str) -> None:
    small = in_small_letters(text)
    assert len(small) == len(text)
    assert all(now in (was, was.lower()) for was, now in zip(text, small, strict=True))


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"\bGF\b", "over gf(2)", "gf"),
        (r"\W(?P<name>[A-C]\S*)(?P=name)", " bb", " bb"),
        (r"\\Sigma", r"\Sigma_2", r"\sigma"),
    ],
)
def test_a_pattern_finds_words_in_small_letters(pattern: str, text: str, found: str) -> None:
    match = caseless(pattern).search(in_small_letters(text))
    assert match is not None
    assert match.group() == found
