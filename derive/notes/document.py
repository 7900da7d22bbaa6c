"""The parts of a document that a checker of mathematics cares about, in the order of the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from derive.notes.macros import Macro
from derive.notes.mapped import Mapped


@dataclass(frozen=True, slots=True)
class Heading:
    """Begins a section; ``level`` 1 is the highest. Theorems and proofs are sections of level 7, with a name of their kind as
    title; an ``End`` closes them."""

    level: int
    title: str
    start: int


@dataclass(frozen=True, slots=True)
class End:
    """Where the theorem or proof that was begun last ends."""

    start: int


@dataclass(frozen=True, slots=True)
class Prose:
    """Words between formulas."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Formula:
    """What stands between dollar signs or in an environment, without these. ``environment`` is empty for ``$$`` and ``$``.
    ``unread``: why its macros were not expanded. ``label``: its name, where an option gives one."""

    text: Mapped
    display: bool
    environment: str
    start: int
    end: int
    unread: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What an author tells the checker: the words behind ``derive:``."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Definition:
    """From here on the macro is known."""

    macro: Macro
    start: int


@dataclass(frozen=True, slots=True)
class Included:
    """Another text that is read at this place, with all that holds there: a file behind ``\\input``, a cell of a notebook."""

    document: Document
    start: int


Part = Heading | End | Prose | Formula | Comment | Definition | Included


@dataclass(frozen=True, slots=True)
class Document:
    """``text`` is the whole file, ``parts`` are in its order. ``problems``: what could not be read of it, one line each;
    ``missing``: what it includes and is not there."""

    path: str
    text: str
    parts: tuple[Part, ...]
    problems: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


_LINE_END = re.compile("\n")


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the lines of a text begin, to turn offsets into line and column, both from 1."""

    begins: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Lines:
        return cls((0, *(found.end() for found in _LINE_END.finditer(text))))

    def position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.begins, offset)
        return line, offset - self.begins[line - 1] + 1
