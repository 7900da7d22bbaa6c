"""The leaves of a formula for Typst: letters, numbers, signs, words and spaces, each so that Typst takes it for nothing else."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

Pieces = list[str]

INVISIBLE = frozenset("\u2061\u2062\u2063\u2064")
VARIANTS = "\ufe00\ufe01"
"""Selectors behind a calligraphic letter."""
AUTOMATIC_SPACE = "0.1667em"
"""What math-core puts around operator names and fences; ``\\,`` of an author has more digits."""
ESCAPED = frozenset("#$\\\"_^&/'()[]{},;:|*~`@")
ORDINARY_IF_TIGHT = frozenset("=<>+−±∓×⋅·∗≤≥≠≈∼→")
OPENING, CLOSING = frozenset("([{⟨⌊⌈|‖∣∥"), frozenset(")]}⟩⌋⌉|‖∣∥")
CLASSES = {"prefix": "opening", "postfix": "closing"}


def text_of(node: Element) -> str:
    """The text of a leaf; empty for what has parts."""
    return (node.text or "") if not len(node) else ""


def joined(pieces: Pieces) -> str:
    """Pieces with a space between, which keeps letters apart; none beside a quoted string, where it would be seen."""
    text = ""
    for piece in filter(None, pieces):
        beside = not text or text.endswith('"') or piece.startswith('"')
        text += piece if beside else f" {piece}"
    return text


def quoted(text: str) -> str:
    """A string of Typst."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def letter(node: Element, script: bool) -> Pieces:
    text = text_of(node).strip(VARIANTS)
    if len(text) != 1:
        return [quoted(text)] if text else []
    upright = node.get("mathvariant") == "normal" and text.isalpha()
    return [f"upright({sign(text)})"] if upright else [sign(text)]


def number(node: Element, script: bool) -> Pieces:
    text = text_of(node)
    return [text if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) else quoted(text)]


def words(node: Element, script: bool) -> Pieces:
    return [quoted("".join(node.itertext()))]


def mo(node: Element, script: bool) -> Pieces:
    text = text_of(node).strip()
    if not text or text in INVISIBLE:
        return []
    if len(text) > 1:
        return [quoted(text)]
    if re.fullmatch(r"[0-9.]+em", size := node.get("minsize", "")) and text in OPENING | CLOSING:
        return [f"stretch({sign(text)}, size: #{size})"]
    if text in "|‖" and (class_name := CLASSES.get(node.get("form", ""))):
        return [f'class("{class_name}", {sign(text)})']
    if text == "⋯":
        return [text, "thin"] if node.get("rspace") == AUTOMATIC_SPACE and not script else [text]
    tight = node.get("lspace") == node.get("rspace") == "0" and not script
    return [f'class("normal", {sign(text)})' if tight and text in ORDINARY_IF_TIGHT else sign(text)]


def sign(text: str) -> str:
    """One character that stands for itself; nothing for an invisible one."""
    if text in INVISIBLE or not text.strip():
        return ""
    return f"\\{text}" if text in ESCAPED else text


def space(node: Element, script: bool) -> Pieces:
    width = node.get("width", "")
    return [f"#h({width})"] if re.fullmatch(r"-?[0-9.]+em", width) and width != AUTOMATIC_SPACE else []
