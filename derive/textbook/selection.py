"""Which entries there are, and which of them are asked for.

Entries are found in the modules of ``derive/claims``, each of which has a tuple ``ENTRIES``: there is no list to keep.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

from derive import claims
from derive.core import InputError
from derive.entry import SOURCES, Entry, key
from derive.ledger import Truth
from derive.listing import did_you_mean

GROUPS = "ABCDEFGHMXT0"
"""The order of the groups: the chapters of the ledger, then what lecturers expect besides, single sentences, damaged formulas."""


def entries() -> tuple[Entry, ...]:
    """All entries, in the order of their ids. Raises InputError where an id occurs twice."""
    found = [
        entry
        for module in iter_modules(claims.__path__)
        if not module.ispkg
        for entry in import_module(f"derive.claims.{module.name}").ENTRIES
    ]
    twice = {entry.id for entry in found if sum(other.id == entry.id for other in found) > 1}
    if twice:
        raise InputError(f"{', '.join(sorted(twice))} occurs twice in derive/claims")
    return tuple(sorted(found, key=lambda entry: _order(entry.id)))


def _order(identity: str) -> tuple[int, int, str]:
    """A2 before A10, group by group."""
    number = re.search(r"\d+$", identity)
    return GROUPS.find(identity[0]), int(number[0]) if number else 0, identity


# ------------------------------------------------------------------------------------------------------------ selection


def chosen(identities: Sequence[str], source: str | None = None) -> tuple[Entry, ...]:
    """The entries with these ids, or of these groups (``A``), from a source (``10.7``; ``10.11`` includes 10.11.1). Raises
    InputError for a word that is none."""
    known = entries()
    picked = [entry for identity in identities for entry in _named(identity, known)] if identities else known
    if source is not None:
        _check_source(source, known)
        picked = [entry for entry in picked if any(_within(key(place), source) for place in entry.source)]
    return tuple(dict.fromkeys(picked))


def _named(word: str, known: tuple[Entry, ...]) -> list[Entry]:
    upper = word.strip().upper()
    exact = [entry for entry in known if entry.id.upper() == upper]
    group = [entry for entry in known if len(upper) == 1 and entry.id.startswith(upper)]
    if not exact and not group:
        ids = [entry.id for entry in known]
        raise InputError(f"there is no claim {word[:40]!r}{did_you_mean(upper, ids)}; 'derive claims' lists them")
    return exact if exact and len(group) < 2 else group or exact


def _check_source(source: str, known: tuple[Entry, ...]) -> None:
    keys = dict.fromkeys(key(place) for entry in known for place in entry.source)
    if not any(_within(name, source) for name in keys):
        close = did_you_mean(source, SOURCES)
        raise InputError(f"no claim is from {source[:40]!r}{close}; choose one of {', '.join(sorted(keys))}")


def _within(name: str, source: str) -> bool:
    """A section holds its subsections; ``SE`` stands for SE-Q and SE-A."""
    name, source = name.upper(), source.strip().upper()
    return name == source or name.startswith((f"{source}.", f"{source}-"))


def read_truth(word: str) -> Truth:
    """A verdict, also with a dash for the blank. Raises InputError for a word that is none."""
    plain = " ".join(word.lower().replace("-", " ").split())
    if plain not in {truth.value for truth in Truth}:
        words = [truth.value for truth in Truth]
        raise InputError(
            f"option --verdict is {word[:40]!r}{did_you_mean(plain, words)}; choose one of {', '.join(words)}"
        )
    return Truth(plain)
