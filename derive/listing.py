"""The topics by name. A topic is found by its file name in ``topics/``: there is no list to keep.

Imports next to nothing, so that ``derive --help`` answers at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from types import ModuleType


def names() -> tuple[str, ...]:
    """The topics as commands, in alphabetical order."""
    from pkgutil import iter_modules

    from derive import topics

    found = (module.name for module in iter_modules(topics.__path__))
    return tuple(sorted(name.replace("_", "-") for name in found if not name.startswith("_")))


def summary(name: str) -> str:
    """One line about a topic: the first of its docstring."""
    return (topic(name).__doc__ or "").strip().partition("\n")[0]


def topic(name: str) -> ModuleType:
    """The module of a topic. Raises InputError for an unknown name."""
    if name not in names():
        from derive.core import InputError

        raise InputError(f"there is no topic {name!r}{did_you_mean(name, names())}; 'derive' lists the topics")
    return import_module(f"derive.topics.{name.replace('-', '_')}")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``, did you mean 'vanishing'``, or nothing."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=1)
    return f", did you mean {close[0]!r}" if close else ""
