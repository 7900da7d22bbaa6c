r"""Files that a document includes: those of one folder only, each at most a few times, and never a file inside itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from os.path import normpath
from pathlib import Path

from derive.core import InputError

LARGEST = 20_000_000
"""Bytes of one file."""
LONGEST_LINE = 500_000
DEEPEST = 20
MOST = 500
SUFFIXES = ("", ".tex")


def decoded(content: bytes, path: str) -> str:
    """The text of a file. Raises InputError for what is no text in UTF-8, and for more than anybody writes."""
    if len(content) > LARGEST:
        raise InputError(f"{path} is larger than {LARGEST // 10**6} MB; split it [D503]")
    if b"\0" in content:
        raise InputError(f"{path} has a null byte ({content.index(0)}), so it is no text; convert it")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise InputError(f"{path} is not UTF-8 (byte {problem.start}); convert it [D502]") from None


def require_lines(text: str, path: str) -> None:
    """Raises InputError for a line that nobody wrote by hand."""
    if len(text) > LONGEST_LINE:
        for number, line in enumerate(text.split("\n"), 1):
            if len(line) > LONGEST_LINE:
                raise InputError(f"{path}: line {number} has more than {LONGEST_LINE} signs; break it [D503]")


def text_of(path: Path, shown: str) -> str:
    """The text of a file. Raises InputError."""
    try:
        if path.is_dir():
            raise InputError(f"{shown} is a folder, not a file")
        if not path.is_file():
            raise InputError(f"{shown} cannot be read: {'no such file' if not path.exists() else 'no plain file'}")
        with path.open("rb") as file:
            return decoded(file.read(LARGEST + 1), shown)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise InputError(f"{shown} cannot be read: {str(reason).lower()}") from None


@dataclass(slots=True)
class Includes:
    """``folder``: nothing outside of it is read; names count from ``base``. ``open_`` are the files that are being read.
    ``earlier`` gives the text of a file as it was, None where it was not there; without it files are read as they are."""

    folder: Path
    base: Path
    earlier: Callable[[Path], bytes | None] | None = None
    open_: list[Path] = field(default_factory=list)
    read: set[Path] = field(default_factory=set)
    count: int = 0

    def find(self, name: str, suffixes: tuple[str, ...] = SUFFIXES) -> Path | None:
        """The file of that name, counted from where the main file stands, or from the file that names it; None where there is
        none. Raises InputError where it lies outside of the folder."""
        if "\0" in name or name.startswith(("/", "~")) or Path(name).is_absolute():
            raise InputError(f"{name} is not read: name it from the folder {self.folder}")
        outside = None
        for start in dict.fromkeys((self.base, *(path.parent for path in self.open_[-1:]), self.folder)):
            for suffix in suffixes:
                path = start / f"{name}{suffix}"
                if not self._is_there(path):
                    continue
                if reason := why_outside(path, self.folder):
                    outside = outside or reason
                    continue
                return path
        if outside or ".." in Path(name).parts:
            raise InputError(f"{name} is not read: {outside or 'it is not there'}")
        return None

    def was_read(self, path: Path) -> bool:
        """A file that is included twice is read where it is included first."""
        return path.resolve() in self.read and path.resolve() not in self.open_

    def enter(self, path: Path, shown: str) -> str:
        """The text of the file, which is read now. Raises InputError at the limits."""
        resolved = path.resolve()
        if resolved in self.open_:
            raise InputError(f"{shown} includes itself")
        if len(self.open_) >= DEEPEST:
            raise InputError(f"{shown} is not read: files include each other more than {DEEPEST} deep")
        if self.count >= MOST:
            raise InputError(f"{shown} is not read: more than {MOST} files are included")
        text = text_of(path, shown) if self.earlier is None else decoded(self.earlier(path) or b"", shown)
        self.count += 1
        self.open_.append(resolved)
        self.read.add(resolved)
        return text

    def leave(self) -> None:
        self.open_.pop()

    def _is_there(self, path: Path) -> bool:
        try:
            return path.is_file() if self.earlier is None else self.earlier(path) is not None
        except (OSError, ValueError):
            return False


def why_outside(path: Path, folder: Path) -> str:
    """Why a path leads out of the folder, or through a symbolic link; empty where it does not."""
    try:
        real, root = path.resolve(), folder.resolve()
        plain = root / Path(normpath(path.absolute())).relative_to(normpath(folder.absolute()))
    except (OSError, RuntimeError, ValueError):
        return f"it leaves the folder {folder}"
    if not real.is_relative_to(root):
        return f"it leaves the folder {folder}"
    return "it is a symbolic link" if real != plain else ""
