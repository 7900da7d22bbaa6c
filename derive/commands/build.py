"""``derive build``: a folder of handouts, or a course."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from derive.commands.alarms import say_alarms, state_of
from derive.streams import cache_of, note, say

if TYPE_CHECKING:
    from derive.cache import Cache


@click.command()
@click.argument("place", metavar="DIR|COURSE.toml")
@click.option("-o", "--output", metavar="DIR", help="the folder of a course's site and PDF")
@click.option("--check", is_flag=True, help="compare instead of writing; exit code 1 if a file differs")
@click.option("--jobs", metavar="N", type=click.IntRange(1, 256), default=1, help="processes [default: 1]")
@click.option("--no-cache", is_flag=True, help="search anew; see DERIVE_CACHE in the README")
def build(place: str, output: str | None, check: bool, jobs: int, no_cache: bool) -> int:
    """Regenerate the handouts that DIR/build.toml lists; or make a site and a PDF of the course that COURSE.toml describes."""
    from derive.core import InputError

    path, course = Path(place), place.lower().endswith(".toml")
    if course and output is None:
        raise InputError(f"a course needs a folder to be written to: 'derive build {place} -o DIR'")
    if output is not None and not course:
        raise InputError(f"-o goes with a course, 'derive build course.toml -o DIR'; {place} is built where it is")
    if course:
        return _course(path, Path(str(output)), check, jobs, cache_of(no_cache))
    return _handouts(path, check, jobs, cache_of(no_cache))


def _course(plan: Path, folder: Path, check: bool, jobs: int, cache: Cache | None) -> int:
    from derive.course.building import build_course
    from derive.course.plan import read_course
    from derive.progress import progress

    course = read_course(plan)
    with progress("building") as done:
        built = build_course(course, folder, check=check, jobs=jobs, cache=cache, done=done)
    for part in built.parts:
        say_alarms(part.alarms)
        note(part.said)
    for reason in built.left_out:
        say(reason)
    return max(*(part.code for part in built.parts), state_of(built.entries), _say_changed(built.changed, check))


def _handouts(folder: Path, check: bool, jobs: int, cache: Cache | None) -> int:
    from derive.build import build as built
    from derive.build import build_claims
    from derive.progress import progress
    from derive.writers.pictures import undrawn

    if missing := undrawn():
        say(missing)
    codes = [0]
    with progress("building") as done:
        handouts = list(built(folder, check=check, jobs=jobs, cache=cache, done=done))
    for handout in handouts:
        codes.append(max(handout.code, _say_changed(handout.changed, check)))
        say_alarms(handout.alarms)
        say(f"{handout.golden.name}: {handout.summary}")
    ledger = build_claims(folder, check=check, cache=cache)
    if ledger is not None:
        codes.append(max(state_of(ledger.entries), _say_changed(ledger.changed, check)))
    return max(codes)


def _say_changed(paths: tuple[Path, ...], check: bool) -> int:
    """1 where something differs that was only to be compared."""
    for path in paths:
        say(f"{path} {'differs' if check else 'written'}")
    return int(check and bool(paths))
