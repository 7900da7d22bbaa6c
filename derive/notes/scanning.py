"""Mathematics in running text: ``$...$``, ``$$...$$``, ``\\(...\\)``, ``\\[...\\]`` and bare environments of amsmath."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.notes.document import Comment, Formula, Part, Prose
from derive.notes.mapped import Mapped

ENVIRONMENTS = (
    "equation",
    "align",
    "alignat",
    "gather",
    "multline",
    "flalign",
    "eqnarray",
    "displaymath",
    "math",
)
_ENVIRONMENT = "|".join(ENVIRONMENTS)

_OPENING = re.compile(
    rf"""
      (?P<escape>\\[\\$])
    | (?P<comment><!--)
    | (?P<code>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))
    | (?P<begin>\\begin\{{(?P<name>(?:{_ENVIRONMENT})\*?)\}})
    | (?P<open>\$\$|\\\[|\\\(|\$)
    """,
    re.VERBOSE | re.DOTALL,
)
_CLOSING = {"$$": r"(?<!\\)\$\$", "$": r"(?<!\\)\$", r"\[": r"\\\]", r"\(": r"\\\)"}
_CLOSING_PATTERNS = {opening: re.compile(pattern) for opening, pattern in _CLOSING.items()}
_DERIVE = re.compile(r"\s*derive\s*:\s*(.*)", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_COMMAND, _WORD = re.compile(r"\\[A-Za-z]"), re.compile(r"(?<![\\A-Za-z{])[a-z]{3,}")


def scan(source: str, start: int, end: int) -> Iterator[Part]:
    """Prose, formulas and comments between two offsets of a Markdown file, in order."""
    said = position = start
    unclosed = set[str]()
    while found := _OPENING.search(source, position, end):
        stop, part = _part(source, found, end) if found.group() not in unclosed else (found.end(), None)
        if part is None and stop == found.end() and _needs_an_end(found):
            unclosed.add(found.group())
        if part is not None or (found["comment"] and stop > found.end()):
            if found.start() > said:
                yield Prose(source[said : found.start()], said)
            said = stop
            if part is not None:
                yield part
        position = stop
    if end > said:
        yield Prose(source[said:end], said)


def _needs_an_end(found: re.Match[str]) -> bool:
    """What nothing closed is closed by nothing further on either; a dollar sign may stand for itself."""
    return bool(found["comment"] or found["begin"] or (found["open"] or "$") != "$")


def _part(source: str, found: re.Match[str], end: int) -> tuple[int, Part | None]:
    """Where the search goes on, and the formula or comment that was found."""
    if found["comment"] is not None:
        close = source.find("-->", found.end(), end)
        told = _DERIVE.fullmatch(source, found.end(), close) if close >= 0 else None
        after = close + len("-->") if close >= 0 else found.end()
        return after, Comment(told[1].strip(), found.start()) if told else None
    if found["begin"]:
        return _environment(source, found, end)
    if found["open"]:
        return _between(source, found, end)
    return found.end(), None


def _environment(source: str, found: re.Match[str], end: int) -> tuple[int, Part | None]:
    stop = source.find(f"\\end{{{found['name']}}}", found.end(), end)
    if stop < 0:
        return found.end(), None
    after = stop + len(f"\\end{{{found['name']}}}")
    text = Mapped.of(source, found.end(), stop)
    return after, Formula(text, found["name"] != "math", found["name"], found.start(), after)


def _is_spaced_out(inside: str) -> bool:
    r"""A blank behind the first dollar sign or before the last: no formula, but for ``$\alpha $``, with a command and no words."""
    if not (inside[0].isspace() or inside[-1].isspace()):
        return False
    return (
        (inside[0].isspace() and not inside[-1].isspace()) or not _COMMAND.search(inside) or bool(_WORD.search(inside))
    )


def _between(source: str, found: re.Match[str], end: int) -> tuple[int, Part | None]:
    """Up to the closing sign; a dollar sign that closes nothing, or encloses a blank line or digits only, is a dollar sign."""
    opening = found["open"]
    close = _CLOSING_PATTERNS[opening].search(source, found.end(), end)
    if close is None:
        return found.end(), None
    inside = source[found.end() : close.start()]
    if opening == "$" and (not inside.strip() or _BLANK_LINE.search(inside) or _is_spaced_out(inside)):
        return found.end(), None
    if opening == "$" and source[close.end() : close.end() + 1].isdigit():
        return found.end(), None
    text = Mapped.of(source, found.end(), close.start())
    return close.end(), Formula(text, opening in ("$$", r"\["), "", found.start(), close.end())
