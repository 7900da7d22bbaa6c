"""Formulas on a web page: displays that break at their relation signs where the column is narrow, and formulas in a line."""

from __future__ import annotations

from math import ceil

from markupsafe import Markup

from derive.writers.mathml import NotTypeset, mathml
from derive.writers.mathml_parts import at_commas, at_relations, at_sums
from derive.writers.mathml_width import width

PHONE = 16.0
"""Em of a column that every piece ought to fit in."""
LONG_IN_A_LINE = 8.0
"""Em from which a formula among words may be broken."""
NARROWEST, STEP, WIDEST = 8, 2, 44
"""The style sheet knows these widths of columns, in em."""


def display(latex: str, tag: str = "span") -> Markup:
    """A formula of its own, in an element ``tag``. LaTeX that cannot be typeset is shown as it is."""
    try:
        whole = mathml(latex, display=True)
    except NotTypeset:
        return Markup('<{0} class="display"><code class="tex">{1}</code></{0}>').format(tag, latex)
    side, *links = at_relations(whole)
    one_chain = links and len(at_commas(whole)) == 1
    inner = _chain(side, links) if one_chain else f'<span class="flow">{pieces(whole)}</span>'
    return Markup(f'<{tag} class="display">{inner}</{tag}>')


def inline(latex: str) -> Markup:
    """A formula in a line of text."""
    return Markup("").join(inline_pieces(latex))


def inline_pieces(latex: str) -> list[Markup]:
    """The same in pieces between which a line may end."""
    try:
        whole = mathml(latex, display=False)
    except NotTypeset:
        return [Markup('<code class="tex">{}</code>').format(latex)]
    return [Markup(piece) for piece in (_broken(whole) if width(whole) > LONG_IN_A_LINE else [whole])]


def _chain(side: str, links: list[str]) -> str:
    """The left side, and each relation with what follows it."""
    cells = "".join(f"<span>{pieces(cell)}</span>" for cell in (side, *links))
    return f'<span class="chain{_fits(side, links)}">{cells}</span>'


def _fits(side: str, links: list[str]) -> str:
    """From which width of the column on the chain stands in one line, and aligned with its left side in the first line."""
    left, others = width(side), [width(link) for link in links]
    return _from("fit", left + sum(others)) + aligned_from(left, others)


def aligned_from(left: float, others: list[float]) -> str:
    """The class of a grid that stands in two columns where there is room."""
    return _from("align", left + max(others))


def _from(word: str, need: float) -> str:
    em = max(NARROWEST, STEP * ceil(need / STEP))
    return f" {word}-{em}" if em <= WIDEST else ""


def pieces(whole: str, widest: float = PHONE) -> str:
    """Broken where it is wider than ``widest``. The style sheet says that all is in the style of displays."""
    parts = [whole] if width(whole) <= widest else _broken_down(whole, widest)
    return "".join(part.replace(' display="block"', "", 1) for part in parts)


def _broken_down(whole: str, widest: float) -> list[str]:
    """At commas first, then at relation signs, then at sums: only what is still too wide."""
    parts = [whole]
    for split in (at_commas, at_relations, at_sums):
        parts = [piece for part in parts for piece in (split(part) if width(part) > widest else [part])]
    return parts


def _broken(whole: str) -> list[str]:
    return [piece for part in at_relations(whole) for piece in (at_sums(part) if width(part) > PHONE else [part])]
