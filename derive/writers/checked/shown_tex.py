"""A LaTeX text as HTML, by its sections, paragraphs and formulas; what else its commands do is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from derive.notes.document import Document, Formula, Heading, Part, Prose
from derive.notes.macros import group_end
from derive.writers.checked.formulas import judged
from derive.writers.checked.levels import levels
from derive.writers.checked.placing import Placed, of_formula
from derive.writers.checked.remarks import remarks
from derive.writers.html_prose import html
from derive.writers.words import Words

_BLANK = re.compile(r"\n[ \t]*\n\s*")
_REFERENCE = re.compile(
    r"\\(?:eq|auto|c|C)?ref\s*\{([^{}]*)\}|\\[a-z]*cite[a-z]*\*?\s*(?:\[[^\[\]]*\]\s*)*\{([^{}]*)\}"
)
_SILENT = re.compile(
    r"\\(?:label|bibliography|bibliographystyle|vspace|hspace|pagestyle|input|include)\*?\s*\{[^{}]*\}"
    r"|\\(?:begin|end)\s*\{[^{}]*\}(?:\s*\[[^\[\]\n]*\])?|%[^\n]*\n?"
)
_SIGNS = {"``": "“", "''": "”", "---": "—", "--": "–", r"\%": "%", r"\&": "&", r"\_": "_", r"\#": "#", r"\$": "$"}
_SIGN = re.compile("|".join(map(re.escape, _SIGNS)))
_ITEM = re.compile(r"\\item(?![A-Za-z])\s*(?:\[[^\[\]]*\])?")
_COMMAND = re.compile(r"\\(?:[A-Za-z@]+\*?|.)\s*(?:\[[^\[\]]*\])?|[{}]")
THEOREM = 7


def shown_tex(
    document: Document, parts: Sequence[Part], findings: Sequence[Placed], say: Words, *, titled: bool, top: int
) -> Markup:
    """Paragraphs end at empty lines and at headings. ``titled``: the first heading is the title of the page already. ``top``: the
    level of the highest heading."""
    written = [part.level for part in parts if isinstance(part, Heading) and part.level < THEOREM][titled:]
    page = _Paragraphs(document, findings, say, levels(written, top), titled=titled)
    for part in parts:
        page.take(part)
    page.end()
    return Markup("").join(page.done)


@dataclass(slots=True)
class _Paragraphs:
    """What is done, the paragraph that is being written, and what is to be said behind it."""

    document: Document
    findings: Sequence[Placed]
    say: Words
    levels: Iterator[int]
    done: list[Markup] = field(default_factory=list)
    open: list[Markup] = field(default_factory=list)
    pending: list[Placed] = field(default_factory=list)
    titled: bool = False
    title_ends: int = 0

    def take(self, part: Part) -> None:
        match part:
            case Heading():
                self.end()
                self._heading(part)
            case Prose():
                first, *others = _BLANK.split(self._behind_heading(part))
                self.open.append(words(first))
                for other in others:
                    self.end()
                    self.open.append(words(other))
            case Formula() if part.start >= self.title_ends:
                those = of_formula(self.findings, part)
                self.open.append(self._formula(part, those))
                self.pending += those
            case _:
                return

    def _behind_heading(self, prose: Prose) -> str:
        """Without what stands in the braces of a heading, or behind ``\\begin`` of a theorem."""
        if prose.start >= self.title_ends:
            return prose.text
        title = self.document.text[prose.start : self.title_ends]
        return prose.text.removeprefix(title) if prose.text.startswith(title) else prose.text.partition("}")[2]

    def _title_end(self, start: int) -> int:
        text = self.document.text
        brace = text.find("{", start)
        return (group_end(text, brace, len(text)) if brace >= 0 else None) or start

    def _formula(self, formula: Formula, those: Sequence[Placed]) -> Markup:
        if formula.unread:
            source = self.document.text[formula.start : formula.end]
            return Markup('<code class="tex">{}</code>').format(source)
        return judged(formula, those, self.say)

    def _heading(self, heading: Heading) -> None:
        self.title_ends = self._title_end(heading.start)
        if heading.level >= THEOREM:
            self.open.append(Markup("<strong>{}.</strong> ").format(heading.title.capitalize()))
        else:
            if not self.titled:
                level = next(self.levels)
                title = html(" ".join(heading.title.split()))
                self.done.append(Markup("<h{0}>{1}</h{0}>\n").format(level, title))
            self.titled = False

    def end(self) -> None:
        body = Markup("").join(self.open).strip()
        if body:
            self.done.append(Markup("<p>{}</p>\n").format(body))
        self.done.append(remarks(self.pending, self.say))
        self.open, self.pending = [], []


def words(text: str) -> Markup:
    """TeX's words as a reader sees them, escaped."""
    text = _REFERENCE.sub(lambda found: f"({found[1]})" if found[1] else f"[{found[2]}]", text)
    text = _SIGN.sub(lambda sign: _SIGNS[sign[0]], _SILENT.sub(" ", text))
    pieces = (escape(_COMMAND.sub("", piece)) for piece in _ITEM.split(text))
    return Markup("<br>• ").join(pieces)
