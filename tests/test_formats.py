"""Formats are imported when they are used; bytes go to files and pipes, never to a terminal; extras are named."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from derive import extras, output, streams
from derive.core import InputError
from derive.writers import BINARY, ENDINGS, SUFFIXES, WRITERS

ROOT = Path(__file__).parent.parent
BYTES = b"%PDF-\xff\x00\n"


def test_only_the_format_that_is_used_is_imported() -> None:
    code = "import sys, derive.writers; print(sorted(n for n in sys.modules if n.startswith('derive.writers.')))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.strip() == "['derive.writers.layout']"


def test_every_format_has_an_ending_of_its_own() -> None:
    assert set(WRITERS) <= set(ENDINGS) and len(set(ENDINGS.values())) == len(ENDINGS)
    assert all(ENDINGS[format] == suffix for suffix, format in SUFFIXES.items())
    assert set(ENDINGS) >= BINARY


def test_bytes_in_files(tmp_path: Path) -> None:
    output.write_file(tmp_path / "page.pdf", BYTES)
    assert (tmp_path / "page.pdf").read_bytes() == BYTES


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def test_bytes_in_pipes_and_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    held = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(held))
    streams.emit(BYTES)
    assert held.getvalue() == BYTES
    monkeypatch.setattr(sys, "stdout", Terminal(held := io.BytesIO()))
    with pytest.raises(InputError, match="no text; give -o FILE"):
        streams.emit(BYTES)
    assert held.getvalue() == b""


def test_a_binary_format_is_refused_before_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    from derive import cli

    monkeypatch.setattr(sys, "stdout", Terminal(io.BytesIO()))
    with pytest.raises(InputError, match=r"^pdf is no text; give -o FILE$"):
        cli._check_no_terminal("pdf", None)
    cli._check_no_terminal("md", None)
    cli._check_no_terminal("pdf", Path("page.pdf"))


def test_a_missing_extra_is_named() -> None:
    assert extras.need("pdf", "json").loads("1") == 1
    with pytest.raises(InputError) as raised:
        extras.need("pdf", "no_such_module_of_typst")
    assert str(raised.value) == (
        "the format pdf needs the extra 'pdf'; install it with: pip install 'derive-handouts[pdf]'"
    )
