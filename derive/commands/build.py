"""``derive build``: a folder of handouts, or a course."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from derive.commands.alarms import say_alarms, state_of
from derive.streams import cache_of, say

if TYPE_CHECKING:
    from derive.cache import Cache


@click.command()
@click.argument("folder", metavar="DIR")
@click.option("--check", is_flag=True, help="compare instead of writing; exit code 1 if a file differs")
@click.option("--jobs", metavar="N", type=click.IntRange(1, 256), default=1, help="processes [default: 1]")
@click.option("--no-cache", is_flag=True, help="search anew; see DERIVE_CACHE in the README")
def build(folder: str, check: bool, jobs: int, no_cache: bool) -> int:
    """Regenerate the handouts that DIR/build.toml lists."""
    return _handouts(Path(folder), check, jobs, cache_of(no_cache))


def _handouts(folder: Path, check: bool, jobs: int, cache: Cache | None) -> int:
    from derive.build import build as built
    from derive.build import build_claims
    from derive.progress import progress

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
