"""``derive check``: other people's notes, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from derive.listing import did_you_mean
from derive.streams import cache_of, emit, note, say

if TYPE_CHECKING:
    from derive.cache import Cache
    from derive.found import Text
    from derive.many import Many
    from derive.selecting import Selection

FORMATS = ("text", "json", "sarif", "github", "html")
SUFFIXES = {".txt": "text", ".json": "json", ".sarif": "sarif", ".html": "html"}
"""Suffix of an output file to format."""


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1)
@click.option("-e", "--formula", metavar="LATEX", help="check one line instead of files")
@click.option("--given", metavar="DECLARATIONS", default="", help="what holds throughout, such as 'x > 0; n in N'")
@click.option(
    "-f", "--format", "format", metavar="|".join(FORMATS), help="format [default: by the suffix of FILE, text]"
)
@click.option("-o", "--output", metavar="FILE", help="write to FILE instead of standard output")
@click.option("--strict", is_flag=True, help="show what is undecided or unread too, and let it decide the exit code")
@click.option("--select", metavar="CODES", default="", help="show only these, such as D2,D301")
@click.option("--ignore", metavar="CODES", default="", help="show everything but these")
@click.option("--min-coverage", metavar="PERCENT", type=click.IntRange(0, 100), help="exit 1 if less was read")
@click.option("--since", metavar="REV", help="show only what is new since this git revision")
@click.option("--baseline", metavar="FILE", help="leave out what FILE knows, by formula and section")
@click.option("--write-baseline", is_flag=True, help="write what is shown to the FILE of --baseline instead")
@click.option("--jobs", metavar="N", type=click.IntRange(1, 256), default=1, help="processes over files [default: 1]")
@click.option("--no-cache", is_flag=True, help="search anew instead of recalling the evidence of earlier runs")
def check(
    files: tuple[str, ...],
    formula: str | None,
    given: str,
    format: str | None,
    output: str | None,
    strict: bool,
    select: str,
    ignore: str,
    min_coverage: int | None,
    since: str | None,
    baseline: str | None,
    write_baseline: bool,
    jobs: int,
    no_cache: bool,
) -> int:
    """Check the mathematics of other people's notes (Markdown, LaTeX, notebooks; a folder for all in it); - reads standard input.

    Exit codes: 0 fine, 1 something is refuted (with --strict: anything shown), 2 usage or unreadable input, 3 a fault of ours.
    'derive explain' lists the codes.
    """
    from derive.baseline import read_baseline, without_known
    from derive.codes import read_codes
    from derive.core import InputError
    from derive.selecting import Selection, exit_code

    target = Path(output) if output and output != "-" else None
    format = _format(format, target)
    if (formula is None) == (not files):
        raise InputError("give files, or one line with -e; see 'derive check --help'")
    if write_baseline and baseline is None:
        raise InputError("--write-baseline needs the file: --baseline FILE --write-baseline")
    if since is not None and (formula is not None or "-" in files):
        raise InputError("--since compares files in a git repository; give files")
    if format == "html" and formula is not None:
        raise InputError("the format html shows whole notes; give files")
    selection = Selection(read_codes(select), read_codes(ignore), strict)
    cache = cache_of(no_cache)
    known = Path(baseline) if baseline is not None else None
    if known is not None and not write_baseline:
        read_baseline(known)  # what is wrong with it is said before the work is done
    many = _files(files, given, jobs, cache) if formula is None else _line(formula, given, cache)
    if since is not None:
        many.texts = _since(many.texts, since, given, cache)
    if known is not None and write_baseline:
        return _write_baseline(known, many, selection)
    if known is not None:
        many.texts = without_known(many.texts, read_baseline(known), known)
    _show(many, format, selection, formula is not None, target)
    _say_problems(many)
    codes = [exit_code(many.texts, selection), 2 if many.problems else 0]
    return max(*codes, _coverage(many.texts, min_coverage))


def _files(files: tuple[str, ...], given: str, jobs: int, cache: Cache | None) -> Many:
    from derive.many import check_many
    from derive.progress import progress

    with progress("checking") as done:
        return check_many(files, given=given, jobs=jobs, cache=cache, done=done)


def _line(formula: str, given: str, cache: Cache | None) -> Many:
    from derive.checking import check_formula
    from derive.found import text_of
    from derive.many import Many
    from derive.notes.document import Document

    return Many([text_of(check_formula(formula, given, cache=cache), Document("-e", formula, ()))])


def _since(texts: list[Text], revision: str, given: str, cache: Cache | None) -> list[Text]:
    from derive.changes import since

    return since(texts, revision, cache, given=given)


def _write_baseline(file: Path, many: Many, selection: Selection) -> int:
    """Everything that would be shown is known from now on."""
    from derive.baseline import write_baseline
    from derive.selecting import shown

    count = write_baseline(file, [(text, shown(text, selection)) for text in many.texts])
    _say_problems(many)
    note(f"{file}: {count} findings are known from now on")
    return 3 if any(text.alarms for text in many.texts) else 2 if many.problems else 0


def _format(format: str | None, target: Path | None) -> str:
    """The format that is named, or that the suffix of the file names. Raises InputError."""
    from derive.core import InputError
    from derive.output import check_target

    if target is not None:
        check_target(target)
    chosen = format or (SUFFIXES.get(target.suffix.lower(), "") if target is not None else "text")
    if chosen in FORMATS:
        return chosen
    if format is None:
        ends = ", ".join(SUFFIXES)
        raise InputError(f"no format is known for the file {target}; end its name in {ends}, or choose one with -f")
    raise InputError(f"there is no format {format!r}{did_you_mean(format, FORMATS)}; choose {', '.join(FORMATS)}")


def _show(many: Many, format: str, selection: Selection, one_line: bool, target: Path | None) -> None:
    """Print or write what was found; of one line everything is shown that is not fine."""
    from derive.output import write_file

    if not many.texts and format == "text":
        return
    content = _page(many) if format == "html" else _listed(many.texts, format, selection, one_line)
    if target is not None:
        write_file(target, content)
    else:
        emit(content)


def _page(many: Many) -> str:
    from derive.writers.checked import write

    return write(many.documents, many.texts)


def _listed(texts: Sequence[Text], format: str, selection: Selection, one_line: bool) -> str:
    """JSON holds all findings, unless codes are chosen."""
    from dataclasses import replace

    from derive.selecting import shown
    from derive.writers.check_formats import FORMATS as WRITERS

    shows = replace(selection, strict=selection.strict or one_line)
    pairs = [(text, shown(text, shows)) for text in texts]
    if format == "json" and (selection.select or selection.ignore):
        pairs = [(replace(text, found=found), found) for text, found in pairs]
    return WRITERS[format](pairs)


def _say_problems(many: Many) -> None:
    from derive.codes import problem_code

    for text in many.texts:
        for alarm in text.alarms:
            say(f"alarm: {alarm}")
    for line in many.missing:
        say(line)
    for line in many.problems:
        named = f"[{problem_code(line)}]"
        say(" ".join((line if line.rstrip().endswith(named) else f"{line} {named}").split()))


def _coverage(texts: Sequence[Text], least: int | None) -> int:
    from derive.selecting import share_read

    share = share_read(texts)
    if least is None or share >= least:
        return 0
    say(f"{share:.0f} % of the formulas were read, fewer than {least} %; --strict shows the others [D504]")
    return 1
