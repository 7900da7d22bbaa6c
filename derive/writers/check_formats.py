"""The formats of ``derive check``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from derive.found import Found, Text
from derive.report import document_json
from derive.writers import findings, github, sarif


def as_json(texts: Sequence[tuple[Text, Sequence[Found]]]) -> str:
    """Every finding, also what is proved; whoever selects finds the code in each."""
    entries = [
        {"path": text.path, "coverage": text.coverage, "findings": [found.entry for found in text.found]}
        for text, _ in texts
    ]
    return document_json(entries) + "\n"


FORMATS: dict[str, Callable[[Sequence[tuple[Text, Sequence[Found]]]], str]] = {
    "text": findings.write,
    "json": as_json,
    "sarif": sarif.write,
    "github": github.write,
}
