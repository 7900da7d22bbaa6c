"""What holds for a whole course: macros in files that ``[tool.derive]`` names, and those of Quarto, Jekyll and MyST."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from derive.core import InputError
from derive.notes.definitions import define, definitions
from derive.notes.includes import text_of, why_outside
from derive.notes.macros import Macro, Macros
from derive.notes.yaml_macros import macros_in_yaml

SITES = ("_quarto.yml", "_quarto.yaml", "_config.yml", "myst.yml")
HIGHEST = 12
"""Folders that are looked at on the way up."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds in a folder."""

    macros: Macros = field(default_factory=dict)


def settings_for(folder: Path, known: dict[Path, Settings]) -> Settings:
    """The settings of a folder; ``known`` holds those that were read before. Raises InputError for a file that is broken."""
    folder = folder.absolute()
    if folder not in known:
        macros: dict[str, Macro] = {}
        for path in reversed(list(_files_above(folder))):
            for macro in _project(path) if path.name == "pyproject.toml" else macros_in_yaml(text_of(path, str(path))):
                define(macros, macro)
        known[folder] = Settings(macros)
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


def _project(path: Path) -> Iterator[Macro]:
    """The macros of the files that ``[tool.derive] macros`` names."""
    try:
        content: dict[str, Any] = tomllib.loads(text_of(path, str(path)))
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise InputError(f"{path} is not TOML: {problem}") from None
    tool = content.get("tool")
    table = tool.get("derive", {}) if isinstance(tool, dict) else {}
    names = table.get("macros", []) if isinstance(table, dict) else []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InputError(f'{path}: [tool.derive] macros is a list of files, such as ["macros.tex"]')
    for name in names:
        file = path.parent / name
        if reason := why_outside(file, path.parent):
            raise InputError(f"{path}: the file of macros {name!r} is not read: {reason}")
        for _, _, macro in definitions(text_of(file, str(file))):
            yield macro
