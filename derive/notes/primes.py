"""Primes that transpose, as economists and statisticians write them: ``x'Ax``, ``(X'X)^{-1} X'y``.

In a text with such products of matrices a prime on their letters is read as ``^\\top``. A letter that is applied with a prime,
``f'(x)``, is a function, and the prime on it a derivative.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from string import ascii_uppercase

from derive.notes.document import Formula
from derive.notes.expanding import Placed
from derive.notes.mapped import Mapped, joined

_BELOW = r"(?:_(?:\w|\{[^{}]*\}))?"
_FORM = re.compile(
    rf"(?:(?P<letter>[A-Za-z]){_BELOW}'\s*(?:[A-Z]{_BELOW}\s*){{1,3}}(?P=letter)"
    rf"|(?P<matrix>[A-Z]){_BELOW}'\s*(?P=matrix))(?![A-Za-z'(])"
)
"""``x'Ax`` and ``X'X``: a small letter with a matrix between, or a capital one."""
_APPLIED = re.compile(rf"([A-Za-z]){_BELOW}'+\s*#*\(\s*(?:[A-Za-z]|#+|\d+){_BELOW}\s*#*\)")
_PRIMED = re.compile(rf"(?:(?P<letter>[A-Za-z]){_BELOW}|(?P<bracket>\)))(?P<prime>')(?!'|\s*\^)")
_COMMAND = re.compile(r"\\[A-Za-z]+")
FORMS = 3
"""So many of them show how a text writes transposes, for each that it writes with a sign above."""
_TOP = re.compile(r"\^\s*\{?\s*(?:\\top|\\intercal|T(?![A-Za-z])|\\(?:mathrm|text|mathsf)\s*\{T\})")


def with_transposes(parts: Sequence[Placed]) -> list[Placed]:
    """The parts, with ``^\\top`` for primes in a text that transposes by them."""
    texts = [_without_commands(one.part.text.text) for one in parts if isinstance(one.part, Formula)]
    forms = Counter(found["letter"] or found["matrix"] for text in texts for found in _FORM.finditer(text))
    applied = {found[1] for text in texts for found in _APPLIED.finditer(text)}
    otherwise = sum(len(_TOP.findall(one.part.text.text)) for one in parts if isinstance(one.part, Formula))
    if forms.total() < FORMS * max(1, otherwise) or applied & forms.keys():
        return list(parts)
    letters = frozenset(forms) if applied else frozenset(forms) | frozenset(ascii_uppercase)
    return [_turned(one, letters, brackets=not applied) for one in parts]


def _without_commands(text: str) -> str:
    """Their letters are no letters of the formula; every sign stays in its place."""
    return _COMMAND.sub(lambda found: "#" * len(found.group()), text)


def _turned(placed: Placed, letters: frozenset[str], *, brackets: bool) -> Placed:
    part = placed.part
    if not isinstance(part, Formula) or "'" not in part.text.text:
        return placed
    return replace(placed, part=replace(part, text=joined(_pieces(part.text, letters, brackets))))


def _pieces(text: Mapped, letters: frozenset[str], brackets: bool) -> Iterator[Mapped]:
    last = 0
    for found in _PRIMED.finditer(_without_commands(text.text)):
        if found["letter"] in letters or (brackets and found["bracket"]):
            begin, end = found.span("prime")
            yield text[last:begin]
            yield text.standing_at(r"^\top ", (text.starts[begin], text.ends[begin]))
            last = end
    yield text[last:]


__all__ = ["with_transposes"]
