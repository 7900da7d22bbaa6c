"""Files and folders of notes, checked one after the other or by several processes at once; the answers come in the order of the files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from derive.checking import reports_on
from derive.found import Text, text_of
from derive.notes.document import Document
from derive.notes.files import read_files
from derive.notes.macros import Macros
from derive.parallel import spread

if TYPE_CHECKING:
    from derive.cache import Cache
    from derive.progress import Done


Task = tuple[Document, Macros]


@dataclass(slots=True)
class Many:
    """What was found in each text; what could not be read, one line each; what is not there to be included; the documents
    themselves, each with the macros that hold in it."""

    texts: list[Text] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    documents: list[Task] = field(default_factory=list)


def check_many(
    paths: Iterable[str], *, given: str = "", jobs: int = 1, cache: Cache | None = None, done: Done | None = None
) -> Many:
    """Check everything that the paths name; ``given`` holds throughout. A file that cannot be read is a problem; the others are
    checked. Raises InputError for ``given`` that is not understood."""
    notes = read_files(paths, given=given)
    many = Many([], notes.problems, notes.missing, notes.documents)
    for number, texts in enumerate(spread(partial(_check, cache), notes.documents, jobs), 1):
        many.texts += texts
        if done is not None:
            done(number, len(notes.documents))
    return many


def _check(cache: Cache | None, task: Task) -> list[Text]:
    document, macros = task
    return [text_of(report, text, document.path) for text, report in reports_on(document, macros, cache=cache)]
