"""The same left side in two displays one after the other: what follows from the first is equal to it.

``L = A.  Regrouping, we get  L = B.`` says A = B. Words that restrict what follows, or begin something else, make this no more than
a guess: nothing is said then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from derive.notation import Node, Unparsed
from derive.notes.display import Link, Statement
from derive.notes.document import Formula, Part, Prose
from derive.notes.kinds import name_of
from derive.notes.mapped import Mapped
from derive.notes.parsing import parse
from derive.notes.references import rows_of, used
from derive.notes.roles import key_of
from derive.notes.unknown import plain_text

MOST_WORDS = 400
"""Characters between two displays of which the second follows from the first."""
SHORTEST = 2
_FOLLOWS = re.compile(
    r"\b(?:we (?:\w+ )?(?:have|get|obtain|arrive|find|see|show|can \w+)|(?:this|which|that|it|expression|equation|term)\W+(?:\w+\W+){0,6}?"
    r"(?:becomes?|reads?|gives?|yields?|simplif\w+|develops?|reduces?|follows|evaluates?|equals?|turns)|becomes|yields|"
    r"such that|so that|equal to|to (?:get|obtain|give|yield)|value is|variance is|it follows|therefore|thus|hence|rewritten|written as|expressed as|rearranged|simplifies|develops into)\b",
    re.IGNORECASE,
)
_RESTRICTS = re.compile(
    r"\b(?:if|when|whenever|unless|cases?|suppos\w+|assum\w+|let|instead|alternative\w*|otherwise|similar\w*|analog\w*|likewise|"
    r"respective\w*|approximat\w*|neglect\w*|ignor\w+|special|particular|choos\w+|choice|set(?:ting)? (?!this)|null|hypothes[ie]s|under (?!independen)|consider\w*|"
    r"another|convers\w+|example|e\.g\.|exercises?|continuous|evaluated at|initial\w*|order|large|small|limits?|tends?|"
    r"optim\w+|minim\w+|maxim\w+|up to|constants?|proportional\w*|drop\w*|omit\w*|update\w*|iterat\w+|"
    r"chang\w+|new|wrong|mistake|not|where|on average|equally|symmetr\w*)\b|n't\b|\bfor (?:the \w+ )?\x00",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"\b(?:substitut\w*|plug\w*|insert\w*|replac\w+|expect\w*|sampl\w+|independen\w*|condition\w*|at)\b", re.IGNORECASE
)
"""Words of what may bring in other letters."""
_EXPLAINS = re.compile(r"\bwhere \x00 (?:is|are|denotes?) (?:the|an?|given)\b[^.]*?(?=[.,;]|$)", re.IGNORECASE)
_INLINE = re.compile(
    r"^[\s,:]*(?:(?:is|are|becomes|follows|given by|then)\b[\s,:]*){0,3}(?:(?:\[[^\]]*\]\([^)]*\)|[\w-]+)[\s:,]*){0,4}$"
)
"""What may stand between ``the distribution of $V = A$`` and the display."""
FORMULA, DISPLAY = "\x00", "\x01"


@dataclass(frozen=True, slots=True)
class Stated:
    """``lhs`` as text is equal to ``last``; ``part``: the number of the formula that says so, and its labels."""

    lhs: str
    last: Mapped
    line: int
    part: int
    display: bool
    labels: frozenset[str] = frozenset()


def stated_in(formula: Formula, statements: Iterable[Statement], part: int, line: int) -> Iterator[Stated]:
    """What each chain of equations says of its left side, as far as it goes with equality signs."""
    labels = frozenset(label for row in rows_of(formula) for label in row.labels) if formula.display else frozenset()
    chain: list[Link] = []
    broken = False
    for link in (link for statement in statements for link in statement.links):
        if link.first:
            yield from _of_chain(chain, part, line, formula.display, labels)
            chain, broken = [], False
        broken = broken or link.sign != "="
        chain += [] if broken else [link]
    yield from _of_chain(chain, part, line, formula.display, labels)


def _of_chain(chain: Sequence[Link], part: int, line: int, display: bool, labels: frozenset[str]) -> Iterator[Stated]:
    if chain and chain[0].first and (lhs := left_side(chain[0])):
        yield Stated(lhs, chain[-1].rhs, line, part, display, labels)


def left_side(link: Link) -> str:
    """The left side as text without spaces; empty for a numeral, or what is no name and no value."""
    try:
        tree = parse(link.lhs.text)
    except Unparsed:
        return ""
    letters = any(key_of(node) is not None or node.kind == "word" for node in tree.walk())
    shown = plain_text([tree])
    return shown if letters and tree.kind not in ("sum", "number") else ""


def said_before(link: Link, stated: Sequence[Stated], parts: Sequence[Part], reached: int) -> Stated | None:
    """What was said of the left side, from which the words say that the link follows."""
    lhs = left_side(link) if link.first and link.sign == "=" else ""
    known = next((one for one in reversed(stated) if one.lhs == lhs and one.part < reached), None) if lhs else None
    if known is None:
        return None
    words = _words(parts, known.part + 1, reached)
    if not known.display:
        return known if DISPLAY not in words and _INLINE.match(words) else None
    lead = words.rpartition(DISPLAY)[2]
    refers = bool(known.labels & set(used(lead)))
    told = _EXPLAINS.sub(" ", lead)
    follows = _FOLLOWS.search(told) is not None and _RESTRICTS.search(told) is None and len(told) <= MOST_WORDS
    if _CHANGES.search(told) is not None and not _speak_alike(known, link):
        return None
    return known if follows and (refers or DISPLAY not in words) and _is_no_plain_name(link, told) else None


def _speak_alike(known: Stated, link: Link) -> bool:
    try:
        return same_letters([parse(known.last.text), parse(link.rhs.text)])
    except Unparsed:
        return False


def _is_no_plain_name(link: Link, told: str) -> bool:
    """A letter alone may be given anew, unless the words draw a conclusion."""
    return name_of(link.lhs.text) is None or "()" in str(name_of(link.lhs.text)) or bool(_CONCLUDES.search(told))


_CONCLUDES = re.compile(
    r"\b(?:becomes|simplif\w+|develops?|reduces|therefore|thus|hence|it follows|finally|rewritten|rearrang\w+)\b",
    re.IGNORECASE,
)


def _words(parts: Sequence[Part], first: int, reached: int) -> str:
    found = ""
    for part in parts[first:reached]:
        if isinstance(part, Formula):
            found += DISPLAY if part.display else FORMULA
        elif isinstance(part, Prose):
            found += part.text
    return found


def same_letters(trees: Sequence[Node]) -> bool:
    """The sides speak of the same letters, so that nothing was put in between."""
    first, second = ({key for node in tree.walk() if (key := key_of(node)) is not None} for tree in trees)
    return first == second and bool(first)


__all__ = ["Stated", "left_side", "said_before", "same_letters", "stated_in"]
