"""A complete LaTeX document that pdfLaTeX compiles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derive.report import Report
    from derive.writers.layout import Layout

MARKS = {
    "✓": r"\text{\ding{51}}",
    "≈": r"\approx",
    "✗": r"\text{\ding{55}}",
    "±": r"\pm",
    "?": r"\mathord{?}",
    "○": r"\circ",
    "…": r"\dots",
    "≡": r"\equiv",
}
_COLUMNS = re.compile(r"\\begin\{pmatrix\}(.*?)\\end\{pmatrix\}", re.DOTALL)


def write(report: Report, layout: Layout) -> str:
    """The handout as a document of its own."""
    from derive.writers import escape
    from derive.writers.page import page
    from derive.writers.templates import TEX_DELIMITERS, environment, rendered

    jinja = environment(layout, TEX_DELIMITERS)
    jinja.filters.update(prose=prose, formula=formula, mark=MARKS.__getitem__, plain=bookmark, words=escape.tex)
    values = {
        "page": page(report, layout),
        "paper": layout.paper,
        "pictures": layout.pictures,
        "widest_matrix": _widest_matrix(report),
    }
    return rendered(jinja, "handout.tex.j2", **values)


def prose(text: str) -> str:
    """Markdown-lite to LaTeX text."""
    from derive.writers import escape
    from derive.writers.prose import Span, spans

    def span(piece: Span) -> str:
        if piece.kind in ("math", "display"):
            return f"\\({formula(piece.text)}\\)" if piece.kind == "math" else f"\\[{formula(piece.text)}\\]"
        body = escape.tex(piece.text)
        body = f"\\texttt{{{body}}}" if piece.kind == "code" else body
        body = f"\\emph{{{body}}}" if piece.emphasis else body
        return f"\\textbf{{{body}}}" if piece.strong else body

    return "".join(map(span, spans(text)))


def bookmark(text: str) -> str:
    """Markdown-lite for the outline of the PDF, which shows no mathematics."""
    from derive.writers import escape
    from derive.writers.prose import spans
    from derive.writers.unicode_math import one_line

    pieces = (one_line(s.text) if s.kind in ("math", "display") else s.text for s in spans(text))
    return escape.tex("".join(pieces))


def formula(text: str) -> str:
    """Mathematics goes through as it is, but for signs that are no LaTeX; blank lines would end the display."""
    from derive.writers import escape

    text = re.sub(r"\n\s*\n", "\n", text)
    return "".join(c if c.isascii() else f"\\text{{{escape.tex(c)}}}" for c in text)


def _widest_matrix(report: Report) -> int:
    """How many columns amsmath must allow (its own limit is 10)."""
    rows = [row for step in report.steps for body in _COLUMNS.findall(step.step.formula) for row in body.split(r"\\")]
    return max([10, *(int(row.count("&")) + 1 for row in rows)])
