"""``derive build DIR``: regenerates every handout that ``DIR/build.toml`` lists, byte for byte.

    [[handout]]
    name = "jordan"                    # the files are jordan.md, jordan.tex, ...
    topic = "vanishing"
    formats = ["md", "tex", "json"]
    audience = "student"               # optional, as are sections = [...], seed = 0, language = "en", paper = "a4" and
    template = "blocks"                # a folder in DIR
    options = { n = 10, matrix = "[[1, 1], [0, 1]]" }

A matrix given by a file is looked for in DIR. The textbook ledger is one more entry:

    [claims]
    name = "claims"
    formats = ["md", "tex"]
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derive import catalog, planning
from derive.core import InputError
from derive.output import write_file
from derive.parallel import spread
from derive.planning import check_keys, value_of
from derive.writers import AUDIENCES, ENDINGS, WRITERS, Layout
from derive.writers.looks import with_looks
from derive.writers.pictures import pictures, with_pictures
from derive.writers.wording import summary_line

if TYPE_CHECKING:
    from derive.cache import Cache
    from derive.ledger import JudgedEntry
    from derive.progress import Done
    from derive.report import Report

CLAIMS_KEYS = ("name", "formats")
KEYS = ("name", "topic", "formats", "audience", "sections", "seed", "options", "language", "template", "paper")


@dataclass(frozen=True, slots=True)
class Golden:
    """One entry of build.toml."""

    name: str
    topic: str
    formats: tuple[str, ...]
    options: tuple[tuple[str, object], ...]
    seed: int
    layout: Layout


@dataclass(frozen=True, slots=True)
class Built:
    """A handout: the files that differed from what is now their content, the totals of its steps, its exit code, and faults of
    ours."""

    golden: Golden
    summary: str
    code: int
    alarms: tuple[str, ...]
    changed: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class BuiltClaims:
    """The textbook ledger and the files that differed from what is now their content."""

    entries: tuple[JudgedEntry, ...]
    changed: tuple[Path, ...]


def _plan(folder: Path) -> dict[str, Any]:
    """What stands in ``build.toml``. Raises InputError."""
    return planning.read_plan(folder / "build.toml", "'derive build DIR' needs a build.toml in DIR")


def read_plan(folder: Path) -> tuple[Golden, ...]:
    """The handouts of ``build.toml``. Raises InputError, which names the entry."""
    plan, entries = folder / "build.toml", _plan(folder).get("handout", [])
    if not isinstance(entries, list) or not entries:
        raise InputError(f"{plan} lists no handout; write [[handout]] entries")
    return tuple(_golden(entry, f"handout {number} of {plan}", folder) for number, entry in enumerate(entries, start=1))


def _golden(entry: dict[str, Any], place: str, folder: Path) -> Golden:
    check_keys(entry, KEYS, place)
    name, topic = (value_of(entry, key, str, place) for key in ("name", "topic"))
    formats = tuple(value_of(entry, "formats", list, place, ["md"]))
    _check_name(name, place)
    _check_formats(formats, WRITERS, place)
    audience = value_of(entry, "audience", str, place, Layout().audience)
    if audience not in AUDIENCES:
        raise InputError(f"{place} has the unknown audience {audience!r}; choose among {', '.join(AUDIENCES)}")
    options = tuple(
        (key, _in_folder(value, folder)) for key, value in value_of(entry, "options", dict, place, {}).items()
    )
    layout = Layout(audience, tuple(value_of(entry, "sections", list, place, [])), measured=False)
    looks = _looks(layout, entry, place, folder)
    return Golden(name, topic, formats, options, value_of(entry, "seed", int, place, 0), looks)


def _looks(layout: Layout, entry: dict[str, Any], place: str, folder: Path) -> Layout:
    language, paper = (value_of(entry, key, str, place, getattr(layout, key)) for key in ("language", "paper"))
    template = value_of(entry, "template", str, place) if "template" in entry else None
    try:
        return with_looks(layout, language, folder / template if template is not None else None, paper)
    except InputError as error:
        raise InputError(f"{place}: {error}") from None


def _check_name(name: str, place: str) -> None:
    if Path(name).name != name or name.startswith("."):
        raise InputError(f"{place} has the name {name!r}; give a plain file name without suffix")


def _check_formats(formats: Iterable[object], known: Collection[str], place: str) -> None:
    for format in formats:
        if format not in known:
            raise InputError(f"{place} has the unknown format {format!r}; choose among {', '.join(known)}")


def _in_folder(value: object, folder: Path) -> object:
    """A file beside build.toml."""
    if isinstance(value, str) and not value.startswith("[") and (folder / value).is_file():
        return str(folder / value)
    return value


def build(
    folder: Path,
    *,
    check: bool = False,
    jobs: int = 1,
    cache: Cache | None = None,
    done: Done | None = None,
    without: Collection[str] = (),
) -> Iterator[Built]:
    """Each handout, written or, with ``check``, only compared, but for the formats ``without``. Raises InputError."""
    plan = [
        replace(golden, formats=tuple(f for f in golden.formats if f not in without)) for golden in read_plan(folder)
    ]
    for number, made in enumerate(spread(partial(_made, folder, check, cache), plan, jobs), start=1):
        if done is not None:
            done(number, len(plan))
        yield made


def _made(folder: Path, check: bool, cache: Cache | None, golden: Golden) -> Built:
    report = catalog.report(golden.topic, dict(golden.options), golden.seed, cache)
    changed = tuple(_renewed(golden, report, folder, check))
    return Built(golden, summary_line(report), report.exit_code, report.alarms, changed)


def _renewed(golden: Golden, report: Report, folder: Path, check: bool) -> Iterator[Path]:
    """The files whose content was different; written unless ``check``."""
    for format in golden.formats:
        path = folder / (golden.name + ENDINGS[format])
        layout = with_pictures(golden.layout, format, path)
        files = {path: WRITERS[format](report, layout)}
        if format == "md":  # PDF for LaTeX is left to whoever compiles it: its bytes depend on the compression at hand
            files |= {folder / name: picture for name, picture in pictures(report, layout, format).items()}
        yield from (file for file, content in files.items() if _differs(file, content, check))


def _differs(path: Path, content: str | bytes, check: bool) -> bool:
    """Whether this is not yet what the file holds; then it is written unless ``check``."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == data:
        return False
    if not check:
        write_file(path, data)
    return True


def build_claims(folder: Path, *, check: bool = False, cache: Cache | None = None) -> BuiltClaims | None:
    """The textbook ledger, if ``build.toml`` lists it. Raises InputError."""
    from derive.textbook import Depth, entries, judged
    from derive.writers.claims import SUFFIXES, TABLES

    place, entry = f"[claims] of {folder / 'build.toml'}", _plan(folder).get("claims")
    if entry is None:
        return None
    check_keys(entry, CLAIMS_KEYS, place)
    suffixes = {format: suffix for suffix, format in SUFFIXES.items()}
    name, formats = value_of(entry, "name", str, place), value_of(entry, "formats", list, place, ["md"])
    _check_name(name, place)
    _check_formats(formats, suffixes, place)
    found = judged(entries(), Depth.LISTED if "json" in formats else Depth.READINGS, cache=cache)
    texts = {folder / (name + suffixes[format]): TABLES[format](found, Layout()) for format in formats}
    return BuiltClaims(found, tuple(path for path, text in texts.items() if _differs(path, text, check)))
