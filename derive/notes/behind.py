"""What a text says of the letters of a display only behind it, or at its end: "where $f(x) = x^2$", "for all $x \\in (-1, 1]$",
"here we set $\\phi_0 = 1$". What it says there it says of the display, so a failure may be excused by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derive.notes.constraints import Constraint
from derive.notes.context import letters_in, letters_tied
from derive.notes.display import Link, statements
from derive.notes.document import Formula, Part, Prose

LONGEST = 500
"""Signs behind a display that speak of it."""
_TELLS = re.compile(
    r"\b(?:where|for|with|when|whenever|if|here|since|because|as|provided|using|used?|set|setting|convention|case|assum\w+|let|that|holds?)\b",
    re.IGNORECASE,
)
_OF_AN_END = re.compile(
    r"\b(?:minimi[sz]ed|maximi[sz]ed|smallest|largest|minimal|maximal|attained)\s+(?:precisely |exactly |only )?(?:when|if|for|at)\s*$",
    re.IGNORECASE,
)
"""Words in front of a value that a letter is found to have, not one that it had in the display."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
_WORD_IN_FRONT = re.compile(
    r"\b(?:where|for|for all|for any|for every|for each|if|when|whenever|with|provided|provided that|since|as|because|and)[\s,:]*\}"
    r"(?:\s|~|&|\\[,;:! ]|\\q?quad(?![A-Za-z]))*$",
    re.IGNORECASE,
)
ORDER = ("<", ">", r"\le", r"\ge", r"\ne")
_NOTHING = re.compile(r"\s*\\(?:(?:mathbb|mathbf)\s*\{?\s*)?(?:R|C|RR|CC)\s*\}?\s*(?:[\^_].*)?[.,;]?\s*", re.DOTALL)
"""The real and the complex numbers, of which letters are taken to be anyway."""
_SIGN = re.compile(r"\s*0\s*")


def restriction(link: Link, line: int) -> Constraint | None:
    """What a relation that is no equation says of its letters: ``m > k``, ``x \\in (0, 1)``; None for a sign, which is looked at anyway."""
    if link.sign == r"\in":
        letters = letters_in(link.lhs.text)
        nothing = _NOTHING.fullmatch(link.rhs.text) or not letters
        return None if nothing else Constraint(letters, line, orders=True, relation=_written(link))
    if link.sign not in ORDER or (link.sign in (">", r"\ge") and _SIGN.fullmatch(link.rhs.text)):
        return None
    letters = letters_tied(f"{link.lhs.text} {link.rhs.text}")
    return Constraint(letters, line, orders=True, relation=_written(link)) if letters else None


def _written(link: Link) -> tuple[str, str, str]:
    return link.lhs.text, link.sign, link.rhs.text


def said_behind(parts: Sequence[Part], number: int) -> Iterator[tuple[str, Formula]]:
    """The formulas in the running text behind a display that are said of it, each with the words in front."""
    words = ""
    for part in parts[number + 1 :]:
        if isinstance(part, Prose):
            words += part.text
        elif isinstance(part, Formula) and not part.display:
            if len(words) > LONGEST:
                return
            if _TELLS.search(_SENTENCE.split(words)[-1]) and not _OF_AN_END.search(words):
                yield words, part
            words += f"${part.text.text}$"
        else:
            return


def links_at_its_end(formula: Formula, text: str) -> Iterator[Link]:
    """Relations within a display that follow a word such as "where" or "for all"."""
    for statement in statements(formula):
        for link in statement.links[:1]:
            if _WORD_IN_FRONT.search(text[max(0, link.place[0] - 60) : link.place[0]]):
                yield link


__all__ = ["links_at_its_end", "restriction", "said_behind"]
