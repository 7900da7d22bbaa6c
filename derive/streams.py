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


def emit(content: str | bytes) -> None:
    """To standard output, text in UTF-8; a terminal takes no bytes. A reader that has gone away (``| head``) is no error. Raises InputError otherwise."""
    from derive.core import InputError

    if sys.stdout is None:
        raise InputError("cannot write to standard output, it is closed; choose a file with -o")
    if isinstance(content, bytes) and sys.stdout.isatty():
        raise InputError("this output is no text; give -o FILE")
    try:
        _write_all(content)
    except BrokenPipeError:
        _discard_output()
    except OSError as error:
        _discard_output()
        reason = os.strerror(error.errno).lower() if error.errno else str(error)
        raise InputError(f"cannot write to standard output: {reason}; choose a file with -o") from None


def _write_all(content: str | bytes) -> None:
    """A file's name in a text may be no text."""
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    if binary is not None:
        binary.write(content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace"))
    elif isinstance(content, str):
        sys.stdout.write(content)
    else:
        raise OSError("it takes no bytes")
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
