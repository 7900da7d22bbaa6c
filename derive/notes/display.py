"""A display to statements, and each statement to the relations that it claims one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from derive.notes.document import Formula
from derive.notes.mapped import Mapped, joined
from derive.notes.pieces import pieces, runs, split
from derive.notes.propositions import ARGUMENTS, propositions

ROWS = ("aligned", "split", "gathered", "align", "align*", "alignedat", "array", "multlined")
"""Inner environments whose rows are lines of a derivation."""

SIGNS = {
    "=": "=",
    "<": "<",
    ">": ">",
    r"\le": r"\le",
    r"\leq": r"\le",
    r"\leqslant": r"\le",
    r"\ge": r"\ge",
    r"\geq": r"\ge",
    r"\geqslant": r"\ge",
    r"\ne": r"\ne",
    r"\neq": r"\ne",
    r"\approx": r"\approx",
    r"\equiv": r"\equiv",
    r"\sim": r"\sim",
    r"\simeq": r"\simeq",
    r"\cong": r"\cong",
    r"\propto": r"\propto",
    r"\to": r"\to",
    r"\rightarrow": r"\to",
    r"\longrightarrow": r"\to",
    r"\mapsto": r"\mapsto",
    r"\in": r"\in",
    r"\notin": r"\notin",
    r"\subset": r"\subset",
    r"\subseteq": r"\subseteq",
    r"\ll": r"\ll",
    r"\gg": r"\gg",
    r"\coloneqq": ":=",
    r"\triangleq": ":=",
    r"\doteq": r"\doteq",
}
JUDGED = ("=", "<", ">", r"\le", r"\ge", r"\ne", r"\approx", r"\sim")
"""Relations about which something can be said; the others end a side."""
LONGEST_END = 200
"""Signs at the end of a side in which spaces and punctuation are looked for."""
LONGEST_REMARK = 2_000
MOST_STATEMENTS = 200
MOST_CELLS = 60
"""Cells of a row that are looked at one by one."""
_SEPARATORS = frozenset({*SIGNS, *ARGUMENTS})
_WIDE = frozenset([r"\quad", r"\qquad"])
_OUTER = re.compile(r"\s*\\begin\s*\{(?P<name>[A-Za-z]+\*?)\}(?P<rest>.*)\\end\s*\{(?P=name)\}[\s.,;]*", re.DOTALL)
_ARRAY = re.compile(r"\s*(?:\[[a-z]\])?\s*\{[^{}]*\}")
_SILENT = re.compile(
    r"\\(?:label|tag\*?|ref|eqref|vspace\*?|hspace\*?|color|mathchoice)\s*\{[^{}]*\}"
    r"|\\(?:nonumber|notag|displaystyle|allowbreak|smallskip|medskip|hfill|hline|qedhere|qed|checkmark)(?![A-Za-z])"
    r"|(?<!\\)%[^\n]*(?:\n|$)|(?<![\^_}A-Za-z])\{\s*\}"
    r"|\\q?quad\s*(?:\\(?:text|mbox)\s*\{\s*)?\(\s*(?:\d+[a-z]?|\*+)\s*\)\s*\}?(?=[\s.,]*(?:\\\\|$))"
)
_WIDE_SPACE = re.compile(r"\\hspace\*?\s*\{\s*(?:0?\.[5-9]\d*|[1-9]\d*(?:\.\d+)?)\s*(?:cm|em|in)\s*\}")
"""As wide as what stands between two statements."""
_REMARK = re.compile(r"\\(?:text|textrm|textit|textbf|mbox|hbox|tag)\s*\{")
_SUBSCRIPT, _ESCAPED = re.compile(r"(?<!\\)_"), re.compile(r"\\_")
"""Where every underscore is escaped, for Markdown, each makes a subscript."""
_NUMBER_BEHIND = re.compile(
    r"(?:\\q?quad(?![A-Za-z])|(?:\\ |~){2,}|\\hfill)(?:\s|\\[ ,;]|~|\\c?dots(?![a-z])|\\(?:small|tag|mathsf|text|mathrm|q?quad)(?![A-Za-z]))*"
    r"\{?\(\s*[0-9]+(?:\.[0-9]+)*[a-z]?\s*\)\}?[\s.,;]*$"
)
"""The number of an equation, written by hand."""
_NUMBER_BEFORE = re.compile(
    r"\s*(?:&\s*)*\(\s*(?:\d+(?:\.\d+)*[a-z]?|[ivx]+|[a-hA-H]|\*+)\s*\)\s*(?:&\s*)?(?:\\q?quad(?![A-Za-z])|(?:\\ |~){2,})"
    r"|\s*\(\s*(?:\d+|[ivx]+)\s*\)\s*&\s*(?=[A-Za-z\\(\d])(?!\\(?:leq?|geq?|neq?|approx|equiv|sim|in|cdot|times|pm|mp|to|implies|iff|[lr]arrow)(?![A-Za-z]))"
)
"""The number of an item or of an equation, in front of it."""
_IN_WORDS = re.compile(r"\s*(?:\\q?quad\s*)?[(\[]?\s*\\text\s*\{")
_WORDS = re.compile(
    r"\\(?:text|textrm|textit|textbf|mbox|hbox|intertext|shortintertext|mathrm)\s*\{(?:[^{}]|\{[^{}]*\}|\$[^$]*\$)*\}"
)
_CONDITION = re.compile(
    r"\\(?:text[a-z]*|mbox|hbox)\s*\{[^{}$]*\b(?:where|for|if|when|whenever|with|provided|since|as|because)(?: (?:all|any|every|each|that))?[\s,:]*(?:\$|\})"
)
"""Words in front of what is assumed."""
_UNIT = re.compile(
    r"\\\w+\s*\{\s*(?:\\?%|per ?cent\b|\^?\\circ|°|degrees?\b|(?:thousand|million|billion|trillion|dozen)s?\b)"
)
"""Words that change the number before them."""
_SPACE = r"(?:\s|~|\\[,;:! ]|\\q?quad(?![A-Za-z]))"
_END = re.compile(rf"(?:{_SPACE}|[.,;:])*$")
_BLANK = re.compile(rf"{_SPACE}")
_BLANKS = re.compile(rf"^(?:{_SPACE})+")
_BEGIN = re.compile(rf"(?:{_SPACE}|[,;]|{_WORDS.pattern.replace('|mathrm', '')}|\\(?:because|therefore)(?![A-Za-z]))*")
_BEGIN_INSIDE = re.compile(rf"(?:{_SPACE}|[,;])*")
"""Behind a relation sign: words there are a part of the side."""
_APPLIED = re.compile(rf"(?:{_SPACE}|\\left(?![A-Za-z]))*[(\[]")

_BRACKETED = re.compile(
    rf"{_SPACE}*(?:\\left\s*)?[(\[](?:[^()\[\]]|\([^()]*\))*?(?:[<>=]|\\(?:leq?|geq?|neq?|in)(?![A-Za-z]))(?:[^()\[\]]|\([^()]*\))*(?:\\right\s*)?[)\]](?:{_SPACE}|[.,;])*"
)
"""``(x > 0)`` behind a side: what is assumed of its letters."""
_LEADS = re.compile(
    r"\\\w+\s*\{\W*(?:(?:so|then|thus|hence|therefore|and|or|but|i|that|which|where|since|because|by|from|using|with|for|if|we|it|note|now|"
    r"also|finally|similarly|as|when|implies|equivalently|follows|substituting|plug\w*|step|eq\w*)\b|\d|$)",
    re.IGNORECASE,
)
"""Words between lines, and numbers of lines."""
_OPERATORS = r"(?:[-+*/]|\\(?:cdot|times|pm|mp|otimes|oplus|odot)(?![A-Za-z]))"
_OPERATOR_FIRST = re.compile(rf"(?:{_SPACE}|&|\{{\s*\}}|\\h?phantom\s*\{{[^{{}}]*\}})*{_OPERATORS}")
_ALIGNED_AT_START = re.compile(
    rf"{_SPACE}*&{_SPACE}*(?![=<>&\s]|\\(?:leq?|geq?|neq?|approx|equiv|sim|propto)(?![A-Za-z]))"
)
_OVERSET = re.compile(rf"(?:{_SPACE}|&)*\\(?:overset|stackrel)\s*\{{[^{{}}]*(?:\{{[^{{}}]*\}}[^{{}}]*)*\}}\s*\{{?\s*=")
"""A sign with words above it."""
_COLUMN = re.compile(r"[\s&]*\d[\d\s&.,]*")
"""A number above another one that is added or subtracted."""
_THOUSANDS_BEFORE, _THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}$"), re.compile(r",\d{3}(?!\d)")
"""``327,600``: the comma separates no statements."""
_OPEN_OPERATOR = re.compile(rf"(?:[-+]|\\(?:cdot|times|pm|mp)(?![A-Za-z]))(?:{_SPACE}|&)*$")
_OPEN_END = re.compile(rf"(?:{_OPERATORS}|[=<>(]|\\(?:leq?|geq?|approx|equiv)(?![A-Za-z]))(?:{_SPACE}|&|\{{\s*\}})*$")


@dataclass(frozen=True, slots=True)
class Link:
    """``lhs sign rhs`` as written. ``first``: the first of its chain."""

    lhs: Mapped
    sign: str
    rhs: Mapped
    place: tuple[int, int]
    first: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A chain of relations, with the words that stand beside it. ``goes_on``: the next line goes on from its last side.
    ``follows``: implies or iff, where it is drawn from what stands before. ``joint``: "or" where it and the statement before are
    alternatives, "and" where both hold. ``row``: its row in the display."""

    links: tuple[Link, ...]
    remark: str = ""
    goes_on: bool = False
    follows: str = ""
    joint: str = ""
    row: int = 0

    @property
    def is_chain(self) -> bool:
        return self.goes_on or len(self.links) > 1


@lru_cache(maxsize=1 << 14)
def statements(formula: Formula) -> tuple[Statement, ...]:
    """What a formula states, line by line; a line that begins with a sign goes on from the last side before it."""
    found: list[Statement] = []
    last: dict[int, Mapped | None] = {}
    for number, row in enumerate(_whole(_rows(formula.text), formula.environment.startswith("multline"))):
        follows, parts = "", list(propositions(row))
        for one in parts:
            follows, joint = one.follows or follows, one.joint
            last = {} if one.follows else last
            for line, remark, column in list(_lines(one.text, frozenset(last))):
                chain, last[column] = _chain(line, last.get(column))
                if not chain and len(parts) > 1:  # words, or a side alone: what is drawn from it is not known
                    found.append(
                        Statement(_again(line, found, joint), remark, follows=follows, joint=joint, row=number)
                    )
                    follows, joint = "", "and"
                if chain and not chain[0].first and found:
                    found[-1] = replace(found[-1], goes_on=True)
                if chain:
                    found.append(Statement(tuple(chain), remark, follows=follows, joint=joint, row=number))
                    follows, joint = "", "and"
    return tuple(found)


def _again(line: Mapped, found: list[Statement], joint: str) -> tuple[Link, ...]:
    """``x = 0 \\text{ or } 1``: the second value of the same letter."""
    side, links = _trimmed(line), found[-1].links if found else ()
    if not joint or not side.text or len(links) != 1 or links[0].sign != "=":
        return ()
    return (_link(links[0].lhs, "=", side, False),)


def _rows(text: Mapped) -> list[Mapped]:
    """The lines of a display, without the environment around them."""
    text = text.put(_WIDE_SPACE, r"\quad ").without(_SILENT)
    if r"\_" in text.text and not _SUBSCRIPT.search(text.text):
        text = text.put(_ESCAPED, "_")
    while (outer := _OUTER.fullmatch(text.text)) and outer["name"] in ROWS and _is_one(text, outer):
        text = text[outer.start("rest") : outer.end("rest")]
        if outer["name"] in ("array", "alignedat") and (columns := _ARRAY.match(text.text)):
            text = text[columns.end() :]
    return [_unnumbered(row) for _, row in split(text, frozenset(["\\\\"])) if _BLANK.sub("", row.text)]


def _unnumbered(row: Mapped) -> Mapped:
    numbered = _NUMBER_BEFORE.match(row.text)
    return row[numbered.end() :] if numbered and row.text[numbered.end() :].strip() else row


def _whole(rows: list[Mapped], one: bool) -> list[Mapped]:
    """The rows with those joined that go on with the same side: ``&\\quad + b`` behind ``a &= c``. ``one``: all are one line."""
    found: list[Mapped] = []
    for row in rows:
        if found and (one or _goes_on(found[-1].text, row.text)):
            found[-1] = joined([found[-1], *(cell for _, cell in split(row, frozenset(["&"])))])
        else:
            found.append(row)
    return found


def _goes_on(before: str, row: str) -> bool:
    if _OPEN_END.search(before, max(0, len(before) - LONGEST_END)):
        return True
    begin = _OPERATOR_FIRST.match(row)
    added = begin is not None and not begin.group().rstrip().endswith(("-", "pm", "mp"))  # no side begins with a plus
    own = len(runs(row, _SEPARATORS)) > 1
    if own and not added and _ALIGNED_AT_START.match(before):
        return False  # every equation begins at the left
    alone = begin is not None and (added or "&" in begin.group() or not own)
    return alone and (
        len(runs(before, _SEPARATORS)) > 1
        or _OVERSET.match(before) is not None
        or _COLUMN.fullmatch(before) is not None
    )


def _is_one(text: Mapped, outer: re.Match[str]) -> bool:
    """The environment that begins first ends last."""
    inside = outer["rest"]
    name = re.escape(outer["name"])
    depth = 0
    for found in re.finditer(rf"\\(begin|end)\s*\{{{name}\}}", inside):
        depth += 1 if found[1] == "begin" else -1
        if depth < 0:
            return False
    return True


def _lines(row: Mapped, known: frozenset[int]) -> Iterator[tuple[Mapped, str, int]]:
    """The statements of a row, separated by wide spaces behind a comma, the remark beside each, and the column in which it
    begins; ``known``: the columns in which the rows above begin."""
    columns = split(row, frozenset(["&"]))
    cells = [cell for _, cell in columns]
    cells = cells if len(cells) <= MOST_CELLS else [joined(cells)]
    remark = ""
    for number in range(1, len(cells)):
        before = cells[number - 1].text.strip()
        if number > 1 and _is_remark(cells[number]) and (not before or _says(cells[number].text)):
            remark = " ".join(cell.text for cell in cells[number:])  # a && \text{because ...}
            cells = cells[: number if before else number - 1]
            break
    for column, group in _groups(cells, known):
        for cell in _apart(joined(group)):
            said, words = _without_remark(cell)
            if said.text.strip():
                yield said, f"{remark} {words}".strip(), column


def _says(cell: str) -> bool:
    """Words, or a relation in brackets, that stand beside a side that is complete."""
    return _IN_WORDS.match(cell) is not None or _BRACKETED.fullmatch(cell) is not None


def _groups(cells: list[Mapped], known: frozenset[int]) -> Iterator[tuple[int, list[Mapped]]]:
    """``a &= b & c &= d`` states two things: the cells of each, and its column; a row without left sides goes on below both."""
    begin = 0
    for place in range(1, len(cells)):
        group, ahead = joined(cells[begin:place]), joined(cells[place : place + 2])
        stated = _is_statement(group) and _is_statement(ahead) and _begins(group, cells[place])
        below = place in known and not cells[place].text.strip() and bool(split(ahead, _SEPARATORS)[1:])
        if stated or below:
            yield begin, cells[begin:place]
            begin = place
    yield begin, cells[begin:]


def _begins(group: Mapped, cell: Mapped) -> bool:
    """The cell goes on with nothing that is open before it."""
    last = split(group, _SEPARATORS)[-1][1].text.strip()
    return (
        bool(last)
        and not _OPEN_END.search(group.text, max(0, len(group) - LONGEST_END))
        and not _OPERATOR_FIRST.match(cell.text)
    )


def _is_remark(cell: Mapped) -> bool:
    text = _BLANKS.sub("", cell.text.strip())
    return bool(_REMARK.match(text)) or text.startswith("(")


def _apart(row: Mapped) -> list[Mapped]:
    r"""``a = 1, \quad b = 2`` says two things; ``i = 1, \dots, n`` says one."""
    groups: list[Mapped] = []
    start = 0
    found = runs(row.text, _WIDE | {","})
    for sign, first, last in found if len(found) <= MOST_STATEMENTS else ():
        apart = bool(groups) and _is_statement(row[first:last]) and _is_statement(groups[-1])
        if groups and not (apart and _ends_before(row.text, sign, first)):
            groups[-1] = row[start:last]
        else:
            groups.append(row[first:last])
            start = first
    return groups or [row]


def _ends_before(row: str, sign: str, begin: int) -> bool:
    """What stands before a separator is complete: it is no comma in a number, and no space in front of ``- b``."""
    if sign == ",":
        return not (_THOUSANDS.match(row, begin - 1) and _THOUSANDS_BEFORE.search(row[: begin - 1][-4:]))
    before = row[:begin].removesuffix(sign).rstrip()
    if _OPEN_OPERATOR.search(before, max(0, len(before) - LONGEST_END)):
        return False
    return before.endswith((",", ";", ".", *_WIDE)) or not _OPERATOR_FIRST.match(row, begin)


def _is_statement(part: Mapped) -> bool:
    sides = split(part, _SEPARATORS)
    return len(sides) > 1 and bool(sides[0][1].text.strip(" \t\n,;.{}"))


def _without_remark(cell: Mapped) -> tuple[Mapped, str]:
    """The formula up to words that stand at its end."""
    stripped = cell.strip()
    if numbered := _NUMBER_BEHIND.search(stripped.text, max(0, len(stripped) - LONGEST_END)):
        stripped = stripped[: numbered.start()].strip()
    for _, start, end in runs(stripped.text, _WIDE)[1:]:
        if _BRACKETED.fullmatch(stripped.text, start, end) and end == len(stripped):
            return stripped[:start], stripped.text[start:]  # a = b \quad (x > 0)
    for piece in pieces(stripped.text):
        if len(stripped) - piece.start > LONGEST_REMARK:
            continue
        words = _WORDS.match(stripped.text, piece.start)
        ends = words is not None and not _END.sub("", _WORDS.sub("", stripped.text[words.start() :])).strip()
        if (
            words is not None
            and piece.kind == "command"
            and piece.start
            and _CONDITION.match(stripped.text, piece.start)
        ):
            return stripped[: piece.start], stripped.text[piece.start :]  # a = b \text{, where } b = 2
        kept = words is not None and (words.group().startswith(r"\mathrm") or _UNIT.match(words.group()))
        if piece.kind == "command" and words is not None and ends and not kept:
            return stripped[: piece.start], stripped.text[piece.start :]
    return stripped, ""


def _chain(line: Mapped, last: Mapped | None) -> tuple[list[Link], Mapped | None]:
    """The relations of a line, and the side with which it ends (None where nothing can go on from it)."""
    sides = split(line, _SEPARATORS)
    side = _trimmed(sides[0][1])
    links: list[Link] = []
    if not side.text and _names(sides[0][1].text):
        return [], None
    goes_on = not side.text and last is not None
    if goes_on:
        side = last if last is not None else side
    for sign, run in sides[1:]:
        run = _trimmed(run, first=sign in ARGUMENTS)
        if sign in ARGUMENTS:
            side, goes_on = run, False
            continue
        if side.text and run.text:
            links.append(_link(side, SIGNS[sign], run, not links and not goes_on))
        side = run
    return links, side if side.text else None


def _names(words: str) -> bool:
    """Words that stand for a quantity, ``\\text{rate in} &= 5``, not words that lead to what follows."""
    found = _WORDS.search(words)
    return found is not None and not _LEADS.match(found.group())


def _link(lhs: Mapped, sign: str, rhs: Mapped, first: bool) -> Link:
    place = rhs.place or (0, 0)
    left = lhs.place or place
    start = left[0] if first and left[0] < place[0] else place[0]
    return Link(lhs, sign, rhs, (start, place[1]), first)


def _trimmed(side: Mapped, *, first: bool = True) -> Mapped:
    """Without punctuation and spaces at the end, and without spaces at the beginning, nor words where a side is the ``first`` of
    its line; words in front of brackets name a function."""
    end = _END.search(side.text, max(0, len(side) - LONGEST_END))
    side = side[: end.start() if end else len(side)]
    begin = (_BEGIN if first else _BEGIN_INSIDE).match(side.text)
    if begin and _WORDS.search(begin.group()) and _APPLIED.match(side.text, begin.end()):
        begin = _BEGIN_INSIDE.match(side.text)
    return side[begin.end() if begin else 0 :].strip()
