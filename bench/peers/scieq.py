"""scieqlint, a linter of equations in documents: the claim as the only display of a page."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any


def available() -> bool:
    return find_spec("scieqlint") is not None


def prepare(question: Any) -> str | None:
    return (
        f"# Claim\n\n$$\n{question.latex}\n$$\n"
        if question.claim.relation == "=" and not question.claim.scope.hypotheses
        else None
    )


def ask(page: str | None) -> str:
    from pathlib import PurePosixPath

    from scieqlint.api import check_documents, load_config
    from scieqlint.io.source import DocumentKind, SourceDocument

    if page is None:
        return "n/a"
    document = SourceDocument.from_text(PurePosixPath("claim.md"), page, DocumentKind.MARKDOWN)
    codes = {diagnostic.code for diagnostic in check_documents([document], config=load_config()).diagnostics}
    if any(code.startswith("ALG001") for code in codes):
        return "false"
    return "n/a" if any(code.startswith("PARSE") for code in codes) else "true"
