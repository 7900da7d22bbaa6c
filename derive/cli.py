"""The command line: words in, text out. It knows no mathematics, and imports what it needs when it needs it.

Exit codes: 0 fine; 1 a step that asserts is not at least supported (or ``build --check`` found a difference); 2 usage or
unreadable input; 3 an alarm of our own; 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from derive import __version__
from derive.commands.alarms import say_alarms, state_of
from derive.commands.build import build
from derive.commands.check import check
from derive.commands.explain import explain
from derive.commands.init import init
from derive.commands.template import template
from derive.listing import did_you_mean, names, summary
from derive.streams import cache_of, emit, note, say

if TYPE_CHECKING:
    from dataclasses import Field

    from derive.ledger import JudgedEntry
    from derive.report import Report
    from derive.writers import Layout
    from derive.writers.words import Words

COMMON = ("format", "output", "audience", "sections", "language", "template", "paper", "worksheet", "seed", "no_cache")
"""Options that every topic has; the others are the topic's own."""


COLLECT_EVERY = 200_000
"""Objects made between two collections: terms are many and never cyclic, and collecting often costs a tenth of the time."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return the exit code. Nothing that the user did wrong ends in a traceback."""
    gc.set_threshold(COLLECT_EVERY)
    try:
        code = commands.main(args=arguments, prog_name="derive", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except (KeyboardInterrupt, click.Abort):
        return 130
    except click.ClickException as error:
        return _complain(_usage(error))
    except Exception as error:  # a fault of ours must not look like exit code 1
        return _failed(error)


def _failed(error: Exception) -> int:
    """What the user can mend in one line; a fault of ours with its traceback."""
    from derive.core import InputError

    if isinstance(error, InputError):
        return _complain(str(error))
    import traceback

    traceback.print_exception(error)
    say("this is a fault of derive itself; please report it with the lines above")
    return 3


def _usage(error: click.ClickException) -> str:
    """Click's message in our form."""
    command = getattr(getattr(error, "ctx", None), "command_path", "derive")
    if isinstance(error, click.exceptions.NoSuchOption):
        close = did_you_mean(error.option_name, error.possibilities or ())
        return f"there is no option {error.option_name}{close}; see '{command} --help'"
    message = error.format_message().rstrip(".")
    return f"{message[:1].lower()}{message[1:]}; see '{command} --help'"


def _complain(message: str) -> int:
    say(" ".join(message.split()))
    return 2


# ------------------------------------------------------------------------------------------------------------- commands


class Commands(click.Group):
    """The topics are found in ``derive/topics``, so they are commands without being listed anywhere."""

    def list_commands(self, ctx: click.Context | None = None) -> list[str]:
        return [*names(), *self.commands]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        return self.commands.get(name) or (_topic_command(name) if name in names() else None)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Raises InputError for a word that is neither a topic nor a command."""
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            from derive.core import InputError

            close = did_you_mean(args[0], self.list_commands())
            raise InputError(f"there is no topic or command {args[0]!r}{close}; 'derive' lists the topics")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="derive")
@click.pass_context
def commands(context: click.Context) -> None:
    """Write mathematical handouts in which every displayed step has been checked."""
    if context.invoked_subcommand is None:
        width = max(map(len, names()), default=0)
        lines = [f"{name:<{width}}  {summary(name)}" for name in names()]
        emit("\n".join(lines) + "\n")


@commands.command()
def axioms() -> None:
    """List the theorems that a step may cite."""
    from derive.kernel import AXIOMS
    from derive.kernel.series_axioms import SERIES

    listed = [(name, axiom.statement, axiom.hypotheses, axiom.source) for name, axiom in AXIOMS.items()]
    listed += [(name, series.statement, series.hypotheses, series.source) for name, series in SERIES.items()]
    entries = (f"{name}\n  {what}\n  Hypotheses: {given}\n  Source: {source}\n" for name, what, given, source in listed)
    emit("\n".join(entries))


for _command in (build, check, explain, init, template):
    commands.add_command(_command)


@commands.command("claims")
@click.argument("identities", metavar="[ID]...", nargs=-1)
@click.option("--source", metavar="PLACE", help="only claims from this place, such as 10.7 or LW")
@click.option("--verdict", metavar="VERDICT", help="only claims with this verdict, such as false or true-if")
@click.option("-f", "--format", "format", metavar="text|md|tex|json", help="format [default: by the suffix of FILE]")
@click.option("-o", "--output", metavar="FILE", help="write to FILE instead of standard output")
@click.option("--language", metavar="en|de", help="of the fixed words [default: en]")
@click.option("--no-cache", is_flag=True, help="search anew instead of recalling the evidence of earlier runs")
def textbook_claims(
    identities: tuple[str, ...],
    source: str | None,
    verdict: str | None,
    format: str | None,
    output: str | None,
    language: str | None,
    no_cache: bool,
) -> int:
    """What well-known texts claim, and what is true of it. With one ID the claim in full; A stands for A1, A2, ..."""
    from derive import textbook
    from derive.output import check_target
    from derive.progress import progress
    from derive.writers import Layout
    from derive.writers.claims import SUFFIXES, TABLES
    from derive.writers.words import words

    target = Path(output) if output and output != "-" else None
    chosen = _format(format, target, TABLES, SUFFIXES, "text")
    truth = textbook.read_truth(verdict) if verdict is not None else None
    asked, say = textbook.chosen(identities, source), words(language or Layout().language)
    if target:
        check_target(target)
    depth = textbook.depth(identities, asked, as_json=chosen == "json")
    with progress("judging") as done:
        found = textbook.judged(asked, depth, cache=cache_of(no_cache), done=done)
    shown = [judged for judged in found if truth in (None, judged.verdict)]
    return _show_claims(shown, chosen, target, say, alone=depth == textbook.Depth.FULL and len(asked) == 1)


def _show_claims(shown: list[JudgedEntry], chosen: str, target: Path | None, say: Words, *, alone: bool) -> int:
    """Print or write what was found, and say how it stands."""
    from derive.output import write_file
    from derive.writers.claims import PAGES, TABLES, in_full, totals
    from derive.writers.words import words

    page = alone and bool(shown) and chosen in PAGES
    layout = _layout(None, None, to_terminal=target is None and chosen == "text", widest=120 if page else 160)
    layout = replace(layout, language=say.language)
    text = PAGES[chosen](in_full(shown[0], say), layout) if page else TABLES[chosen](shown, layout)
    if target:
        write_file(target, text)
    else:
        emit(text)
    note(totals(shown, words()) or "no claim is of this kind")
    return state_of(shown)


class TopicCommand(click.Command):
    """A command whose options are the fields of the topic's ``Options``, looked up only when they are needed."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        from derive.catalog import choices

        own = [_option(field) for field in choices(str(self.name))]
        return [*own, *_common_options(), *super().get_params(ctx)]


def _topic_command(name: str) -> click.Command:
    def callback(**given: Any) -> int:
        common = {key: given.pop(key) for key in COMMON}
        return _handout(name, {key: value for key, value in given.items() if value is not None}, **common)

    return TopicCommand(name, callback=callback, help=summary(name), short_help=summary(name))


def _option(field: Field[Any]) -> click.Option:
    """Always read as text: our own readers say what is wrong, and where the limits are."""
    metadata = field.metadata
    default = "" if field.default is None else f" [default: {field.default}]"
    metavar = "|".join(metadata["choices"]) if metadata["kind"] == "choice" else metadata["kind"].upper()
    limits = f", {metadata['low']} to {metadata['high']}" if metadata["kind"] == "int" else ""
    name = f"--{field.name.replace('_', '-')}"
    return click.Option([name, field.name], metavar=metavar, help=f"{metadata['help']}{limits}{default}")


def _common_options() -> list[click.Parameter]:
    from derive.writers import AUDIENCES, PAPERS, WRITERS, Layout
    from derive.writers.words import languages

    default = Layout().audience
    return [
        click.Option(
            ["-f", "--format", "format"], metavar="|".join(WRITERS), help="format [default: by the suffix of FILE]"
        ),
        click.Option(["-o", "--output", "output"], metavar="FILE", help="write to FILE instead of standard output"),
        click.Option(
            ["--for", "audience"], metavar="|".join(AUDIENCES), help=f"whom the page is for [default: {default}]"
        ),
        click.Option(["--sections"], metavar="A,B", help="only these sections"),
        click.Option(["--language"], metavar="|".join(languages()), help="of the fixed words [default: en]"),
        click.Option(["--template"], metavar="DIR", help="your own blocks and words; see the README"),
        click.Option(["--paper"], metavar="|".join(PAPERS), help="size of the page [default: a4]"),
        click.Option(["--worksheet"], is_flag=True, help="an exercise sheet, and its key in a second file beside FILE"),
        click.Option(
            ["--seed"], metavar="INT", help="seed of the NumPy check [default: 0]; other numbers for each on a sheet"
        ),
        click.Option(
            ["--no-cache"], is_flag=True, help="search anew instead of recalling the evidence of earlier runs"
        ),
    ]


# ----------------------------------------------------------------------------------------------------------- a handout


def _handout(
    name: str,
    given: dict[str, object],
    *,
    format: str | None,
    output: str | None,
    audience: str | None,
    sections: str | None,
    language: str | None,
    template: str | None,
    paper: str | None,
    worksheet: bool,
    seed: str | None,
    no_cache: bool,
) -> int:
    """Everything that can be wrong with the words is found before the work is done."""
    from derive import catalog
    from derive.commands import worksheet as sheets
    from derive.output import check_target
    from derive.variant import Variant
    from derive.writers import SUFFIXES, WRITERS
    from derive.writers.looks import with_looks
    from derive.writers.pictures import left_out, pictures, with_pictures

    target = Path(output) if output and output != "-" else None
    chosen = _format(format, target, WRITERS, SUFFIXES, "terminal")
    _check_no_terminal(chosen, target)
    layout = _layout(audience, sections, to_terminal=target is None and chosen == "terminal")
    layout = with_pictures(with_looks(layout, language, template, paper), chosen, target)
    number = catalog.read_seed(seed or "0")
    if target:
        check_target(target)
    if worksheet:
        sheets.check_format(chosen)
        variant = Variant(None if seed is None else number)
        report = catalog.report(name, given, number, cache_of(no_cache), variant)
        return sheets.worksheet(report, chosen, layout, target)
    report = catalog.report(name, given, number, cache_of(no_cache))
    content = WRITERS[chosen](report, layout)
    code = _deliver(report, content, target, pictures(report, layout, chosen))
    if missing := left_out(report, layout, chosen):
        note(missing)
    return code


def _check_no_terminal(format: str, target: Path | None) -> None:
    """Bytes would wreck a terminal. Raises InputError."""
    from derive.core import InputError
    from derive.writers import BINARY

    if format in BINARY and target is None and sys.stdout is not None and sys.stdout.isatty():
        raise InputError(f"{format} is no text; give -o FILE")


def _deliver(report: Report, content: str | bytes, target: Path | None, beside: Mapping[str, bytes]) -> int:
    """The pictures first, that the page never refers to nothing."""
    from derive.output import write_file
    from derive.writers.wording import summary_line

    if target:
        for name, picture in beside.items():
            write_file(target.parent / name, picture)
        write_file(target, content)
    else:
        emit(content)
    say_alarms(report.alarms)
    note(summary_line(report))
    return report.exit_code


def _format(
    format: str | None, target: Path | None, formats: Collection[str], suffixes: Mapping[str, str], terminal: str
) -> str:
    """The format that is named, or that the suffix of the file names, or that suits where the text goes."""
    from derive.core import InputError

    if format is None and target is None:
        return terminal if sys.stdout is not None and sys.stdout.isatty() else "md"
    chosen = suffixes.get(target.suffix.lower(), "") if target and format is None else format
    if chosen in formats:
        return str(chosen)
    if format is None:
        raise InputError(
            f"no format is known for the file {target}; end its name in {', '.join(suffixes)}, or choose one with -f"
        )
    raise InputError(
        f"there is no format {format!r}{did_you_mean(format, formats)}; choose one of {', '.join(formats)}"
    )


def _layout(audience: str | None, sections: str | None, *, to_terminal: bool, widest: int = 120) -> Layout:
    from derive.core import InputError
    from derive.writers import AUDIENCES, Layout

    audience = audience or Layout().audience
    if audience not in AUDIENCES:
        close = did_you_mean(audience, AUDIENCES)
        raise InputError(f"option --for is {audience!r}{close}; choose one of {', '.join(AUDIENCES)}")
    keys = tuple(key.strip() for key in (sections or "").split(",") if key.strip())
    if not to_terminal:
        return Layout(audience, keys)
    import shutil

    coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Layout(audience, keys, min(widest, shutil.get_terminal_size((100, 24)).columns), coloured)
