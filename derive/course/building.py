"""A course to files in one folder: everything is made before anything is written, and nothing is written elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from derive.core import InputError
from derive.course.making import Made, made, title_of
from derive.course.plan import Course, TopicPart
from derive.output import write_file
from derive.parallel import spread
from derive.writers import html, site

if TYPE_CHECKING:
    from derive.cache import Cache
    from derive.ledger import JudgedEntry
    from derive.progress import Done
    from derive.writers import Layout
    from derive.writers.page import Page

PDF = "course.pdf"


@dataclass(frozen=True, slots=True)
class BuiltCourse:
    """The parts, the ledger, the files whose content was different, and what could not be made, each with the reason."""

    parts: tuple[Made, ...]
    entries: tuple[JudgedEntry, ...]
    changed: tuple[Path, ...]
    left_out: tuple[str, ...]


def build_course(
    course: Course,
    folder: Path,
    *,
    check: bool = False,
    jobs: int = 1,
    cache: Cache | None = None,
    done: Done | None = None,
) -> BuiltCourse:
    """The files in ``folder``, written or, with ``check``, only compared. Raises InputError."""
    _check_folder(folder)
    total = 2 * len(course.parts) + course.ledger + course.pdf
    tell = partial(_tell, done, total)
    parts = []
    for part in made(course, jobs, cache):
        parts.append(part)
        tell(len(parts))
    entries = _ledger(cache) if course.ledger else ()
    pdf, left_out = _pdf(course, parts) if course.pdf else (None, ())
    contents: dict[str, str | bytes] = {} if pdf is None else {PDF: pdf}
    contents["index.html"] = site.index(_contents(course, parts, entries, pdf is not None), course.layout)
    for name, page in _pages(course, parts, jobs):
        contents[f"{name}.html"] = page
        tell(len(parts) + len(contents))
    contents |= {f"{name}.html": page for name, page in _ledger_pages(course, parts, entries).items()}
    tell(total)
    return BuiltCourse(tuple(parts), entries, _renewed(folder, contents, check), left_out)


def _tell(done: Done | None, total: int, number: int) -> None:
    if done is not None:
        done(min(number, total), total)


# ------------------------------------------------------------------------------------------------------- what is in them


def _ledger(cache: Cache | None) -> tuple[JudgedEntry, ...]:
    from derive.textbook import Depth, entries, judged

    return tuple(judged(entries(), Depth.READINGS, cache=cache))


def _pdf(course: Course, parts: list[Made]) -> tuple[bytes | None, tuple[str, ...]]:
    """The PDF, or why there is none: its extra may be missing."""
    from derive.extras import need
    from derive.writers.html_prose import plain
    from derive.writers.pdf import Book, book

    try:
        need("pdf", "typst")
    except InputError as error:
        return None, (str(error),)
    pages = tuple(part.page for part in parts)
    return book(Book(plain(title_of(course.title)), pages, course.author, course.layout.language), course.layout), ()


def _contents(course: Course, parts: list[Made], entries: tuple[JudgedEntry, ...], pdf: bool) -> site.Contents:
    from derive.writers.claims.rows import totals
    from derive.writers.words import words_of

    return site.Contents(
        title_of(course.title),
        tuple(map(title_of, course.author)),
        course.layout.language,
        tuple(site.entry_of(part.part.name, part.page) for part in parts),
        totals(entries, words_of(course.layout)) if entries else "",
        PDF if pdf else "",
    )


def _pages(course: Course, parts: list[Made], jobs: int) -> list[tuple[str, str]]:
    """Each part's page, with the way to its neighbours."""
    links = [(f"{part.part.name}.html", part.page.title) for part in parts]
    before, after = [None, *links[:-1]], [*links[1:], None]
    title = title_of(course.title)
    tasks = [
        (part.page, site.Way(title, previous, following))
        for part, previous, following in zip(parts, before, after, strict=True)
    ]
    pages = spread(partial(_page, course.layout), tasks, jobs)
    return [(part.part.name, page) for part, page in zip(parts, pages, strict=True)]


def _page(layout: Layout, task: tuple[Page, site.Way]) -> str:
    page, way = task
    return html.write_page(page, layout, way)


def _ledger_pages(course: Course, parts: list[Made], entries: tuple[JudgedEntry, ...]) -> dict[str, str]:
    if not entries:
        return {}
    topics: dict[str, str] = {}
    for made_part in parts:
        if isinstance(made_part.part, TopicPart):
            topics.setdefault(made_part.part.topic, f"{made_part.part.name}.html")
    return site.ledger(entries, course.layout, title_of(course.title), topics)


# --------------------------------------------------------------------------------------------------------------- writing


def _check_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise InputError(f"cannot write a course to {folder}, it is a file; give a folder")


def _renewed(folder: Path, contents: Mapping[str, str | bytes], check: bool) -> tuple[Path, ...]:
    """The files that differed. A link in the folder that leads out of it is not followed."""
    changed = []
    for name, content in sorted(contents.items()):
        path, data = folder / name, content.encode("utf-8") if isinstance(content, str) else content
        if path.resolve().parent != folder.resolve():
            raise InputError(f"cannot write {path}, a link that leads out of {folder}; remove it first")
        if not path.is_file() or path.read_bytes() != data:
            changed.append((path, data))
    if not check:
        _write(folder, changed)
    return tuple(path for path, _ in changed)


def _write(folder: Path, files: list[tuple[Path, bytes]]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make the folder {folder}: {error.strerror}; choose another") from None
    for path, data in files:
        write_file(path, data)
