"""Templates of the user's: in Jinja's sandbox, in a process that can be killed, with no file but those of their folder.

A file ``handout.md.j2`` in the folder goes before ours of that name and may extend it, as ``handout.md.j2`` or
``derive:handout.md.j2``; the blocks that it leaves out are ours. Values are texts and plain data: no path, no module, nothing that
reads or writes is within reach. Loops end because the process does.
"""

from __future__ import annotations

import traceback
from base64 import b64encode
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from io import IOBase
from pathlib import Path, PurePath
from types import ModuleType
from typing import Any

from jinja2 import FunctionLoader, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from derive.core import InputError
from derive.worker import Lost, Worker

OURS = "derive:"
PATIENCE = 10.0
"""Seconds of computing that the templates of one page may take."""
LARGEST_FILE = 1_000_000
"""Bytes of a template or of a picture."""
KINDS = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
"""What ``file_uri`` can put into a page."""
_TEXT, _FAULT = "=", "!"


class _Sandbox(ImmutableSandboxedEnvironment):
    """With nothing that leads out of the values: neither paths nor modules nor files have attributes."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, PurePath | ModuleType | IOBase | type):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def join_path(self, template: str, parent: str) -> str:
        """A template that extends its own name means ours."""
        return OURS + template if template == parent else template


def sandbox(folder: Path, shipped: Path, options: Mapping[str, Any]) -> ImmutableSandboxedEnvironment:
    """The environment in which the templates of ``folder`` are run, before those that are ``shipped``."""
    jinja = _Sandbox(loader=FunctionLoader(_finder(folder, shipped)), **options)
    del jinja.globals["lipsum"], jinja.filters["random"]  # the same input gives the same bytes
    jinja.globals.update(
        file_text=lambda name: _file(folder, name).read_text(encoding="utf-8"),
        file_uri=lambda name: file_uri(folder, name),
        file_path=lambda name: (folder / _file(folder, name).relative_to(folder.resolve())).as_posix(),
    )
    return jinja


def _finder(folder: Path, shipped: Path) -> Callable[[str], tuple[str, str, Callable[[], bool]] | None]:
    def find(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        own = not name.startswith(OURS) and (folder / name).exists()
        path = _file(folder, name) if own else shipped / name.removeprefix(OURS)
        if not path.resolve().is_relative_to((folder if own else shipped).resolve()) or not path.is_file():
            return None
        return path.read_text(encoding="utf-8"), str(folder / name if own else path), lambda: True

    return find


def _file(folder: Path, name: object) -> Path:
    """A file of the folder, wherever links lead. Raises InputError for any other."""
    try:
        path, root = (folder / str(name)).resolve(), folder.resolve()
        inside, there = path.is_relative_to(root), path.is_file()
        size = path.stat().st_size if inside and there else 0
    except (OSError, ValueError, RuntimeError):
        inside = there = False
    if not inside or not there:
        raise InputError(f"there is no file {str(name)[:80]!r} in the folder of templates")
    if size > LARGEST_FILE:
        raise InputError(f"the file {str(name)!r} is larger than {LARGEST_FILE} bytes")
    return path


def file_uri(folder: Path, name: str) -> str:
    """A picture of the folder as a ``data:`` address, so that a page stays one file. Raises InputError."""
    path = _file(folder, name)
    if path.suffix.lower() not in KINDS:
        raise InputError(f"the file {name!r} is no picture that a page can hold; it may end in {', '.join(KINDS)}")
    return f"data:{KINDS[path.suffix.lower()]};base64,{b64encode(path.read_bytes()).decode('ascii')}"


# ------------------------------------------------------------------------------------------------------------- rendering


def rendered_apart(jinja: ImmutableSandboxedEnvironment, name: str, values: Mapping[str, Any]) -> str:
    """In a process of its own. Raises InputError with the file, the line and the cause."""
    worker: Worker[str] = Worker(_attempt, deque([(jinja, name, values)]), str, PATIENCE)
    try:
        answer = worker.answer()
    finally:
        worker.stop()
    if isinstance(answer, Lost):
        raise InputError(f"the template {name} was {answer.reason}; see its loops and what they write")
    if answer.startswith(_FAULT):
        raise InputError(answer.removeprefix(_FAULT))
    return answer.removeprefix(_TEXT)


def _attempt(jinja: ImmutableSandboxedEnvironment, name: str, values: Mapping[str, Any]) -> Iterator[str]:
    try:
        yield _TEXT + jinja.get_template(name).render(values)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # whatever a template can break
        yield _FAULT + fault(error, name)


def fault(error: Exception, name: str) -> str:
    """``blocks/handout.md.j2, line 3: 'logo' is undefined``."""
    if isinstance(error, TemplateSyntaxError):
        place = f"{error.filename or error.name or name}, line {error.lineno}"
    else:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith((".j2", ".typ"))]
        place = f"{frames[-1].filename}, line {frames[-1].lineno}" if frames else name
    cause = f"there is no template {error.message!r}" if isinstance(error, TemplateNotFound) else str(error)
    return " ".join(f"{place}: {cause or type(error).__name__}".split())
