"""Packages that a core install does without: imported when they are needed, or named in one line."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from derive.core import InputError

WHAT = {"pdf": "the format pdf needs", "plot": "figures need", "notebook": "the format ipynb needs"}
"""What each extra of pyproject.toml is for."""


def hint(extra: str) -> str:
    """How to install the extra."""
    return f"to have the extra {extra!r}: pip install 'derive-handouts[{extra}]'"


def need(extra: str, module: str) -> ModuleType:
    """The module, which the extra installs. Raises InputError, which says how to install it."""
    try:
        return import_module(module)
    except ImportError:
        how = f"pip install 'derive-handouts[{extra}]'"
        raise InputError(f"{WHAT.get(extra, 'this needs')} the extra {extra!r}; install it with: {how}") from None
