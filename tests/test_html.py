"""The web page: every formula typeset, well-formed, self-contained, and what a user wrote is text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
import tiny_topic

from derive.core import Block, Derivation, Figure, Prose, Section, Status, Step, Table
from derive.judge import judge
from derive.listing import names, topic
from derive.report import JudgedSection, JudgedStep, Report
from derive.writers import Layout
from derive.writers.chain import displayed
from derive.writers.html import write
from derive.writers.html_math import display, inline
from derive.writers.html_prose import html
from derive.writers.mathml import NotTypeset, mathml
from derive.writers.prose import spans

LIMIT = 400_000
"""Bytes of a page."""
VOID = {"meta", "link", "br", "img", "input", "mspace", "mprescripts"}


@pytest.fixture(scope="module")
def report() -> Report:
    return judge(tiny_topic.derivation())


# ------------------------------------------------------------------------------------------------------- every formula


def texts(block: Block) -> Iterator[str]:
    if isinstance(block, Step):
        yield block.reason
    elif isinstance(block, Prose):
        yield block.text
    elif isinstance(block, Table):
        yield from (block.caption, *block.header, *(cell for row in block.rows for cell in row))
    else:
        yield block.caption


def formulas(derivation: Derivation) -> Iterator[tuple[str, bool]]:
    """LaTeX, and whether it is displayed: of steps, prose, titles, captions and cells."""
    blocks = (*derivation.opening, *(block for section in derivation.sections for block in section.blocks))
    yield from ((block.formula, True) for block in blocks if isinstance(block, Step))
    yield from ((displayed(block), True) for block in blocks if isinstance(block, Step))
    words = [derivation.title, *(section.title for section in derivation.sections)]
    words += [text for block in blocks for text in texts(block)]
    yield from ((span.text, span.kind == "display") for text in words for span in spans(text) if span.kind[0] in "md")


@pytest.mark.parametrize("name", names())
def test_every_formula_is_typeset(name: str) -> None:
    found = set(formulas(topic(name).derivation(topic(name).Options())))
    assert len(found) > 50
    for latex, displayed_alone in found:
        assert "merror" not in mathml(latex, display=displayed_alone), latex
        shown = display(latex) if displayed_alone else inline(latex)
        assert "<code" not in shown
        assert letters(shown) == letters(mathml(latex, display=displayed_alone)), latex


def letters(markup: str) -> str:
    """What is read: the breaking must lose nothing."""
    return re.sub(r"<[^>]*>", "", markup)


def test_what_cannot_be_typeset_is_shown_as_written() -> None:
    with pytest.raises(NotTypeset):
        mathml(r"\nosuchthing{x}", display=True)
    assert display(r"\nosuchthing{<b>}") == (
        '<span class="display"><code class="tex">\\nosuchthing{&lt;b&gt;}</code></span>'
    )
    assert inline(r"\nosuchthing<") == '<code class="tex">\\nosuchthing&lt;</code>'


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The $n$th of ($x$), then $y$: or $z$-$w$.", ["nth", "(x),", "y:", "z-", "w."]),
        ("$a$ and $b$", []),
        (f"$x${'y' * 40}", []),
        ("*see $x$*, now", ["x,"]),
    ],
)
def test_what_touches_a_formula_stays_on_its_line(text: str, kept: list[str]) -> None:
    shown = str(html(text))
    assert [letters(one) for one in re.findall(r'<span class="one">(.*?)</span>', shown)] == kept
    assert letters(shown) == "".join(span.text for span in spans(text))


# ------------------------------------------------------------------------------------------------------------- the page


class Checker(HTMLParser):
    """Every element is closed in order; the links and the ids."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.sources: list[str] = []
        self.headings: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if tag == "a" and "href" in given else []
        self.sources += [given[key] or "" for key in ("src", "srcset", "data", "action") if key in given]
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A void element of MathML."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()


def check_page(page: str) -> Checker:
    checker = Checker()
    checker.feed(page)
    assert checker.open == []
    assert len(checker.ids) == len(set(checker.ids))
    inside = {link for link in checker.links if link.startswith("#")}
    assert {link.removeprefix("#") for link in inside} <= set(checker.ids)
    assert all(link.startswith(("https://", "http://", "mailto:")) for link in set(checker.links) - inside)
    assert all(source.startswith("data:") for source in checker.sources)
    assert checker.headings[0] == 1 and all(b <= a + 1 for a, b in pairwise(checker.headings))
    assert "<script" not in page and "http" not in re.sub(r"url\(data:[^)]*\)", "", page).partition("</style>")[0]
    assert len(page.encode()) <= LIMIT
    return checker


def test_the_page(report: Report) -> None:
    page = write(report, Layout())
    checker = check_page(page)
    assert {f"step-{step.id}" for step in report.steps} <= set(checker.ids)
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">') and page.endswith("</html>\n")
    assert page.count('<span class="mark refuted"><i>false, shown on purpose: </i></span>') == 1


def test_a_counterexample_is_folded_and_so_is_the_evidence(report: Report) -> None:
    page = write(report, Layout())
    assert re.search(r'<details class="refuted"><summary><strong>false</strong></summary><p>fails at', page)
    assert '<details class="evidence"><summary>Evidence</summary><p>' in page
    student = write(report, Layout(audience="student"))
    assert "Evidence" not in student and '<details class="refuted">' in student


def test_german(report: Report) -> None:
    page = write(report, Layout(language="de"))
    assert '<html lang="de">' in page and "<summary>Belege</summary>" in page


@pytest.mark.parametrize(
    "words", [r"\input{/etc/passwd}", '#read("/etc/passwd")', "<script>alert(1)</script>", "{{ 7*7 }}"]
)
def test_what_a_user_wrote_is_text(words: str) -> None:
    plain = tiny_topic.derivation()
    section = replace(plain.sections[0], title=words, blocks=(Prose(words), *plain.sections[0].blocks))
    table = Table(words, (words,), ((words,),))
    hostile = replace(
        plain, title=words, sections=(section, Section("more", words, (table,))), parameters=(("note", words),)
    )
    page = write(judge(hostile), Layout())
    check_page(page)
    shown = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert page.replace("&#34;", '"').count(shown) >= 7 and "49" not in page.partition("<body>")[2]


# ------------------------------------------------------------------------------------------------------- whole handouts

EVIDENCE = 40_000
"""Bytes that the words of the verdicts take in the longest handout."""


def unjudged(derivation: Derivation) -> Report:
    """Every step of a handout as not decided, without its figures: judging would take minutes."""
    parts = [Section("", "", derivation.opening), *derivation.sections]
    return Report(derivation, tuple(_unjudged(part, number) for number, part in enumerate(parts)))


def _unjudged(part: Section, number: int) -> JudgedSection:
    steps = (block for block in part.blocks if isinstance(block, Step))
    judged = {
        id(step): JudgedStep(f"{number}.{i}", step, Status.UNDECIDED, ()) for i, step in enumerate(steps, start=1)
    }
    shown = (judged.get(id(block), block) for block in part.blocks if not isinstance(block, Figure))
    return JudgedSection(number, part.key, part.title, tuple(shown))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", names())
def test_every_handout_is_a_page(name: str) -> None:
    """Well-formed, links resolve, nothing untypeset, and small enough."""
    page = write(unjudged(topic(name).derivation(topic(name).Options())), Layout())
    checker = check_page(page)
    assert '<code class="tex">' not in page and page.count("<math") > 50 and len(checker.ids) > 20
    assert len(page.encode()) <= LIMIT - EVIDENCE


# ------------------------------------------------------------------------------------------------------------- colours


def luminance(colour: str) -> float:
    """Relative, as WCAG 2 defines it."""
    channels = (
        [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        if len(colour) == 7
        else [int(c * 2, 16) / 255 for c in colour[1:]]
    )
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_colour_of_text_has_contrast_enough(report: Report) -> None:
    """At least 4.5 to 1 against the paper and against the wash behind summaries: on screens light and dark, and on paper."""
    styles = write(report, Layout()).partition("<style>")[2].partition("@font-face")[0]
    grounds, seen = ("paper", "wash"), 0
    for rules in re.findall(r":root \{([^}]*--ink[^}]*)\}", styles):
        named = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6});", rules))
        for name in set(named) - {*grounds, "rule"}:
            for ground in grounds:
                low, high = sorted((luminance(named[name]), luminance(named[ground])))
                assert (high + 0.05) / (low + 0.05) >= 4.5, (name, ground)
                seen += 1
    assert seen == 3 * 2 * 8
