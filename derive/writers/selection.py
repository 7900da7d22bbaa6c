"""Which sections are shown. Numbers stay those of the full handout, so that references keep their meaning."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derive.core import InputError

if TYPE_CHECKING:
    from derive.report import Report


def selected(report: Report, keys: tuple[str, ...]) -> Report:
    """The report with the opening and the sections named. Raises InputError for a key that no section has."""
    if not keys:
        return report
    known = [section.key for section in report.sections if section.number]
    for key in keys:
        if key not in known:
            raise InputError(
                f"there is no section {key!r} in {report.derivation.name}; choose among {', '.join(known)}"
            )
    return replace(report, sections=tuple(s for s in report.sections if not s.number or s.key in keys))
