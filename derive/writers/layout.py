"""What a reader asks of the page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

AUDIENCES = ("student", "lecturer")
PAPERS = ("a4", "letter")


@dataclass(frozen=True, slots=True)
class Layout:
    """``audience``: students see marks and one legend, lecturers also the evidence. ``sections``: keys, empty for all.
    ``width`` and ``colour`` are for the terminal. ``measured`` False leaves out of the JSON what differs between
    processors (NumPy's last bits). ``language`` is that of the fixed words, ``templates`` the user's folder of blocks and
    words, ``paper`` one of ``PAPERS``. ``pictures``: how the names of the files of pictures beside the page begin; empty where there are
    none. ``sheet`` is empty for a handout, ``questions`` or ``key`` for an exercise sheet."""

    audience: str = "lecturer"
    sections: tuple[str, ...] = ()
    width: int = 100
    colour: bool = False
    measured: bool = True
    language: str = "en"
    templates: Path | None = None
    paper: str = "a4"
    pictures: str = ""
    sheet: str = ""
