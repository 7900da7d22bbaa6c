"""The pages of a course as files of a static site: parts, contents, and the textbook ledger as a table. All links are relative."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from derive.ledger import Truth

if TYPE_CHECKING:
    from derive.ledger import JudgedEntry
    from derive.writers.layout import Layout
    from derive.writers.page import Page

Link = tuple[str, str]
"""Address and title, the title in Markdown-lite."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where a page stands in a course: the course's title (Markdown-lite) and its neighbours."""

    title: str
    previous: Link | None = None
    next: Link | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents; ``title`` and ``totals`` are Markdown-lite."""

    href: str
    title: str
    language: str
    totals: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The first page of a course. ``ledger`` are its totals, ``pdf`` the name of a file; both may be empty."""

    title: str
    author: tuple[str, ...]
    language: str
    parts: tuple[Entry, ...]
    ledger: str = ""
    pdf: str = ""


ORDERS = {"ledger": "by_number", "ledger-by-place": "by_place", "ledger-by-verdict": "by_verdict"}
"""Name of the page, and how it is called in the words."""


CHOOSE = ".ledger:has(#show-{0}:checked) tbody tr:not(.{0}) {{ display: none; }}"
"""Rows of other verdicts are not shown while this one is chosen."""


def entry_of(name: str, page: Page) -> Entry:
    return Entry(f"{name}.html", page.title, page.text_language, page.totals)


def index(contents: Contents, layout: Layout) -> str:
    """The page from which all others are reached."""
    from derive.writers.web import web_page

    return web_page("course.html.j2", layout, contents.title, course=contents)


def ledger(entries: Sequence[JudgedEntry], layout: Layout, title: str, topics: Mapping[str, str]) -> dict[str, str]:
    """The ledger in each order, by the name of the page. ``topics``: addresses of those that are in the course."""
    from derive.writers.claims.rows import key_of, labelled, places, row, totals, verdict
    from derive.writers.web import web_page
    from derive.writers.words import words_of

    say = words_of(layout)
    counts = Counter(judged.verdict for judged in entries)
    values: dict[str, Any] = {
        "course": Way(title),
        "orders": [(f"{name}.html", say(f"course.{order}")) for name, order in ORDERS.items()],
        "verdicts": [(key_of(truth), verdict(truth, say), counts[truth]) for truth in Truth if counts[truth]],
        "totals": totals(entries, say),
        "places": places(entries, say),
        "language": say.language,
    }
    lines = [(judged, row(judged, say)) for judged in entries]
    rows = [(key_of(judged.verdict), line, labelled(line, say), topics.get(line.topic, "")) for judged, line in lines]
    orders = {
        "ledger": rows,
        "ledger-by-place": sorted(rows, key=lambda item: _natural(item[1].place)),
        "ledger-by-verdict": sorted(rows, key=lambda item: list(Truth).index(item[1].truth)),
    }
    heading, styles = say("claims.title"), "\n".join(CHOOSE.format(key) for key, _, _ in values["verdicts"])
    return {
        name: web_page("ledger.html.j2", layout, heading, styles, here=f"{name}.html", rows=ordered, **values)
        for name, ordered in orders.items()
    }


def _natural(text: str) -> list[tuple[int, int, str]]:
    """``10.7`` after ``8.2``: numbers by size, words by letters."""
    import re

    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.findall(r"[0-9]+|[^0-9]+", text)]
