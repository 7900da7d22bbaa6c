"""A formula of somebody's notes with its verdicts: marks in the margin of each row, or behind a formula among words."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from derive.notes.document import Formula
from derive.writers.checked.placing import Placed, within
from derive.writers.checked.rows import Row, rows
from derive.writers.html_math import aligned_from, display, inline, pieces
from derive.writers.mathml import NotTypeset, mathml
from derive.writers.mathml_width import width
from derive.writers.words import Words

WEAKEST = ("refuted", "conditional", "undecided", "unread", "supported", "proved", "assumed", "vacuous")
"""Of several verdicts in one row the first of these is shown first."""
NARROW = 12.0
"""Em that a phone leaves for a piece beside indent and mark."""


def judged(formula: Formula, findings: Sequence[Placed], say: Words) -> Markup:
    """The formula as HTML that may stand in a paragraph."""
    if not formula.display:
        return inline(formula.text.text.strip()) + marks(findings, say)
    shown = rows(formula)
    if len(shown) == 1:
        whole = f"{shown[0].left} {shown[0].right}".strip()
        return Markup('<span class="judged">{}{}</span>').format(_margin(findings, say), display(whole))
    try:
        return _aligned(shown, findings, say)
    except NotTypeset:
        return Markup('<span class="judged">{}{}</span>').format(_margin(findings, say), display(_whole(formula)))


def _whole(formula: Formula) -> str:
    """What math-core has to be told of an environment that it knows itself."""
    name = formula.environment
    starred = f"{name.removesuffix('*')}*" if name not in ("", "equation", "displaymath", "math") else ""
    text = formula.text.text.strip()
    return f"\\begin{{{starred}}}{text}\\end{{{starred}}}" if starred else text


def _aligned(shown: Sequence[Row], findings: Sequence[Placed], say: Words) -> Markup:
    """One line of a grid a row. Raises NotTypeset."""
    sides = [(_mathml(row.left), _mathml(f"{{}}{row.right}") if row.right else "") for row in shown]
    lines = (
        _line(left, right, marks(within(findings, *row.place), say, "span"))
        for row, (left, right) in zip(shown, sides, strict=True)
    )
    both = [(left, right) for left, right in sides if right]
    room = aligned_from(max(width(left) for left, _ in both), [width(right) for _, right in both]) if both else ""
    grid = Markup('<span class="judged"><span class="display"><span class="rows{}">{}</span></span></span>')
    return grid.format(room, Markup("").join(lines))


def _mathml(latex: str) -> str:
    return mathml(latex, display=True) if latex else ""


def _line(left: str, right: str, behind: Markup) -> Markup:
    first = Markup('<span class="{}">{}</span>').format("side" if right else "alone", Markup(pieces(left, NARROW)))
    return (first + Markup("<span>{}</span>").format(Markup(pieces(right, NARROW))) if right else first) + behind


def _margin(findings: Sequence[Placed], say: Words) -> Markup:
    return marks(findings, say, "span") if findings else Markup("")


def marks(findings: Sequence[Placed], say: Words, element: str = "") -> Markup:
    """One mark for each kind of verdict, the weakest first; what needs a word is a link to it."""
    kinds = sorted({one.verdict for one in findings}, key=WEAKEST.index)
    drawn = Markup("").join(_mark(kind, [one for one in findings if one.verdict == kind], say) for kind in kinds)
    return Markup('<span class="marks">{}</span>').format(drawn) if element or drawn else drawn


def _mark(kind: str, those: Sequence[Placed], say: Words) -> Markup:
    mark = Markup('<span class="mark {}" title="{}"><i> {} </i></span>').format(
        kind, say(f"checked.{kind}"), say(f"checked.{kind}")
    )
    return Markup('<a href="#finding-{}">{}</a>').format(those[0].id, mark) if needs_words(those[0]) else mark


def needs_words(finding: Placed) -> bool:
    """A finding with a code is not plainly fine."""
    return finding.found.code is not None
