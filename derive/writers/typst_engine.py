"""Runs Typst on a template and on what it is told: the one place that does.

Typst reads no file outside a folder that holds the templates alone, takes no font from the system, and writes PDF/UA. Templates
of the user's run in a process of their own, with limits on time and memory and without a way into the network.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from derive.core import InputError
from derive.extras import need

if TYPE_CHECKING:
    from derive.writers.layout import Layout
    from derive.writers.typst_page import Data

TEMPLATES = ("handout.typ", "slides.typ", "parts.typ", "theme.typ")
KINDS = (".typ", ".svg", ".png", ".jpg", ".jpeg")
"""What a template of the user's may be, and show."""
LARGEST_FILE = 4_000_000
"""Bytes of a file in the user's folder."""
PATIENCE = 60
"""Seconds that a template of the user's may take."""
NOWHERE = "http://127.0.0.1:9"
TIMESTAMP = 0
"""Of every document: the same input gives the same bytes."""


def typeset(template: str, told: Data, layout: Layout) -> bytes:
    """The PDF that a template makes of what it is told. Raises InputError where the extra is missing, or a template of the
    user's is broken."""
    need("pdf", "typst")
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    with folder_of_templates(layout) as root:
        if layout.templates is not None:
            return _apart(root, template, text, layout.templates)
        return _here(root, template, text)


@contextmanager
def folder_of_templates(layout: Layout) -> Iterator[Path]:
    """A folder with the templates, the user's in place of ours, and nothing else: all that Typst can read. In ``derive`` are
    ours once more, so that one of the user's can begin with ``#import "derive/theme.typ": *``."""
    from derive.writers.templates import folder

    with TemporaryDirectory(prefix="derive-") as name:
        root = Path(name)
        (root / "derive").mkdir()
        for template in TEMPLATES:
            shutil.copyfile(folder() / template, root / template)
            shutil.copyfile(folder() / template, root / "derive" / template)
        for path in sorted(layout.templates.iterdir()) if layout.templates else ():
            if path.suffix.lower() in KINDS and _fit(path):
                shutil.copyfile(path, root / path.name)
        yield root


def _fit(path: Path) -> bool:
    """A file of the folder itself, wherever links lead, and not too large."""
    inside = path.resolve().parent == path.parent.resolve()
    return inside and path.is_file() and path.stat().st_size <= LARGEST_FILE


def _here(root: Path, template: str, text: str) -> bytes:
    """As PDF/UA. A character that the embedded fonts lack is looked for in those of the system, which PDF/UA, where nothing
    may be missing, does not allow for."""
    import typst

    given: dict[str, Any] = {"root": root, "sys_inputs": {"data": text}, "timestamp": TIMESTAMP}
    content: bytes
    try:
        content = typst.compile(root / template, pdf_standards=["ua-1"], ignore_system_fonts=True, **given)
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        content = typst.compile(root / template, **given)
    return content


def _apart(root: Path, template: str, text: str, users: Path) -> bytes:
    script = Path(__file__).with_name("typst_apart.py")
    given = json.dumps({"root": str(root), "template": template, "data": text, "timestamp": TIMESTAMP})
    no_network = {f"{scheme}_proxy": NOWHERE for scheme in ("http", "https", "HTTP", "HTTPS", "all", "ALL")}
    try:
        run = subprocess.run(
            [sys.executable, "-P", str(script)],
            input=given.encode(),
            capture_output=True,
            timeout=PATIENCE,
            env={**os.environ, **no_network},
        )
    except subprocess.TimeoutExpired:
        raise InputError(f"the templates in {users} took more than {PATIENCE} s; see their loops") from None
    if run.returncode:
        raise InputError(_explained(run.stderr.decode("utf-8", "replace"), users))
    return run.stdout


def _explained(answer: str, users: Path) -> str:
    """One line: where a template is broken and why."""
    try:
        error: Mapping[str, Any] = json.loads(answer)
    except ValueError:
        return f"the templates in {users} took too much time or memory; see their loops"
    place = re.search(r"(?P<file>[^/\\\s]+):(?P<line>\d+):(?P<column>\d+)\n", error["diagnostic"])
    where = f"{users / place['file']}, line {place['line']}, column {place['column']}" if place else str(users)
    return " ".join(f"{where}: {error['message']}{''.join(f' ({hint})' for hint in error['hints'])}".split())
