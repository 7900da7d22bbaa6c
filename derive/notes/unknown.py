"""Values of which a text says nothing that we know: p(y | x), f(x, y), E(X), \\overline{AB}. Each stands for a number of its own.

The same text is the same number, and no other text is. So what is proved of them holds for all numbers, while a failure is never held
against an author who may know more of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from zlib import crc32

from derive.notation import Node
from derive.notation import show as written
from derive.notes.roles import key_of

_SIZES = re.compile(r"\\(?:left|right|middle|[bB]igg?[lrm]?)(?![A-Za-z])\.?|\s+|\\[,;:! ]")
_FONT_WORDS = re.compile(r"\\(?:mathrm|operatorname|mathbf|boldsymbol|text|mathcal|mathbb|frac)(?![A-Za-z])")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9(),|;=_^']*")
SPELLED = {
    "(": "of",
    ")": "end",
    ",": "and",
    "|": "given",
    ";": "with",
    "=": "is",
    "_": "sub",
    "^": "sup",
    "'": "prime",
}
"""Signs in names."""
LONGEST_NAME = 32
SUMS = (r"\sum", r"\prod")


@dataclass(frozen=True, slots=True)
class Varied:
    """Letters that a relation binds. ``counting``: of sums and products; ``others``: of integrals, derivatives, limits, optima;
    ``columns`` and ``rows``: letters with two indices of which the second, or the first, is bound by a sum; ``nearby``: those of the
    whole display of integrals and the like."""

    counting: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()
    nearby: frozenset[str] = frozenset()

    @classmethod
    def of(cls, sides: Iterable[Node], nearby: frozenset[str] = frozenset()) -> Varied:
        nodes = [node for side in sides for node in side.walk()]
        counting = frozenset(key for node in nodes for key in _counted(node))
        others = frozenset(key for node in nodes for key in _other(node))
        pairs = [pair for node in nodes if (pair := two_indices(node)) is not None]
        columns = frozenset(key for key, _, second in pairs if second in counting)
        rows = frozenset(key for key, first, _ in pairs if first in counting)
        return cls(counting, others, columns, rows, nearby | others)

    def and_also(self, other: Varied) -> Varied:
        """With what is bound in a part that is put in."""
        return Varied(
            self.counting | other.counting,
            self.others | other.others,
            self.columns | other.columns,
            self.rows | other.rows,
            self.nearby | other.nearby,
        )


def _counted(node: Node) -> Iterator[str]:
    if node.kind == "scripts" and node.children[0].text in SUMS and (below := node.script("_")) is not None:
        yield from _letters(_first_side(below))


def _first_side(node: Node) -> Node:
    inside = node.children[0] if node.kind == "group" else node
    return inside.children[0] if inside.kind == "chain" else inside


def _other(node: Node) -> Iterator[str]:
    symbol = node.kind == "scripts" and node.children[0].kind == "symbol" and node.children[0].text.startswith("\\")
    if symbol and (below := node.script("_")) is not None and node.children[0].text not in SUMS:
        yield from _letters(below)
    if node.kind == "product":
        for sign, letter in zip(node.children, node.children[1:], strict=False):
            if _base(sign).text in ("d", r"\partial", r"\mathrm{d}"):
                yield from _letters(letter)


def _letters(node: Node) -> Iterator[str]:
    yield from (key for part in node.walk() if (key := key_of(part)) is not None)


def _base(node: Node) -> Node:
    return node.children[0] if node.kind == "scripts" else node


def two_indices(node: Node) -> tuple[str, str, str] | None:
    """Letter and indices of ``w_{ij}``, ``x_{i,j}``, ``x_j^{(i)}``."""
    if node.kind != "scripts" or "_" not in node.text or (key := key_of(node.children[0])) is None:
        return None
    below = _inside(node.children[1 + node.text.replace("'", "").index("_")])
    plain = below.kind in ("product", "list") and set(below.value) <= {"", ","} and len(below.children) == 2
    multiple = below.kind == "product" and below.children[0].kind == "number"  # a_{2n} has one index
    if plain and not multiple and all(child.kind in ("letter", "number") for child in below.children):
        return key, below.children[0].text, below.children[1].text
    above = bracketed(node)
    if above is not None and below.kind in ("letter", "number"):
        return f"{key}()", above.text, below.text
    if below.kind == "number" and len(below.text) == 2:
        return key, below.text[0], below.text[1]
    return None


def bracketed(node: Node) -> Node | None:
    """The letter or numeral in brackets above a letter: i of ``x^{(i)}``."""
    for sign, script in zip((sign for sign in node.text if sign != "'"), node.children[1:], strict=True):
        inside = _inside(script)
        if sign == "^" and inside.kind == "fence" and inside.text.startswith(("(", "[")):
            return inside.children[0] if inside.children[0].kind in ("letter", "number", "sum") else None
    return None


def _inside(node: Node) -> Node:
    return node.children[0] if node.kind == "group" else node


@dataclass(slots=True)
class Unknown:
    """The names that were given to values, and what each stands for. ``silent``: those of which nobody knows anything, so that a
    failure is not held against the author."""

    shown: dict[str, str] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)

    def name(self, text: str, *, silent: bool) -> str:
        """The name of the value that is written so."""
        name = name_of(text)
        self.shown[name] = text
        if silent:
            self.silent.add(name)
        return name


def plain_text(nodes: Iterable[Node]) -> str:
    """As written, without spaces and sizes."""
    return _SIZES.sub("", "".join(written(node) for node in nodes)).replace(r"\mid", "|").replace(r"\vert", "|")


_INCREMENT = re.compile(r"\\Delta([a-z])")


def name_of(text: str) -> str:
    """Letters and digits: a name that the reader of formulas takes; different texts have different names."""
    name = "".join(SPELLED.get(sign, sign) for sign in text).removesuffix("end")
    plain = _PLAIN.fullmatch(text) and not any(word in text for word in SPELLED.values()) and name[:1].isalpha()
    if plain and 1 < len(name) <= LONGEST_NAME:
        return name
    if increment := _INCREMENT.fullmatch(text):
        return f"Delta{increment[1]}"
    letters = re.sub(r"[^A-Za-z]", "", _FONT_WORDS.sub("", text))
    return f"{(letters or 'value')[:LONGEST_NAME]}{crc32(text.encode()):08x}"
