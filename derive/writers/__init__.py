"""Report -> text, one file a format. A further format is one entry here and, if it goes to files, one suffix below."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derive.writers import json, latex, markdown, terminal
from derive.writers.layout import AUDIENCES, Layout

if TYPE_CHECKING:
    from derive.report import Report

__all__ = ["AUDIENCES", "SUFFIXES", "WRITERS", "Layout"]

WRITERS: dict[str, Callable[[Report, Layout], str]] = {
    "md": markdown.write,
    "tex": latex.write,
    "terminal": terminal.write,
    "json": json.write,
}

SUFFIXES: dict[str, str] = {".md": "md", ".tex": "tex", ".txt": "terminal", ".json": "json"}
"""Suffix of an output file to format."""
