"""``derive check``: other people's notes, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from derive.listing import did_you_mean
from derive.streams import cache_of, emit, say

if TYPE_CHECKING:
    from derive.report import Report


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1)
@click.option("-e", "--formula", metavar="LATEX", help="check one line instead of files")
@click.option("--given", metavar="DECLARATIONS", default="", help="what holds for -e, such as 'x > 0; n in N'")
@click.option("-f", "--format", "format", metavar="text|json", default="text", help="format [default: text]")
@click.option("--strict", is_flag=True, help="show what is undecided or unread too, and let it decide the exit code")
@click.option("--no-cache", is_flag=True, help="search anew instead of recalling the evidence of earlier runs")
def check(files: tuple[str, ...], formula: str | None, given: str, format: str, strict: bool, no_cache: bool) -> int:
    """Check the mathematics of other people's notes (Markdown, LaTeX, notebooks; a folder for all in it); - reads standard input."""
    from derive.checking import Checked, check_files, check_formula
    from derive.core import InputError
    from derive.report import as_json
    from derive.writers import findings

    if format not in ("text", "json"):
        raise InputError(f"there is no format {format!r}{did_you_mean(format, ('text', 'json'))}; choose text or json")
    if (formula is None) == (not files):
        raise InputError("give files, or one line with -e; see 'derive check --help'")
    cache = cache_of(no_cache)
    if formula is not None:
        found = Checked((check_formula(formula, given, cache=cache),), (formula,), ())
    else:
        found = check_files(files, cache=cache)
    if format == "json":
        emit(as_json(found.reports) + "\n")
    elif found.reports:
        emit(findings.write(found.reports, found.texts, strict=strict or formula is not None))
    for line in (*found.missing, *found.problems):
        say(line)
    return max([2 if found.problems else 0, *(_checked(report, strict) for report in found.reports)])


def _checked(report: Report, strict: bool) -> int:
    """3 for an alarm of ours; 1 for something refuted, with ``strict`` also for what is conditional, undecided or unread."""
    for alarm in report.alarms:
        say(f"alarm: {alarm}")
    counts = report.summary
    bad = counts["refuted"] + (counts["conditional"] + counts["undecided"] + counts["unread"] if strict else 0)
    return 3 if report.alarms else int(bad > 0)
