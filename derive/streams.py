"""Where the command line writes to: standard output, and standard error, both of which may be gone. And the cache that it uses."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derive.cache import Cache


def cache_of(off: bool) -> Cache | None:
    """The user's evidence cache, unless it is switched off."""
    from derive.cache import users_cache

    return None if off else users_cache()


def say(message: str) -> None:
    """A line on standard error in our name."""
    note(f"derive: {message}")


def emit(text: str) -> None:
    """To standard output in UTF-8. A reader that has gone away (``| head``) is no error. Raises InputError otherwise."""
    from derive.core import InputError

    if sys.stdout is None:
        raise InputError("cannot write to standard output, it is closed; choose a file with -o")
    try:
        _write_all(text)
    except BrokenPipeError:
        _discard_output()
    except OSError as error:
        _discard_output()
        reason = os.strerror(error.errno).lower() if error.errno else str(error)
        raise InputError(f"cannot write to standard output: {reason}; choose a file with -o") from None


def _write_all(text: str) -> None:
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(text)
    else:
        binary.write(text.encode("utf-8", "backslashreplace"))  # a file's name may be no text
    sys.stdout.flush()


def _discard_output() -> None:
    """What is still buffered would fail again when Python exits."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def note(line: str) -> None:
    """A line on standard error, without our name before it; the stream may be gone."""
    try:
        print(line, file=sys.stderr, flush=True)
    except (OSError, ValueError, AttributeError):
        return
