"""A LaTeX formula as mathematics for Typst, written from the MathML tree that math-core makes of it.

The text that comes out contains only names of ours, single signs, and quoted strings: nothing in a formula can call a function
of Typst. Spaces around signs are left to Typst, which knows the class of each; those of the tree that say the same are skipped.
"""

from __future__ import annotations

import re
from functools import cache
from html.entities import html5
from xml.etree.ElementTree import Element, ParseError, fromstring

from derive.writers.mathml import NotTypeset, mathml
from derive.writers.typst_signs import (
    AUTOMATIC_SPACE,
    CLOSING,
    INVISIBLE,
    OPENING,
    ORDINARY_IF_TIGHT,
    VARIANTS,
    Pieces,
    joined,
    letter,
    mo,
    number,
    quoted,
    sign,
    space,
    text_of,
    words,
)

APPLY = "\u2061"
FENCES = OPENING | CLOSING | INVISIBLE | {"/", "."}
LIMITS = frozenset(["lim", "max", "min", "sup", "inf", "lim sup", "lim inf", "arg max", "arg min", "Pr", "gcd"])
MOVABLE = frozenset("∑∏∐⋃⋂⨁⨂⋁⋀⨀⨄")
TALL = frozenset(["mfrac", "mtable"])
# fmt: off
ACCENTS = {
    "^": "hat", "ˆ": "hat", "\u0302": "hat", "~": "tilde", "˜": "tilde", "\u0303": "tilde", "¯": "macron", "‾": "overline",
    "\u0304": "macron", "\u0305": "overline", "\u0332": "overline", "˙": "dot", "\u0307": "dot", "¨": "dot.double",
    "\u0308": "dot.double", "⃗": "arrow", "→": "arrow", "˘": "breve", "\u0306": "breve", "´": "acute", "\u0301": "acute",
    "`": "grave", "\u0300": "grave", "ˇ": "caron", "\u030c": "caron", "⏞": "overbrace", "⎴": "overbracket",
}
UNDER = {"⏟": "underbrace", "_": "underline", "\u0332": "underline", "‾": "underline", "⎵": "underbracket"}
# fmt: on
BRACES = frozenset(["overbrace", "underbrace", "overbracket", "underbracket"])
NOTHING = '""'
DEEPEST = 60
"""Levels of the tree; Typst gives up at some two hundred."""


class NoTypst(ValueError):
    """A formula that cannot be written; the message says what stands in the way."""


@cache
def typst(latex: str) -> str:
    """The formula in Typst's math mode, for running text and for displays. Raises NoTypst."""
    root = tree(latex)
    if len(root) == 1 and root[0].tag == "mtable":
        return " \\ ".join(" & ".join(_cells(row)) for row in root[0])
    return joined(_row(list(root)))


@cache
def parts(latex: str) -> tuple[str, ...]:
    """The formula in pieces between which a line may be broken: before a relation or a sum's sign of the outermost row."""
    pieces: list[list[Element]] = [[]]
    for node in tree(latex):
        if text_of(node) in ORDINARY_IF_TIGHT and node.tag == "mo" and pieces[-1]:
            pieces.append([])
        pieces[-1].append(node)
    return tuple(joined(_row(piece)) for piece in pieces)


def tree(latex: str) -> Element:
    """The MathML tree. Raises NoTypst."""
    try:
        root = fromstring(re.sub(r"&([A-Za-z]+;)", _entity, mathml(latex, display=True)))
    except (NotTypeset, ParseError) as error:
        raise NoTypst(f"no mathematics: {latex[:200]}") from error
    if _depth(root) > DEEPEST:
        raise NoTypst(f"nested too deeply: {latex[:200]}")
    return root


def _depth(root: Element) -> int:
    level, depth = [root], 0
    while level:
        level, depth = [child for node in level for child in node], depth + 1
    return depth


def _entity(match: re.Match[str]) -> str:
    """A named character of HTML; those of XML stay."""
    return match[0] if match[1] in ("lt;", "gt;", "amp;", "quot;", "apos;") else html5[match[1]]


# --------------------------------------------------------------------------------------------------------------- rows


def _row(nodes: list[Element], script: bool = False) -> Pieces:
    """Nodes side by side. Bars that are marked as a pair grow around what is tall."""
    pieces: Pieces = []
    position = 0
    while position < len(nodes):
        node = nodes[position]
        if end := _tall_partner(nodes, position):
            inside = _row(nodes[position + 1 : end], script)
            fenced = f"lr({joined([sign(text_of(node)), *inside, sign(text_of(_base(nodes[end])))])})"
            pieces += [fenced] if nodes[end].tag == "mo" else _scripts(nodes[end], script, fenced)
            position = end + 1
        elif [text_of(dot) for dot in nodes[position : position + 3]] == [".", ".", "."]:
            pieces.append("…")
            position += 3
        else:
            pieces += ["thin"] if text_of(node) == "⋯" and pieces and nodes[position - 1].tag != "mo" else []
            applied = position + 1 < len(nodes) and text_of(nodes[position + 1]) == APPLY
            pieces += (_operator(node) if applied else []) or _node(node, script)
            position += 1
    return pieces


def _tall_partner(nodes: list[Element], start: int) -> int:
    """Where the bar that opens at ``start`` closes, if what stands between is tall; else 0."""
    bar, depth = text_of(nodes[start]), 0
    if nodes[start].get("form") != "prefix":
        return 0
    for position in range(start, len(nodes)):
        end = _base(nodes[position])
        if text_of(end) == bar or bar not in "|‖":
            depth += {"prefix": 1, "postfix": -1}.get(end.get("form", ""), 0)
        if not depth:
            inside = nodes[start + 1 : position]
            return position if any(child.tag in TALL for node in inside for child in node.iter()) else 0
    return 0


def _base(node: Element) -> Element:
    return node[0] if node.tag in ("msub", "msup", "msubsup") else node


def _node(node: Element, script: bool = False) -> Pieces:
    write = WRITERS.get(node.tag)
    if write is None:
        raise NoTypst(f"no Typst for <{node.tag}>")
    return write(node, script)


def _one(node: Element, script: bool = False) -> str:
    return joined(_node(node, script)) or NOTHING


def _all(node: Element, script: bool = False) -> str:
    """The children side by side, never nothing."""
    return joined(_row(list(node), script)) or NOTHING


def _mrow(node: Element, script: bool) -> Pieces:
    """A group; with a fence that grows at either end, ``\\left ... \\right``."""
    children = list(node)
    if len(children) < 2 or not (_is_fence(children[0]) and _is_fence(children[-1])):
        return _operator(node) if len(_name(node)) > 1 and not script else _row(children, script)
    first, *inside, last = children
    left, right = text_of(first).strip(), text_of(last).strip()
    space = ["thin"] if last.get("rspace") == AUTOMATIC_SPACE and not script else []
    if len(inside) == 1 and inside[0].tag == "mtable":
        return [_fenced_table(left, right, inside[0]), *space]
    if len(inside) == 1 and inside[0].get("linethickness") == "0" and (left, right) == ("(", ")"):
        return [f"binom({_one(inside[0][0])}, {_one(inside[0][1])})"]
    before = ["thin"] if first.get("lspace") == AUTOMATIC_SPACE and not script else []
    return [*before, f"lr({joined([sign(left), *_row(inside, script), sign(right)])})", *space]


def _is_fence(node: Element) -> bool:
    text = text_of(node).strip()
    return node.tag == "mo" and node.get("stretchy") != "false" and node.get("form") is None and text in FENCES


# ------------------------------------------------------------------------------------------------------------- leaves


def _name(node: Element) -> str:
    """The name of an operator, which math-core writes with an empty space before it; empty for anything else."""
    plain = node.tag == "mrow" and len(node) == 2 and node[0].tag == "mspace" and not node[0].attrib
    return text_of(node[1]).strip(VARIANTS) if plain and node[1].tag == "mi" else ""


def _operator(node: Element) -> Pieces:
    """``det``, with the space that an operator needs, also under scripts; empty for anything else."""
    if node.tag in ("msub", "msup", "msubsup", "munder", "munderover", "mover") and _name(node[0]):
        return _scripts(node, False, joined(_operator(node[0])))
    name = _name(node)
    return [f"op({quoted(name)}{', limits: #true' if name in LIMITS else ''})"] if name else []


# --------------------------------------------------------------------------------------------------- what has parts


def _scripts(node: Element, script: bool, base: str = "") -> Pieces:
    """``base_(below)^(above)``; beside the base, or under and over it."""
    tags = {"msub": "b", "msup": "t", "msubsup": "bt", "munder": "b", "mover": "t", "munderover": "bt"}[node.tag]
    base = base or _script_base(node, script)
    below_and_above = zip(tags, [joined(_row([child], script=True)) or NOTHING for child in node[1:]], strict=True)
    return [f"attach({base}, {', '.join(f'{where}: {what}' for where, what in below_and_above)})"]


def _scripts_around(node: Element, script: bool) -> Pieces:
    """Scripts on both sides: pairs of below and above, behind ``<mprescripts/>`` those on the left."""
    base, *others = node
    middle = next((place for place, child in enumerate(others) if child.tag == "mprescripts"), len(others))
    places = [*zip(("br", "tr"), others[:middle], strict=False), *zip(("bl", "tl"), others[middle + 1 :], strict=False)]
    written = [(where, joined(_row([child], script=True))) for where, child in places if child.tag != "none"]
    return [f"attach({', '.join([_one(base, script), *(f'{where}: {what}' for where, what in written if what)])})"]


def _script_base(node: Element, script: bool) -> str:
    base, sign = _one(node[0], script), text_of(node[0])
    if node.tag.startswith("ms"):
        return f"scripts({base})" if sign in MOVABLE and sign else base
    return base if sign in MOVABLE and sign else f"limits({base})"


def _over(node: Element, script: bool) -> Pieces:
    """An accent, a brace with its remark, or something above or below."""
    table = UNDER if node.tag == "munder" else ACCENTS
    marked = node.get("accent") == "true" or node.get("accentunder") == "true"
    if node.tag != "munderover" and (name := table.get(text_of(node[1]))) and (marked or name in BRACES):
        return [f"{name}({_one(node[0], script)})"]
    inner = node[0]
    brace = inner.tag == node.tag != "munderover" and table.get(text_of(inner[1]), "")
    if brace in BRACES:
        return [f"{brace}({_one(inner[0], script)}, {_one(node[1], True)})"]
    return _operator(node) or _scripts(node, script)


def _fraction(node: Element, script: bool) -> Pieces:
    above, below = (_one(child, script) for child in node)
    if node.get("linethickness") == "0":
        return [f"mat(delim: #none, {above}; {below})"]
    text = f"frac({above}, {below})"
    style = {"true": "display", "false": "inline"}.get(node.get("displaystyle", ""))
    return [f"{style}({text})" if style else text]


def _root(node: Element, script: bool) -> Pieces:
    if node.tag == "msqrt":
        return [f"sqrt({_all(node, script)})"]
    return [f"root({_one(node[1], True)}, {_one(node[0], script)})"]


def _cells(row: Element) -> list[str]:
    return [_all(cell) for cell in row]


def _table(node: Element, script: bool) -> Pieces:
    return [_fenced_table("", "", node)]


def _fenced_table(left: str, right: str, table: Element) -> str:
    """A matrix, or a distinction of cases. Columns stand as the first row says."""
    rows = [_cells(row) for row in table]
    if left == "{" and right in INVISIBLE:
        return f"cases({', '.join(' #h(1em) & '.join(row) for row in rows)})"
    cell = next((cell for row in table for cell in row), table)
    side = next((side for side in ("left", "right") if f"text-align: {side}" in cell.get("style", "")), "center")
    fences = [quoted(fence) if fence and fence not in INVISIBLE else "none" for fence in (left, right)]
    body = "; ".join(", ".join(row) for row in rows)
    return f"mat(delim: #({', '.join(fences)}){f', align: #{side}' if side != 'center' else ''}, {body})"


def _group(node: Element, script: bool) -> Pieces:
    return _row(list(node), script)


def _wrapped(node: Element, script: bool) -> Pieces:
    """What is crossed out, boxed or invisible."""
    inner = joined(_row([child for child in node if child.get("class") is None], script)) or NOTHING
    if node.tag == "mphantom":
        return [f"#hide(${inner}$)"]
    crossed_out = "strike" in node.get("notation", "")
    return [f"cancel({inner})" if crossed_out else f"#box(stroke: 0.5pt, inset: 3pt, ${inner}$)"]


WRITERS = {
    "math": _group, "mrow": _mrow, "mstyle": _group, "mpadded": _group, "mi": letter, "mn": number, "mo": mo,
    "mtext": words, "ms": words, "mspace": space, "msub": _scripts, "msup": _scripts, "msubsup": _scripts,
    "mmultiscripts": _scripts_around,
    "munder": _over, "mover": _over, "munderover": _over, "mfrac": _fraction, "msqrt": _root, "mroot": _root,
    "mtable": _table, "menclose": _wrapped, "mphantom": _wrapped,
}  # fmt: skip
