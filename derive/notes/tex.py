r"""LaTeX to a document. What is in a comment, in code, in a picture or in the preamble is left out; ``\input`` is followed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from os.path import normpath

from derive.core import InputError
from derive.notes.definitions import define, definition_at, starts_definition
from derive.notes.document import Comment, Definition, Document, End, Formula, Heading, Included, Part, Prose
from derive.notes.includes import Includes
from derive.notes.macros import Macro, group_end
from derive.notes.mapped import Mapped, joined

LEVELS = {"part": 1, "chapter": 2, "section": 3, "subsection": 4, "subsubsection": 5, "paragraph": 6, "subparagraph": 6}
DISPLAYS = frozenset(
    [
        "equation",
        "align",
        "alignat",
        "flalign",
        "gather",
        "multline",
        "eqnarray",
        "displaymath",
        "math",
        "dmath",
        "IEEEeqnarray",
    ]
)
"""Environments of mathematics, each also with a star; ``split`` and ``cases`` stand inside of these."""
SKIPPED = frozenset(
    [
        *("verbatim", "Verbatim", "lstlisting", "minted", "comment", "filecontents", "alltt", "tikzpicture", "tikzcd", "circuitikz"),
        *("pspicture", "asy", "picture", "algorithm", "algorithmic", "tabbing", "thebibliography", "code", "sagesilent", "sageblock"),
    ]
)  # fmt: skip
_EXAMPLES = re.compile(r"example|exercise|problem|question|solution", re.IGNORECASE)
THEOREMS = frozenset(
    [
        *("theorem", "thm", "lemma", "lem", "proposition", "prop", "corollary", "cor", "definition", "defn", "def", "claim"),
        *("example", "ex", "exam", "remark", "rem", "exercise", "problem", "proof", "solution", "fact", "observation", "assumption"),
    ]
)  # fmt: skip
FIGURES = (".pdf_tex", ".pgf", ".tikz", ".eps_tex", ".bbl")
LONGEST_FORMULA = 200_000
MOST_WASTED = 3_000_000
"""Signs that may be searched in vain for the ends of formulas."""

_SIGN = re.compile(
    r"""
      (?P<comment>%(?P<said>[^\n]*)(?:\n[ \t]*)?)
    | (?P<verb>\\(?:verb\*?|lstinline)(?P<bar>[^A-Za-z\s*{\[])[^\n]*?(?P=bar))
    | (?P<begin>\\begin\s*\{(?P<name>[^{}\\\n]{1,40})\})
    | (?P<end>\\end\s*\{(?P<ended>[^{}\\\n]{1,40})\})
    | (?P<section>\\(?P<rank>part|chapter|(?:sub){0,2}section|(?:sub)?paragraph)\*?\s*(?:\[[^\[\]]*\]\s*)?(?=\{))
    | (?P<file>\\(?:input|include|subfile)(?:\s*\{(?P<braced>[^{}]*)\}|[ \t]+(?P<bare>[^\s{}\\%]+)))
    | (?P<package>\\(?:usepackage|RequirePackage)\s*(?:\[[^\[\]]*\])?\s*\{(?P<packages>[^{}]*)\})
    | (?P<theorem>\\(?:newtheorem|declaretheorem)\*?\s*(?:\[[^\[\]]*\])?\s*\{(?P<kind>[^{}]*)\})
    | (?P<address>\\(?:url|label|ref|eqref|cite[a-z]*|includegraphics|bibliography)\*?(?:\[[^\[\]]*\])*\s*\{[^{}]*\})
    | (?P<off>\\iffalse(?![A-Za-z]))
    | (?P<open>\\\[|\\\(|\$\$|\$)
    | (?P<command>\\(?:[A-Za-z@]+|.))
    """,
    re.VERBOSE | re.DOTALL,
)
_INSIDE = re.compile(
    r"(?P<comment>%[^\n]*)|(?P<end>\\end\s*\{(?P<ended>[^{}\\\n]{1,40})\})|(?P<close>\\[\])]|\$\$?)|(?P<begin>\\begin\s*\{(?P<begun>[^{}\\\n]{1,40})\})"
    r"|(?P<command>\\(?:[A-Za-z@]+|.))|(?P<brace>[{}])|(?P<blank>\n[ \t]*\n)",
    re.DOTALL,
)
_CLOSES = {"$$": "$$", "$": "$", r"\[": r"\]", r"\(": r"\)"}
_COMMENT = re.compile(r"(?P<kept>\\.)|%[^\n]*\n?[ \t]*", re.DOTALL)
_DERIVE = re.compile(r"%*\s*derive\s*:\s*(.*)", re.DOTALL)
_SHORT = re.compile(r"\s*(?:\\(?P<which>begin|end)\s*\{(?P<name>[A-Za-z]+\*?)\}|(?P<sign>\\[\[\]()]|\$\$?))\s*")
_COLUMNS = re.compile(r"\s*\{[^{}]*\}")
_BOXED = re.compile(r"\s*(?:\[[^\[\]]*\])?\s*\{(?P<name>[A-Za-z]+\*?)(?:=[^{}]*)?\}")
_FONT = re.compile(r"\\(?:emph|textit|textbf|textrm|text|underline|term|defn|mbox)\s*\{([^{}\\$]*)\}")
_TIE = re.compile(r"~|\\[ ,;/]|\\(?:noindent|par|quad|qquad|small)(?![A-Za-z])")
_ITEM = re.compile(r"\\item(?![A-Za-z])")


def read_tex(
    text: str, path: str = "-", includes: Includes | None = None, macros: Mapping[str, Macro] | None = None
) -> Document:
    """The document; whatever the text, no error is raised. Without ``includes`` no file is read beside it."""
    reading = _Reading(text, path, includes, dict(macros or {}), [], [])
    parts = tuple(reading.parts())
    return Document(path, text, parts, tuple(reading.problems), tuple(reading.missing))


@dataclass(slots=True)
class _Reading:
    """A walk through one file. All but the places in it is shared with the files that it includes."""

    text: str
    path: str
    includes: Includes | None
    macros: dict[str, Macro]
    problems: list[str]
    missing: list[str]
    theorems: set[str] = field(default_factory=lambda: set(THEOREMS))
    only_definitions: bool = False
    preamble: bool = False
    position: int = 0
    wasted: int = 0

    def parts(self) -> Iterator[Part]:
        said = 0
        self.preamble = self.only_definitions or "\\begin{document}" in self.text
        while found := _SIGN.search(self.text, self.position):
            self.position = found.end()
            if found["end"] and found["ended"] == "document":
                break
            new = list(self._part(found))
            if new or found["comment"] or self.position != found.end():
                yield from self._prose(said, found.start())
                said = self.position
                yield from new
            if self.wasted > MOST_WASTED:
                self._problem(found.start(), "has too many formulas that nothing closes; what follows is not read")
                return
        yield from self._prose(said, len(self.text) if found is None else found.start())

    def _prose(self, start: int, end: int) -> Iterator[Prose]:
        """Words as a reader sees them: without fonts, ties and the like."""
        words = self.text[start:end]
        if words and not self.preamble:
            yield Prose(_TIE.sub(" ", _ITEM.sub("\n* ", _FONT.sub(r"\1", words))), start)

    def _part(self, found: re.Match[str]) -> Iterator[Part]:
        """What begins at a sign. ``position`` is left where the reading goes on."""
        start = found.start()
        if found["comment"]:
            if told := _DERIVE.fullmatch(found["said"]):
                yield Comment(told[1].strip(), start)
        elif found["section"]:
            end = group_end(self.text, found.end(), found.end() + 2_000)
            yield Heading(LEVELS[found["rank"]], self.text[found.end() + 1 : (end or found.end() + 1) - 1], start)
        elif found["file"]:
            yield from self._file(found["braced"] or found["bare"] or "", start)
        elif found["package"] and self.includes is not None:
            for name in found["packages"].split(","):
                yield from self._file(name.strip(), start, package=True)
        elif found["theorem"]:
            self.theorems.add(found["kind"].strip())
        elif found["off"]:
            end = self.text.find("\\fi", found.end())
            self.position = end + 3 if end >= 0 else found.end()
        elif found["begin"]:
            yield from self._begin(found["name"].strip(), found)
        elif found["end"]:
            if not self.preamble and self._is_theorem(found["ended"].strip().removesuffix("*")):
                yield End(start)
        elif found["open"]:
            yield from self._formula(found["open"], start, found.end())
        elif found["command"]:
            yield from self._command(found)

    def _is_theorem(self, name: str) -> bool:
        """Known, declared, or called an example, an exercise and the like: what is said of letters in it ends with it."""
        return name in self.theorems or _EXAMPLES.search(name) is not None

    def _command(self, found: re.Match[str]) -> Iterator[Part]:
        """A definition, or a macro that stands for the beginning of a formula."""
        if (definition := starts_definition(self.text, found.start())) is not None:
            read = definition_at(self.text, definition)
            if read is not None:
                self.position = read[0]
                define(self.macros, read[1])
                yield Definition(read[1], found.start())
        elif short := self._short(found["command"]):
            if short["which"] == "begin" and short["name"].removesuffix("*") in DISPLAYS:
                yield from self._formula(short["name"], found.start(), found.end())
            elif short["sign"] in _CLOSES:
                yield from self._formula(short["sign"], found.start(), found.end())

    def _short(self, name: str) -> re.Match[str] | None:
        macro = self.macros.get(name)
        return _SHORT.fullmatch(macro.body) if macro is not None and not macro.arguments else None

    def _begin(self, name: str, found: re.Match[str]) -> Iterator[Part]:
        plain, start, inside = name.removesuffix("*"), found.start(), found.end()
        if name == "document":
            self.preamble = self.only_definitions
        elif plain in SKIPPED:
            end = self.text.find(f"\\end{{{name}}}", inside)
            self.position = end + len(f"\\end{{{name}}}") if end >= 0 else inside
        elif plain in DISPLAYS:
            yield from self._formula(name, start, inside)
        elif name == "empheq" and (boxed := _BOXED.match(self.text, inside)):
            yield from self._formula(name, start, boxed.end(), boxed["name"])
        elif self._is_theorem(plain) and not self.preamble:
            yield Heading(7, "proof" if plain in ("proof", "solution") else plain, start)
            self.position = start + len("\\begin{")  # the words "theorem" and its title are words of the text

    # ------------------------------------------------------------------------------------------------------- formulas

    def _formula(self, opening: str, start: int, inside: int, environment: str | None = None) -> Iterator[Part]:
        """Up to its end; what nothing closes is no formula."""
        if self.preamble:
            return
        closed = self._closed(opening, inside)
        if closed is None:
            return
        end, self.position = closed
        name = "" if opening in _CLOSES else environment or opening
        if name.removesuffix("*") in ("alignat", "IEEEeqnarray") and (
            columns := _COLUMNS.match(self.text, inside, end)
        ):
            inside = columns.end()
        text = _without_comments(Mapped.of(self.text, inside, end))
        display = name != "math" if name else opening in ("$$", r"\[")
        yield Formula(text, display, name, start, self.position)

    def _closed(self, opening: str, inside: int) -> tuple[int, int] | None:
        """Where the formula ends, and where its closing sign does."""
        depth = nested = 0
        reached = inside
        for found in _INSIDE.finditer(self.text, inside, inside + LONGEST_FORMULA):
            reached = found.end()
            if found["brace"]:
                depth += 1 if found["brace"] == "{" else -1
            if opening in _CLOSES and (end := self._sign_closes(found, _CLOSES[opening], depth)):
                return found.start(), end
            if self._breaks(found, opening, depth):
                break
            nested += found["begun"] == opening
            if opening not in _CLOSES and self._ends(found, opening):
                if nested == 0:
                    return found.start(), found.end()
                nested -= 1
        self.wasted += reached - inside
        return None

    def _sign_closes(self, found: re.Match[str], sign: str, depth: int) -> int | None:
        """Behind the closing sign, which may be a macro; the dollar signs in ``\\text{...}`` close nothing."""
        if depth == 0 and found["close"] and found["close"].startswith(sign):
            return found.start() + len(sign)
        short = self._short(found["command"]) if found["command"] else None
        return found.end() if short is not None and short["sign"] == sign else None

    def _breaks(self, found: re.Match[str], opening: str, depth: int) -> bool:
        """What no formula between signs contains: a paragraph's end, the end of a group around it, the end of all."""
        outside = found["blank"] or (depth < 0 and opening in ("$", r"\("))
        return bool((opening in _CLOSES and outside) or found["ended"] == "document")

    def _ends(self, found: re.Match[str], name: str) -> bool:
        if found["end"]:
            return found["ended"].strip() == name
        short = self._short(found["command"]) if found["command"] else None
        return short is not None and short["which"] == "end" and short["name"] == name

    # ----------------------------------------------------------------------------------------------------- other files

    def _file(self, name: str, start: int, package: bool = False) -> Iterator[Part]:
        """The parts of an included file, or a problem."""
        name = name.strip().strip('"')
        if self.includes is None or not name or "\\" in name or "#" in name or name.endswith(FIGURES):
            return
        try:
            path = self.includes.find(name, (".sty",)) if package else self.includes.find(name)
            if path is None:
                if not package:
                    self.missing.append(f"{self._place(start)}: includes {name}, which is not there")
                return
            if self.includes.was_read(path):
                return
            shown = normpath(path)
            text = self.includes.enter(path, shown)
        except InputError as problem:
            if not package:
                self._problem(start, f"includes a file: {problem}")
            return
        inner = _Reading(text, shown, self.includes, self.macros, self.problems, self.missing, self.theorems, package)
        document = Document(shown, text, tuple(inner.parts()))
        self.includes.leave()
        yield Included(document, start)

    def _problem(self, start: int, what: str) -> None:
        self.problems.append(f"{self._place(start)}: {what}")

    def _place(self, start: int) -> str:
        return f"{self.path}:{self.text.count(chr(10), 0, start) + 1}"


def _without_comments(formula: Mapped) -> Mapped:
    if "%" not in formula.text:
        return formula
    kept: list[Mapped] = []
    last = 0
    for found in _COMMENT.finditer(formula.text):
        if not found["kept"]:
            kept.append(formula[last : found.start()])
            last = found.end()
    return joined([*kept, formula[last:]])
