"""JSON: the report's own machine-readable form."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derive.report import Report
    from derive.writers.layout import Layout


def write(report: Report, layout: Layout) -> str:
    """Everything, whatever the audience; the sections asked for."""
    from derive.writers.selection import selected

    return selected(report, layout.sections).to_json(measured=layout.measured) + "\n"
