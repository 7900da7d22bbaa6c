"""Writing whole or not at all: to a temporary file beside the target, which is then renamed."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from derive.core import InputError


def check_target(path: Path) -> None:
    """Before any work is done: the folder of ``path`` exists and ``path`` is no folder. Raises InputError."""
    try:
        folder_there, is_folder = path.parent.is_dir(), path.is_dir()
    except (OSError, ValueError) as error:
        raise InputError(f"cannot write to {str(path)!r}: {_why(error)}; choose another file") from None
    if is_folder:
        raise InputError(f"cannot write to {path}, it is a directory; give a file name in it")
    if not folder_there:
        raise InputError(
            f"cannot write to {path}, there is no directory {path.parent}; make it first or choose another file"
        )


def write_file(path: Path, content: str | bytes) -> None:
    """Write bytes, or text as UTF-8, whole or not at all; what was there before stays on failure. Raises InputError.

    A device or pipe is written to directly: it cannot be renamed over.
    """
    check_target(path)
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file():
            _write_device(path, data)
        else:
            _replace(Path(os.path.realpath(path)), data)
    except OSError as error:
        raise InputError(f"cannot write to {path}: {_why(error)}; choose another place") from None


def _write_device(path: Path, data: bytes) -> None:
    with path.open("wb", buffering=0) as device:
        while data:
            data = data[device.write(data) :]


def _replace(path: Path, data: bytes) -> None:
    temporary = path.parent / f".derive-{os.urandom(6).hex()}.tmp"
    try:
        with open(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        os.replace(temporary, path)
    except BaseException:  # also an interrupt: no half file stays behind
        with suppress(OSError):
            temporary.unlink()
        raise


def _why(error: Exception) -> str:
    return os.strerror(error.errno).lower() if isinstance(error, OSError) and error.errno else str(error)
