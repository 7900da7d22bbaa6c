"""The bar: on a terminal only, after a while only, and gone when the work is done."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from derive import progress as module
from derive.progress import Done, progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@contextmanager
def watching(monkeypatch: pytest.MonkeyPatch, patience: float) -> Iterator[tuple[Terminal, Done]]:
    """A terminal, and whom to tell how far the work is."""
    monkeypatch.setattr(module, "PATIENCE", patience)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Terminal())
    terminal = sys.stderr
    assert isinstance(terminal, Terminal)
    with progress("judging") as done:
        assert done is not None
        yield terminal, done


def test_nothing_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress("judging") as done:
        assert done is None


def test_nothing_while_it_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    with watching(monkeypatch, 60.0) as (terminal, done):
        done(1, 2)
    assert terminal.getvalue() == ""


def test_a_bar_while_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    threads = threading.active_count()
    with watching(monkeypatch, 0.0) as (terminal, done):
        done(1, 2)
        assert threading.active_count() == threads, "processes are forked meanwhile"
        assert "judging" in terminal.getvalue() and "1/2" in terminal.getvalue()
    assert terminal.getvalue().endswith("\x1b[2K")


def test_the_bar_goes_when_the_work_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KeyboardInterrupt), watching(monkeypatch, 0.0) as (terminal, done):
        done(1, 2)
        raise KeyboardInterrupt
    assert "\x1b[?25h" in terminal.getvalue()
