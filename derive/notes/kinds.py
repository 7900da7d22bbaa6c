"""What a relation of a text is: a definition, a constraint, a step of a derivation, or an identity that the text quantifies."""

from __future__ import annotations

import re

from derive.notes.context import with_braces
from derive.notes.display import Link, Statement

_FONTS = "hat|widehat|bar|overline|tilde|widetilde|mathbf|boldsymbol|bm|pmb|mathrm|operatorname|mathcal|mathsf|vec|vect"
_NAME = rf"(?:\\(?:{_FONTS})\s*\{{[^{{}}]*\}}|\\[A-Za-z]+|[A-Za-z])"
_SCRIPT = r"(?:\s*_\s*(?:\{[^{}]*\}|\w|\\[A-Za-z]+))?(?:\s*\^\s*(?:\*|\\star|\{\(?\w+\)?\}))?'*"
_BARE = re.compile(rf"\s*{_NAME}{_SCRIPT}\s*")
_CALLED = re.compile(rf"\s*{_NAME}{_SCRIPT}\s*(?:\\left)?\((?P<args>[^()]*)(?:\\right)?\)\s*")
_OPERATOR = re.compile(
    r"\s*\\(?:operatorname\*?|mathrm|mathbb|text)\s*\{\s*(?:E|Var|var|Cov|cov|Pr|P|V|tr|Tr|trace|det|diag)\s*\}"
)
"""``\\operatorname{Var}(X)`` gives no name to anything."""
_EXPONENTIAL = re.compile(r"\s*(?:e|\\mathrm\s*\{e\})\s*\^")
"""``e^{x} = 2`` names nothing."""
_QUANTIFIED = re.compile(
    r"\b(?:for|with) (?:all|any|every|each|arbitrary)(?:\s+[\w-]+){0,2}\s*(?:\$|\\\(|\x00|[,:]?\s*$)|\bidentity\b|\\forall|\balways\b",
    re.IGNORECASE,
)
"""For all of something that a formula names; "for each equation we use the method" quantifies nothing."""
_FOR_ALL = re.compile(
    r"\b(?:for|with) (?:all|any|every|each|arbitrary)\b|\bholds\b|\bidentity\b|\bfor every\b|\b(?:theorem|lemma|proposition|corollary)\b|"
    r"\\forall|\balways\b|\bwe (?:have|get|obtain|find|know|see)\b|\bit follows\b|\bhence\b|\bthus\b|\btherefore\b",
    re.IGNORECASE,
)


def name_of(side: str) -> str | None:
    """The name that a side writes: a letter, or a letter with arguments that are letters."""
    side = with_braces(side)
    if _EXPONENTIAL.match(side):
        return None
    if _BARE.fullmatch(side):
        return "".join(side.split())
    if (called := _CALLED.fullmatch(side)) and not _OPERATOR.match(side):
        plain = all(_BARE.fullmatch(part) for part in re.split(r"[,;|]|\\mid|\\,", called["args"]) if part.strip())
        return "".join(side.partition("(")[0].replace("\\left", "").split()) + "()" if plain else None
    return None


def kind_of(link: Link, statement: Statement, fresh: bool, before: str) -> str:
    """``fresh``: the left side is a name that nothing was said of; ``before``: the words in front of the formula."""
    if link.sign not in ("=", ":="):
        return "step" if not link.first else "identity" if _FOR_ALL.search(before[-200:]) else "constraint"
    if link.sign == ":=" or (link.first and fresh):
        return "definition"
    if not link.first or statement.is_chain:
        return "step"
    return "identity" if _FOR_ALL.search(f"{before[-200:]} {statement.remark}") else "constraint"


def may_be_solved(link: Link, statement: Statement, before: str) -> bool:
    """An equation that "we get", of which the text does not say that it holds for all values: its letters may be unknowns."""
    alone = link.first and not statement.is_chain
    return alone and not _QUANTIFIED.search(f"{before[-200:]} {statement.remark}")
