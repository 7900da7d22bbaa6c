"""Report -> text or bytes, one module a format, imported when it is first used. A further format is one word here and, if it
goes to files, one suffix below."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from derive.writers.layout import AUDIENCES, PAPERS, Layout

if TYPE_CHECKING:
    from derive.report import Report

    Writer = Callable[[Report, Layout], str | bytes]

__all__ = ["AUDIENCES", "BINARY", "ENDINGS", "PAPERS", "SUFFIXES", "WRITERS", "Layout", "writer"]


def writer(name: str) -> Writer:
    """The function ``write`` of the module of that name in this folder. Nothing is imported before it is called."""

    def write(report: Report, layout: Layout) -> str | bytes:
        content: str | bytes = import_module(f"derive.writers.{name}").write(report, layout)
        return content

    return write


FORMATS = ("md", "tex", "html", "terminal", "json", "pdf", "slides", "ipynb")
_MODULES = {"md": "markdown", "tex": "latex"}
"""Where the module is not called like the format."""

WRITERS: dict[str, Writer] = {name: writer(_MODULES.get(name, name)) for name in FORMATS}

BINARY = frozenset({"pdf", "slides"})
"""Formats whose writers give bytes."""

SUFFIXES: dict[str, str] = {
    ".md": "md",
    ".tex": "tex",
    ".txt": "terminal",
    ".json": "json",
    ".html": "html",
    ".pdf": "pdf",
    ".ipynb": "ipynb",
}
"""Suffix of an output file to format."""

ENDINGS: dict[str, str] = {**{format: suffix for suffix, format in SUFFIXES.items()}, "slides": "-slides.pdf"}
"""What follows the name of a handout in the name of its file: also for a format that no suffix chooses."""
