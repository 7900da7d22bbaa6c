"""Markdown as GitHub, MyST and Pandoc read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derive.report import Report
    from derive.writers.layout import Layout

_MATHEMATICS = re.compile(r"((?<!\\)\$[^$]*\$)")


def write(report: Report, layout: Layout) -> str:
    """The handout. Prose is Markdown-lite already, so only table cells need care."""
    from derive.writers import escape
    from derive.writers.page import page
    from derive.writers.templates import environment, rendered

    jinja = environment(layout)
    jinja.filters.update(cell=cell, plain=escape.markdown)
    return rendered(jinja, "handout.md.j2", page=page(report, layout), pictures=layout.pictures)


def cell(text: str) -> str:
    """A table splits at every pipe, also inside mathematics: there it becomes a command."""
    parts = _MATHEMATICS.split(" ".join(text.split()))
    return "".join(_formula(part) if position % 2 else _words(part) for position, part in enumerate(parts))


def _formula(text: str) -> str:
    return text.replace("\\|", "\\Vert ").replace("|", "\\vert ")


def _words(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", text)
