r"""A line of a display to its propositions: what is drawn by ``\implies`` or ``\iff`` from what stands before, what is joined by
"and", and what is one of several by "or".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from derive.notes.mapped import Mapped, joined
from derive.notes.pieces import pieces, split

ARGUMENTS = {
    r"\implies": "implies",
    r"\Rightarrow": "implies",
    r"\Longrightarrow": "implies",
    r"\iff": "iff",
    r"\Leftrightarrow": "iff",
    r"\Longleftrightarrow": "iff",
    r"\therefore": "implies",
}
OR, AND = frozenset([r"\lor", r"\vee"]), frozenset([r"\land", r"\wedge"])
_JOINT = re.compile(r"\\(?:text|textrm|mbox|hbox|mathrm|textit)\s*\{\s*,?\s*(?P<word>or|and)\s*(?:else)?\s*\}")

_REASON = re.compile(r"\\(?:text|textrm|mbox|hbox|mathrm|textit)\s*\{\W*(?:since|because|as|by|using)\b", re.IGNORECASE)
"""Words behind which "and" joins reasons."""


@dataclass(frozen=True, slots=True)
class Proposition:
    """``follows``: implies or iff, where it is drawn from what stands before. ``joint``: "or" or "and" in front of it."""

    text: Mapped
    follows: str = ""
    joint: str = ""


def argues(latex: str) -> bool:
    """Something is drawn from something in it."""
    return any(one.follows for one in propositions(Mapped.of(latex)))


def propositions(row: Mapped) -> Iterator[Proposition]:
    """The propositions of a row; the first is empty where the row begins with a sign."""
    for sign, part in split(row, frozenset(ARGUMENTS)):
        follows = ARGUMENTS.get(sign, "")
        for joint, run in _joined_by_words(part):
            yield Proposition(run, "" if joint else follows, joint)


def _joined_by_words(part: Mapped) -> Iterator[tuple[str, Mapped]]:
    """The runs between "or" and "and" at the top level."""
    joint, last, reached = "", 0, 0
    for piece in pieces(part.text):
        if piece.kind != "command" or piece.start < reached:
            continue
        if _REASON.match(part.text, piece.start):
            break
        words = _JOINT.match(part.text, piece.start)
        word = words["word"] if words else "or" if piece.text in OR else "and" if piece.text in AND else ""
        if word:
            yield joint, part[last : piece.start]
            joint, last = word, words.end() if words else piece.end
            reached = last
    yield joint, part[last:]


def both_signs(side: Mapped) -> tuple[Mapped, Mapped] | None:
    r"""A side with ``\pm``, once with each sign; None for a side without."""
    found = [piece for piece in pieces(side.text) if piece.text in (r"\pm", r"\mp")]
    places = [
        (match.start(), match.end(), match.group()) for match in re.finditer(r"\\(?:pm|mp)(?![A-Za-z])", side.text)
    ]
    if not places or len(found) > len(places):
        return None
    return _with_signs(side, places, "+", "-"), _with_signs(side, places, "-", "+")


def _with_signs(side: Mapped, places: list[tuple[int, int, str]], pm: str, mp: str) -> Mapped:
    parts: list[Mapped] = []
    last = 0
    for start, end, command in places:
        sign = pm if command == r"\pm" else mp
        parts += [side[last:start], side.standing_at(sign, (side.starts[start], side.ends[end - 1]))]
        last = end
    return joined([*parts, side[last:]])
