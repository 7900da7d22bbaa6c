"""What a text tells of its laws: whether letters are probabilities at all, and what it assumes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise

from derive.notation import Node, Unparsed
from derive.notes.display import Link, statements
from derive.notes.document import Formula, Heading, Part, Prose
from derive.notes.instances.grounding import Told
from derive.notes.instances.marking import LAW, law_calls, marked
from derive.notes.parsing import parse
from derive.notes.roles import key_of

_PROBABLE = re.compile(
    r"\bprobabilit|\brandom variables?\b|\bdistributions?\b|\bevents?\b|\bentrop|\blikel(?:y|ihood)|\bBayes|\bodds\b",
    re.IGNORECASE,
)
_COMPLEMENTS = re.compile(r"\bcomplement", re.IGNORECASE)
_RESTRICTED = re.compile(
    r"\b(?:markov|chains?|graph\w*|networks?|naive|exchangeab\w*|memoryless|stationar\w*|detailed balance|reversib\w*|"
    r"deterministic\w*|optim\w+|minimi\w+|maximi\w+|identical\w*|same (?:distribution|law|probabilit\w+)|if and only if|(?:assum\w+|suppos\w+) (?:that|the|further|also|for)|"
    r"partition\w*|disjoint|mutually exclusive|incompatible|impossible|almost sure\w*|subsets?|nested|increasing|decreasing|monoton\w*|"
    r"sufficient|latent|hidden|variational|approximat\w*|limit\w*|normali[sz]\w*|unnormali[sz]\w*|proportional|kernel|density|densities|continuous|"
    r"coins?|dice|die|dies|cards?|urns?|balls?|boxes|toss\w*|infinite\w*|countabl\w*|conjugate|do-calculus|causal\w*|intervention\w*|"
    r"improper|measure|quantum|polynomials?|permutation\w*|recurs\w+|recurren\w+|trees?|cliques?|potentials?|messages?)\b",
    re.IGNORECASE,
)
"""Words of what ties probabilities to each other in ways that are not understood."""
_INDEPENDENT = re.compile(
    r"independen|uncorrelat|\bi\.?i\.?d\b|\\perp|random sample|factori[sz]|factors (?:as|into)", re.IGNORECASE
)
_EVEN = re.compile(r"equally|\buniform|(?<!or )\bequal\b|\bfair\b|symmetr|\bsame\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LawsTold:
    r"""``probable``: the text speaks of probabilities at all; ``given``: laws, and variables behind a tilde, that it gives by rules or
    names: ``p(x) = 2^{-x}``, ``X \sim \mathrm{Exp}(1)``."""

    probable: bool
    events: Told
    given: frozenset[str]
    tied: Mapping[int, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: Sequence[Part]) -> LawsTold:
        """What the whole text tells; letters K of which ``P(K) = 1`` is said are sure events."""
        formulas = [part for part in parts if isinstance(part, Formula)]
        probable = any(_PROBABLE.search(_words(part)) for part in parts)
        if not probable:
            return cls(False, Told(), frozenset())
        sure = frozenset(letter for formula in formulas for letter in _sure(formula))
        complements = any(_COMPLEMENTS.search(_words(part)) for part in parts)
        given = frozenset(name for formula in formulas for name in _given(formula))
        tied = {n: frozenset(_tied_in(part)) for n, part in enumerate(parts) if isinstance(part, Formula)}
        return cls(True, Told(sure, complements), given, {n: names for n, names in tied.items() if names})

    def says_of(self, names: frozenset[str], section: range) -> bool:
        """Something that is not understood, anywhere of their laws, in the section of the letters themselves."""
        return bool(self.given & names) or any(self.tied[n] & names for n in section if n in self.tied)


def _sure(formula: Formula) -> Iterator[str]:
    for link in _links(formula):
        with suppress(Unparsed):
            lhs, rhs = marked(parse(link.lhs.text)), parse(link.rhs.text)
            if link.sign == "=" and lhs.kind == LAW and rhs.kind == "number" and rhs.text == "1":
                key = key_of(lhs.children[0])
                if (key is not None and key[-2:-1].isupper()) or (key or "a").isupper() or key == r"\Omega":
                    yield str(key)


def _links(formula: Formula) -> list[Link]:
    return [link for statement in statements(formula) for link in statement.links]


BERNOULLI = re.compile(r"Bern|Cat|mathrm\{B\}")
TIES = ("=", ":=", r"\equiv", r"\subset", r"\subseteq", r"\to", r"\mapsto")


def _given(formula: Formula) -> Iterator[str]:
    for link in _links(formula):
        if link.sign == r"\sim" and not BERNOULLI.search(link.rhs.text):
            yield link.lhs.text.split("_")[0].strip().lower()
        with suppress(Unparsed):
            if link.sign in (*TIES, r"\propto"):
                yield from _rule(marked(parse(link.lhs.text)), marked(parse(link.rhs.text)))


def _tied_in(formula: Formula) -> Iterator[str]:
    for link in _links(formula):
        with suppress(Unparsed):
            if link.sign in TIES:
                yield from _tied(marked(parse(link.lhs.text)), marked(parse(link.rhs.text)))


def _rule(lhs: Node, rhs: Node) -> Iterator[str]:
    """The variables of a law of which a value is said without laws, sums and the like: by a rule."""
    for side, other in ((lhs, rhs), (rhs, lhs)):
        plain = not any(law_calls(other)) and not any(part.kind in ("big", "apply") for part in other.walk())
        if side.kind == LAW and (plain or any(part.kind == "environment" for part in other.walk())):
            yield from _variables(side)


def _tied(lhs: Node, rhs: Node) -> Iterator[str]:
    """Random letters and events that are expressed by others."""
    if any(law_calls(lhs)) or any(law_calls(rhs)):
        return
    if any(map(_applies, (lhs, rhs))) and not any(map(_is_letter, (lhs, rhs))):
        return  # I(X, Y) = H(X) + H(Y) - H(X, Y) says nothing of X and Y themselves
    names = [*_variables(lhs), *_variables(rhs)]
    if len(set(names)) > 1 or (names and any(part.text in (r"\emptyset", r"\varnothing") for part in rhs.walk())):
        yield from names


def _is_letter(node: Node) -> bool:
    return key_of(node.children[0] if node.kind == "scripts" else node) is not None


def _applies(node: Node) -> bool:
    """Something is computed of letters in brackets."""
    pairs = [pair for part in node.walk() if part.kind == "product" for pair in pairwise(part.children)]
    called = any(
        after.kind == "fence" and before.kind in ("letter", "word", "font", "scripts") for before, after in pairs
    )
    return called or any(part.kind in ("big", "apply", "word") for part in node.walk())


def _variables(node: Node) -> Iterator[str]:
    """The letters with their numbers, as variables are called, and without them."""
    for part in node.walk():
        if (key := key_of(part)) is not None:
            yield key.lower()
        if part.kind == "scripts" and part.text == "_" and (key := key_of(part.children[0])) is not None:
            below = part.children[1].children[0] if part.children[1].kind == "group" else part.children[1]
            yield f"{key.lower()}_{below.text}"


def section_around(parts: Sequence[Part], reached: int) -> range:
    """The numbers of the parts from the heading before the place to the one behind it."""
    first = max(
        (n for n in range(reached + 1) if isinstance(parts[n], Heading) and not _of_theorem(parts[n])), default=0
    )
    last = next(
        (n for n in range(reached + 1, len(parts)) if isinstance(parts[n], Heading) and not _of_theorem(parts[n])),
        len(parts),
    )
    return range(first, last)


def _of_theorem(part: Part) -> bool:
    return isinstance(part, Heading) and part.level == 7


def hindrance(parts: Sequence[Part]) -> str:
    """A word that tells something of the laws which is not understood, or nothing."""
    found = next((match for part in parts if (match := _RESTRICTED.search(_words(part)))), None)
    return found.group() if found else ""


_PARTITION = re.compile(
    r"\b(?:total probability|partition\w*|(?:mutually|pairwise) (?:exclusive|disjoint)|disjoint|exhaustive)",
    re.IGNORECASE,
)


def says_partition(parts: Sequence[Part]) -> bool:
    """That events make up a whole."""
    return any(_PARTITION.search(_words(part)) for part in parts)


def says_independent(parts: Sequence[Part]) -> bool:
    return any(_INDEPENDENT.search(_written(part)) for part in parts)


def says_even(parts: Sequence[Part]) -> bool:
    return any(_EVEN.search(_words(part)) for part in parts)


def _words(part: Part) -> str:
    return part.text if isinstance(part, Prose) else part.title if isinstance(part, Heading) else ""


def _written(part: Part) -> str:
    return part.text.text if isinstance(part, Formula) else _words(part)


__all__ = [
    "LawsTold",
    "hindrance",
    "says_even",
    "says_independent",
    "section_around",
]
