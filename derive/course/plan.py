"""``course.toml`` to a plan:

    title = "Why gradients vanish"
    author = ["A. Lecturer"]
    audience = "student"          # optional, as are language, paper, template = "a folder beside course.toml"
    ledger = true                 # the textbook ledger as a table
    pdf = true                    # one PDF of all parts

    [[part]]
    file = "welcome.md"           # a text of your own

    [[part]]
    topic = "vanishing"
    options = { n = 20 }          # sections = [...], seed = 0 and title = "..." are optional

Files are beside ``course.toml`` or below; anything that leads out of its folder is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unicodedata import normalize

from derive.catalog import choices, converted, read_seed
from derive.core import InputError
from derive.listing import did_you_mean
from derive.planning import check_keys, read_plan, texts_of, value_of
from derive.writers import AUDIENCES, Layout
from derive.writers.looks import with_looks

KEYS = ("title", "author", "audience", "language", "paper", "template", "ledger", "pdf", "part")
TOPIC_KEYS = ("topic", "title", "options", "sections", "seed")
TEXT_KEYS = ("file", "title")
NOTES = (".md", ".markdown")
MOST_PARTS = 200
RESERVED = frozenset({"index", "ledger", "ledger-by-place", "ledger-by-verdict"})
"""Names of pages that are no part's."""


@dataclass(frozen=True, slots=True)
class TopicPart:
    """A handout. ``name`` is that of its page; ``title`` replaces the topic's unless it is empty."""

    name: str
    title: str
    topic: str
    options: tuple[tuple[str, object], ...]
    sections: tuple[str, ...]
    seed: int


@dataclass(frozen=True, slots=True)
class TextPart:
    """A text of the author's: Markdown, in a file of the course's folder."""

    name: str
    title: str
    file: Path


Part = TopicPart | TextPart


@dataclass(frozen=True, slots=True)
class Course:
    """``title`` and ``author`` are plain text but for mathematics between dollars."""

    title: str
    author: tuple[str, ...]
    layout: Layout
    parts: tuple[Part, ...]
    ledger: bool
    pdf: bool


def read_course(plan: Path) -> Course:
    """Raises InputError, which names the part."""
    content = read_plan(plan, "'derive build course.toml -o DIR' needs it")
    place, folder = str(plan), plan.parent
    check_keys(content, KEYS, place)
    entries = content.get("part", [])
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(f"{place} lists no part; write [[part]] entries with a topic or a file")
    if len(entries) > MOST_PARTS:
        raise InputError(f"{place} lists {len(entries)} parts; at most {MOST_PARTS} make a course")
    taken = set(RESERVED)
    parts = tuple(_part(entry, f"part {n} of {place}", folder, taken) for n, entry in enumerate(entries, start=1))
    title = " ".join(value_of(content, "title", str, place).split())
    wanted = [value_of(content, key, bool, place, True) for key in ("ledger", "pdf")]
    return Course(title, texts_of(content, "author", place), _layout(content, place, folder), parts, *wanted)


def _layout(content: Mapping[str, Any], place: str, folder: Path) -> Layout:
    audience = value_of(content, "audience", str, place, Layout().audience)
    if audience not in AUDIENCES:
        close = did_you_mean(audience, AUDIENCES)
        raise InputError(f"{place} has the unknown audience {audience!r}{close}; choose among {', '.join(AUDIENCES)}")
    language, paper = (value_of(content, key, str, place, getattr(Layout(), key)) for key in ("language", "paper"))
    template = value_of(content, "template", str, place) if "template" in content else None
    templates = inside(folder, template, place) if template is not None else None
    try:
        return with_looks(Layout(audience, measured=False), language, templates, paper)
    except InputError as error:
        raise InputError(f"{place}: {error}") from None


def inside(folder: Path, name: str, place: str) -> Path:
    """A path in the course's folder. Raises InputError for one that leads out of it, also by a link."""
    path = folder / name
    try:
        within = not Path(name).is_absolute() and path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        within = False
    if not within:
        raise InputError(f"{place} names {name[:80]!r}, which leads out of the folder of the course; move it there")
    return path


# ----------------------------------------------------------------------------------------------------------- one part


def _part(entry: dict[str, Any], place: str, folder: Path, taken: set[str]) -> Part:
    if ("topic" in entry) == ("file" in entry):
        raise InputError(f"{place} needs either a topic or a file")
    title = value_of(entry, "title", str, place, "")
    if "file" in entry:
        check_keys(entry, TEXT_KEYS, place)
        return _text(value_of(entry, "file", str, place), title, place, folder, taken)
    check_keys(entry, TOPIC_KEYS, place)
    topic = value_of(entry, "topic", str, place)
    try:
        options = tuple(_options(topic, value_of(entry, "options", dict, place, {}), place, folder))
        converted(topic, dict(options))
        seed = read_seed(value_of(entry, "seed", int, place, 0))
    except InputError as error:
        raise InputError(str(error) if str(error).startswith(place) else f"{place}: {error}") from None
    return TopicPart(_name(topic, taken), title, topic, options, texts_of(entry, "sections", place), seed)


def _text(name: str, title: str, place: str, folder: Path, taken: set[str]) -> TextPart:
    path = inside(folder, name, place)
    if path.suffix.lower() not in NOTES:
        raise InputError(f"{place} names {name!r}; a text of your own is Markdown and ends in {' or '.join(NOTES)}")
    if not path.is_file():
        raise InputError(f"{place} names {name!r}, but there is no such file beside the plan")
    return TextPart(_name(path.stem, taken), title, path)


def _options(topic: str, given: Mapping[str, object], place: str, folder: Path) -> Iterator[tuple[str, object]]:
    """A matrix in a file must be in the folder."""
    kinds = {field.name: field.metadata["kind"] for field in choices(topic)}
    for key, value in given.items():
        key = key.replace("-", "_")
        if kinds.get(key) == "matrix" and isinstance(value, str) and not value.lstrip().startswith("["):
            value = str(inside(folder, value, place))
        yield key, value


def _name(wanted: str, taken: set[str]) -> str:
    """A name for a page that no other page has: small letters, digits and hyphens."""
    ascii_only = normalize("NFKD", wanted.casefold()).encode("ascii", "ignore").decode("ascii")
    base = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:60] or "part"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return name
