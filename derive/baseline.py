"""Findings that are known already, so that an old book can adopt the checker: each is known by its formula and its section, not by
its line, and as often as it was there."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from derive.codes import CODES
from derive.core import InputError
from derive.found import Found, Text, without
from derive.output import write_file

SCHEMA = 1
KEYS = ("path", "section", "formula", "verdict")
Key = tuple[str, str, str, str]


def key_of(path: str, found: Found) -> Key:
    """By what a finding is recognised after lines moved."""
    return path, found.section, found.formula, str(found.entry["verdict"])


def write_baseline(file: Path, found: Iterable[tuple[Text, Sequence[Found]]]) -> int:
    """Write the findings that are shown; how many there are. Raises InputError."""
    keys = Counter(key_of(_beside(text.path, file), one) for text, shown in found for one in shown)
    entries = [{**dict(zip(KEYS, key, strict=True)), "count": count} for key, count in sorted(keys.items())]
    content = {"schema": SCHEMA, "findings": entries}
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    write_file(file, text.encode("utf-8", "backslashreplace").decode("utf-8"))  # a file's name may be no text
    return sum(keys.values())


def read_baseline(file: Path) -> Counter[Key]:
    """How often each finding is known. Raises InputError."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise InputError(f"{file} cannot be read: {problem.strerror}; write it with --write-baseline [D505]") from None
    except (ValueError, RecursionError):
        content = None
    entries = content.get("findings") if isinstance(content, dict) and content.get("schema") == SCHEMA else None
    keys = list(map(_key_and_count, entries)) if isinstance(entries, list) else [None]
    if None in keys:
        raise InputError(f"{file} is no baseline; write it anew with --write-baseline [D505]")
    known: Counter[Key] = Counter()
    for pair in keys:
        if pair is not None:
            known[pair[0]] += pair[1]
    return known


def _key_and_count(entry: object) -> tuple[Key, int] | None:
    if not isinstance(entry, dict):
        return None
    values, count = [entry.get(name) for name in KEYS], entry.get("count")
    if type(count) is not int or not all(isinstance(value, str) for value in values):
        return None
    path, section, formula, verdict = map(str, values)
    return (path, section, formula, verdict), count


def without_known(texts: Iterable[Text], known: Counter[Key], file: Path) -> list[Text]:
    """The texts without the findings that the baseline in ``file`` knows."""
    left = known.copy()
    return [without(text, list(_known(text, left, _beside(text.path, file)))) for text in texts]


def _known(text: Text, left: Counter[Key], path: str) -> Iterator[Found]:
    for found in text.found:
        if found.code in CODES and left[key := key_of(path, found)] > 0:
            left[key] -= 1
            yield found


def _beside(path: str, file: Path) -> str:
    """The path as seen from the folder of the baseline, so that it does not matter where the command is run."""
    if path in ("-", "-e"):
        return path
    return Path(os.path.relpath(path, file.parent)).as_posix()
