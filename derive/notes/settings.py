"""What holds for a whole course: declarations and files of macros that ``[tool.derive]`` names, and the macros of Quarto, Jekyll and
MyST."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from derive.core import InputError
from derive.notes.context import Context
from derive.notes.definitions import define, definitions
from derive.notes.includes import text_of, why_outside
from derive.notes.known_functions import named_function
from derive.notes.macros import Macro, Macros
from derive.notes.yaml_macros import macros_in_yaml

SITES = ("_quarto.yml", "_quarto.yaml", "_config.yml", "myst.yml")
HIGHEST = 12
"""Folders that are looked at on the way up."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds in a folder: its macros, and items of the language of declarations."""

    macros: Macros = field(default_factory=dict)
    declared: tuple[str, ...] = ()


def settings_for(folder: Path, known: dict[Path, Settings]) -> Settings:
    """The settings of a folder; ``known`` holds those that were read before. Raises InputError for a file that is broken."""
    folder = folder.absolute()
    if folder not in known:
        macros: dict[str, Macro] = {}
        declared: tuple[str, ...] = ()
        for path in reversed(list(_files_above(folder))):
            if path.name == "pyproject.toml":
                table = _table(path)
                found, declared = _macros(path, table), _declared(path, table)
            else:
                found = macros_in_yaml(text_of(path, str(path)))
            for macro in found:
                define(macros, macro)
        known[folder] = Settings(macros, declared)
    return known[folder]


def _files_above(folder: Path) -> Iterator[Path]:
    """From the folder to that of the nearest pyproject.toml, or to the root of the repository."""
    for place in (folder, *folder.parents[:HIGHEST]):
        project = place / "pyproject.toml"
        if project.is_file():
            yield project
        yield from (place / name for name in SITES if (place / name).is_file())
        if project.is_file() or (place / ".git").exists():
            return


def _table(path: Path) -> dict[str, Any]:
    """``[tool.derive]``."""
    import tomllib

    try:
        content: dict[str, Any] = tomllib.loads(text_of(path, str(path)))
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise InputError(f"{path} is not TOML: {problem}") from None
    tool = content.get("tool")
    table = tool.get("derive", {}) if isinstance(tool, dict) else {}
    return table if isinstance(table, dict) else {}


def _words(path: Path, table: dict[str, Any], key: str, what: str) -> list[str]:
    words = table.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise InputError(f"{path}: [tool.derive] {key} is a list of {what}")
    return words


def _declared(path: Path, table: dict[str, Any]) -> tuple[str, ...]:
    """The declarations that hold in every document."""
    items = _words(path, table, "declare", 'declarations, such as ["x > 0", "W in R^{d x d}", "sigma = logistic"]')
    for item in items:
        if ";" in item or (named_function(item) is None and Context().declare(item, 0)):
            raise InputError(
                f"{path}: [tool.derive] declare: {item!r} is not understood; see LIMITS.md for what is read"
            )
    return tuple(items)


def items_given(given: str) -> tuple[str, ...]:
    """Declarations of the command line. Raises InputError."""
    items = tuple(filter(None, (item.strip() for item in given.split(";"))))
    for item in items:
        if named_function(item) is None and (refused := Context().declare(item, 0)):
            raise InputError(f"{refused[0]}; see LIMITS.md for what is read")
    return items


def _macros(path: Path, table: dict[str, Any]) -> Iterator[Macro]:
    """The macros of the files that ``macros`` names."""
    for name in _words(path, table, "macros", 'files, such as ["macros.tex"]'):
        file = path.parent / name
        if reason := why_outside(file, path.parent):
            raise InputError(f"{path}: the file of macros {name!r} is not read: {reason}")
        for _, _, macro in definitions(text_of(file, str(file))):
            yield macro
