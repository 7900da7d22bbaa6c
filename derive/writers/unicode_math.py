"""LaTeX mathematics on one line of Unicode, or on a few lines where a matrix is small enough to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import combining, east_asian_width

from derive.writers.latex_tree import Accent, Binomial, Fraction, Grid, Node, Root, Row, Scripts, Sign, parse

# fmt: off
SUPERSCRIPT = dict(zip("0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW⊤′⋆∘",
                       "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵀ′*°", strict=True))
SUBSCRIPT = dict(zip("0123456789+-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))
# fmt: on


def one_line(latex: str) -> str:
    """A formula on one line; matrices as ``[a b; c d]``."""
    return _row(parse(latex)).strip()


def cells(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


# ------------------------------------------------------------------------------------------------------------ one line


def _row(row: Row) -> str:
    text, before = "", "open"
    for position, item in enumerate(row.items):
        piece, role = _piece(item)
        if not piece:
            continue
        if isinstance(item, Fraction):
            piece = _as_factor(piece, before, row.items[position + 1 :])
        text += _joined(text, piece, before, role)
        before = role if role != "space" or before in ("open", "relation", "operator") else before
    return text


def _as_factor(fraction: str, before: str, after: tuple[Node, ...]) -> str:
    """In parentheses where something stands close beside it, which would seem to belong to one of its parts: (1/2)x; but
    d/dx f."""
    closing = ("operator", "relation", "comma", "space", "close")
    followed = bool(after) and not (isinstance(after[0], Sign) and after[0].role in closing)
    if fraction.startswith(("d", "∂")):
        return f"{fraction} " if followed else fraction
    return f"({fraction})" if followed or before in ("atom", "close") else fraction


def _joined(text: str, piece: str, before: str, role: str) -> str:
    """The piece with the space that it needs after ``text``."""
    if role == "operator":
        if piece == "/" or before in ("open", "relation", "operator", "comma", "big"):
            return piece
        return f" {piece} "
    if role == "relation":
        return f" {piece} " if text and not text.endswith(" ") else f"{piece} "
    if role == "comma":
        return ", "
    if role == "space":
        return piece if not text.endswith(" ") else ""
    starts_word = (
        role in ("word", "big", "root")
        and bool(text)
        and (text[-1].isalnum() or text[-1] in ")]|‖!" or not text[-1].isascii())
    )
    if starts_word and not text.endswith((" ", "(", "[", "|", "‖", "·", "/", "-", "+")):
        return " " + piece
    if before in ("word", "big") and role not in ("open", "close") and not text.endswith(" "):
        return " " + piece
    if before == "big" and role == "open" and not text.endswith(" "):
        return " " + piece
    return piece


def _piece(node: Node) -> tuple[str, str]:
    """Text and the role that decides the space around it."""
    if isinstance(node, Sign):
        return node.text, node.role
    if isinstance(node, Scripts):
        return _scripts(node)
    if isinstance(node, Row):
        return _row(node).strip(), "atom"
    if isinstance(node, Fraction):
        return f"{_fraction_part(node.above, above=True)}/{_fraction_part(node.below, above=False)}", "atom"
    if isinstance(node, Binomial):
        return f"C({_row(node.above).strip()}, {_row(node.below).strip()})", "atom"
    if isinstance(node, Root):
        body = _row(node.body).strip()
        degree = _small(_close(node.degree), SUPERSCRIPT) if node.degree else ""
        return f"{degree}√{body if _single(body) else f'({body})'}", "atom"
    if isinstance(node, Accent):
        body = _row(node.body)
        return (body[:1] + node.mark + body[1:]), "atom"
    return _grid(node), "atom"


def _scripts(node: Scripts) -> tuple[str, str]:
    base, role = _piece(node.base)
    if role == "big":
        below = f"_{{{_close(node.below)}}}" if node.below else ""
        above = f"^{{{_close(node.above)}}}" if node.above else ""
        return base + below + above, "big"
    if isinstance(node.base, Row | Fraction) and not _single(base):
        base = f"({base})"
    below = _script(node.below, SUBSCRIPT, "_")
    above = _script(node.above, SUPERSCRIPT, "^")
    return base + below + above, "word" if role == "word" else "close" if role == "close" else "atom"


def _script(row: Row | None, table: dict[str, str], sign: str) -> str:
    if row is None:
        return ""
    text = _close(row)
    small = _small(text, table)
    if small:
        return small
    return f"{sign}{text}" if len(text) == 1 else f"{sign}({text})"


def _close(row: Row) -> str:
    """In small type signs stand close."""
    text = _row(row).strip()
    for sign in "+-=,<>≤≥→≠":
        text = text.replace(f" {sign} ", sign).replace(f"{sign} ", sign)
    return text


def _small(text: str, table: dict[str, str]) -> str:
    """In raised or lowered characters; empty if one of them does not exist."""
    return "".join(table[c] for c in text) if all(c in table for c in text) else ""


def _fraction_part(row: Row, *, above: bool) -> str:
    text = _row(row).strip()
    differential = text.startswith(("d", "∂")) and len(text) <= 2
    signs = any(isinstance(item, Sign) and item.role in ("operator", "relation") for item in row.items)
    bare = not signs and (len(row.items) <= 1 or differential or (above and len(text) <= 12))
    return text if bare and (above or _single(text) or differential) else f"({text})"


def _single(text: str) -> bool:
    """One letter with its scripts, one numeral, or something in one pair of fences."""
    if text and text[0] in "([|‖" and text.find({"(": ")", "[": "]", "|": "|", "‖": "‖"}[text[0]], 1) == len(text) - 1:
        return True
    body = text.rstrip("".join([*SUPERSCRIPT.values(), *SUBSCRIPT.values()]))
    return len(body) <= 1 or body.replace(".", "").isdigit()


def _grid(grid: Grid) -> str:
    rows = [[_row(cell).strip() for cell in row] for row in grid.rows]
    blank = ", " if any(" " in cell for row in rows for cell in row) else " "
    return "[" + "; ".join(blank.join(row) for row in rows) + "]"


# ------------------------------------------------------------------------------------------------------ several lines


@dataclass(frozen=True, slots=True)
class Box:
    """Lines of equal width; ``axis`` is the line on which the rest of the formula stands."""

    lines: tuple[str, ...]
    axis: int = 0

    @property
    def width(self) -> int:
        return cells(self.lines[0])


def drawn(latex: str) -> tuple[str, ...]:
    """The formula with its matrices drawn; a single line if it has none."""
    lines = _box(parse(latex)).lines
    return tuple(line.rstrip() for line in lines)


def _box(row: Row) -> Box:
    """Runs without a matrix stay on the axis as they are on one line."""
    boxes: list[Box] = []
    run: list[Node] = []
    for item in row.items:
        if _has_matrix(item):
            boxes += [_line(run, boxes), _raised(item)]
            run = []
        else:
            run.append(item)
    boxes.append(_line(run, boxes))
    return _beside([box for box in boxes if box.width])


def _line(run: list[Node], before: list[Box]) -> Box:
    """One line of text; an operator after a matrix is not a sign."""
    text = _row(Row((Sign("\u2060"), *run)))[1:] if before else _row(Row(tuple(run)))
    gap = "" if not text or text.endswith((" ", "(", "[", "|", "‖")) else " "
    return Box((text + gap,))


def _has_matrix(node: Node) -> bool:
    if isinstance(node, Grid):
        return True
    return isinstance(node, Scripts) and _has_matrix(node.base)


def _raised(node: Node) -> Box:
    if isinstance(node, Scripts):
        base = _raised(node.base)
        above, below = _script(node.above, SUPERSCRIPT, "^"), _script(node.below, SUBSCRIPT, "_")
        width = max(cells(above), cells(below))
        tails = [above, *[""] * (len(base.lines) - 2), below] if len(base.lines) > 1 else [below + above]
        return Box(tuple(line + _padded(tail, width) for line, tail in zip(base.lines, tails, strict=True)), base.axis)
    assert isinstance(node, Grid)
    return _matrix(node)


def _matrix(grid: Grid) -> Box:
    rows = [[_row(cell).strip() for cell in row] for row in grid.rows]
    count = max(len(row) for row in rows)
    rows = [row + [""] * (count - len(row)) for row in rows]
    widths = [max(cells(row[j]) for row in rows) for j in range(count)]
    bodies = ["  ".join(" " * (w - cells(c)) + c for c, w in zip(row, widths, strict=True)) for row in rows]
    last = len(rows) - 1
    return Box(
        tuple(_edge(i, last, "⎡⎢⎣[") + body + _edge(i, last, "⎤⎥⎦]") for i, body in enumerate(bodies)), last // 2
    )


def _edge(i: int, last: int, signs: str) -> str:
    return signs[3] if last == 0 else signs[0] if i == 0 else signs[2] if i == last else signs[1]


def _beside(boxes: list[Box]) -> Box:
    if not boxes:
        return Box(("",))
    above = max(box.axis for box in boxes)
    below = max(len(box.lines) - box.axis for box in boxes)
    lines = [""] * (above + below)
    for box in boxes:
        for i in range(len(lines)):
            inside = 0 <= i - above + box.axis < len(box.lines)
            lines[i] += box.lines[i - above + box.axis] if inside else " " * box.width
    return Box(tuple(lines), above)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))
