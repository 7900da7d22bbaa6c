"""Files and folders of notes to documents. The suffix says how a file is read."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from derive.core import InputError
from derive.notes.document import Comment, Document
from derive.notes.includes import LARGEST, Includes, decoded, require_lines, text_of, why_outside
from derive.notes.macros import Macros
from derive.notes.settings import Settings, items_given, settings_for

MARKDOWN = (".md", ".qmd", ".rmd", ".markdown")
SUFFIXES = (*MARKDOWN, ".tex", ".ipynb")
_TEX = re.compile(
    r"\\documentclass|\\begin\{(?:document|theorem|lemma|proof|proposition|definition|itemize|enumerate)\}|^\s*\\(?:chapter|(?:sub)?section)\*?\{",
    re.MULTILINE,
)


@dataclass(slots=True)
class Notes:
    """What was read: documents with the macros that hold in them, and what could not be read, one line each."""

    documents: list[tuple[Document, Macros]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def read_files(paths: Iterable[str], *, given: str = "") -> Notes:
    """All notes that the paths name; a folder stands for the notes in it, ``-`` for standard input; ``given`` holds in all of them. No
    error is raised for a single file: it is a problem, and the others are read. Raises InputError for ``given``."""
    notes = Notes()
    more = items_given(given)
    known: dict[Path, Settings] = {}
    included: set[Path] = set()
    read: list[tuple[Path, Document, Macros]] = []
    for path, folder in _files(paths, notes.problems):
        try:
            settings = settings_for(path.parent if path is not None else Path(), known)
            settings = replace(settings, declared=(*settings.declared, *more))
            includes = Includes(folder, path.parent) if path is not None else None
            document = _read(path, settings, includes)
        except InputError as problem:
            notes.problems.append(str(problem))
            continue
        included |= includes.read if includes is not None else set()
        read.append((path.resolve() if path is not None else Path("-"), document, settings.macros))
    for place, document, macros in read:
        if place not in included:  # read where it is included, with what holds there
            notes.documents.append((document, macros))
            notes.missing += document.missing
        notes.problems += document.problems if place not in included else ()
    return notes


def _read(path: Path | None, settings: Settings, includes: Includes | None) -> Document:
    if path is None:
        return read_text(decoded(sys.stdin.buffer.read(LARGEST + 1), "standard input"), "-", settings)
    shown = str(path)
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{shown}: notes end in {', '.join(SUFFIXES)}; nothing is known of {path.suffix or 'this'}")
    text = text_of(path, shown)
    if includes is not None:
        includes.open_.append(path.resolve())
    return read_text(text, shown, settings, includes)


def read_text(text: str, path: str, settings: Settings, includes: Includes | None = None) -> Document:
    """A text by the suffix of its path, with what is declared for its folder. Raises InputError."""
    if not path.lower().endswith(".ipynb"):  # a notebook may stand in one line
        require_lines(text, path)
    document = _of_suffix(text, path, settings.macros, includes)
    declared = tuple(Comment(item, 0) for item in settings.declared)
    return replace(document, parts=(*declared, *document.parts)) if declared else document


def _of_suffix(text: str, path: str, macros: Macros, includes: Includes | None) -> Document:
    """One without a suffix is LaTeX where it says so. Each reader is imported for the texts that it reads."""
    suffix = Path(path).suffix.lower()
    if suffix == ".ipynb":
        from derive.notes.notebook import read_notebook

        return read_notebook(text, path)
    if suffix == ".tex" or (not suffix and _TEX.search(text)):
        from derive.notes.tex import read_tex

        return read_tex(text, path, includes, macros)
    from derive.notes.markdown import read_markdown

    return read_markdown(text, path)


def _files(paths: Iterable[str], problems: list[str]) -> Iterator[tuple[Path | None, Path]]:
    """Each file once, in the order given, with the folder beyond which nothing is read."""
    seen: set[Path] = set()
    for name in paths:
        if name == "-":
            yield None, Path()
            continue
        try:
            given = Path(name)
            is_folder = given.is_dir()
            found = sorted(_in_folder(given, problems)) if is_folder else [given]
            if is_folder and not found:
                problems.append(f"{name} holds no notes ({', '.join(SUFFIXES)})")
            for path in found:
                if (real := path.resolve()) not in seen:
                    seen.add(real)
                    yield path, given if is_folder else given.parent
        except (OSError, RuntimeError, ValueError) as problem:
            problems.append(f"{name!r} cannot be read: {getattr(problem, 'strerror', None) or problem}")


def _in_folder(folder: Path, problems: list[str]) -> Iterator[Path]:
    """The notes below a folder; what is hidden is left out, a link that leads out of the folder is a problem."""
    for place, folders, names in os.walk(folder, onerror=lambda error: problems.append(str(error))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if (Path(place) / name).is_symlink():
                problems.append(f"{Path(place) / name} is a symbolic link to a folder; it is not followed")
        for name in names:
            path = Path(place) / name
            if name.startswith(".") or path.suffix.lower() not in SUFFIXES:
                continue
            if reason := why_outside(path, folder):
                problems.append(f"{path} is not read: {reason}")
                continue
            yield path
