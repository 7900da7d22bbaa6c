"""What is new since a revision: findings on changed lines, and findings that were not there before though their line is the same
(because a declaration was changed)."""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from derive.baseline import Key, key_of
from derive.checking import reports_on
from derive.core import InputError
from derive.found import Found, Text, text_of, without
from derive.notes.files import read_text
from derive.notes.includes import Includes
from derive.notes.settings import items_given, settings_for

if TYPE_CHECKING:
    from derive.cache import Cache

_HUNK = re.compile(rb"^@@ -\d+(?:,\d+)? \+(?P<first>\d+)(?:,(?P<count>\d+))? @@", re.MULTILINE)
SECONDS = 60
SAFE = ("-c", "core.fsmonitor=false", "-c", "core.quotepath=false")


@dataclass(frozen=True, slots=True)
class Before:
    """A file at the revision: the lines that were changed since, and its text then (None where it was not there)."""

    changed: tuple[range, ...]
    text: str | None


def since(texts: list[Text], revision: str, cache: Cache | None = None, *, given: str = "") -> list[Text]:
    """The texts without what was there at the revision, where ``given`` holds. Raises InputError where git does not know it."""
    files = {text.path.partition("#")[0] for text in texts}
    before = {file: _before(Path(file), revision) for file in sorted(files)}
    old: Counter[Key] = Counter()
    for main in sorted({text.main or text.path.partition("#")[0] for text in texts}):
        parts = [text.path.partition("#")[0] for text in texts if text.main in ("", main)]
        old += _findings(main, parts, revision, given, cache)
    found: list[Text] = []
    for text in texts:
        file, _, cell = text.path.partition("#")
        lines = () if cell else before[file].changed
        found.append(without(text, list(_old(text, lines, old, before[file].text is None))))
    return found


def _old(text: Text, changed: tuple[range, ...], old: Counter[Key], is_new: bool) -> Iterator[Found]:
    """Findings that were there before, on lines that were not touched."""
    for found in text.found:
        key = key_of(text.path.partition("#")[0], found)
        first, last = found.entry["line"] or 1, found.entry["end_line"] or 1
        touched = is_new or any(first < part.stop and part.start <= last for part in changed)
        known = old[key] > 0
        old[key] -= 1
        if known and not touched:
            yield found


def _before(file: Path, revision: str) -> Before:
    sha = _commit(file, revision)
    text = _git(file.parent, "show", f"{sha}:./{file.name}")
    if text is None:
        return Before((), None)
    diff = _git(file.parent, "diff", "--no-ext-diff", "--no-textconv", "--no-color", "-U0", sha, "--", file.name) or b""
    spans = (range(int(hunk["first"]), int(hunk["first"]) + int(hunk["count"] or 1)) for hunk in _HUNK.finditer(diff))
    return Before(tuple(span for span in spans if span), text.decode("utf-8-sig", "replace"))


def _commit(file: Path, revision: str) -> str:
    """The commit of a revision, in the repository of the file. Raises InputError."""
    commit = _git(file.parent, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise InputError(f"git knows no revision {revision!r} for {file}; see 'git log' for those it has [D506]")
    return commit.decode("ascii", "replace").strip()


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git prints; None where it says no. Raises InputError where there is no git."""
    command = ["git", *SAFE, *arguments]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=SECONDS, check=False)
    except OSError as problem:
        raise InputError(f"git cannot be run in {folder}: {problem.strerror} [D506]") from None
    except subprocess.TimeoutExpired:
        raise InputError(f"git did not answer within {SECONDS} s in {folder} [D506]") from None
    return done.stdout if done.returncode == 0 else None


def _findings(main: str, parts: list[str], revision: str, given: str, cache: Cache | None) -> Counter[Key]:
    """How often each finding was there, also in the files that were included; nothing for a text that cannot be read any more."""
    text = _before(Path(main), revision).text
    if text is None:
        return Counter()
    try:
        settings = settings_for(Path(main).parent, {})
        settings = replace(settings, declared=(*settings.declared, *items_given(given)))
        document = read_text(text, main, settings, _includes(main, parts, _commit(Path(main), revision)))
    except InputError:
        return Counter()
    texts = [text_of(report, one) for one, report in reports_on(document, settings.macros, cache=cache)]
    return Counter(key_of(one.path.partition("#")[0], found) for one in texts for found in one.found)


def _includes(main: str, parts: list[str], sha: str) -> Includes:
    """What the file included at the revision, in the folder of all that it includes now."""
    path = Path(main)
    around = os.path.commonpath([os.path.abspath(Path(part).parent) for part in (main, *parts)])
    folder = Path(os.path.relpath(around))

    def earlier(file: Path) -> bytes | None:
        if not file.parent.is_dir():
            return None
        return _git(file.parent, "show", f"{sha}:./{file.name}")

    return Includes(folder, path.parent, earlier, open_=[path.resolve()])
