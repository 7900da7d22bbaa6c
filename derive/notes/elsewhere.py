r"""What a chain takes from elsewhere: the letter that a minimum in its first side chooses, equations that the text substitutes, what
words say that are not English."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from derive.core import Claim
from derive.kernel.terms import free_letters
from derive.notes.context import letters_in
from derive.notes.display import Link
from derive.notes.document import Part, Prose
from derive.notes.references import numbers_taken

_CHOOSES = re.compile(
    r"(?:\\(?:arg\s*)?\\?(?:min|max|inf|sup)(?![A-Za-z])|\\operatorname\*?\s*\{\s*(?:arg\\?[ ,]*)?(?:min|max|inf|sup)\s*\})(?:\\limits)?\s*_\s*"
    r"(?P<below>\{(?:[^{}]|\{[^{}]*\})*\}|\\?[A-Za-z]+)"
)
_MEMBER = re.compile(r"\\in(?![A-Za-z]).*|[<>=|].*|\\(?:leq?|geq?|neq?|mid|colon)(?![A-Za-z]).*", re.DOTALL)
_PUTS = re.compile(r"\b(?:substitut(?:e[sd]?|ing)|plug(?:ging|ged)?|insert(?:ing|ed)?)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n\s*\n|。")
_ENGLISH = re.compile(r"\b(?:the|of|is|and|to|that|we|in|for|are|with|this)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
LEAST_WORDS, LEAST_SHARE = 40, 0.08
"""An English text has more of its commonest words than this; a short one may be anything."""


def chosen_in(side: str) -> frozenset[str]:
    r"""The letters below ``\min_w``, ``\sup_{x \in A}``."""
    below = (_MEMBER.sub("", found["below"].strip("{}")) for found in _CHOOSES.finditer(side))
    return letters_in(" ".join(below))


def is_chosen(link: Link, chosen: frozenset[str]) -> bool:
    """A side speaks of a letter that was bound by a minimum before: it has the value for which that is reached."""
    return any(chosen & (letters_in(side.text) - chosen_in(side.text)) for side in (link.lhs, link.rhs))


def puts_unknown(before: str, labels: Collection[str]) -> bool:
    """The sentence that leads to a display substitutes equations which are not there, or which it does not write."""
    sentence = _SENTENCE.split(before.rstrip())[-1]
    if not _PUTS.search(sentence):
        return False
    names = numbers_taken(sentence)
    return any(name not in labels for name in names) if names else "$" not in sentence


def is_english(parts: Sequence[Part]) -> bool:
    words = [word for part in parts if isinstance(part, Prose) for word in _WORD.findall(part.text)]
    common = sum(1 for word in words if _ENGLISH.fullmatch(word))
    foreign = sum(len(word) for word in words if not word.isascii())
    if foreign * 2 > sum(map(len, words)):
        return False
    return len(words) < LEAST_WORDS or common >= LEAST_SHARE * len(words)


def ties_letters(claim: Claim) -> bool:
    """It speaks of several letters, which words may tie to each other."""
    return len(free_letters(claim.lhs) | free_letters(claim.rhs)) > 1
