"""Plain text made safe for a target: one function a target."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import category, normalize

if TYPE_CHECKING:
    from derive.writers.prose import Span

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#$|~&])")
_MARKDOWN_START = re.compile(r"^([0-9]*)([-+=.)])")

# fmt: off
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "^": r"\textasciicircum{}",
    "_": r"\_", "%": r"\%", "~": r"\textasciitilde{}", '"': r"\textquotedbl{}", "'": "'", "|": r"\textbar{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "\u00a0": "~", "“": "``", "”": "''", "‘": "`", "’": "'", "…": r"\dots{}",
    "–": "--", "—": "---", "·": r"\textperiodcentered{}", "×": r"\ensuremath{\times}", "°": r"\ensuremath{^\circ}",
    "≤": r"\ensuremath{\le}", "≥": r"\ensuremath{\ge}", "≠": r"\ensuremath{\ne}", "≈": r"\ensuremath{\approx}",
    "→": r"\ensuremath{\to}", "∞": r"\ensuremath{\infty}", "±": r"\ensuremath{\pm}", "−": r"\ensuremath{-}",
    "‖": r"\ensuremath{\Vert}", "√": r"\ensuremath{\surd}", "∈": r"\ensuremath{\in}", "Σ": r"\ensuremath{\Sigma}",
    "Λ": r"\ensuremath{\Lambda}", "λ": r"\ensuremath{\lambda}", "ρ": r"\ensuremath{\rho}", "κ": r"\ensuremath{\kappa}",
    "δ": r"\ensuremath{\delta}", "σ": r"\ensuremath{\sigma}", "μ": r"\ensuremath{\mu}", "π": r"\ensuremath{\pi}",
    "✓": r"\ensuremath{\checkmark}", "✗": r"\ensuremath{\times}", "○": r"\ensuremath{\circ}",
}
# fmt: on
_LATIN_WITHOUT_A_GLYPH = frozenset("ĦħĸĿŀŉŦŧſ")


def markdown(text: str) -> str:
    """Plain text as Markdown-lite: nothing in it is mark-up."""
    return _MARKDOWN_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", " ".join(printable(text).split())))


def printable(text: str) -> str:
    """Without control characters, which a terminal would obey and no page can hold; white space stays."""
    return text if text.isprintable() else "".join(c for c in text if category(c) != "Cc" or c.isspace())


def markup(text: str) -> str:
    """Markdown-lite without anything that a richer Markdown would take for more: links, HTML, headings."""
    text = printable(text)
    if not _MARKDOWN.search(text):
        return text
    from derive.writers.prose import spans

    return "".join(map(_span, spans(text)))


def _span(span: Span) -> str:
    if span.kind in ("math", "display"):
        return f"${span.text}$" if span.kind == "math" else f"$${span.text}$$"
    body = f"`{span.text}`" if span.kind == "code" else _spaced(span.text)
    body = f"*{body}*" if span.emphasis else body
    return f"**{body}**" if span.strong else body


def markdown_but_math(text: str) -> str:
    """Plain text with ``$...$`` as Markdown-lite: only the mathematics is mark-up. An odd dollar sign is a dollar sign."""
    parts = text.split("$")
    if len(parts) % 2 == 0:
        return markdown(text)
    return "".join(f"${part}$" if i % 2 else _spaced(part) for i, part in enumerate(parts))


def _spaced(text: str) -> str:
    """``markdown``, with the spaces at the ends kept."""
    inner = markdown(text)
    return f"{' ' * text[:1].isspace()}{inner}{' ' * (text[-1:].isspace() and bool(inner))}"


def tex(text: str) -> str:
    """Plain text as LaTeX text. What pdfLaTeX has no glyph for is named by its code point."""
    pieces: list[str] = []
    for character in normalize("NFC", text):
        piece = _tex_character(character)
        ligature = bool(pieces) and piece == pieces[-1] and piece in ("-", "'", "`", ",", "!", "?")
        pieces.append("{}" + piece if ligature else piece)
    return "".join(pieces)


def _tex_character(character: str) -> str:
    if character in _TEX:
        return _TEX[character]
    if " " <= character <= "~" or character == "\n":
        return character
    if "\u00c0" <= character <= "\u017f" and character not in _LATIN_WITHOUT_A_GLYPH:
        return character
    if category(character)[0] in "CZ":  # controls and odd spaces
        return " "
    return rf"\texttt{{U+{ord(character):04X}}}"
