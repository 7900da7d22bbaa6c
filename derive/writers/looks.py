"""How a page shall look: language, folder of templates, paper, as a user names them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from derive.core import InputError
from derive.listing import did_you_mean
from derive.writers.layout import PAPERS, Layout
from derive.writers.words import words


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
