"""How wide MathML is when typeset, in em, roughly: enough to choose where a formula is broken."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SCRIPT = 0.72
NARROW = frozenset(".,;:!'|()[]{}ijlt1ft‖∣′")
RELATION_SPACE, SUM_SPACE, OTHER_SPACE = 0.56, 0.45, 0.0
RELATIONS = frozenset("=≠<>≤≥≪≫≈∼≃≅≡∝→←↔↦⇒⇔⟹⟺⟶∈∉⊂⊆")
SUMS = frozenset("+-−±∓·×∘")


def width(mathml: str) -> float:
    """In em of the surrounding text; 0 for what is no well-formed element."""
    try:
        return _width(ElementTree.fromstring(mathml.replace("&ApplyFunction;", "").replace("&nbsp;", " ")))
    except ElementTree.ParseError:
        return 0.0


def _width(node: Element) -> float:
    kids = [_width(kid) for kid in node]
    match node.tag:
        case "mi" | "mn" | "mtext" | "mo":
            return _signs("".join(node.itertext()), node)
        case "mspace":
            return _length(node.get("width"))
        case "mfrac":
            return max(kids, default=0.0) * (1.0 if node.get("displaystyle") else 0.9) + 0.2
        case "msup" | "msub":
            return kids[0] + SCRIPT * kids[1]
        case "msubsup":
            return kids[0] + SCRIPT * max(kids[1:])
        case "munder" | "mover" | "munderover":
            return max(kids[0], SCRIPT * max(kids[1:]))
        case "msqrt" | "mroot":
            return sum(kids[:1] if node.tag == "mroot" else kids) + 0.9
        case "mtable":
            return _table(node)
        case _:
            return sum(kids)


def _signs(text: str, node: Element) -> float:
    letters = sum(0.32 if c in NARROW else 0.72 if c.isupper() or c in RELATIONS | SUMS else 0.52 for c in text)
    if node.tag != "mo" or node.get("lspace") == "0":
        return letters
    return letters + (RELATION_SPACE if text in RELATIONS else SUM_SPACE if text in SUMS else OTHER_SPACE)


def _table(table: Element) -> float:
    """The widest cell of each column, and the gaps."""
    rows = [[_width(cell) for cell in row] for row in table]
    columns = max(map(len, rows), default=0)
    return sum(max((row[j] for row in rows if j < len(row)), default=0.0) for j in range(columns)) + 0.8 * columns


def _length(text: str | None) -> float:
    try:
        return float((text or "0").removesuffix("em"))
    except ValueError:
        return 0.0
