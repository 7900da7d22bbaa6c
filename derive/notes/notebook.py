"""A Jupyter notebook to a document: its Markdown cells, each a text of its own, ``notes.ipynb#cell-3``, in one context."""

from __future__ import annotations

import json
from collections.abc import Iterator

from derive.core import InputError
from derive.notes.document import Document, Included
from derive.notes.includes import require_lines
from derive.notes.markdown import read_markdown


def read_notebook(text: str, path: str = "-") -> Document:
    """The document; all cells are counted, from 1. Raises InputError for what is no notebook."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as problem:
        where = f" (line {problem.lineno}: {problem.msg})" if isinstance(problem, json.JSONDecodeError) else ""
        raise InputError(f"{path} is no notebook: it is not JSON{where}") from None
    cells = content.get("cells") if isinstance(content, dict) else None
    if not isinstance(cells, list):
        raise InputError(f"{path} is no notebook of format 4: it has no list of cells")
    for number, source in _markdown(cells):
        require_lines(source, f"{path}#cell-{number}")
    parts = [Included(read_markdown(source, f"{path}#cell-{number}"), 0) for number, source in _markdown(cells)]
    return Document(path, text, tuple(parts))


def _markdown(cells: list[object]) -> Iterator[tuple[int, str]]:
    """The numbers and the texts of the Markdown cells; a cell that is built in another way is none."""
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell, dict) or cell.get("cell_type") != "markdown":
            continue
        source = cell.get("source")
        lines = source if isinstance(source, list) else [source]
        words = [line for line in lines if isinstance(line, str)]
        if len(words) == len(lines):
            yield number, "".join(words)
