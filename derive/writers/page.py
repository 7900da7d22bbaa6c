"""The page as plain data, the same for every target: what to say, in Markdown-lite and LaTeX, not how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from derive.core import Derivation, Figure, Status, Table
from derive.report import JudgedBlock, JudgedStep, Report
from derive.writers import escape, wording
from derive.writers.chain import displayed, links
from derive.writers.comment import comment
from derive.writers.domain import domain_words, full_domain_words
from derive.writers.layout import Layout
from derive.writers.selection import selected
from derive.writers.words import Words, words_of


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Markdown-lite; ``question`` for an exercise, whose solution follows."""

    text: str
    question: bool = False
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Space:
    """Room to write: so many lines."""

    lines: int
    kind: str = "space"


@dataclass(frozen=True, slots=True)
class NumberTable:
    """Caption, header and cells in Markdown-lite."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class ShownStep:
    """``formula`` is LaTeX for one display, ``links`` the pieces at which it may be broken. ``words`` are said to everybody,
    ``evidence`` to lecturers; both Markdown-lite, as are ``text``, ``quote`` and ``place``. ``text`` is ``said``, the reason in the language of the topic, with
    ``domain`` in that of the page. ``comment`` is for ``derive check``:
    what to declare, and what to expect."""

    id: str
    status: Status
    mark: str
    said: str
    domain: str
    formula: str
    links: tuple[str, ...]
    quote: str | None
    place: str | None
    words: tuple[str, ...]
    evidence: tuple[str, ...]
    comment: str = ""
    kind: str = "step"

    @property
    def text(self) -> str:
        """The line above the formula."""
        return f"{self.said} ({self.domain})" if self.domain else self.said


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """``number`` counts the figures of the whole handout; ``caption`` and ``label`` ("Figure 2.") are Markdown-lite, ``alt`` plain. ``figure`` holds the data that
    ``derive.figures`` draws."""

    key: str
    number: int
    caption: str
    alt: str
    figure: Figure
    label: str
    kind: str = "figure"


@dataclass(frozen=True, slots=True)
class Listing:
    """Items in Markdown-lite, numbered if ``ordered``. Only own texts of a course have lists."""

    entries: tuple[str, ...]
    ordered: bool = False
    kind: str = "list"


@dataclass(frozen=True, slots=True)
class Program:
    """Text that is shown as it is. Only own texts of a course have it."""

    text: str
    kind: str = "code"


ShownBlock = Paragraph | NumberTable | ShownStep | ShownFigure | Listing | Program | Space


@dataclass(frozen=True, slots=True)
class ShownSection:
    """``number`` 0 is the opening, which has no heading."""

    number: int
    title: str
    blocks: tuple[ShownBlock, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the reader sees, in order. Texts are Markdown-lite; ``language`` is that of the fixed words,
    ``text_language`` that of title, paragraphs and reasons."""

    title: str
    made_with: str
    legend: tuple[tuple[str, str], ...]
    sections: tuple[ShownSection, ...]
    totals: str
    sources: tuple[str, ...]
    language: str = "en"
    text_language: str = "en"


def page(report: Report, layout: Layout) -> Page:
    """The page for an audience, or the exercise sheet or its key that ``layout.sheet`` asks for. Raises InputError for an
    unknown section."""
    made = _handout(report, layout)
    if not layout.sheet:
        return made
    from derive.writers.sheet import SHEETS

    return SHEETS[layout.sheet](made, words_of(layout), sections_named=bool(layout.sections))


def _handout(report: Report, layout: Layout) -> Page:
    report, say = selected(report, layout.sections), words_of(layout)
    derivation, numbers = report.derivation, figure_numbers(report.derivation)
    made_with = [f"derive {derivation.name}", *(_parameter(key, value) for key, value in derivation.parameters)]
    return Page(
        escape.markup(derivation.title),
        escape.markdown(" · ".join([*made_with, f"seed = {derivation.seed}"])),
        wording.legend(report, say),
        tuple(
            ShownSection(section.number, section.title, tuple(_blocks(section.blocks, layout, numbers, say)))
            for section in report.sections
        ),
        escape.markdown(wording.totals(report, say)),
        derivation.sources,
        say.language,
    )


def _parameter(key: str, value: str) -> str:
    return f"{key} = {value}" if value[:1].isdigit() else f"{key}: {value}"


def figure_numbers(derivation: Derivation) -> dict[str, int]:
    """Number of each figure by its key: that of the full handout, whatever sections are shown."""
    blocks = (*derivation.opening, *(block for section in derivation.sections for block in section.blocks))
    keys = (block.key for block in blocks if isinstance(block, Figure))
    return {key: number for number, key in enumerate(keys, start=1)}


def _blocks(
    blocks: tuple[JudgedBlock, ...], layout: Layout, numbers: Mapping[str, int], say: Words
) -> list[ShownBlock]:
    shown: list[ShownBlock] = []
    domain, audience = "", layout.audience
    for block in blocks:
        if isinstance(block, JudgedStep) and layout.sheet:  # its steps stand alone
            shown.append(_step(block, audience, full_domain_words(block.step, say), say))
        elif isinstance(block, JudgedStep):
            before, domain = domain, domain_words(block.step, say) or domain
            shown.append(_step(block, audience, "" if domain == before else domain, say))
        elif isinstance(block, Table):
            shown.append(NumberTable(block.caption, block.header, block.rows))
        elif isinstance(block, Figure):
            label = say("page.figure", number=numbers[block.key])
            shown.append(ShownFigure(block.key, numbers[block.key], block.caption, block.alt, block, label))
        elif block.audience in ("all", audience):
            shown.append(Paragraph(block.text, block.question))
    return shown


def _step(judged: JudgedStep, audience: str, domain: str, say: Words) -> ShownStep:
    """``domain`` is said where it differs from that of the step before."""
    step = judged.step
    said = step.reason[:1].upper() + step.reason[1:]
    return ShownStep(
        judged.id,
        judged.status,
        wording.MARKS[judged.status],
        said,
        say("domain.for", domain=domain) if domain else "",
        displayed(step),
        links(step),
        escape.markdown_but_math(step.quote.words) if step.quote else None,
        escape.markdown(step.quote.place) if step.quote else None,
        wording.verdict_words(judged, say),
        wording.evidence_words(judged, say) if audience == "lecturer" else (),
        comment(judged),
    )
