"""``derive TOPIC --worksheet``: an exercise sheet, and its key as a second file beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from derive.commands.alarms import say_alarms
from derive.core import InputError, Status
from derive.streams import emit, note

if TYPE_CHECKING:
    from derive.report import JudgedStep, Report
    from derive.writers import Layout

WITHOUT = ("json", "slides")
"""Formats that are no page to write on."""


def worksheet(report: Report, format: str, layout: Layout, target: Path | None) -> int:
    """Write the sheet and its key, or nothing at all and 3 if an answer of the key is not what it should be. Raises InputError."""
    from derive.output import write_file
    from derive.writers import WRITERS

    if alarms := (*report.alarms, *wrong_answers(report)):
        say_alarms(alarms)
        return 3
    write = WRITERS[format]
    sheet = write(report, replace(layout, sheet="questions"))
    if target is None:
        emit(sheet)
        note("the key goes to a second file; give -o FILE")
        return 0
    solved = write(report, replace(layout, sheet="key"))
    write_file(target, sheet)
    write_file(key_path(target), solved)
    note(f"{target} and its key {key_path(target)}; every answer was judged")
    return 0


def check_format(format: str) -> None:
    """Raises InputError for a format without sheets."""
    if format in WITHOUT:
        raise InputError(f"there is no exercise sheet as {format}; choose another format, such as pdf or html")


def key_path(target: Path) -> Path:
    """``sheet-key.pdf`` beside ``sheet.pdf``."""
    return target.with_name(f"{target.stem}-key{target.suffix}")


def wrong_answers(report: Report) -> tuple[str, ...]:
    """Steps of the exercises that are not proved, or for what is false on purpose not refuted: faults of ours."""
    return tuple(f"step {step.id} of the key is {step.status}" for step in _solutions(report) if not _intended(step))


def _solutions(report: Report) -> Iterator[JudgedStep]:
    from derive.report import JudgedStep

    for section in report.sections:
        if section.key == "exercises":
            yield from (block for block in section.blocks if isinstance(block, JudgedStep))


def _intended(judged: JudgedStep) -> bool:
    if judged.step.assumed:
        return judged.status == Status.ASSUMED
    return judged.status == (Status.REFUTED if judged.step.stance == "quotes" else Status.PROVED)
