"""Plans in TOML, read with an eye to what may be wrong in them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from derive.core import InputError
from derive.listing import did_you_mean

LARGEST = 1_000_000
"""Bytes of a plan."""


def read_plan(plan: Path, missing: str) -> dict[str, Any]:
    """What stands in the file. Raises InputError; ``missing`` says what should be there."""
    try:
        with plan.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise InputError(f"{plan} is larger than {LARGEST} bytes; a plan is short")
        return tomllib.loads(content.decode("utf-8"))
    except FileNotFoundError:
        raise InputError(f"there is no {plan}; {missing}") from None
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        what = "is not TOML" if isinstance(error, tomllib.TOMLDecodeError | RecursionError) else "cannot be read"
        raise InputError(f"{plan} {what}: {error}; correct it there") from None


def check_keys(entry: Mapping[str, object], known: Sequence[str], place: str) -> None:
    """Raises InputError for a key that is not known."""
    for key in entry:
        if key not in known:
            raise InputError(
                f"{place} has the unknown key {key!r}{did_you_mean(key, known)}; it may have {', '.join(known)}"
            )


def value_of(entry: Mapping[str, Any], key: str, kind: type, place: str, default: object = None) -> Any:
    """Raises InputError for a value of another kind; one that must be there has no default."""
    value = entry.get(key, default)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise InputError(f"{place} has no {key} of the right kind; see 'derive build --help'")
    return value


def texts_of(entry: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    """A text, or a list of texts; empty where there is none. Raises InputError."""
    value = entry.get(key, [])
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise InputError(f"{place} has a {key} that is no text, nor a list of texts; correct it there")
    return tuple(texts)
