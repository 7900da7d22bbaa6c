"""Relations in running text that are said to hold: "for all x, ...", "... for every x", "we have ...", "since ...".

Only where the pattern is unmistakable: the words stand right before or behind the formula, and nothing in the sentence assumes,
doubts or denies.
"""

from __future__ import annotations

import re

from derive.core import Claim
from derive.kernel.terms import free_letters
from derive.notes.context import letters_in

_LETTERS = r"\$[^$]{1,40}\$(?:\s*(?:,|and|,\s*and)\s*\$[^$]{1,40}\$)*"
_FOR_ALL = re.compile(
    rf"\bfor (?:all|any|every|each)(?: (?:real|complex|integer|natural|numbers?|integers?|reals?|real numbers?))?\s+(?P<letters>{_LETTERS})\s*,?\s*"
    r"(?:(?:we|one) ha(?:ve|s)(?: that)?|it holds that|there holds)?\s*:?\s*$",
    re.IGNORECASE,
)
_FOR_ALL_BEHIND = re.compile(
    r"\s*,?\s*(?:holds )?for (?:all|any|every|each)(?: (?:real|real numbers?|numbers?))?\s*$", re.IGNORECASE
)
_SAYS = re.compile(
    r"\b(?:(?:we|one) ha(?:ve|s)|since|because|note that|recall that|observe that|it follows that|hence|therefore|thus|the identity)"
    r"(?: that)?(?:\s*\$[^$]{1,200}\$\s*(?:,|,?\s*and))*\s*$",
    re.IGNORECASE,
)
_RECALLS = re.compile(
    r"\b(?:recall|remember|(?:well[- ]known|familiar) (?:identity|formula)|the (?:trigonometric |hyperbolic )?identit(?:y|ies))"
    r"(?: that| the (?:identity|identities|formulas?))?(?:[\s,:;]|\band\b|\$[^$]{1,200}\$)*$",
    re.IGNORECASE,
)
"""Words in front of what is known of well-known functions, and of a list of such."""
_FUNCTIONS = frozenset(
    [
        *("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "arctan", "arcsin", "arccos", "exp", "log"),
        *("factorial", "binomial"),
    ]
)
_WITHHOLDS = re.compile(
    r"\b(?:if|whether|when|not|no|never|suppose|assum\w*|such that|satisf\w*|solv\w*|unless|false|wrong\w*|mistake\w*|claims?|defin\w*|let|"
    r"where|would|were|functions?|show|prove|find|equations?|condition\w*|modul\w+|mod|fails?|only|conjectur\w*|hypothes\w+)\b|n't\b|\?",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n\s*\n")


def letters_meant(before: str, after: str, next_formula: str) -> frozenset[str] | None:
    """The letters for all values of which the formula between the words is said to hold; the empty set where it is said to hold;
    None where nothing of the kind is said. ``next_formula``: the one behind ``after``."""
    sentence = _SENTENCE.split(before)[-1]
    behind = _SENTENCE.split(after)[0]
    if _WITHHOLDS.search(sentence) or _WITHHOLDS.search(behind):
        return None
    if found := _FOR_ALL.search(sentence):
        return letters_in(found["letters"])
    if next_formula and _FOR_ALL_BEHIND.fullmatch(after):
        return letters_in(next_formula)
    return frozenset() if _SAYS.search(sentence) or _RECALLS.search(before) else None


_LEAVES_OPEN = re.compile(
    r"\b(?:if|whether|not|no|never|suppose|assum\w*|unless|false|wrong\w*|mistake\w*|would|were|guess\w*|conjectur\w*|which|"
    r"when|where|modul\w+|mod|means?|fails?|hypothes\w+|define\w*|until|attempt\w*)\b|n't\b|\?",
    re.IGNORECASE,
)


def asserts(before: str) -> bool:
    """Nothing in the sentence up to here assumes, doubts, denies or asks."""
    return _LEAVES_OPEN.search(_SENTENCE.split(before)[-1]) is None


def recalled(before: str, claim: Claim) -> bool:
    r"""It says what a well-known function is, at all letters that it speaks of: ``\cosh t = \frac{e^t + e^{-t}}{2}``."""
    lhs, rhs = free_letters(claim.lhs), free_letters(claim.rhs)
    parts = claim.lhs.args if claim.lhs.head in ("mul", "add", "pow") else ()
    named = any(one.head in _FUNCTIONS for one in (claim.lhs, *parts))
    return named and lhs == rhs and bool(lhs) and _RECALLS.search(before) is not None


def unsaid(claim: Claim, meant: frozenset[str]) -> bool:
    """It speaks of a letter that is neither declared nor quantified."""
    known = {d.name for d in claim.scope.declarations if d.declared or d.where}
    return any(
        name not in known and name.partition("_")[0] not in meant
        for name in free_letters(claim.lhs) | free_letters(claim.rhs)
    )
