r"""Macros of MathJax and KaTeX in the configuration of a site. Only as much of YAML is read as such tables need: keys by their
indentation, quoted and plain words, and lists and tables in one line. What is not understood is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.notes.definitions import definitions
from derive.notes.macros import Macro

TABLES = ("macros", "math")
LONGEST_LINE = 2_000
_KEY = re.compile(
    r"""(?P<indent> *)(?:- +)?(?P<key>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#:][^:#]*?) *: *(?P<value>.*)"""
)
_ITEM = re.compile(r"(?P<indent> *)- *(?P<value>.*)")
_INLINE = re.compile(r"(?<![A-Za-z])macros[\"']?\s*:\s*(?=\{)")
_PAIR = re.compile(
    r"""\s*,?\s*(?P<key>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\\?[A-Za-z]+)\s*:\s*
        (?P<value>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\[(?:[^\[\]"']|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*\])\s*,?""",
    re.VERBOSE,
)
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""")
_QUOTED_COMMAND = re.compile(r'"(?:[^"\\\n]|\\.)*\\\\(?:re)?(?:newcommand|def|DeclareMathOperator)(?:[^"\\\n]|\\.)*"')
"""A definition between double quotes, where every backslash is written twice."""
_ESCAPE = re.compile(r"\\(.)")
_USED = re.compile(r"#([1-9])")


def macros_in_yaml(text: str) -> Iterator[Macro]:
    r"""Tables called ``macros`` or ``math``, such tables in JavaScript, and ``\newcommand`` in a block of text."""
    lines = [line[:LONGEST_LINE] for line in text.splitlines()]
    for number, line in enumerate(lines):
        key = _KEY.fullmatch(line)
        if key and _plain(key["key"]) in TABLES and not key["value"].partition(" #")[0].strip():
            yield from _table(lines, number + 1, len(key["indent"]))
    for found in _INLINE.finditer(text):
        yield from _inline(text, found.end() + 1)
    for _, _, macro in definitions(_QUOTED_COMMAND.sub(lambda found: found.group().replace("\\\\", "\\"), text)):
        yield macro


def _table(lines: list[str], number: int, indent: int) -> Iterator[Macro]:
    """The entries of a table, one a line; a list of body and number of arguments may stand below its name."""
    name, parts = "", list[str]()
    for line in lines[number:]:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        key, item = _KEY.fullmatch(line), _ITEM.fullmatch(line)
        if len(line) - len(line.lstrip(" ")) <= indent and not (item and name):
            break
        if item and name and not (key and not line.lstrip().startswith("-")):
            parts.append(_plain(item["value"]))
            continue
        if name and parts:
            yield _macro(name, parts)
        above, name, parts = name, "", []
        if key is None:
            continue
        value = key["value"].strip()
        if not value:
            name = _plain(key["key"])
        elif above and _plain(key["key"]) == "macro":  # MyST writes the body below the name
            yield _macro(above, [_plain(value)])
        elif value.startswith("["):
            yield _macro(_plain(key["key"]), _list(value))
        elif not value.startswith(("{", "|", ">", "&", "*")):
            yield _macro(_plain(key["key"]), [_plain(value)])
    if name and parts:
        yield _macro(name, parts)


def _inline(text: str, position: int) -> Iterator[Macro]:
    """``{R: "\\\\mathbb{R}", floor: ["\\\\lfloor #1 \\\\rfloor", 1]}``, as in JavaScript; both quotes escape."""
    while (pair := _PAIR.match(text, position)) is not None:
        position = pair.end()
        value = pair["value"]
        parts = _list(value, scripted=True) if value.startswith("[") else [_unescaped(value[1:-1])]
        key = pair["key"]
        yield _macro(_unescaped(key[1:-1]) if key[0] in "\"'" else key, parts)


def _macro(name: str, parts: list[str]) -> Macro:
    body = parts[0] if parts else ""
    used = max(map(int, _USED.findall(body)), default=0)
    count = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else used
    default = parts[2] if len(parts) > 2 else None
    return Macro(name if name.startswith("\\") else f"\\{name}", body, max(used, min(count, 9)), default)


def _list(value: str, scripted: bool = False) -> list[str]:
    """The body in quotes, and what follows it."""
    found = _QUOTED.search(value)
    if found is None:
        return [part.strip() for part in value.strip("[] ").split(",")]
    body = _unescaped(found.group()[1:-1]) if scripted else _plain(found.group())
    rest = [part.strip(" '\"") for part in value[found.end() :].strip().rstrip("] ").split(",")]
    return [body, *(part for part in rest if part)]


def _plain(value: str) -> str:
    """A word without its quotes and the comment behind it."""
    value = value.strip()
    quoted = _QUOTED.match(value)
    if quoted is not None and value[0] == '"':
        return _unescaped(quoted.group()[1:-1])
    if value.startswith("'"):
        end = re.match(r"'((?:[^']|'')*)'", value)
        return end[1].replace("''", "'") if end else value
    return value.partition(" #")[0].strip()


def _unescaped(words: str) -> str:
    return _ESCAPE.sub(r"\1", words)
