"""A web page in one file: no network, no script; the style sheet and the fonts are inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derive.report import Report
    from derive.writers.layout import Layout
    from derive.writers.page import Page
    from derive.writers.site import Way

LONG = 3
"""From so many sections on, a page has contents."""


def write(report: Report, layout: Layout) -> str:
    """The handout. All that a user wrote is text; mark-up comes from the templates and from math-core alone."""
    from derive.writers.page import page

    return write_page(page(report, layout), layout)


def write_page(page: Page, layout: Layout, course: Way | None = None) -> str:
    """A page that is made already; ``course`` says where it stands among others."""
    from derive.writers.web import web_page

    contents = _contents(page)
    return web_page(
        "handout.html.j2", layout, page.title, page=page, known=_steps(page), contents=contents, course=course
    )


def _steps(page: Page) -> frozenset[str]:
    """The numbers that can be linked to."""
    from derive.writers.page import ShownStep

    return frozenset(block.id for section in page.sections for block in section.blocks if isinstance(block, ShownStep))


def _contents(page: Page) -> tuple[tuple[int, str], ...]:
    """Number and title of each section, if they are many."""
    sections = tuple((section.number, section.title) for section in page.sections if section.number)
    return sections if len(sections) >= LONG else ()
