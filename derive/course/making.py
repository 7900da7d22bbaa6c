"""A part of a course to its page: a topic is derived and judged, an own text is checked like any note."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from derive import catalog
from derive.checking import reports_on
from derive.core import InputError
from derive.course.note_page import note_page
from derive.course.plan import Course, Part, TextPart, TopicPart
from derive.found import text_of
from derive.notes.files import read_files
from derive.parallel import spread
from derive.selecting import Selection, exit_code, shown
from derive.writers import escape
from derive.writers.findings import write
from derive.writers.page import Page, page
from derive.writers.wording import summary_line
from derive.writers.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from derive.cache import Cache
    from derive.writers import Layout


@dataclass(frozen=True, slots=True)
class Made:
    """A page, with what is to be said of it on standard error, faults of ours, and the exit code. Plain data: it travels between
    processes."""

    part: Part
    page: Page
    said: str
    code: int
    alarms: tuple[str, ...] = ()


def made(course: Course, jobs: int, cache: Cache | None) -> Iterator[Made]:
    """The parts in order. Raises InputError, which names the part."""
    yield from spread(partial(_made, course.layout, cache), course.parts, jobs)


def _made(layout: Layout, cache: Cache | None, part: Part) -> Made:
    try:
        return _text(layout, cache, part) if isinstance(part, TextPart) else _topic(layout, cache, part)
    except InputError as error:
        raise InputError(f"{part.name}: {error}") from None


def _topic(layout: Layout, cache: Cache | None, part: TopicPart) -> Made:
    report = catalog.report(part.topic, dict(part.options), part.seed, cache)
    made = page(report, replace(layout, sections=part.sections))
    titled = replace(made, title=title_of(part.title)) if part.title else made
    return Made(part, titled, f"{part.name}: {summary_line(report)}", report.exit_code, report.alarms)


def _text(layout: Layout, cache: Cache | None, part: TextPart) -> Made:
    notes = read_files([str(part.file)])
    if notes.problems or not notes.documents:
        raise InputError("; ".join(notes.problems) or f"{part.file} cannot be read")
    document, macros = notes.documents[0]
    judged = list(reports_on(document, macros, cache=cache))
    texts = [text_of(report, text) for text, report in judged]
    said = write([(text, shown(text, Selection())) for text in texts]).rstrip("\n")
    title = title_of(part.title) or ""
    made = note_page(document, macros, [report for _, report in judged], words_of(layout), title)
    named = made if made.title else replace(made, title=title_of(part.file.stem))
    alarms = tuple(alarm for text in texts for alarm in text.alarms)
    return Made(part, named, said, exit_code(texts, Selection()), alarms)


def title_of(text: str) -> str:
    """A title as a user writes it, in Markdown-lite."""
    return escape.markdown_but_math(text)
