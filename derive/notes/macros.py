r"""Macros of an author, and their expansion in a formula: every character keeps its place in the file.

What stands in a macro's body is placed where the macro was called; its arguments stay where they were written. Expansion is
limited in steps and in length, so that ten short definitions cannot make a formula of a million signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from derive.notation.tables import ARGUMENTS, FONTS
from derive.notes.mapped import Mapped, joined

MOST_EXPANSIONS = 1_000
LONGEST = 20_000
"""Signs of a formula in which macros are expanded."""

COMMAND = re.compile(r"\\(?:[A-Za-z@]+|.)", re.DOTALL)
_CALL = re.compile(r"(?P<command>\\(?:[A-Za-z@]+|.))|(?P<script>[_^])\s*", re.DOTALL)
_SPACE = re.compile(r"\s*")
_PARAMETER = re.compile(r"#([1-9])")
_ENDS_IN_WORD = re.compile(r"\\[A-Za-z@]+$")


class NotExpanded(Exception):
    """Why the macros of a formula were not expanded; one line."""


@dataclass(frozen=True, slots=True)
class Macro:
    r"""``\name`` with so many arguments, the first in brackets where there is a ``default``. ``final``: what it expands to is not
    looked at again, as for the old meaning that ``\let`` keeps. ``starred``: a star and a size in brackets may follow the name.
    ``provided``: an earlier definition stays. ``refused``: why it cannot be expanded."""

    name: str
    body: str
    arguments: int = 0
    default: str | None = None
    final: bool = False
    starred: bool = False
    provided: bool = False
    refused: str = ""


Macros = Mapping[str, Macro]
"""By the name, with its backslash."""

BUILTIN = {
    macro.name: macro
    for macro in (
        Macro(r"\ensuremath", "#1", 1),
        *(Macro(name, "") for name in (r"\xspace", r"\protect", r"\relax", r"\pause", r"\noindent", r"\leavevmode")),
    )
}


def expand(text: Mapped, macros: Macros) -> Mapped:
    """The text with all macros expanded. Raises NotExpanded at the limits, and for what cannot be expanded."""
    known = {**BUILTIN, **macros}
    done: list[Mapped] = []
    position, count, length, wraps = 0, 0, 0, False
    while found := _CALL.search(text.text, position):
        macro = known.get(found["command"] or "")
        if macro is None:
            wraps = found["script"] is not None or found["command"] in _TAKE_ONE
            position = found.end()
            continue
        count += 1
        wraps = wraps and not text.text[position : found.start()].strip()
        result, end = _replaced(text, found.start(), found.end(), macro, wraps)
        length += found.start() + (len(result) if macro.final else 0)
        if count > MOST_EXPANSIONS or length + len(text) - end + len(result) > LONGEST:
            raise NotExpanded(_why_too_much(macro, known))
        done.append(text[: found.start()])
        if macro.final:
            done.append(result)
            text = text[end:]
        else:
            text = joined(_apart(result, text[end:]))
        position = 0
    return joined(_apart(*done, text)) if done else text


_TAKE_ONE = frozenset({*FONTS, *ARGUMENTS})


def _replaced(text: Mapped, start: int, end: int, macro: Macro, wraps: bool) -> tuple[Mapped, int]:
    """What a call stands for, and where the call ends."""
    if macro.refused:
        raise NotExpanded(f"the macro {macro.name} {macro.refused}")
    arguments, end = _arguments(text, end, macro)
    place = (text.starts[start], max(text.ends[start:end]))
    pieces: list[Mapped] = []
    last = 0
    for found in _PARAMETER.finditer(macro.body):
        pieces.append(text.standing_at(macro.body[last : found.start()], place))
        number = int(found[1])
        if number > len(arguments):
            raise NotExpanded(f"the macro {macro.name} uses an argument #{number} that it does not take")
        argument = arguments[number - 1]
        pieces.append(text.standing_at(argument, place) if isinstance(argument, str) else argument)
        last = found.end()
    pieces.append(text.standing_at(macro.body[last:], place))
    result = joined(_apart(*pieces))
    if wraps and len(result) != 1:
        result = joined([text.standing_at("{", place), result, text.standing_at("}", place)])
    return result, end


def _apart(*pieces: Mapped) -> Iterator[Mapped]:
    r"""The pieces, with a space between a command and a letter that would lengthen its name."""
    tail = ""
    for piece in pieces:
        if piece.text[:1].isalpha() and _ENDS_IN_WORD.search(tail):
            yield piece.standing_at(" ", (piece.starts[0], piece.starts[0]))
        yield piece
        tail = piece.text[-60:] or tail


def _arguments(text: Mapped, end: int, macro: Macro) -> tuple[list[Mapped | str], int]:
    """The arguments of a call, a missing one in brackets by its default, and where they end."""
    found: list[Mapped | str] = []
    if macro.starred:
        end += text.text.startswith("*", end)
        end = _bracketed(text.text, end)[1]
    if macro.default is not None:
        inside, end = _bracketed(text.text, end)
        found.append(text[inside[0] : inside[1]] if inside else macro.default)
    while len(found) < macro.arguments:
        inside, end = _argument(text.text, end, macro.name)
        found.append(text[inside[0] : inside[1]])
    return found, end


def _bracketed(text: str, start: int) -> tuple[tuple[int, int] | None, int]:
    """``[...]`` where one stands next."""
    begin = _after_space(text, start)
    if not text.startswith("[", begin):
        return None, start
    depth = 0
    for position in range(begin + 1, len(text)):
        depth += (text[position] == "{") - (text[position] == "}")
        if text[position] == "]" and depth == 0:
            return (begin + 1, position), position + 1
    return None, start


def _argument(text: str, start: int, name: str) -> tuple[tuple[int, int], int]:
    """A group in braces without these, or one sign."""
    begin = _after_space(text, start)
    if text.startswith("{", begin):
        end = group_end(text, begin)
        if end is None:
            raise NotExpanded(f"an argument of the macro {name} is not closed")
        return (begin + 1, end - 1), end
    found = COMMAND.match(text, begin)
    end = found.end() if found else begin + 1
    if begin >= len(text) or text[begin] == "}":
        raise NotExpanded(f"the macro {name} lacks an argument")
    return (begin, end), end


def _after_space(text: str, start: int) -> int:
    found = _SPACE.match(text, start)
    return found.end() if found else start


_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def group_end(text: str, start: int, end: int | None = None) -> int | None:
    """Behind the brace that closes the one at ``start``; None where nothing does."""
    depth = 0
    for found in _BRACE.finditer(text, start, len(text) if end is None else end):
        depth += (found.group() == "{") - (found.group() == "}")
        if depth == 0:
            return found.end()
    return None


def _why_too_much(macro: Macro, macros: Macros) -> str:
    """A macro that leads back to itself, or one that grows beyond the limits."""
    reached: set[str] = set()
    pending = [macro.name]
    while pending:
        above = macros.get(pending.pop())
        for name in COMMAND.findall(above.body) if above is not None and not above.final else ():
            if name == macro.name:
                return f"the macro {macro.name} calls itself"
            if name not in reached:
                reached.add(name)
                pending.append(name)
    return f"its macros expand to more than {MOST_EXPANSIONS} calls or {LONGEST} signs"
