"""The fonts inside a web page: only the files whose signs the page has."""

from __future__ import annotations

import re
import tomllib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape

from derive.writers.templates import folder


@dataclass(frozen=True, slots=True)
class Face:
    """One file. ``always``: its signs stand on every page. ``inside``: the element whose text is set in it; None for all but formulas."""

    file: str
    family: str
    style: str = "normal"
    weight: int = 400
    always: bool = False
    inside: str | None = None


FACES = (
    Face("regular", "Derive Serif", always=True),
    Face("italic", "Derive Serif", "italic", always=True),
    Face("bold", "Derive Serif", weight=700, always=True),
    Face("math", "Derive Math", always=True),
    Face("regular-more", "Derive Serif"),
    Face("italic-more", "Derive Serif", "italic", inside="em"),
    Face("bold-more", "Derive Serif", weight=700, inside="strong"),
    Face("math-more", "Derive Math", inside="math"),
)


_FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)


def font_faces(body: str) -> str:
    """``@font-face`` rules for the body of a page."""
    return "\n".join(_rule(face) for face in FACES if face.always or _signs(body, face.inside) & _codes(face.file))


def _signs(body: str, inside: str | None) -> set[int]:
    """Code points of the text that stands in elements of that name."""
    if inside is None:
        texts = _FORMULA.split(body)
    else:
        texts = (
            _FORMULA.findall(body) if inside == "math" else re.findall(rf"<{inside}>.*?</{inside}>", body, re.DOTALL)
        )
    return {ord(sign) for text in texts for sign in unescape(re.sub(r"<[^>]*>", "", text))}


def _rule(face: Face) -> str:
    return (
        f'@font-face {{ font-family: "{face.family}"; font-style: {face.style}; font-weight: {face.weight}; '
        f"unicode-range: {_ranges()[face.file]}; src: url(data:font/woff2;base64,{_data(face.file)}) format("
        '"woff2"); font-display: block; }'
    )


@cache
def _data(file: str) -> str:
    return b64encode((folder() / "web" / "fonts" / f"{file}.woff2").read_bytes()).decode("ascii")


@cache
def _ranges() -> dict[str, str]:
    return tomllib.loads((folder() / "web" / "fonts" / "fonts.toml").read_text(encoding="utf-8"))


@cache
def _codes(file: str) -> frozenset[int]:
    return frozenset(_each(re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", _ranges()[file])))


def _each(runs: Iterable[tuple[str, str]]) -> Iterator[int]:
    for first, last in runs:
        yield from range(int(first, 16), int(last or first, 16) + 1)
