"""What a reader asks of the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from derive.core import InputError
from derive.listing import did_you_mean
from derive.writers.words import words

AUDIENCES = ("student", "lecturer")
PAPERS = ("a4", "letter")


@dataclass(frozen=True, slots=True)
class Layout:
    """``audience``: students see marks and one legend, lecturers also the evidence. ``sections``: keys, empty for all.
    ``width`` and ``colour`` are for the terminal. ``measured`` False leaves out of the JSON what differs between
    processors (NumPy's last bits). ``language`` is that of the fixed words, ``templates`` the user's folder of blocks and
    words, ``paper`` one of ``PAPERS``."""

    audience: str = "lecturer"
    sections: tuple[str, ...] = ()
    width: int = 100
    colour: bool = False
    measured: bool = True
    language: str = "en"
    templates: Path | None = None
    paper: str = "a4"


def with_looks(layout: Layout, language: str | None, templates: str | Path | None, paper: str | None) -> Layout:
    """The layout with what is given of language, folder of templates and paper. Raises InputError."""
    if paper is not None and paper not in PAPERS:
        close = did_you_mean(paper, PAPERS)
        raise InputError(f"there is no paper {paper!r}{close}; choose one of {', '.join(PAPERS)}")
    folder = Path(templates) if templates is not None else layout.templates
    if folder is not None and not folder.is_dir():
        raise InputError(f"there is no directory {folder}; give the folder of your templates")
    dressed = replace(layout, language=language or layout.language, templates=folder, paper=paper or layout.paper)
    words(dressed.language, dressed.templates)  # what is wrong with the words is said before the work is done
    return dressed
