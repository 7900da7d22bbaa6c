"""A web page in one file: no network, no script; the style sheet and the fonts are inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derive.report import Report
    from derive.writers.layout import Layout
    from derive.writers.page import Page

LONG = 3
"""From so many sections on, a page has contents."""


def write(report: Report, layout: Layout) -> str:
    """The handout. All that a user wrote is text; mark-up comes from the templates and from math-core alone."""
    from derive.writers.page import page
    from derive.writers.web import web_page

    shown = page(report, layout)
    return web_page("handout.html.j2", layout, shown.title, page=shown, known=_steps(shown), contents=_contents(shown))


def _steps(page: Page) -> frozenset[str]:
    """The numbers that can be linked to."""
    from derive.writers.page import ShownStep

    return frozenset(block.id for section in page.sections for block in section.blocks if isinstance(block, ShownStep))


def _contents(page: Page) -> tuple[tuple[int, str], ...]:
    """Number and title of each section, if they are many."""
    sections = tuple((section.number, section.title) for section in page.sections if section.number)
    return sections if len(sections) >= LONG else ()
