"""The fixed words of every page, one file a language: ``words("de")("page.totals", totals="...")``.

A file ``xx.toml`` beside this one, or in the folder ``words`` of the user's templates, is a language. A text has places
``{name}`` for values; one that counts is a table with ``one`` and ``other`` (and, where a language wants it, with single numbers
such as ``"2"``), chosen by the value ``count``. What a user's file leaves out is said as shipped, at last in English.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from derive.core import InputError
from derive.listing import did_you_mean

if TYPE_CHECKING:
    from derive.writers.layout import Layout

SHIPPED = Path(__file__).parent
ENGLISH = "en"
LARGEST = 100_000
"""Bytes of a file of words."""
_PLACE = re.compile(r"\{([a-z_]+)\}")
_NAME = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

Text = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """A language: its code, as HTML's ``lang`` wants it, and its texts by key."""

    language: str
    texts: Mapping[str, Text]

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its places filled; Markdown-lite, like what is put in. KeyError for a key that is not."""
        text = self.texts[key]
        if not isinstance(text, str):
            text = text.get(str(values["count"])) or text["one" if values["count"] == 1 else "other"]
        return _PLACE.sub(lambda place: str(values[place[1]]), text)


def words(language: str = ENGLISH, templates: Path | None = None) -> Words:
    """Raises InputError for a language that nobody wrote down, and for a file that is not as it should be."""
    own = templates / "words" / f"{language}.toml" if templates is not None else None
    known = languages(templates)
    if language not in known:
        close = did_you_mean(language, known)
        raise InputError(f"there are no words in the language {language!r}{close}; choose one of {', '.join(known)}")
    shipped = _shipped(language) if language in languages() else _shipped(ENGLISH)
    if own is None or not own.is_file():
        return Words(language, shipped)
    if templates is not None and not own.resolve().is_relative_to(templates.resolve()):
        raise InputError(f"{own} is a link that leads out of {templates}; copy the file")
    return Words(language, {**shipped, **_users(own)})


def words_of(layout: Layout) -> Words:
    """The words in which a page of this layout speaks. Raises InputError."""
    return words(layout.language, layout.templates)


def languages(templates: Path | None = None) -> tuple[str, ...]:
    """The codes of the languages, English first."""
    folders = [SHIPPED] if templates is None else [SHIPPED, templates / "words"]
    found = {path.stem for folder in folders for path in folder.glob("*.toml") if _NAME.fullmatch(path.stem)}
    return (ENGLISH, *sorted(found - {ENGLISH}))


@cache
def _shipped(language: str) -> Mapping[str, Text]:
    return _read(SHIPPED / f"{language}.toml")


def _users(path: Path) -> dict[str, Text]:
    """Texts whose keys and places are those of the English ones."""
    texts, english = _read(path), _shipped(ENGLISH)
    for key, text in texts.items():
        if key not in english:
            raise InputError(
                f"{path} has the unknown key {key!r}{did_you_mean(key, english)}; see derive/writers/words"
            )
        if not isinstance(text, str) and isinstance(english[key], str):
            raise InputError(f"{path}: {key} counts nothing; give one text")
        extra = sorted(places(text) - places(english[key]))
        if extra:
            allowed = ", ".join(f"{{{name}}}" for name in sorted(places(english[key]))) or "none"
            raise InputError(f"{path}: {key} has the place {{{extra[0]}}} but no value for it; it may have {allowed}")
    return texts


def places(text: Text) -> set[str]:
    """The names of the values that a text wants; ``count`` too if it counts."""
    if isinstance(text, str):
        return set(_PLACE.findall(text))
    return {"count"}.union(*(_PLACE.findall(form) for form in text.values()))


def _read(path: Path) -> dict[str, Text]:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path} is larger than {LARGEST} bytes; a file of words is short")
        return dict(_flat(tomllib.loads(path.read_text(encoding="utf-8")), "", path))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {path}: {error}; check the file") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"{path} is not TOML: {error}; correct it there") from None


def _flat(table: Mapping[str, Any], before: str, path: Path) -> Iterator[tuple[str, Text]]:
    """``[page] totals = "..."`` as ``page.totals``."""
    for name, value in table.items():
        key = before + name
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, dict) and "other" in value and all(map(_is_form, value, value.values())):
            yield key, {"one": value["other"], **value}
        elif isinstance(value, dict):
            yield from _flat(value, f"{key}.", path)
        else:
            raise InputError(f"{path}: {key} is no text; write it in quotation marks")


def _is_form(name: str, form: object) -> bool:
    """``one = "..."``, ``other = "..."`` or ``"2" = "..."``."""
    return isinstance(form, str) and (name in ("one", "other") or name.isdecimal())
