"""What was found in somebody's notes, for the terminal: place, verdict, the line with a caret under it, the point where it fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.core import Status
from derive.found import Found, Text

WIDEST = 110


def write(texts: Sequence[tuple[Text, Sequence[Found]]]) -> str:
    """One block for each finding that is shown, then a line of totals for each text."""
    blocks: list[str] = []
    for text, shown in texts:
        blocks += ["\n".join(_block(text.path, found)) for found in shown]
        blocks.append(f"{text.path}: {totals(text)}")
    return "\n\n".join(blocks) + "\n"


def _block(path: str, found: Found) -> Iterator[str]:
    entry = found.entry
    yield plain(f"{path}:{entry['line']}:{entry['column']}: {entry['verdict']}: {entry['reason']} [{found.code}]")
    yield from _marked(found.text, entry["column"], entry["end_column"] if entry["end_line"] == entry["line"] else 0)
    point = dict(entry["counterexample"] or {})
    values = (point.pop("lhs", None), point.pop("rhs", None))
    at = ", ".join(f"{name} = {value}" for name, value in point.items())
    sides = f"{values[0]} against {values[1]}" if values[0] is not None else ""
    if at or sides:
        yield "    " + ": ".join(part for part in (f"at {at}" if at else "", sides) if part)
    if entry["repair"]:
        yield f"    true if {entry['repair'].replace('; ', ' and ')}"


def _marked(line: str, column: int, end: int) -> Iterator[str]:
    """The line, cut to a window around the place, and a caret under it."""
    begin = max(0, min(column - 1 - 20, len(line) - WIDEST)) if len(line) > WIDEST else 0
    window = plain(line[begin : begin + WIDEST])
    length = max(1, min((end or len(line) + 1) - column, len(window) - (column - 1 - begin)))
    yield f"    {window}"
    yield f"    {' ' * (column - 1 - begin)}{'^' * length}"


def plain(line: str) -> str:
    """Without what a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in line)


def totals(text: Text) -> str:
    """How much was read and judged, and what came out."""
    names = (Status.PROVED, Status.SUPPORTED, Status.REFUTED, Status.CONDITIONAL, Status.UNDECIDED, Status.ASSUMED)
    verdicts = [found.entry["verdict"] for found in text.found]
    parts = [f"{verdicts.count(name)} {name}" for name in names if name in verdicts]
    known = f"; {text.left_out} known before" if text.left_out else ""
    return (
        f"{text.coverage['formulas']} relations, {text.coverage['read']} read: {', '.join(parts) or 'nothing'}{known}"
    )
