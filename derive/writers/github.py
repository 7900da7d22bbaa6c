"""Findings as workflow commands: GitHub shows them beside the lines of a change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.core import Status
from derive.found import Found, Text

LEVELS = {Status.REFUTED.value: "error", Status.CONDITIONAL.value: "warning"}
_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def write(texts: Sequence[tuple[Text, Sequence[Found]]]) -> str:
    """One line for each finding that is shown."""
    lines = [_command(text.path, found) for text, shown in texts for found in shown]
    return "".join(f"{line}\n" for line in lines)


def _command(path: str, found: Found) -> str:
    level = LEVELS.get(found.entry["verdict"], "notice")
    properties = ",".join(f"{name}={escaped(str(value), _IN_PROPERTY)}" for name, value in _properties(path, found))
    return f"::{level} {properties}::{escaped('; '.join(_message(path, found)), _IN_MESSAGE)}"


def _properties(path: str, found: Found) -> Iterator[tuple[str, object]]:
    """A cell of a notebook has no lines of its own in the file; columns are those of one line only."""
    file, _, cell = path.partition("#")
    entry = found.entry
    yield "file", file
    if not cell:
        yield "line", entry["line"]
        yield "endLine", entry["end_line"]
        if entry["line"] == entry["end_line"]:
            yield "col", entry["column"]
            yield "endColumn", entry["end_column"]
    yield "title", f"{found.code} {entry['verdict']}"


def _message(path: str, found: Found) -> Iterator[str]:
    entry = found.entry
    _, _, cell = path.partition("#")
    if cell:
        yield f"{cell}, line {entry['line']}"
    yield f"{found.formula}: {entry['reason']}"
    point = ", ".join(
        f"{name} = {value}" for name, value in (entry["counterexample"] or {}).items() if name not in ("lhs", "rhs")
    )
    if point:
        yield f"at {point}"
    if entry["repair"]:
        yield f"true if {entry['repair'].replace('; ', ' and ')}"


def escaped(text: str, table: dict[str, str]) -> str:
    """With what would end a property or the line written as %XX."""
    return "".join(table.get(character, character) for character in text)
