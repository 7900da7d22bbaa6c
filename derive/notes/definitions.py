r"""Definitions of macros as LaTeX writes them: ``\newcommand``, ``\renewcommand``, ``\providecommand``, ``\def``, ``\let``,
``\DeclareMathOperator``, ``\DeclarePairedDelimiter``, and ``\NewDocumentCommand`` with plain arguments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping
from dataclasses import replace

from derive.notes.macros import Macro, group_end

LONGEST_DEFINITION = 10_000

_COMMAND_NAME = r"\\(?:[A-Za-z@]+|[^A-Za-z@\s])"
_NAME = rf"\s*(?:\{{\s*(?P<braced>{_COMMAND_NAME})\s*\}}|(?P<bare>{_COMMAND_NAME}))\s*"
_STARTS = re.compile(
    r"\\(?P<how>newcommand|renewcommand|providecommand|DeclareRobustCommand|[egx]?def|let|DeclareMathOperator|"
    r"DeclarePairedDelimiter|(?:New|Renew|Provide|Declare)DocumentCommand)(?P<star>\*?)(?![A-Za-z@])"
)
_HEAD = re.compile(_NAME)
_COUNT = re.compile(r"\[\s*([0-9])\s*\]\s*")
_DEFAULT = re.compile(r"\[((?:[^\[\]{}]|\{[^{}]*\})*)\]\s*")
_PARAMETERS = re.compile(r"[^{\\]*")
_LET = re.compile(rf"\s*=?\s?(?P<target>{_COMMAND_NAME}|[^\\\s])")
_THIN = re.compile(r"\\[,;:! ]|~|\s+|\\(?:rm|mathrm|text|hspace\*?\s*\{[^{}]*\})(?![A-Za-z])")


def definitions(text: str) -> Iterator[tuple[int, int, Macro]]:
    """From where to where each definition reaches, and what it defines; definitions inside of others are left out."""
    position = 0
    while found := _STARTS.search(text, position):
        read = definition_at(text, found)
        position = found.end()
        if read is not None:
            yield found.start(), read[0], read[1]
            position = read[0]


def starts_definition(text: str, start: int) -> re.Match[str] | None:
    return _STARTS.match(text, start)


def definition_at(text: str, found: re.Match[str]) -> tuple[int, Macro] | None:
    """Where the definition that begins there ends, and its macro; None for what is no definition."""
    head = _HEAD.match(text, found.end())
    if head is None:
        return None
    name, how, end = str(head["braced"] or head["bare"]), found["how"], head.end()
    if how == "let":
        target = _LET.match(text, end)
        return (target.end(), Macro(name, target["target"], final=True)) if target else None
    if how.endswith("def"):
        return _of_def(text, name, end)
    if how == "DeclareMathOperator":
        body, end = _group(text, end)
        return (end, Macro(name, _operator(body, found["star"]))) if body is not None else None
    if how == "DeclarePairedDelimiter":
        left, end = _group(text, end)
        right, end = _group(text, end)
        if left is None or right is None:
            return None
        return end, Macro(name, rf"\left{left.strip()} #1\right{right.strip()}", 1, starred=True)
    if how.endswith("DocumentCommand"):
        return _of_document_command(text, name, end)
    return _of_newcommand(text, name, end, how)


def _of_newcommand(text: str, name: str, end: int, how: str) -> tuple[int, Macro] | None:
    count = _COUNT.match(text, end)
    end = count.end() if count else end
    default = _DEFAULT.match(text, end) if count else None
    end = default.end() if default else end
    body, end = _group(text, end)
    if body is None:
        return None
    arguments = int(count[1]) if count else 0
    return end, Macro(name, body, arguments, default[1] if default else None, provided=how == "providecommand")


def _of_def(text: str, name: str, end: int) -> tuple[int, Macro] | None:
    parameters = _PARAMETERS.match(text, end)
    written = parameters.group().strip() if parameters else ""
    end = parameters.end() if parameters else end
    delimited = "".join(f"#{number}" for number in range(1, len(written) // 2 + 1)) != written
    if delimited and not text.startswith("{", end):
        end = text.find("{", end, end + 200)  # \def\foo#1\to#2{...}: delimiters may be commands
    body, end = _group(text, end) if end >= 0 else (None, 0)
    if body is None:
        return None
    if delimited:
        return end, Macro(name, body, refused="has arguments between signs of its own")
    return end, Macro(name, body, len(written) // 2)


def _of_document_command(text: str, name: str, end: int) -> tuple[int, Macro] | None:
    kinds, end = _group(text, end)
    body, end = _group(text, end)
    if kinds is None or body is None:
        return None
    plain = "".join(kinds.split())
    if set(plain) <= {"m"}:
        return end, Macro(name, body, len(plain))
    return end, Macro(name, body, refused="takes arguments of kinds that are not read")


def _group(text: str, start: int) -> tuple[str | None, int]:
    """What stands in braces next, or one command, and where it ends."""
    start += len(text[start : start + 200]) - len(text[start : start + 200].lstrip())
    if not text.startswith("{", start):
        command = re.compile(_COMMAND_NAME).match(text, start)
        return (command.group(), command.end()) if command else (None, start)
    end = group_end(text, start, start + LONGEST_DEFINITION)
    return (text[start + 1 : end - 1], end) if end is not None else (None, start)


def _operator(body: str | None, star: str) -> str:
    """A name in upright letters; other signs stand for themselves."""
    name = _THIN.sub("", body or "").replace("{", "").replace("}", "")
    return rf"\operatorname{star}{{{name}}}" if name.isalpha() else (body or "")


def define(macros: MutableMapping[str, Macro], macro: Macro) -> None:
    r"""Enter a definition; ``\let`` takes the meaning that its target has now."""
    if macro.provided and macro.name in macros:
        return
    if macro.final and macro.body in macros:
        macro = replace(macros[macro.body], name=macro.name)
    if macro.final and macro.body == macro.name:
        macros.pop(macro.name, None)
        return
    macros[macro.name] = macro
