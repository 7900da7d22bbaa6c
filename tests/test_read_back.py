"""What the reader sees is what was checked: ``derive check`` reads every handout and finds of each relation what the topic found."""

from __future__ import annotations

import pytest

from derive import catalog
from derive.checking import check_document, check_text
from derive.core import Relation, Scope, Step
from derive.formula.declaring import said
from derive.formula.given import read_given
from derive.formula.tokens import Unread
from derive.listing import names
from derive.listing import topic as topic_module
from derive.notes.tex import read_tex
from derive.report import Report
from derive.writers import WRITERS, Layout

IN_LATEX = ("newton", "saturation")


def verdicts(report: Report) -> list[str]:
    return [finding.status.value for step in report.steps for finding in step.findings]


def read_back(topic: str, format: str, change: tuple[str, str] | None = None) -> tuple[Report, Report]:
    """The topic's report, and that of the page."""
    report = catalog.report(topic, {}, 0)
    text = WRITERS[format](report, Layout())
    assert isinstance(text, str)
    if change:
        assert text.count(change[0]) == 1
        text = text.replace(*change)
    return report, check_text(text) if format == "md" else check_document(read_tex(text, "page.tex"))


@pytest.mark.parametrize("topic", names())
def test_the_markdown_of_a_handout_gets_the_verdicts_of_the_topic(topic: str) -> None:
    report, page = read_back(topic, "md")
    assert verdicts(page) == verdicts(report)


@pytest.mark.parametrize("topic", IN_LATEX)
def test_so_does_its_latex(topic: str) -> None:
    report, page = read_back(topic, "tex")
    assert verdicts(page) == verdicts(report)


def test_what_is_judged_is_the_formula_that_is_shown() -> None:
    shown = r"$$\frac{1}{4} - y (1 - y) = \left( y - \frac{1}{2} \right)^{2}$$"
    report, page = read_back("saturation", "md", (shown, shown.replace("{4}", "{3}")))
    differ = [(mine, its) for mine, its in zip(verdicts(report), verdicts(page), strict=True) if mine != its]
    assert differ == [("proved", "refuted")]


def relations(scope: Scope) -> set[Relation]:
    return {*scope.hypotheses, *(bound for declaration in scope.declarations for bound in declaration.where)}


@pytest.mark.parametrize("topic", names())
def test_scopes_are_said_in_words_that_say_the_same(topic: str) -> None:
    module = topic_module(topic)
    derivation = module.derivation(module.Options())
    blocks = (block for section in derivation.sections for block in section.blocks)
    for scope in {claim.scope for block in blocks if isinstance(block, Step) for claim in block.claims}:
        again = read_given(said(scope))
        assert said(again) == said(read_given(said(again)))
        assert {one.name for one in scope.declarations} <= {one.name for one in again.declarations}
        assert relations(again) == relations(scope)


@pytest.mark.parametrize(
    "words",
    [
        r"X ~ N(0, 1) where X > 0",
        r"X ~ finite(0: 1/2, 1: 1/2) where X \ne 0",
        r"X ~ N(0, v) where X \ne 0",
        r"X ~ signs(mean=0, var=1) where X \ne 1",
    ],
)
def test_what_restricts_a_random_letter_is_no_part_of_its_law(words: str) -> None:
    with pytest.raises(Unread, match="probability 0"):
        read_given(words)


def test_a_display_of_its_own_takes_nothing_from_the_text_before() -> None:
    text = "<!-- derive: x < 0 -->\n\n<!-- derive: here; check; x > 0; expect proved -->\n\n$$\\sqrt{x^2} = x$$\n"
    assert verdicts(check_text(text)) == ["proved"]
    assert verdicts(check_text(text.replace("here; ", ""))) != ["proved"]
    assert verdicts(check_text(text.replace("check", "assume"))) == ["assumed"]
